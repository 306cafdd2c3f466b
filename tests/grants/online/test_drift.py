"""Units and days that leave the filed plan, and what a claim then counts."""

from datetime import date
from decimal import Decimal

import pytest

from courses.actions.catalogue.courses import edit_course
from courses.models import Run, Unit
from grants.actions.deadlines import refresh, tell_change
from grants.facts import drift_of, gather_claim
from grants.time.learning import online_training
from tests.factories import EnrolmentFactory, UnitFactory
from tests.grants.conftest import FILED_ON, fresh
from tests.grants.online.conftest import (
    CLAIM_DAY,
    FIRST,
    LAST,
    change_of,
    learn,
    moment,
    units_of,
)


def test_unchanged_run_has_no_departure(filed):
    assert drift_of(filed, filed.plans.get()) == []


def test_longer_unit_asks_for_a_notice_before_the_first_day(filed):
    Unit.objects.filter(title="三面図").update(standard_minutes=200)

    found = change_of(filed)

    assert found.label == "教材「三面図」の標準学習時間が 5時間 から 3時間20分 に変わりました"
    assert (found.action, found.due) == ("change_notice", date(2027, 1, 31))
    assert "労働局に確かめてください" in found.because


def test_new_version_added_and_retired_units_are_departures(filed):
    first, second, _third = units_of(filed)
    now = moment(FILED_ON, "12:00:00")
    Unit.objects.filter(pk__in=[first.pk, second.pk]).update(retired_at=now)
    UnitFactory(course=filed.run.course, number=1, kind="text", title="三面図", standard_minutes=300, replaces=first)
    UnitFactory(course=filed.run.course, number=4, kind="text", title="幾何公差", standard_minutes=60)

    assert [change.label for change in drift_of(filed, filed.plans.get())] == [
        "教材「三面図」の内容が計画と変わりました",
        "教材「寸法と公差」がなくなりました",
        "計画にない教材「幾何公差」（1時間）が増えました",
    ]


def test_changed_unit_nobody_told_is_asked_and_not_counted(finished):
    """760 − 200 = 560 minutes of today, of which the changed 300 count nothing: 460, seven whole hours."""
    Unit.objects.filter(title="三面図").update(standard_minutes=200)

    facts = gather_claim(finished, CLAIM_DAY)

    assert (facts["training"]["planned_minutes"], facts["grant"]["standard_hours"]) == (460, 7)
    assert [one["completed"] for one in facts["workers"]] == [True, True, False]


def test_told_change_counts_as_it_is_now(finished, advisor):
    Unit.objects.filter(title="三面図").update(standard_minutes=400)
    refresh(finished, by=None)
    row = finished.deadlines.open().get(code="change_notice")

    tell_change(row, filed_on=date(2027, 1, 20), by=advisor.acting(CLAIM_DAY))

    facts = gather_claim(finished, CLAIM_DAY)
    assert facts["training"]["planned_minutes"] == 860
    assert drift_of(finished, finished.plans.get())[0].is_told


@pytest.mark.parametrize(
    ("first", "last", "action", "due"),
    [
        (FIRST, date(2027, 4, 10), "change_notice", date(2027, 3, 30)),
        (FIRST, date(2027, 3, 15), "change_notice", date(2027, 3, 14)),
        (date(2027, 2, 10), LAST, "change_notice", date(2027, 1, 31)),
        (date(2027, 3, 1), LAST, "new_plan", None),
    ],
    ids=["longer", "shorter", "later start", "a month later"],
)
def test_moved_days_ask_for_their_notice(filed, first, last, action, due):
    Run.objects.filter(pk=filed.run_id).update(learn_from=first, learn_until=last)

    found = change_of(fresh(filed))

    assert (found.subject, found.action, found.due) == ("period", action, due)


def test_days_made_longer_without_a_notice_stay_the_planned_ones(finished, enrolled):
    Run.objects.filter(pk=finished.run_id).update(learn_until=date(2027, 4, 30))
    learn(enrolled[2], units_of(finished)[2], date(2027, 4, 2))

    facts = gather_claim(fresh(finished), date(2027, 5, 6))

    assert facts["training"]["ends_on"] == "2027-03-31"
    assert facts["workers"][2]["completed"] is False


def test_start_put_off_a_month_leaves_nothing_of_the_plan(finished):
    Run.objects.filter(pk=finished.run_id).update(learn_from=date(2027, 3, 1))

    assert {one["completed"] for one in gather_claim(fresh(finished), CLAIM_DAY)["workers"]} == {False}


def test_hours_of_a_revised_course_leave_the_standard_time_of_people_in_as_it_was(run, coordinator):
    """Without units the standard time is the hours they applied for; the course may say 20 by now."""
    run.course.units.all().delete()
    EnrolmentFactory(run=run)

    edit_course(run.course, {"hours": Decimal("20.0")}, by=coordinator.acting())

    assert online_training(Run.objects.get(pk=run.pk)).standard_minutes == 13 * 60
