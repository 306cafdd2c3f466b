"""Participant lists of meeting tools: joins and leaves merged, names matched, minutes never more than was there."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from courses.actions.attendance.imports.reading import assign
from courses.actions.attendance.imports.taking import take_in
from courses.models import AttendanceMark
from courses.tables.grids import Unreadable
from courses.tables.meetings import meeting_of
from courses.tables.moments import order_of, told_of
from courses.tables.people import Candidate, Directory
from courses.tables.stays import merged
from firms.errors import Refused
from grants.facts.workers import attended_spans
from grants.time.lessons import lessons_of
from grants.time.spans import minutes
from tests.courses.attendance.import_files import read, undo, upload, write
from tests.factories import TOKYO, EnrolmentFactory, at

DAY = date(2027, 2, 3)
START, END = at(DAY, "10:00"), at(DAY, "17:00")

ZOOM = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
123 456,現場IoT,02/03/2027 09:50:00 AM,02/03/2027 05:10:00 PM,host@example.jp,440,3

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room
{0},{1},02/03/2027 09:55:10 AM,02/03/2027 11:00:00 AM,65,No,No
{0},{1},02/03/2027 11:20:00 AM,02/03/2027 05:05:00 PM,345,No,No
{0},{1},02/03/2027 09:50:00 AM,02/03/2027 09:55:00 AM,5,No,Yes
"""
TEAMS = """1. 概要
会議のタイトル\t現場IoT
参加者数\t1

2. 参加者
名前\t最初の参加\t最後の退出\t会議の長さ\tメール アドレス\t役割
{0}\t2027/2/3 9:55:10\t2027/2/3 17:05:00\t6h 50m\t{1}\t発表者

3. 会議中のアクティビティ
名前\t参加時刻\t退出時刻\t期間\tメール アドレス\t役割
{0}\t2027/2/3 9:55:10\t2027/2/3 11:00:00\t1h 5m\t{1}\t発表者
{0}\t2027/2/3 11:20:00\t2027/2/3 17:05:00\t5h 45m\t{1}\t発表者
"""
TEAMS_EVENTS = """Full Name\tUser Action\tTimestamp
{0}\tJoined\t2/3/2027, 9:55:10 AM
{0}\tLeft\t2/3/2027, 11:00:00 AM
{0}\tJoined\t2/3/2027, 11:20:00 AM
{0}\tLeft\t2/3/2027, 5:05:00 PM
"""
WEBEX = '''"Attendee Name","Attendee Email","Join Time","Leave Time","Attendance Duration"
"{0}","{1}","=""2027-02-03 09:55:10""","=""2027-02-03 11:00:00""","65 mins"
"{0}","{1}","=""2027-02-03 11:20:00""","=""2027-02-03 17:05:00""","345 mins"
'''
MEET = """First name,Last name,Email,Duration,Time joined,Time exited
,{0},{1},1 hr 5 min,9:55 AM,11:00 AM
,{0},{1},5 hr 45 min,11:20 AM,5:05 PM
"""
UNIVERSAL = """name,email,join time,leave time
{0},{1},2027-02-03T00:55:10Z,2027-02-03T02:00:00Z
{0},{1},2027-02-03T11:20:00+09:00,2027-02-03T08:05:00Z
"""


@pytest.fixture
def by(coordinator):
    return coordinator.acting(today=DAY)


@pytest.fixture
def one(run, people):
    (employment,) = people(1, person__family_name="矢口", person__given_name="架空", person__family_kana="ヤグチ")
    return EnrolmentFactory(run=run, employment=employment)


def listed(text, enrolment, lesson, by, coding="utf-8-sig"):
    person = enrolment.person
    text = text.format(person.full_name, person.email)
    return read(text, by=by, kind="meeting", lesson=lesson, name="参加者.csv", coding=coding)


