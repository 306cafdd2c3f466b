"""Building, link, learning days and application day of a run with people in it: guarded, told, in each one's journal."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from courses.actions.catalogue.lessons import remove_lesson
from courses.actions.catalogue.runs import edit_run
from courses.actions.seats.quotas import reserve_seats
from courses.forms.catalogue.runs import RUN_FACTS
from courses.models import LearningEvent, Run
from courses.states import EnrolmentState
from firms.errors import Refused
from firms.models import JournalEntry, Notification
from tests.conftest import TODAY
from tests.factories import EnrolmentFactory, MembershipFactory, UnitFactory, at

LINK = "https://meet.example.jp/room"
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def change(coordinator):
    """Edits a run as its form does: every fact as it is, but for those named."""

    def make(run, on=TODAY, **changed):
        run.refresh_from_db()
        facts = {name: getattr(run, name) for name in RUN_FACTS} | changed
        return edit_run(run, facts, by=coordinator.acting(on))

    return make


@pytest.fixture
def in_it(run, trainee):
    return EnrolmentFactory(run=run, employment=trainee.person.employments.get())


def letters(cast):
    return list(Notification.objects.filter(person=cast.person).values_list("body", flat=True))


def readers(verb):
    return sorted(JournalEntry.objects.filter(verb=verb).values_list("concerns", flat=True))


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        pytest.param({"venue": "別館"}, "会場: （架空）工科カレッジ 実習室 → 別館", id="building"),
        pytest.param(
            {"venue_address": "架空町2"}, "会場の所在地: 東京都大田区架空二丁目2番2号 → 架空町2", id="address"
        ),
        pytest.param(
            {"apply_until": date(2027, 1, 20)}, "申込締切日: 2027年1月31日 → 2027年1月20日", id="application day"
        ),
        pytest.param(
            {"learn_from": date(2027, 2, 3), "learn_until": date(2027, 3, 1)},
            "学習を始められる日（eラーニング）: なし → 2027年2月3日\n"
            "学習を終える日（eラーニング）: なし → 2027年3月1日",
            id="learning days",
        ),
    ],
)
def test_what_moved_is_told_to_trainee_firm_and_college(
    run, in_it, trainee, manager, instructor, change, changed, line
):
    change(run, **changed)

    assert [letters(trainee), letters(manager)] == [[line], [line]]
    assert readers("run.move") == sorted([run.course.college_id, manager.organisation.pk])
    assert not JournalEntry.objects.filter(verb="run.edit").exists()


def test_the_other_coordinators_of_the_college_are_told(run, in_it, college, change):
    colleague = MembershipFactory(organisation=college, role="coordinator").person

    change(run, venue="別館")

    assert Notification.objects.filter(person=colleague, subject__startswith="開講の変更").count() == 1


@pytest.mark.parametrize(
    ("state", "is_told"), [(EnrolmentState.ACCEPTED, True), (EnrolmentState.WAITLISTED, False)], ids=["seat", "queue"]
)
def test_the_new_link_goes_to_those_with_a_seat_alone(run, in_it, trainee, manager, change, state, is_told):
    type(in_it).objects.update(state=state)

    change(run, link=LINK, seats=12)

    assert any(LINK in body for body in letters(trainee)) is is_told
    assert not any(LINK in body for body in letters(manager))
    assert not any(LINK in str(entry.details) for entry in JournalEntry.objects.filter(verb="run.move"))


def test_a_firm_that_reserved_seats_without_names_is_told(run, manager, change):
    reserve_seats(run, 2, name_until=date(2027, 1, 20), by=manager.acting())

    change(run, venue="別館")

    assert letters(manager) == ["会場: （架空）工科カレッジ 実習室 → 別館"]


def test_nobody_is_told_of_what_promises_nothing(run, in_it, trainee, change):
    change(run, min_seats=2)
    change(run, min_seats=2)

    assert letters(trainee) == []
    assert readers("run.edit") == [run.course.college_id]


@pytest.mark.parametrize("state", [EnrolmentState.CANCELLED, EnrolmentState.REJECTED, EnrolmentState.DECLINED])
def test_whoever_gave_up_is_promised_nothing(run, in_it, trainee, change, state):
    type(in_it).objects.update(state=state)

    change(run, venue="別館", fee_yen=30_000)

    assert letters(trainee) == []
    assert readers("run.edit") == [run.course.college_id]


@pytest.mark.parametrize("state", [EnrolmentState.COMPLETED, EnrolmentState.NOT_COMPLETED])
def test_the_fee_stands_for_those_who_are_through_too(run, in_it, change, state):
    type(in_it).objects.update(state=state)

    with pytest.raises(Refused, match="受講料は変えられません"):
        change(run, fee_yen=30_000)


# --- the application day ---


@pytest.mark.parametrize("selection", ["first_come", "lottery", "choice"])
def test_applications_do_not_close_in_the_past(run, change, selection):
    Run.objects.update(selection=selection)

    with pytest.raises(Refused, match=r"今日（2026年11月20日）以後") as refused:
        change(run, apply_until=YESTERDAY)

    assert refused.value.field == "apply_until"
    assert change(run, apply_until=TODAY).apply_until == TODAY


def test_a_day_that_is_past_already_stays_as_it_is(run, change):
    Run.objects.update(apply_until=YESTERDAY)

    assert change(run, venue="別館").apply_until == YESTERDAY


def test_a_run_in_preparation_may_be_given_any_day(run, change):
    Run.objects.update(state="preparing")

    assert change(run, apply_until=YESTERDAY).apply_until == YESTERDAY


# --- the building ---


@pytest.mark.parametrize(
    ("on", "is_refused"), [(date(2027, 2, 10), False), (date(2027, 2, 11), True)], ids=["last day", "day after"]
)
def test_the_building_of_a_run_that_is_over_stays(run, in_it, change, on, is_refused):
    if not is_refused:
        assert change(run, on=on, venue="別館").venue == "別館"
        return

    with pytest.raises(Refused, match="終わった開講の会場") as refused:
        change(run, on=on, venue="別館")

    assert refused.value.field == "venue"


# --- the learning days ---


@pytest.fixture
def learned(online, trainee):
    """The trainee learned on 3 and 20 February."""
    seat = EnrolmentFactory(run=online, employment=trainee.person.employments.get())
    unit = UnitFactory(course=online.course)
    for day, kind in ((3, "opened"), (20, "completed")):
        LearningEvent.objects.create(enrolment=seat, unit=unit, kind=kind, at=at(date(2027, 2, day), "23:30"))
    return online


@pytest.mark.parametrize(
    ("days", "field"),
    [
        pytest.param({"learn_from": date(2027, 2, 4)}, "learn_from", id="begins after what was learned"),
        pytest.param({"learn_until": date(2027, 2, 19)}, "learn_until", id="ends before what was learned"),
        pytest.param({"learn_from": None, "learn_until": None}, "learn_from", id="no days at all"),
    ],
)
def test_what_was_learned_stays_within_the_days(learned, change, days, field):
    with pytest.raises(Refused, match="学習の記録があります") as refused:
        change(learned, on=date(2027, 2, 1), **days)

    assert refused.value.field == field


def test_the_days_may_close_in_on_what_was_learned(learned, change):
    moved = change(learned, on=date(2027, 2, 20), learn_from=date(2027, 2, 3), learn_until=date(2027, 2, 20))

    assert (moved.learn_from, moved.learn_until) == (date(2027, 2, 3), date(2027, 2, 20))


def test_learning_does_not_end_in_the_past(online, trainee, change):
    EnrolmentFactory(run=online, employment=trainee.person.employments.get())
    on = date(2027, 2, 10)

    with pytest.raises(Refused, match=r"今日（2027年2月10日）以後") as refused:
        change(online, on=on, learn_until=on - timedelta(days=1))

    assert refused.value.field == "learn_until"
    assert change(online, on=on, learn_until=on).learn_until == on


# --- the page ---


def test_the_form_says_who_will_be_told(run, in_it, coordinator, college):
    page = coordinator.client().get(reverse("courses:run_edit", args=[run.pk])).content.decode()
    new = coordinator.client().get(reverse("courses:run_new", args=[run.course_id])).content.decode()

    assert "申込みが1件あります。会場・入室先・学習期間・申込締切日を変えると" in page
    assert "変更は全員に知らされます" not in new


def test_the_journal_names_what_moved(run, in_it, manager, coordinator, change):
    change(run, venue="別館", apply_until=date(2027, 1, 20), min_seats=2)

    page = coordinator.client().get(reverse("courses:run", args=[run.pk])).content.decode()

    assert "開講の会場・入室先・学習期間・申込締切日を変更" in page
    assert "会場: （架空）工科カレッジ 実習室 → 別館、申込締切日: 2027年1月31日 → 2027年1月20日" in page
    assert page.count("変更した項目") == 1


def test_a_moved_lesson_is_told_to_a_firm_that_reserved_seats_without_names(run, lesson, manager, coordinator):
    reserve_seats(run, 2, name_until=date(2027, 1, 20), by=manager.acting())

    remove_lesson(lesson, by=coordinator.acting())

    assert [body.split(":")[0].split("\n")[-1] for body in letters(manager)] == ["取りやめ"]
    assert readers("lesson.remove") == sorted([run.course.college_id, manager.organisation.pk])
