"""What a firm will be asked to pay is one sum, wherever it is told: course, confirm page, forecast, costs, plan and invoice."""

import pytest
from django.urls import reverse

from courses.actions.billing.invoices import issue_invoice
from courses.models import Course
from courses.terms import Terms
from grants.facts.training import course as course_facts
from grants.queries import forecast
from tests.conftest import TODAY
from tests.grants.conftest import CLAIM_DAY

FEE, TEXTBOOK = 44_444, 3_666
EACH = FEE + TEXTBOOK


@pytest.fixture
def priced(run):
    type(run).objects.filter(pk=run.pk).update(fee_yen=FEE)
    Course.objects.filter(pk=run.course_id).update(textbook_yen=TEXTBOOK, textbook="現場IoTの手引き")
    run.refresh_from_db()
    run.course.refresh_from_db()
    return run


def test_price_is_the_same_on_every_page_of_the_run(priced, client, manager):
    asked = client.get(reverse("courses:course", args=[priced.course_id])).content.decode()
    seen = manager.client().get(reverse("courses:run", args=[priced.pk])).content.decode()

    assert f"{EACH:,}円" in asked
    assert f"{EACH:,}円" in seen
    assert f"受講料 {FEE:,}円 ＋ 教材費 {TEXTBOOK:,}円" in seen


def test_price_of_the_plan_the_forecast_and_the_terms_agree(priced, establishment, enrolled):
    employments = [one.employment for one in enrolled]

    found = forecast(priced, establishment, employments, on=TODAY)

    assert Terms.offered_by(priced).price_yen == priced.price_yen == EACH
    assert course_facts(priced)["fee_yen"] == EACH
    assert found is not None
    assert found.fee_total == EACH * len(employments)


def test_invoice_asks_for_what_the_cost_page_says_is_owed(priced, filed, firm, coordinator, advisor):
    """The people applied before the price was raised: both keep to what was promised them."""
    page = advisor.client().get(reverse("grants:costs", args=[filed.pk]))
    made = issue_invoice(filed.run, firm, due_on=CLAIM_DAY, by=coordinator.acting(CLAIM_DAY))

    assert page.context["owed"] == made.total_yen == sum(one.terms.price_yen for one in filed.run.enrolments.all())