@pytest.mark.parametrize(
    ("text", "coding"),
    [
        (ZOOM, "utf-8-sig"),
        (TEAMS, "utf-16"),
        (TEAMS_EVENTS, "utf-16"),
        (WEBEX, "cp932"),
        (MEET, "utf-8"),
        (UNIVERSAL, "utf-8"),
    ],
    ids=["Zoom", "Teams", "Teams of old", "Webex", "Meet", "offsets"],
)
def test_stays_are_merged_and_the_gap_is_kept_out(one, lesson, by, text, coding):
    batch = write(listed(text, one, lesson, by, coding), by=by)

    mark = AttendanceMark.objects.get()
    assert (batch.refused_count, mark.enrolment, mark.source, mark.batch) == (0, one, "meeting", batch)
    assert (mark.came_at, mark.left_at) == (START, END)
    assert (mark.away, mark.minutes) == ([(at(DAY, "11:00"), at(DAY, "11:20"))], 340)
    assert len(batch.found["people"][0]["spans"]) == 2


def test_claim_counts_no_minute_of_the_gap(one, run, lesson, by):
    write(listed(ZOOM, one, lesson, by), by=by)
    mark, held = AttendanceMark.objects.get(), lessons_of(run)[0]

    spans = attended_spans(mark, held)

    assert (minutes(spans), mark.minutes) == (340, 340)
    assert not any(start < at(DAY, "11:20") and end > at(DAY, "11:00") for start, end in spans)


def test_undo_takes_back_a_list_and_brings_back_gaps_it_replaced(one, lesson, by):
    first = write(listed(ZOOM, one, lesson, by), by=by)
    later = "name,email,join time,leave time\n{0},{1},10:30,17:00"
    second = write(listed(later, one, lesson, by), by=by, reason="照合")

    undo(second, by=by)

    mark = AttendanceMark.objects.current().get()
    assert (mark.minutes, mark.away, mark.batch) == (340, [(at(DAY, "11:00"), at(DAY, "11:20"))], first)


def test_two_devices_of_one_person_are_one_stay(one, lesson, by):
    text = "name,email,join time,leave time\n{0},{1},10:00,12:30\n矢口 架空（スマホ）,,12:20,17:00"

    write(listed(text, one, lesson, by), by=by)

    mark = AttendanceMark.objects.get()
    assert (mark.minutes, mark.away) == (360, [])


def test_unknown_name_is_left_to_a_hand(one, run, lesson, people, by):
    (employment,) = people(1, person__family_name="池上")
    two = EnrolmentFactory(run=run, employment=employment)
    text = "name,join time,leave time\nPC-12,10:00,17:00\n講師,10:00,17:00\n{0},10:00,16:00"
    batch = listed(text, one, lesson, by)

    assert (batch.refused_count, batch.found["not_listed"]) == (2, [two.person.full_name])
    keys = {person["name"]: person["key"] for person in batch.found["people"]}
    assign(batch, {keys["PC-12"]: str(two.pk), keys["講師"]: "none"}, by=by)
    batch.refresh_from_db()
    batch = write(batch, by=by)

    assert (batch.refused_count, batch.state) == (0, "written")
    assert {mark.enrolment_id: mark.minutes for mark in batch.marks.all()} == {one.pk: 300, two.pk: 360}


def test_hand_comes_too_late_once_the_list_is_written(one, lesson, by):
    batch = write(listed(ZOOM, one, lesson, by), by=by)

    with pytest.raises(Refused, match="もう選べません"):
        assign(batch, {}, by=by)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("{0},{1},10:00,", "退出の時刻がありません"),
        ("{0},{1},あさ,17:00", "読み取れません"),
        ("{0},{1},11:00,10:00", "より前です"),
        ("{0},{1},2027/2/2 10:00,2027/2/2 17:00", "別の日（2027年2月2日）の記録です"),
        ("{0},{1},12:10,12:50", "0分になります"),
    ],
    ids=["never left", "no clock", "backwards", "another day", "meal alone"],
)
def test_stay_that_cannot_count_is_told(one, lesson, by, row, sentence):
    batch = listed(f"name,email,join time,leave time\n{row}", one, lesson, by)

    assert sentence in batch.found["refused"][0]["why"]
    assert batch.found["counts"]["new"] == 0


