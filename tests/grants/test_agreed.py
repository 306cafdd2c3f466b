"""What counts of a training that left its plan: told changes do, untold ones do not; reckoned by hand."""

from datetime import date

import pytest

from courses.models import Lesson, Run
from firms.errors import Refused
from grants.actions.claims import freeze_claim
from grants.actions.deadlines import refresh, tell_change
from grants.actions.statements import add_cost
from grants.cases.reach import reaches
from grants.claims.assessment import assess_claim
from grants.facts import drift_of, gather_claim
from grants.papers.claim_context import claim_form
from tests.factories import EmploymentFactory, EnrolmentFactory, LessonFactory, at
from tests.grants.conftest import CLAIM_DAY, freeze_anyway, fresh, mark, say_at_the_claim
from tests.grants.test_changes import IN_DECEMBER, move_lesson, told


def state_of(case, code, *, on=CLAIM_DAY):
    return next(
        found["state"] for found in assess_claim(fresh(case), on).outcome["conditions"] if found["code"] == code
    )


def minutes(case):
    worker = gather_claim(fresh(case), CLAIM_DAY)["workers"][0]
    return worker["planned_minutes"], worker["attended_minutes"], worker["wage_minutes"], worker["percent"]


def attend(enrolled, lessons):
    for enrolment in enrolled:
        for lesson in lessons:
            mark(enrolment, lesson)


def test_lesson_added_by_notice_counts_with_its_minutes(filed, run, enrolled, advisor):
    """Two lessons of 360 minutes and one more of 360: 1,080 planned and attended."""
    LessonFactory(run=run, number=3, day=date(2027, 2, 12))
    told(filed, on=IN_DECEMBER, by=advisor)
    attend(enrolled, run.lessons.all())

    assert minutes(filed) == (1080, 1080, 1080, 100)


def test_lesson_added_without_notice_counts_for_nothing(filed, run, enrolled):
    LessonFactory(run=run, number=3, day=date(2027, 2, 12))
    attend(enrolled, run.lessons.all())

    assert minutes(filed) == (720, 720, 720, 100)


def test_lesson_left_out_by_notice_leaves_the_denominator(filed, run, enrolled, advisor):
    run.lessons.last().delete()
    told(filed, on=IN_DECEMBER, by=advisor)
    attend(enrolled, run.lessons.all())

    assert minutes(filed) == (360, 360, 360, 100)
    assert state_of(filed, "long_enough") == "unmet"


def test_lesson_lengthened_by_notice_counts_with_its_new_minutes(filed, run, enrolled, advisor):
    """10:00–18:00 with an hour's meal is 420; the working day ends at 17:30, so half an hour draws no wage aid."""
    move_lesson(run.lessons.last(), date(2027, 2, 10), end="18:00")
    told(filed, on=IN_DECEMBER, by=advisor)
    first, last = run.lessons.all()
    mark(enrolled[0], first)
    mark(enrolled[0], last, left="18:00", minutes=420)

    assert minutes(filed) == (780, 780, 750, 100)


def test_lesson_that_was_never_held_does_not_wait_for_its_roster(filed, run, enrolled, manager, advisor):
    """720 of 1,080 minutes would fall short, so the roster is whole and says so."""
    attend(enrolled, [run.lessons.first()])
    run.lessons.last().delete()
    add_cost(filed, amount_yen=66_000, paid_on=date(2027, 1, 29), payer="firm", by=manager.acting(CLAIM_DAY))

    say_at_the_claim(filed, manager)

    assert state_of(filed, "roster_whole") == "met"
    assert freeze_anyway(filed, by=advisor.acting(CLAIM_DAY)).total_yen == 0


def test_training_held_elsewhere_without_notice_counts_for_nothing(attended, run):
    Run.objects.filter(pk=run.pk).update(venue="（架空）別の会場")

    assert minutes(attended) == (720, 0, 0, 0)


def test_start_put_off_by_a_month_leaves_nothing_of_the_plan(filed, run, enrolled):
    for lesson, day in zip(run.lessons.all(), (date(2027, 3, 3), date(2027, 2, 10)), strict=True):
        move_lesson(lesson, day)
    move_lesson(run.lessons.get(number=2), date(2027, 3, 10))
    attend(enrolled, run.lessons.all())

    assert minutes(filed)[1] == 0


def test_last_lesson_put_off_without_notice_gives_no_more_time_to_claim(filed, run):
    """Planned to end on 2/10: 2/11–4/10, a Saturday, so 4/12; held on 4/20 it still is."""
    move_lesson(run.lessons.last(), date(2027, 4, 20))
    refresh(filed, by=None)

    assert gather_claim(fresh(filed), CLAIM_DAY)["claim_window"]["last"] == "2027-04-12"
    assert filed.deadlines.open().get(code="claim").last_on == date(2027, 4, 12)


