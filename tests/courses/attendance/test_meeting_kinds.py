"""Participant lists as they come in practice: what is counted, what is asked, and what is left out by name."""

from datetime import date

import pytest

from courses.tables.moments import told_of
from courses.tables.values import Unclear
from tests.courses.attendance.import_files import outcome, read

DAY = date(2027, 2, 3)


@pytest.fixture
def by(coordinator):
    return coordinator.acting(today=DAY)


def meeting(text, lesson, by, coding="utf-8-sig"):
    return read(text, by=by, kind="meeting", lesson=lesson, name="参加者.csv", coding=coding)


EVENTS = "Full Name\tUser Action\tTimestamp\n"


@pytest.mark.parametrize(
    ("events", "minutes", "told"),
    [
        (["J 10:00", "L 12:30", "J 12:20", "L 17:00"], 360, []),
        (["L 17:00", "J 12:20", "J 10:00", "L 12:30"], 360, []),
        (["J 10:00", "J 10:00", "L 17:00", "L 17:00"], 360, []),
        (["J 10:00", "L 11:00", "J 11:00", "L 17:00"], 360, []),
        (["J 10:00", "J 16:30", "L 17:00"], 30, ["10:00に参加したあと"]),
        (["L 11:00", "J 13:00", "L 17:00"], 240, ["11:00に退出する前"]),
        (["J 10:00", "X 11:00", "L 17:00"], 360, ["参加か退出か分かりません"]),
    ],
    ids=["two devices", "any order", "twice the same", "at once again", "no leave", "no join", "another action"],
)
def test_joins_and_leaves_are_counted(pair, lesson, by, events, minutes, told):
    words = {"J": "Joined", "L": "Left", "X": "Raised hand"}
    rows = [f"{pair[0].person.full_name}\t{words[one[0]]}\t2/3/2027, {one[2:]}:00" for one in events]

    batch = meeting(EVENTS + "\n".join(rows), lesson, by, "utf-16")

    assert [row["minutes"] for row in batch.found["sample"]] == [minutes]
    assert [why in row["why"] for why, row in zip(told, batch.found["refused"], strict=True)] == [True] * len(told)


def test_two_people_of_one_name_are_told_apart(pair, lesson, by):
    text = "name,join time,leave time\n田中,10:00,12:00\n田中,10:30,13:30\n田中,13:00,17:00"

    batch = meeting(text, lesson, by)

    assert len({one["key"] for one in batch.found["people"]}) == 3
    assert (batch.found["counts"]["new"], batch.refused_count) == (0, 3)


def test_two_of_one_name_in_a_list_of_events_are_left_to_the_roster(pair, lesson, by):
    rows = "田中\tJoined\t10:00\n田中\tJoined\t10:30\n田中\tLeft\t12:00\n田中\tLeft\t17:00"

    batch = meeting(EVENTS + rows, lesson, by, "utf-16")

    assert "出席簿で記録" in batch.found["refused"][0]["why"]


def test_devices_of_a_person_known_by_the_whole_name_are_one_stay(pair, lesson, by):
    name = pair[0].person.full_name
    text = f"name,join time,leave time\n{name},10:00,12:30\n{name},12:20,17:00"

    assert [row["minutes"] for row in meeting(text, lesson, by).found["sample"]] == [360]


def test_mail_of_one_with_the_name_of_another_is_asked(pair, lesson, by):
    one, two = (enrolment.person for enrolment in pair)

    batch = meeting(f"name,email,join time,leave time\n{two.full_name},{one.email},10:00,17:00", lesson, by)

    assert (batch.found["counts"]["new"], batch.refused_count) == (0, 1)


def test_one_mail_under_two_names_stays_two(pair, lesson, by):
    text = "name,email,join time,leave time\nPC-1,room@example.jp,10:00,17:00\nPC-2,room@example.jp,10:00,17:00"

    assert len({one["key"] for one in meeting(text, lesson, by).found["people"]}) == 2


def test_empty_line_does_not_end_a_list_and_every_line_passed_by_is_named(pair, lesson, by):
    one, two = (enrolment.person.full_name for enrolment in pair)
    text = (
        "name,join time,leave time,In Waiting Room\n"
        f"{one},10:00,17:00,No\n,,,\n\n{two},10:00,17:00,No\n,10:00,17:00,No\n{two},9:00,9:55,Yes"
    )

    batch = meeting(text, lesson, by)

    assert outcome(batch) == {2: 360, 5: 360}
    assert [(one["row"], one["why"][:6]) for one in batch.found["left_out"]] == [
        (6, "名前がない行"),
        (7, "待機室にいた"),
    ]


