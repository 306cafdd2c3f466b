"""No text of a case may hold a マイナンバー; numbers an office gave are left alone."""

import pytest

from grants.forms.cases import AnswerForm, DecisionForm, DropForm, PlanFactsForm, PlanFilingForm

TYPED = "対象者の番号は1234 5678 9012です"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (PlanFactsForm, "business"),
        (PlanFactsForm, "change"),
        (PlanFactsForm, "task_link"),
        (AnswerForm, "note"),
        (DropForm, "reason"),
        (DecisionForm, "reason"),
    ],
)
def test_an_individual_number_is_refused_at_its_field(form, field):
    refused = form({field: TYPED})

    assert "個人番号（マイナンバー）" in refused.errors[field][0]


def test_numbers_of_the_labour_office_may_be_long():
    decision = {"decided_on": "2027-04-01", "is_approved": "yes", "amount_yen": "1", "notice_number": "123456789012"}

    assert PlanFilingForm({"filed_on": "2026-12-01", "receipt_number": "123456789012"}).is_valid()
    assert DecisionForm(decision).is_valid()
