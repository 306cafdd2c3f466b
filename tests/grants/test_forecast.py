"""What the enrol page tells a firm before it confirms."""

from datetime import date

import pytest
from django.template import engines

from firms.models import Employment
from grants.queries import forecast
from tests.factories import EmploymentFactory

TODAY = date(2026, 11, 20)


@pytest.fixture
def people(establishment, pattern):
    return [EmploymentFactory(establishment=establishment, pattern=pattern) for _ in range(3)]


def titles(found):
    return [(spoiler.tone, spoiler.title) for spoiler in found.spoilers if spoiler.tone != "info"]


def test_forecast_of_three_people_by_hand(run, establishment, people):
    """22,000 × 75% × 3 = 49,500; 12 hours × 3 × 1,000 = 36,000; the firm is left with nothing to bear."""
    found = forecast(run, establishment, people, TODAY)

    assert (found.expense_aid, found.wage_aid, found.total, found.fee_total) == (49_500, 36_000, 85_500, 66_000)
    assert (found.plan_window.first, found.plan_window.last) == (date(2026, 8, 3), date(2027, 1, 4))
    assert (found.claim_window.first, found.claim_window.last) == (date(2027, 2, 11), date(2027, 4, 12))
    assert sum(line.amount for line in found.lines) == found.total
    assert all(line.because and line.source and line.figures for line in found.lines)
    assert titles(found) == []


def test_forecast_of_a_large_firm_is_lower(run, establishment, people):
    firm = establishment.organisation
    firm.capital_yen, firm.regular_employees = 500_000_000, 900
    firm.save()

    found = forecast(run, establishment, people, TODAY)

    assert (found.expense_aid, found.wage_aid) == (39_600, 18_000)


def test_forecast_of_nobody_is_nothing(run, establishment):
    assert forecast(run, establishment, [], TODAY) is None


@pytest.mark.parametrize(
    ("on", "tone", "title"),
    [(date(2027, 1, 5), "error", "計画届の期限を過ぎています"), (date(2026, 8, 2), "info", "計画届はまだ出せません")],
    ids=["too late", "too early"],
)
def test_window_spoils(run, establishment, people, on, tone, title):
    found = forecast(run, establishment, people, on)

    assert (tone, title) in [(spoiler.tone, spoiler.title) for spoiler in found.spoilers]
    assert found.can_be_filed is (tone != "error")


def test_uninsured_leaving_and_off_hours_people_spoil(run, establishment, people):
    Employment.objects.filter(pk=people[0].pk).update(insured_number="")
    Employment.objects.filter(pk=people[1].pk).update(ended_on=date(2027, 2, 5))
    Employment.objects.filter(pk=people[2].pk).update(pattern=None)

    found = forecast(run, establishment, list(Employment.objects.filter(establishment=establishment)), TODAY)

    assert titles(found) == [
        ("warning", "被保険者番号のない人がいます"),
        ("warning", "訓練の期間に在籍しない人がいます"),
        ("warning", "所定労働時間の外の訓練があります"),
    ]
    assert found.wage_aid == 12_000 + 6_000


def test_training_under_ten_hours_spoils(run, establishment, people):
    run.lessons.last().delete()

    found = forecast(run, establishment, people, TODAY)

    assert titles(found) == [("error", "訓練時間が10時間以上")]
    assert found.total == 0


def test_firm_of_unknown_size_is_told_the_lower_rates(run, establishment, people):
    firm = establishment.organisation
    firm.industry = ""
    firm.save()

    found = forecast(run, establishment, people, TODAY)

    assert ("warning", "中小企業かどうかが分かりません") in titles(found)
    assert found.expense_aid == 39_600


@pytest.mark.parametrize(
    ("who", "is_told"), [("manager", True), ("advisor", True), ("trainee", False), ("officer", False)]
)
def test_slot_tells_the_firm_and_its_office_alone(request, rf, run, establishment, people, who, is_told):
    web = rf.get("/")
    web.user = request.getfixturevalue(who).person
    web.acting, web.memberships = request.getfixturevalue(who).acting(), []
    template = engines["django"].from_string('{% include "courses/slots/enrol_forecast.html" %}')

    said = template.render({"run": run, "establishment": establishment, "chosen": people}, web)

    assert ("この受講で見込める助成金" in said, "85,500円" in said) == (is_told, is_told)
