"""Deadlines follow the lessons, explain themselves, and are announced once; drift asks for its notice."""

from datetime import date

import pytest

from courses.models import Lesson
from courses.states import EnrolmentState
from firms.errors import Refused
from grants.actions.deadlines import VERB_OF, refresh, tell_change
from grants.facts import drift_of, gather_claim
from grants.queries import deadlines_for
from grants.states import MOVES, DeadlineState
from grants.verbs import VERBS
from tests.factories import EmploymentFactory, EnrolmentFactory, LessonFactory, at
from tests.grants.conftest import CLAIM_DAY, mark

IN_DECEMBER = date(2026, 12, 1)


def move_lesson(lesson, to):
    Lesson.objects.filter(pk=lesson.pk).update(starts_at=at(to, "10:00"), ends_at=at(to, "17:00"))
    lesson.breaks.update(starts_at=at(to, "12:00"), ends_at=at(to, "13:00"))


def changes(case):
    return drift_of(case, case.plans.get())


def test_deadline_names_its_event_and_reason(case):
    row = case.deadlines.get()

    assert (row.event, row.event_on) == ("訓練開始日", date(2027, 2, 3))
    assert "翌開庁日の2027年1月4日（月）が期限です" in row.because
    assert "リスキリング支給要領R7.4.1 0502" in row.source


def test_refresh_of_an_unmoved_case_changes_nothing(case):
    refresh(case, by=None)

    assert case.deadlines.count() == 1


def test_moved_training_replaces_the_deadline_and_keeps_its_trace(case, run):
    move_lesson(run.lessons.first(), date(2027, 2, 5))

    refresh(case, by=None)

    assert list(case.deadlines.order_by("pk").values_list("state", "event_on", "last_on")) == [
        ("replaced", date(2027, 2, 3), date(2027, 1, 4)),
        ("open", date(2027, 2, 5), date(2027, 1, 5)),
    ]


def test_unmoved_training_has_no_drift(filed):
    assert changes(filed) == []


def test_moved_lesson_asks_for_a_notice_before_the_earlier_day(filed, run):
    move_lesson(run.lessons.last(), date(2027, 2, 12))

    refresh(filed, by=None)

    row = filed.deadlines.get(code="change_notice")
    assert (row.state, row.last_on) == ("open", date(2027, 2, 9))
    assert "第2回が 2027年2月10日 10:00–17:00 から 2027年2月12日 10:00–17:00 に変わりました" in row.because


def test_start_postponed_by_a_month_asks_for_a_new_plan(filed, run):
    for lesson, day in zip(run.lessons.all(), (date(2027, 3, 3), date(2027, 3, 10)), strict=True):
        move_lesson(lesson, day)

    assert [change.action for change in changes(filed)] == ["new_plan", "change_notice"]


def test_added_lesson_worker_and_place_ask_for_a_notice_and_a_leaver_does_not(
    filed, run, enrolled, establishment, pattern
):
    LessonFactory(run=run, number=3, day=date(2027, 2, 17))
    run.venue = "別の会場"
    run.save()
    EnrolmentFactory(run=run, employment=EmploymentFactory(establishment=establishment, pattern=pattern))
    type(enrolled[0]).objects.filter(pk=enrolled[0].pk).update(state=EnrolmentState.CANCELLED)

    assert [(change.action, change.due) for change in changes(filed)] == [
        ("change_notice", date(2027, 2, 16)),
        ("change_notice", date(2027, 2, 2)),
        ("none", None),
        ("change_notice", date(2027, 2, 2)),
    ]


def test_removed_lesson_stays_in_what_was_planned(filed, run, enrolled):
    run.lessons.last().delete()
    for enrolment in enrolled:
        mark(enrolment, run.lessons.get())

    worker = gather_claim(filed, CLAIM_DAY)["workers"][0]

    assert [change.event for change in changes(filed)] == ["removed"]
    assert (worker["planned_minutes"], worker["attended_minutes"], worker["passes"]) == (720, 360, False)


def test_lesson_moved_without_notice_counts_as_not_attended(filed, run, enrolled):
    move_lesson(run.lessons.last(), date(2027, 2, 12))
    for lesson in run.lessons.all():
        mark(enrolled[0], lesson)

    worker = gather_claim(filed, CLAIM_DAY)["workers"][0]

    assert (worker["planned_minutes"], worker["attended_minutes"], worker["percent"]) == (720, 360, 50)


def test_lesson_moved_with_notice_counts(filed, run, enrolled, advisor):
    move_lesson(run.lessons.last(), date(2027, 2, 12))
    refresh(filed, by=None)
    notice = filed.deadlines.get(code="change_notice")

    tell_change(notice, filed_on=date(2026, 12, 3), by=advisor.acting(date(2026, 12, 4)))

    for lesson in run.lessons.all():
        mark(enrolled[0], lesson)
    assert [change.is_told for change in changes(filed)] == [True]
    assert gather_claim(filed, CLAIM_DAY)["workers"][0]["percent"] == 100


def test_lesson_moved_again_needs_a_second_notice(filed, run, advisor):
    move_lesson(run.lessons.last(), date(2027, 2, 12))
    refresh(filed, by=None)
    tell_change(filed.deadlines.get(code="change_notice"), filed_on=IN_DECEMBER, by=advisor.acting(date(2026, 12, 4)))
    move_lesson(run.lessons.last(), date(2027, 2, 15))

    refresh(filed, by=None)

    assert [change.is_told for change in changes(filed)] == [False]
    assert list(filed.deadlines.filter(code="change_notice").order_by("pk").values_list("state", flat=True)) == [
        "met",
        "open",
    ]


@pytest.mark.parametrize(
    ("filed_on", "sentence"),
    [(date(2027, 2, 10), "期限は 2027年2月9日 でした"), (date(2027, 3, 2), "まだ来ていません")],
    ids=["late", "future"],
)
def test_notice_out_of_time_is_refused_at_the_field(filed, run, advisor, filed_on, sentence):
    move_lesson(run.lessons.last(), date(2027, 2, 12))
    refresh(filed, by=None)

    with pytest.raises(Refused, match=sentence) as refused:
        tell_change(filed.deadlines.get(code="change_notice"), filed_on=filed_on, by=advisor.acting(date(2027, 3, 1)))

    assert refused.value.field == "filed_on"


def test_only_change_notices_are_told(case, advisor):
    with pytest.raises(Refused, match="計画変更届のものではありません"):
        tell_change(case.deadlines.get(), filed_on=IN_DECEMBER, by=advisor.acting(IN_DECEMBER))


def test_deadlines_for_the_feed_are_those_of_ones_clients(case, advisor, manager, stranger, officer):
    assert list(deadlines_for(advisor.acting())) == list(deadlines_for(manager.acting())) == [case.deadlines.get()]
    assert not deadlines_for(stranger.acting()).exists()
    assert not deadlines_for(officer.acting()).exists()


def test_every_end_of_a_deadline_has_its_verb():
    assert set(VERB_OF) == MOVES[DeadlineState][DeadlineState.OPEN]
    assert set(VERB_OF.values()) <= set(VERBS)