def test_less_exact_list_of_the_same_file_is_named(pair, lesson, by):
    name = pair[0].person.full_name
    text = (
        f"2. 参加者\n名前\t最初の参加\t最後の退出\n{name}\t2027/2/3 10:00\t2027/2/3 17:00\n\n"
        f"3. 会議中のアクティビティ\n名前\t参加時刻\t退出時刻\n{name}\t2027/2/3 10:00\t2027/2/3 16:00\n\n4. 反応\nいいね\t3"
    )

    batch = meeting(text, lesson, by, "utf-16")

    assert [row["minutes"] for row in batch.found["sample"]] == [300]
    assert [(one["row"], one["who"]) for one in batch.found["left_out"]] == [(2, ""), (9, "4. 反応")]


@pytest.mark.parametrize(
    ("head", "row", "found"),
    [
        ("", "2/2 10:00,2/2 17:00", "別の日（2027年2月2日）"),
        ("", "2/3 10:00,2/3 17:00", 360),
        ("", "2月3日 10時,2月3日 17時", 360),
        ("", "2027-02-02 17:00 PST,2027-02-03 00:00 PST", 360),
        ("", "2027-02-03 12:00 AEDT,2027-02-03 19:00 AEDT", 360),
        ("", "2027-02-02 17:00 CST,2027-02-03 00:00 CST", "読み取れません"),
        ("", "2027-02-03,2027-02-03", "読み取れません"),
        ("", '"Feb 3, 2027 10:00 AM","Feb 3, 2027 5:00 PM"', 360),
        ("", "あした 10:00,あした 17:00", "読み取れません"),
        ("", "2027/2/30 10:00,2027/2/30 17:00", "読み取れません"),
        ("会議の日,2027/2/2\n", "10:00,17:00", "別の日（2027/2/2）"),
        ("会議の日,2027/2/3\n出力日,2027/2/9\n", "10:00,17:00", 360),
        ("出力日時,2027/2/9 9:00\n", "10:00,17:00", 360),
    ],
)
def test_day_that_is_not_understood_is_never_the_day_of_the_lesson(pair, lesson, by, head, row, found):
    batch = meeting(f"{head}name,join time,leave time\n{pair[0].person.full_name},{row}", lesson, by)

    (told,) = outcome(batch).values()
    assert told == found if isinstance(found, int) else found in told


@pytest.mark.parametrize(("day", "found"), [("2027/2/3", 360), ("2027/2/2", "別の日"), ("水曜", "読み取れません")])
def test_column_of_days_stands_with_the_clocks(pair, lesson, by, day, found):
    batch = meeting(f"name,date,join time,leave time\n{pair[0].person.full_name},{day},10:00,17:00", lesson, by)

    (told,) = outcome(batch).values()
    assert told == found if isinstance(found, int) else found in told


def test_one_order_of_day_and_month_holds_for_the_whole_list(pair, lesson, by):
    one, two = (enrolment.person.full_name for enrolment in pair)
    text = f"name,join time,leave time\n{one},13/2/2027 10:00,13/2/2027 17:00\n{two},2/3/2027 10:00,2/3/2027 17:00"

    batch = meeting(text, lesson, by)

    assert all("別の日" in why for why in outcome(batch).values())
    assert len(outcome(batch)) == 2


@pytest.mark.parametrize(
    "told",
    ["Feb 10:05 AM", "2027-02-03", "10:05 Mars", "2/3 10:05 BST", "10:05 11:05", "13:05 AM", "99:05", "昨日の10:05"],
)
def test_moment_with_anything_unknown_in_it_is_none(told):
    with pytest.raises(Unclear):
        told_of(told, on=DAY)


def test_day_that_is_none_in_the_order_of_the_list_is_left_out_by_name(pair, lesson, by):
    one, two = (enrolment.person.full_name for enrolment in pair)
    rows = f"{one},2027/02/03 10:00,2027/02/03 17:00\n{two},02/13/2027 10:00,02/13/2027 17:00"

    batch = meeting(f"name,join time,leave time\n{rows}", lesson, by)

    assert [row["minutes"] for row in batch.found["sample"]] == [360]
    assert "読み取れません" in batch.found["refused"][0]["why"]