def test_list_has_to_say_of_which_lesson_it_is(by):
    with pytest.raises(Refused) as refused:
        take_in(upload("name,join time,leave time"), kind="meeting", lesson=None, by=by)

    assert refused.value.field == "lesson"


def test_list_of_another_kind_says_what_it_takes():
    with pytest.raises(Unreadable, match="参加者の一覧として読み取れません"):
        meeting_of([["氏名", "出欠"], ["架空", "出席"]], on=DAY, zone=TOKYO)


def moment_of(text):
    told = told_of(text, on=DAY)
    return told.moments(on=DAY, zone=TOKYO)[order_of([told], on=DAY, zone=TOKYO)]


@pytest.mark.parametrize(
    "told",
    [
        "2027-02-03T01:05:00Z",
        "2027-02-03 10:05:00+09:00",
        "2/3/27, 10:05:00 AM",
        "3/2/2027 10:05",
        "2027年2月3日 10時05分",
        "2027/02/03 午前10:05",
        "01:05 AM GMT",
        "11:05 GMT+10:00",
        '="2027/02/03 10:05:00"',
    ],
)
def test_moment_is_read_however_a_tool_writes_it(told):
    assert moment_of(told) == at(DAY, "10:05")


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("矢口　架空", [1]),
        ("大森機械 矢口架空", [1]),
        ("矢口 架空（大森機械）", [1]),
        ("guest (矢口 架空)", [1]),
        ("ﾔｸﾞﾁ ｶｸｳ", [1]),
        ("Kaku Yaguchi", [1]),
        ("YAGUCHI KAKUU", [1]),
        ("iPhone", []),
    ],
)
def test_people_are_known_by_what_they_call_themselves(shown, found):
    people = [Candidate(1, "矢口 架空", "ヤグチ カクウ", ""), Candidate(2, "池上 架空", "イケガミ カクウ", "")]

    assert [one.key for one in Directory(people).shown_as(shown)] == found


# --- whatever comes and goes ---

MOMENTS = st.integers(-3600, 9 * 3600).map(lambda seconds: START + timedelta(seconds=seconds))
STAYS = st.lists(st.tuples(MOMENTS, MOMENTS), max_size=12)


def seconds(spans):
    return sum((end - start).total_seconds() for start, end in spans)


@given(STAYS, st.randoms())
def test_order_of_the_rows_does_not_matter(stays, random):
    shuffled = random.sample(stays, len(stays))

    assert merged(shuffled, start=START, end=END) == merged(stays, start=START, end=END)


@given(STAYS)
def test_merged_minutes_are_never_more_than_the_lesson_nor_than_was_there(stays):
    whole = merged(stays, start=START, end=END)

    there = {
        second
        for came, left in stays
        for second in range(int((came - START).total_seconds()), int((left - START).total_seconds()))
    }
    assert seconds(whole) <= min(seconds([(START, END)]), len([s for s in there if 0 <= s < 7 * 3600]))
    assert all(START <= came < left <= END and came.second == left.second == 0 for came, left in whole)
    assert all(before[1] < after[0] for before, after in pairwise(whole))


@given(STAYS, STAYS)
def test_more_rows_never_make_fewer_minutes(stays, more):
    assert seconds(merged(stays, start=START, end=END)) <= seconds(merged(stays + more, start=START, end=END))


def test_page_lets_a_person_choose(held, held_lesson, seated, coordinator):
    (one,) = seated(held)
    by = coordinator.acting(today=localdate())
    batch = read("name,join time,leave time\nPC-12,10:00,17:00", by=by, kind="meeting", lesson=held_lesson)
    client = coordinator.client()

    page = client.get(reverse("courses:import", args=[batch.pk])).content.decode()
    client.post(reverse("courses:import_assign", args=[batch.pk]), {"who-0": str(one.pk)})

    batch.refresh_from_db()
    assert 'name="who-0"' in page
    assert (batch.refused_count, batch.found["counts"]["new"]) == (0, 1)
