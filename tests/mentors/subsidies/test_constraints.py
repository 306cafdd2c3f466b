"""What no row of a subsidy may say, whoever writes it."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from mentors.models import Subsidy, SubsidyPaper, SubsidyProof
from tests.mentors.certifying.test_constraints import breaks
from tests.mentors.subsidies.makers import applied, begun, proved
from tests.mentors.subsidies.makers import decided as made_decided

DAY = date(2026, 11, 20)
APPLIED = {"order": 1, "asked_yen": 1, "applied_at": timezone.now}
DECIDED = {**APPLIED, "decided_on": DAY, "decided_yen": 100}


@pytest.fixture(autouse=True)
def files_here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("subsidy_aim_known", {"aim": "x"}),
        ("subsidy_state_known", {"state": "x", **DECIDED}),
        ("subsidy_applied_in_order", {"state": "applied"}),
        ("subsidy_decided_with_an_amount", {"state": "decided", **APPLIED}),
        ("subsidy_fixed_within_the_decision", {"state": "fixed", **DECIDED, "fixed_on": DAY, "fixed_yen": 101}),
        (
            "subsidy_paid_after_fixing",
            {"state": "paid", **DECIDED, "fixed_on": DAY, "fixed_yen": 100, "paid_on": date(2026, 11, 19)},
        ),
        ("subsidy_ends_with_a_reason", {"state": "withdrawn"}),
    ],
)
def test_subsidy_cannot_be(name, fields, manager, ward):
    subsidy = begun(manager, ward)
    told = {key: value() if callable(value) else value for key, value in fields.items()}
    breaks(name, lambda: Subsidy.objects.filter(pk=subsidy.pk).update(**told))


def test_what_is_once_is_once(manager, ward, stranger):
    first, other = applied(manager, ward), applied(stranger, ward)
    same = {"firm": first.firm, "ward": ward, "aim": first.aim, "year": first.year, "title": "a", "plan": "a"}
    new = {**same, "finish_on": DAY, "cost_yen": 1, "made_by": manager.person}

    breaks("subsidy_of_a_year_once", lambda: Subsidy.objects.create(**new))
    breaks("subsidy_order_once", lambda: Subsidy.objects.filter(pk=other.pk).update(order=1))
    paper = {"subsidy": first, "form": "application", "number": 1, "facts": {}, "issued_on": DAY}
    breaks("subsidy_paper_once", lambda: SubsidyPaper.objects.create(**paper))
    breaks("subsidy_form_known", lambda: SubsidyPaper.objects.create(**{**paper, "form": "x"}))


def test_a_receipt_stands_once(manager, officer):
    made = made_decided(manager, officer)
    proved(made, manager)
    proof = made.proofs.get()

    breaks("subsidy_proof_once", lambda: SubsidyProof.objects.create(subsidy=made, evidence=proof.evidence))


def test_a_paper_that_was_issued_stands(manager, ward):
    applied(manager, ward)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        SubsidyPaper.objects.update(facts={})
