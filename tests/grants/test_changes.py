"""Which notice a departure asks for, until when, and what of the training the office knows after it."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from courses.models import Lesson, Run
from firms.errors import Refused
from firms.models import JournalEntry
from grants.actions.deadlines import refresh, tell_change
from grants.actions.plans import file_plan, freeze_plan
from grants.facts import drift_of
from tests.factories import EmploymentFactory, EnrolmentFactory, LessonFactory, at
from tests.grants.conftest import fresh

IN_DECEMBER = date(2026, 12, 1)


def move_lesson(lesson, to, *, start="10:00", end="17:00"):
    Lesson.objects.filter(pk=lesson.pk).update(starts_at=at(to, start), ends_at=at(to, end))
    lesson.breaks.update(starts_at=at(to, "12:00"), ends_at=at(to, "13:00"))


def told(case, *, on, by):
    refresh(case, by=None)
    for row in case.deadlines.open().filter(code="change_notice"):
        tell_change(row, filed_on=on, by=by.acting(on))


def changes(case):
    return drift_of(case, case.plans.get())


def test_start_stays_where_only_one_lesson_of_its_day_is_put_off(stated, run, advisor):
    """2/3 keeps a lesson in the morning; the one of the afternoon may go to March by a notice."""
    LessonFactory(
        run=run, number=3, starts_at=at(date(2027, 2, 3), "17:30"), ends_at=at(date(2027, 2, 3), "19:30"), meal=False
    )
    evening = run.lessons.get(number=3)
    freeze_plan(stated, by=advisor.acting(date(2026, 11, 24)))
    Lesson.objects.filter(pk=evening.pk).update(
        starts_at=at(date(2027, 3, 10), "17:30"), ends_at=at(date(2027, 3, 10), "19:30")
    )

    assert [(one.action, one.due) for one in changes(fresh(stated))] == [("change_notice", date(2027, 2, 2))]


def test_start_is_where_the_training_begins_though_its_first_lesson_is_put_off(filed, run):
    """First lesson to 3/10, second stays on 2/10: the training now begins a week later, no new plan."""
    move_lesson(run.lessons.first(), date(2027, 3, 10))

    assert [one.action for one in changes(filed)] == ["change_notice"]


def test_start_brought_forward_needs_a_plan_filed_a_month_before_it(planned, run, advisor):
    """Filed on 12/25; a start on 1/20 would have needed it by 12/20, one on 1/25 by 12/25."""
    file_plan(planned, filed_on=date(2026, 12, 25), receipt_number="1", by=advisor.acting(date(2026, 12, 25)))
    move_lesson(run.lessons.first(), date(2027, 1, 20))
    assert [one.action for one in changes(planned)] == ["not_possible"]

    move_lesson(run.lessons.first(), date(2027, 1, 25))
    assert [(one.action, one.due) for one in changes(planned)] == [("change_notice", date(2027, 1, 24))]


def test_second_move_counts_from_the_day_of_the_first_notice(filed, run, advisor):
    """2/10 → 2/20 told, then 2/20 → 2/25: due the day before 2/20, not before 2/10."""
    last = run.lessons.last()
    move_lesson(last, date(2027, 2, 20))
    told(filed, on=IN_DECEMBER, by=advisor)

    move_lesson(last, date(2027, 2, 25))

    assert [(one.is_told, one.due) for one in changes(filed)] == [(False, date(2027, 2, 19))]


def test_lesson_put_back_after_its_notice_needs_another(filed, run, advisor):
    last = run.lessons.last()
    move_lesson(last, date(2027, 2, 20))
    told(filed, on=IN_DECEMBER, by=advisor)
    move_lesson(last, date(2027, 2, 10))

    assert [(one.is_told, one.due) for one in changes(filed)] == [(False, date(2027, 2, 9))]

    told(filed, on=date(2026, 12, 2), by=advisor)
    assert changes(filed) == []


@pytest.mark.parametrize("changed", [{"room": "実習室B"}, {"topic": "長い内容" * 20}], ids=["room", "topic"])
def test_notice_of_one_state_does_not_cover_another_however_long_the_words(filed, run, advisor, changed):
    run.lessons.filter(number=2).update(
        topic="センサの取付けと調整、記録の見方、稼働率の読み方と改善の進め方について学ぶ回"
    )
    told(filed, on=IN_DECEMBER, by=advisor)
    assert [one.is_told for one in changes(filed)] == [True]

    run.lessons.filter(number=2).update(**changed)

    assert [one.is_told for one in changes(filed)] == [False]


def test_venue_told_once_is_not_told_for_the_next(filed, run, advisor):
    long_name = "（架空）工科カレッジ 別館 第二実習棟 三階 センサ実習室および計測準備室 "
    Run.objects.filter(pk=run.pk).update(venue=f"{long_name}東")
    told(filed, on=IN_DECEMBER, by=advisor)

    Run.objects.filter(pk=run.pk).update(venue=f"{long_name}西")

    assert [one.is_told for one in changes(fresh(filed))] == [False]


def test_notice_leaves_the_day_it_arrived_in_the_journal(filed, run, advisor):
    move_lesson(run.lessons.last(), date(2027, 2, 20))
    told(filed, on=IN_DECEMBER, by=advisor)

    details = JournalEntry.objects.about(filed).get(verb="change.file").details
    assert details == {
        "filed_on": "2026-12-01",
        "change": "第2回が 2027年2月10日 10:00–17:00 から 2027年2月20日 10:00–17:00 に変わりました",
    }


def test_notice_before_the_plan_it_changes_is_refused(filed, run, advisor):
    move_lesson(run.lessons.last(), date(2027, 2, 20))
    refresh(filed, by=None)

    with pytest.raises(Refused, match="計画届を出した 2026年11月24日 より前") as refused:
        tell_change(
            filed.deadlines.get(code="change_notice"), filed_on=date(2026, 11, 23), by=advisor.acting(IN_DECEMBER)
        )
    assert refused.value.field == "filed_on"


# --- moved by illness or a disaster ---


@pytest.mark.parametrize(
    ("reason", "filed_on", "is_taken"),
    [
        ("ordinary", date(2027, 2, 9), True),
        ("ordinary", date(2027, 2, 10), False),
        ("illness", date(2027, 2, 10), True),
        ("illness", date(2027, 2, 19), True),
        ("illness", date(2027, 2, 20), False),
        ("disaster", date(2027, 2, 19), True),
        ("disaster", date(2027, 2, 20), False),
    ],
)
def test_illness_and_disaster_leave_seven_days_after_the_new_day(filed, run, advisor, reason, filed_on, is_taken):
    """The second lesson was moved from the 10th to the 12th of February."""
    move_lesson(run.lessons.last(), date(2027, 2, 12))
    refresh(filed, by=None)
    row = filed.deadlines.get(code="change_notice")
    url = reverse("grants:change_filed", args=[row.pk])

    with time_machine.travel(at(date(2027, 2, 21), "09:00")):
        page = advisor.client().get(url).content.decode()
        advisor.client().post(url, {"filed_on": filed_on.isoformat(), "reason": reason})

    row.refresh_from_db()
    assert "2027年2月19日（金） まで（理由書を添えます）" in page
    assert (row.state == "met") is is_taken
    told = JournalEntry.objects.filter(verb="change.file").first()
    assert told is None or ("reason" in told.details) is (reason != "ordinary")


def test_person_added_has_no_such_days(filed, run, establishment, pattern, advisor):
    EnrolmentFactory(run=run, employment=EmploymentFactory(establishment=establishment, pattern=pattern))
    refresh(filed, by=None)
    row = filed.deadlines.get(code="change_notice")

    with pytest.raises(Refused, match="コマだけです") as refused:
        tell_change(row, filed_on=IN_DECEMBER, by=advisor.acting(IN_DECEMBER), reason="illness")

    assert refused.value.field == "reason"


@pytest.mark.parametrize(
    ("today", "says"),
    [
        (date(2027, 2, 9), "計画変更届を労働局へ出す"),
        (date(2027, 2, 10), "2027年2月19日まで、理由書を添えて"),
        (date(2027, 2, 19), "2027年2月19日まで、理由書を添えて"),
    ],
)
def test_next_step_says_until_when_illness_still_helps(filed, run, advisor, today, says):
    move_lesson(run.lessons.last(), date(2027, 2, 12))
    refresh(filed, by=None)

    with time_machine.travel(at(today, "09:00")):
        page = advisor.client().get(reverse("grants:case", args=[filed.pk])).content.decode()

    assert says in page
