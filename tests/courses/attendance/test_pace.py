"""The line of a run: met exactly or not, how much may still be missed, and one warning for each worsening."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from courses.actions.attendance.attendance import line_from_minutes, save_roster
from courses.actions.attendance.marking import MarkLine
from courses.actions.attendance.pace import warn_of_pace
from courses.models import PaceWarning, Run
from courses.pace import LessonMinutes, PaceState, pace_of
from courses.queries.attendance.paces import paces, runs_to_watch, worrying
from courses.states import EnrolmentState, RunState
from courses.tasks import watch_pace
from courses.terms import Terms
from firms.models import Notification
from tests.factories import EnrolmentFactory, LessonFactory

DAY = date(2027, 2, 3)


def pace(*lessons, percent=80):
    return pace_of([LessonMinutes(*one) for one in lessons], needed_percent=percent)


@pytest.mark.parametrize(
    ("attended", "standing", "slack", "percent"),
    [(480, PaceState.MET, 0, 80), (479, PaceState.LOST, -1, 79), (481, PaceState.MET, 1, 80)],
    ids=["80 % exactly", "one minute less", "one minute more"],
)
def test_line_is_met_to_the_minute(attended, standing, slack, percent):
    """600 minutes planned, so the line is 480."""
    found = pace((300, attended - 180), (300, 180))

    assert (found.line, found.standing, found.slack, found.percent) == (480, standing, slack, percent)


@pytest.mark.parametrize(("planned", "line"), [(721, 577), (720, 576), (601, 481), (7, 6)])
def test_line_is_never_rounded_in_favour(planned, line):
    """80 % of 721 minutes are 576.8: 576 are not enough."""
    assert pace((planned, None)).line == line


@pytest.mark.parametrize(
    ("on", "standing", "unrecorded"),
    [(DAY, PaceState.ON_TRACK, 0), (DAY + timedelta(days=1), PaceState.UNRECORDED, 360)],
    ids=["on its day", "the day after"],
)
def test_lesson_over_without_a_record_is_not_still_ahead(run, lesson, seated, on, standing, unrecorded):
    (one,) = seated(run)

    found = paces([one], run, on=on)[one.pk]

    assert (found.standing, found.unrecorded) == (standing, unrecorded)


@pytest.mark.parametrize(
    ("lessons", "standing", "slack"),
    [
        ([(120, 0), (120, None, True)] + [(120, None)] * 8, PaceState.UNRECORDED, 120),
        ([(120, 0), (120, 119), (120, None, True)] + [(120, None)] * 7, PaceState.AT_RISK, 119),
        ([(120, 0)] * 2 + [(120, 119), (120, None, True)] + [(120, None)] * 6, PaceState.LOST, -1),
        ([(120, 120)] * 8 + [(120, None, True)] * 2, PaceState.MET, 240),
        ([(120, None)] * 10, PaceState.ON_TRACK, 240),
        ([(120, 0)] + [(120, None)] * 9, PaceState.ON_TRACK, 120),
        ([(120, 119)] + [(120, None)] * 9, PaceState.ON_TRACK, 239),
        ([(120, 0), (120, 119)] + [(120, None)] * 8, PaceState.AT_RISK, 119),
        ([(120, 0), (120, 0)] + [(120, None)] * 8, PaceState.AT_RISK, 0),
        ([(120, 0), (120, 0), (120, 119)] + [(120, None)] * 7, PaceState.LOST, -1),
        ([(120, 120)] * 8 + [(120, None)] * 2, PaceState.MET, 240),
        ([(600, None), (600, None)], PaceState.ON_TRACK, 240),
        ([(120, None, False, True)] * 2 + [(120, None)] * 8, PaceState.ON_TRACK, 240),
        (
            [(120, None, False, True)] * 2 + [(121, None, False, True)] + [(119, None)] + [(120, None)] * 6,
            PaceState.AWAY,
            240,
        ),
        ([(120, 120)] * 8 + [(120, None, False, True)] * 2, PaceState.MET, 240),
        ([(120, 0), (120, None, True, True)] + [(120, None)] * 8, PaceState.UNRECORDED, 120),
    ],
    ids=[
        "unrecorded",
        "at risk all the same",
        "lost all the same",
        "reached all the same",
        "untouched",
        "one missed",
        "a minute",
        "less than one left",
        "none left",
        "over",
        "reached",
        "nothing missed",
        "as much leave as may be missed",
        "a lesson more",
        "reached before the leave",
        "leave that is over",
    ],
)
def test_standing_follows_what_may_still_be_missed(lessons, standing, slack):
    found = pace(*lessons)

    assert (found.standing, found.slack) == (standing, slack)


def test_unmarked_lesson_is_neither_attended_nor_missed():
    found = pace((300, 200), (300, None))

    assert (found.attended, found.held, found.missed, found.possible, found.held_percent) == (200, 300, 100, 500, 66)


def test_run_without_lessons_has_no_share():
    assert (pace().percent, pace().held_percent, pace().attended_share) == (0, 0, "0")


@pytest.mark.parametrize(
    ("missed", "short", "held_percent", "attended_share", "possible_share"),
    [(119, 0, 60, "30.17", "80.17"), (120, 0, 60, "30.00", "80.00"), (121, 1, 59, "29.83", "79.83")],
    ids=["one minute left", "none left", "a minute too many"],
)
def test_shares_are_exact_on_both_sides_of_the_line(missed, short, held_percent, attended_share, possible_share):
    found = pace((300, 300 - missed), (300, None))

    assert (found.short, found.held_percent) == (short, held_percent)
    assert (found.attended_share, found.possible_share) == (attended_share, possible_share)


def test_last_minute_missed_is_no_risk_where_no_lesson_is_ahead():
    """The line can just be reached, but nothing can be missed any more: all that is open is what nobody wrote down."""
    found = pace(*[(120, 0)] * 2, *[(120, None, True)] * 8)

    assert (found.slack, found.ahead, found.standing) == (0, (), PaceState.UNRECORDED)


@pytest.mark.parametrize(
    ("lessons", "tone", "is_worrying"),
    [
        ([(600, 480)], "success", False),
        ([(600, None)], "info", False),
        ([(120, 0), (120, 119)] + [(120, None)] * 8, "warning", True),
        ([(600, None, True)], "warning", False),
        ([(600, 479)], "error", True),
    ],
    ids=["met", "on track", "at risk", "unrecorded", "lost"],
)
def test_tone_follows_the_standing(lessons, tone, is_worrying):
    found = pace(*lessons)

    assert (found.tone, found.is_worrying) == (tone, is_worrying)


# --- the warning ---


@pytest.fixture
def long_run(run, instructor):
    """Ten lessons of two hours, of which eight have to be attended."""
    run.lessons.all().delete()
    for n in range(10):
        day = DAY + timedelta(days=7 * n)
        LessonFactory(run=run, number=n + 1, day=day, meal=False, instructor=instructor.person)
        lesson = run.lessons.get(number=n + 1)
        lesson.ends_at = lesson.starts_at + timedelta(hours=2)
        lesson.save()
    return run


@pytest.fixture
def enrolment(long_run, trainee):
    return EnrolmentFactory(run=long_run, person=trainee.person, employment=trainee.person.employments.get())


@pytest.fixture
def miss(long_run, enrolment, instructor):
    """Marks so many minutes of a lesson as missed."""

    def write(number, minutes=120, **fields):
        lesson = long_run.lessons.get(number=number)
        by = instructor.acting(today=lesson.on)
        line = (
            MarkLine(enrolment, **fields)
            if minutes == 120
            else line_from_minutes(enrolment, lesson, late=minutes, early=0, **fields)
        )
        return save_roster(lesson, [line], by=by)[0]

    return write


def told():
    return {
        note.person.family_name: (note.subject, note.path, note.organisation)
        for note in Notification.objects.filter(subject__startswith="出席率")
    }


def test_warning_reaches_trainee_firm_and_college_once(enrolment, long_run, miss, manager, coordinator, trainee):
    EnrolmentFactory(run=long_run)
    miss(1)
    miss(2, 1)

    first = warn_of_pace(enrolment, on=DAY + timedelta(days=7))
    again = warn_of_pace(enrolment, on=DAY + timedelta(days=8))

    subject = f"出席率の注意: {trainee.person.full_name}さん 現場IoT: センサで設備の稼働を見る"
    attendance = reverse("courses:attendance", args=[enrolment.run_id])
    assert (first.missed_minutes, again) == (121, None)
    assert told() == {
        "矢口": (subject, reverse("courses:hours"), manager.organisation),
        "大森": (subject, attendance, manager.organisation),
        "学務": (subject, attendance, coordinator.organisation),
    }
    assert Notification.objects.filter(subject=subject).count() == 3


def test_warning_says_how_much_may_still_be_missed(enrolment, miss, trainee):
    miss(1)
    miss(2, 1)

    warn_of_pace(enrolment, on=DAY)

    assert Notification.objects.get(person=trainee.person).body == (
        f"{trainee.person.full_name}さんが休めるのは、あと1時間59分です。もう1コマ休むと80%（全20時間のうち16時間）に届きません。"
        "勤務の予定を確かめ、残りのコマに出られるようにしてください。"
    )


def test_warning_says_that_nothing_more_may_be_missed(enrolment, miss, trainee):
    miss(1)
    miss(2)

    warn_of_pace(enrolment, on=DAY)

    body = Notification.objects.get(person=trainee.person).body
    assert body.startswith(f"{trainee.person.full_name}さんが休めるのは、あと0分です。")


def test_worsening_is_said_anew_and_an_improvement_is_not(enrolment, miss, trainee):
    miss(1)
    second = miss(2, 1)
    warn_of_pace(enrolment, on=DAY)

    mended = miss(2, 120, reason="別室にいた", seen=second.pk)
    worse = warn_of_pace(enrolment, on=DAY)
    miss(2, 60, reason="会場の記録", seen=mended.pk)
    better = warn_of_pace(enrolment, on=DAY)

    assert (worse.missed_minutes, better) == (240, None)


def test_line_out_of_reach_is_said_in_its_own_words(enrolment, miss, trainee):
    for number in (1, 2, 3):
        miss(number)

    warn_of_pace(enrolment, on=DAY)

    assert Notification.objects.get(person=trainee.person).body == (
        f"{trainee.person.full_name}さんは6時間の欠席で、残りのコマをすべて受けても80%（全20時間のうち16時間）に2時間届きません。"
        "補講や別の開講への振替を、連携校に相談してください。"
    )


def test_nobody_is_warned_who_can_miss_another_lesson(enrolment, miss):
    miss(1)

    assert warn_of_pace(enrolment, on=DAY) is None
    assert told() == {}


def test_course_with_another_line_is_held_to_its_own(long_run, instructor):
    stricter = EnrolmentFactory(run=long_run, terms_kept=replace(Terms.offered_by(long_run), needed_percent=90).facts)
    lesson = long_run.lessons.get(number=1)

    save_roster(lesson, [line_from_minutes(stricter, lesson, late=1, early=0)], by=instructor.acting(lesson.on))

    assert warn_of_pace(stricter, on=DAY).missed_minutes == 1


def test_seat_given_up_is_not_warned(enrolment, miss):
    miss(1)
    miss(2)
    type(enrolment).objects.update(state=EnrolmentState.CANCELLED)

    assert warn_of_pace(enrolment, on=DAY) is None


def test_sweep_looks_at_runs_that_have_begun_and_are_not_long_over(enrolment, long_run, miss):
    on = DAY + timedelta(days=7)
    before = list(runs_to_watch(on=on))
    miss(1)
    miss(2)

    last = long_run.lessons.get(number=10).on
    assert before == []
    assert list(runs_to_watch(on=on)) == [long_run]
    assert list(runs_to_watch(on=last + timedelta(days=14))) == [long_run]
    assert list(runs_to_watch(on=last + timedelta(days=15))) == []
    assert worrying(long_run, on=DAY) == [enrolment]
    Run.objects.update(state=RunState.CANCELLED)
    assert list(runs_to_watch(on=on)) == []


def test_sweep_warns_and_warns_nobody_twice(held, seated, instructor):
    """A run of two six-hour lessons, the first of them missed: 80 % cannot be reached any more."""
    (enrolment,) = seated(held)
    lesson = held.lessons.get(number=1)
    save_roster(lesson, [MarkLine(enrolment)], by=instructor.acting(today=lesson.on))

    watch_pace()
    watch_pace()

    assert PaceWarning.objects.get().missed_minutes == 360
    assert Notification.objects.filter(person=enrolment.person, subject__startswith="出席率").count() == 1


def test_database_holds_one_warning_for_the_same_minutes(enrolment):
    """pace_warning_once"""
    PaceWarning.objects.create(enrolment=enrolment, missed_minutes=60)

    with pytest.raises(IntegrityError), transaction.atomic():
        PaceWarning.objects.create(enrolment=enrolment, missed_minutes=60)


# --- the page ---


def test_attendance_page_says_what_may_still_be_missed(enrolment, miss, coordinator):
    miss(1)
    miss(2, 1)

    page = coordinator.client().get(reverse("courses:attendance", args=[enrolment.run_id]))

    text = page.content.decode()
    assert "あと1時間59分まで休めます（それより多いと80%を割ります）" in text
    assert "あと1コマ休むと届かない" in text
    assert "記録のあるコマでは 1時間59分 / 4時間（49%）" in text


def test_attendance_page_shows_a_firm_its_own_people_alone(enrolment, long_run, manager):
    EnrolmentFactory(run=long_run)

    page = manager.client().get(reverse("courses:attendance", args=[long_run.pk]))

    assert [one.row.enrolment for one in page.context["rows"]] == [enrolment]
