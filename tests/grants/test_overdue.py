"""Past a last day a page says what can still be done, and what arrived in time can still be written down."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from firms.errors import Refused
from grants.actions.cases import drop_case, may_be_dropped
from grants.actions.claims import file_claim
from grants.actions.plans import file_plan
from grants.cases.overview import overview
from tests.grants.conftest import FILED_ON, fresh

LATE = date(2027, 6, 1)


def guide_of(case, who, day):
    return overview(fresh(case), acting=who.acting(day)).guide


def last_of(case, code):
    return case.deadlines.open().get(code=code).last_on


@pytest.mark.parametrize("step", ["paid", "frozen"])
def test_overdue_claim_leaves_a_telephone_call(step, request, advisor):
    case = request.getfixturevalue(step)
    last = last_of(case, "claim")

    assert "期限を過ぎました" not in guide_of(case, advisor, last).title
    late = guide_of(case, advisor, last + timedelta(days=1))

    assert late.title == "支給申請の期限を過ぎました"
    assert "電話で事情を伝えて確かめることだけ" in late.text
    assert (late.url, late.other_url) == (
        reverse("grants:claim_file", args=[case.pk]),
        reverse("grants:case_drop", args=[case.pk]),
    )


def test_claim_that_arrived_in_time_is_entered_after_the_last_day(paid, advisor):
    last = last_of(paid, "claim")

    with pytest.raises(Refused, match="支給申請の期限は"):
        file_claim(paid, filed_on=last + timedelta(days=1), receipt_number="", by=advisor.acting(LATE))
    file_claim(fresh(paid), filed_on=last, receipt_number="", by=advisor.acting(LATE))

    claim = paid.claims.get()
    assert (fresh(paid).state, claim.as_of, claim.filing.filed_on) == ("claimed", last, last)


@pytest.mark.parametrize("step", ["stated", "planned"])
def test_overdue_plan_says_what_is_left(step, request, advisor):
    case = request.getfixturevalue(step)
    last = last_of(case, "plan")

    assert "期限を過ぎました" not in guide_of(case, advisor, last).title
    late = guide_of(case, advisor, last + timedelta(days=1))

    assert late.title == "計画届の期限を過ぎました"
    assert (late.url, late.other_url) == (
        reverse("grants:plan_file", args=[case.pk]),
        reverse("grants:case_drop", args=[case.pk]),
    )


def test_plan_filed_on_paper_is_entered_before_anything_was_frozen_here(stated, advisor):
    last = last_of(stated, "plan")
    by = advisor.acting(last + timedelta(days=5))

    with pytest.raises(Refused, match="計画届の期限は"):
        file_plan(stated, filed_on=last + timedelta(days=1), receipt_number="1", by=by)
    file_plan(fresh(stated), filed_on=FILED_ON, receipt_number="1", by=by)

    assert fresh(stated).state == "filed"
    assert stated.plans.get().filing.filed_on == FILED_ON


def test_a_second_filing_of_the_plan_points_to_the_correction(filed, advisor):
    with pytest.raises(Refused, match="「訂正する」で直してください"):
        file_plan(filed, filed_on=FILED_ON, receipt_number="2", by=advisor.acting(FILED_ON))


@pytest.mark.parametrize(("step", "may"), [("frozen", True), ("claimed", False), ("approved", False)])
def test_giving_up_is_offered_only_where_it_works(step, may, request, advisor):
    case = request.getfixturevalue(step)
    client, address = advisor.client(), reverse("grants:case_drop", args=[case.pk])

    page = client.get(reverse("grants:case", args=[case.pk])).content.decode()

    assert may_be_dropped(case) is may
    assert (address in page) is may
    assert client.get(address).status_code == (200 if may else 302)
    if not may:
        with pytest.raises(Refused):
            drop_case(case, reason="やめる", by=advisor.acting(LATE))