def test_last_lesson_put_off_by_notice_moves_the_claim(filed, run, advisor):
    """Ending on 2/26: 2/27–4/26, a Monday."""
    move_lesson(run.lessons.last(), date(2027, 2, 26))
    told(filed, on=IN_DECEMBER, by=advisor)
    refresh(filed, by=None)

    assert gather_claim(fresh(filed), CLAIM_DAY)["claim_window"]["last"] == "2027-04-26"
    assert filed.deadlines.open().get(code="claim").last_on == date(2027, 4, 26)


def test_start_brought_forward_by_notice_is_the_first_day(filed, run, enrolled, advisor):
    move_lesson(run.lessons.first(), date(2027, 2, 1))
    told(filed, on=IN_DECEMBER, by=advisor)
    attend(enrolled, run.lessons.all())

    assert state_of(filed, "nothing_before_start") == "met"
    assert gather_claim(fresh(filed), CLAIM_DAY)["training"]["starts_on"] == "2027-02-01"


def test_somebody_who_came_the_day_before_spoils_the_claim_whatever_the_lesson(attended, run, enrolled):
    """An opening evening nobody planned: not among the lessons of the claim, and yet the reason of a real refusal."""
    evening = LessonFactory(run=run, number=3, day=date(2027, 2, 2))
    mark(enrolled[0], evening)

    assert state_of(attended, "nothing_before_start") == "unmet"


@pytest.mark.parametrize(("start", "end"), [("17:00", "23:59"), ("18:00", "00:00")], ids=["late", "midnight"])
def test_training_ends_on_the_day_its_last_lesson_begins(filed, run, start, end):
    day = date(2027, 2, 10)
    Lesson.objects.filter(run=run, number=2).update(
        starts_at=at(day, start), ends_at=at(date(2027, 2, 11) if end == "00:00" else day, end)
    )
    refresh(filed, by=None)

    assert filed.deadlines.open().get(code="claim").event_on == day


def test_claim_form_prints_the_training_as_agreed(paid, run, advisor):
    claim = freeze_claim(paid, by=advisor.acting(CLAIM_DAY))

    assert claim_form(claim)["ends_on"] == date(2027, 2, 10)


def test_cancelled_run_has_no_deadline(case, run):
    Run.objects.filter(pk=run.pk).update(state="cancelled")
    refresh(case, by=None)

    assert list(case.deadlines.values_list("state", flat=True)) == ["lapsed"]


def test_training_given_up_lesson_by_lesson_leaves_nothing_to_attend(filed, run, advisor):
    LessonFactory(run=run, number=9, day=date(2027, 2, 24))
    run.lessons.exclude(number=9).delete()
    for row in told_of(filed):
        if row.subject != f"lesson-{run.lessons.get().pk}":
            tell_change(row, filed_on=IN_DECEMBER, by=advisor.acting(IN_DECEMBER))

    assert [(one.best_percent, one.can_pass) for one in reaches(fresh(filed), on=CLAIM_DAY)] == [(0, False)] * 3
    with pytest.raises(Refused, match="計算できません"):
        freeze_claim(fresh(filed), by=advisor.acting(CLAIM_DAY))


def told_of(case):
    refresh(case, by=None)
    return case.deadlines.open().filter(code="change_notice")


def test_who_cancelled_and_came_back_is_still_on_the_list(filed, run, enrolled):
    type(enrolled[0]).objects.filter(pk=enrolled[0].pk).update(state="cancelled")
    again = EnrolmentFactory(run=run, employment=enrolled[0].employment)
    attend([again], run.lessons.all())

    facts = gather_claim(fresh(filed), CLAIM_DAY)

    assert [one["percent"] for one in facts["workers"] if one["key"] == str(again.pk)] == [100]
    assert drift_of(filed, filed.plans.get()) == []


def test_who_came_without_notice_draws_nothing(filed, run, establishment, pattern):
    stranger = EnrolmentFactory(run=run, employment=EmploymentFactory(establishment=establishment, pattern=pattern))

    assert str(stranger.pk) not in {one["key"] for one in gather_claim(fresh(filed), CLAIM_DAY)["workers"]}


def test_who_came_by_notice_is_a_trainee(filed, run, establishment, pattern, advisor):
    late = EnrolmentFactory(run=run, employment=EmploymentFactory(establishment=establishment, pattern=pattern))
    told(filed, on=IN_DECEMBER, by=advisor)

    assert str(late.pk) in {one["key"] for one in gather_claim(fresh(filed), CLAIM_DAY)["workers"]}
