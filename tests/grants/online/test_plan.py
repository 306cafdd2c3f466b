"""What is planned of a run learned online, and until when."""

from datetime import date

import pytest

from courses.models import Course, Run, Unit
from grants.cases.missing import missing_for_plan
from grants.facts import gather_plan
from grants.queries import candidates, forecast
from tests.factories import LessonFactory
from tests.grants.conftest import FILED_ON, fresh
from tests.grants.online.conftest import (
    FIRST,
    UNITS,
)


def test_plan_holds_days_units_and_whole_hours(stated):
    """300 + 330 + 130 = 760 minutes, and 12 whole hours."""
    training = gather_plan(stated, on=FILED_ON)["training"]

    assert (training["starts_on"], training["ends_on"]) == ("2027-02-01", "2027-03-31")
    assert (training["planned_minutes"], training["standard_hours"], training["lessons"]) == (760, 12, [])
    assert [(unit["title"], unit["minutes"]) for unit in training["units"]] == [unit[1:] for unit in UNITS]


def test_plan_without_units_takes_the_hours_of_the_course(stated):
    Unit.objects.all().delete()

    training = gather_plan(fresh(stated), on=FILED_ON)["training"]

    assert (training["planned_minutes"], training["standard_hours"], training["units"]) == (780, 13, [])


def test_plan_window_counts_from_the_first_day_of_access(stated):
    row = stated.deadlines.get()

    assert (row.event_on, row.first_on, row.last_on) == (FIRST, date(2026, 8, 1), date(2027, 1, 4))


@pytest.mark.parametrize(
    ("change", "label"),
    [
        ({"learn_from": None, "learn_until": None}, "学習できる期間"),
        ({"page": ""}, "公開しているページ"),
        ({"lesson": True}, "組み合わせた計画"),
    ],
    ids=["no days", "not public", "mixed with lessons"],
)
def test_plan_names_what_an_online_run_lacks(stated, change, label):
    if change.pop("lesson", False):
        LessonFactory(run=stated.run)
    if "page" in change:
        Course.objects.update(provider_page=change.pop("page"))
    Run.objects.filter(pk=stated.run_id).update(apply_until=date(2027, 1, 31), **change)

    lacks = [one.label for one in missing_for_plan(gather_plan(fresh(stated), on=FILED_ON)) if one.is_needed]

    assert len(lacks) == 1
    assert label in lacks[0]


def test_forecast_of_three_learners_by_hand(run, establishment, enrolled):
    """22,000 × 75% × 3 = 49,500, and no wage aid."""
    found = forecast(run, establishment, [one.employment for one in enrolled], date(2026, 11, 20))

    assert (found.expense_aid, found.wage_aid, found.facts.standard_hours) == (49_500, 0, 12)
    assert (found.claim_window.first, found.claim_window.last) == (date(2027, 4, 1), date(2027, 5, 31))
    assert "賃金助成はありません" in [spoiler.title for spoiler in found.spoilers]
    assert "所定労働時間の外の訓練があります" not in [spoiler.title for spoiler in found.spoilers]


def test_run_without_days_has_no_forecast(run, establishment, enrolled):
    run.learn_from = run.learn_until = None

    assert forecast(run, establishment, [enrolled[0].employment], date(2026, 11, 20)) is None


def test_online_run_without_a_case_waits_for_one(run, firm, enrolled):
    (found,) = candidates([firm], today=date(2026, 11, 20))

    assert (found.run_id, found.starts_on, found.people) == (run.pk, FIRST, 3)


def test_case_page_leads_to_the_learning_log(filed, manager):
    page = manager.client().get(f"/grants/cases/{filed.pk}/").content.decode()

    assert "学習の状況" in page
    assert f"/courses/runs/{filed.run_id}/log/" in page
    assert f"/courses/runs/{filed.run_id}/attendance/" not in page
