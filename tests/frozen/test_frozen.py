"""Facts of every age are read in today's shape, and what is frozen today has it."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from courses import shapes as of_courses
from courses.actions.billing.invoices import issue_invoice
from courses.models import Enrolment
from courses.shapes import InvoiceFacts, TermsFacts, lifted_invoice, lifted_terms
from courses.terms import Terms
from mentors import shapes as of_mentors
from mentors.shapes import CertificationFacts, lifted_certification
from tests.conftest import TODAY
from tests.courses.conftest import held, people, seated  # noqa: F401
from tests.mentors.makers import certified, craftsman
from tests.shapes import misfits
from tests.trials.factories import RoundFactory
from trials import shapes as of_trials
from trials.actions.matching.rounds import open_round
from trials.models import Round
from trials.rules import open_programmes
from trials.shapes import RoundTerms, lifted_round


@dataclass(frozen=True)
class Kind:
    """One kind of what is frozen."""

    shape: object
    lift: object
    newest: int


KINDS = {
    "invoice": Kind(InvoiceFacts, lifted_invoice, of_courses.INVOICE_SHAPE),
    "terms": Kind(TermsFacts, lifted_terms, of_courses.TERMS_SHAPE),
    "round": Kind(RoundTerms, lifted_round, of_trials.SHAPE),
    "certification": Kind(CertificationFacts, lifted_certification, of_mentors.SHAPE),
}
STORED = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in Path(__file__).parent.glob("*.json")}


@pytest.mark.parametrize("name", sorted(STORED))
def test_what_was_stored_is_lifted_to_todays_shape(name):
    kind, stored = KINDS[name.rpartition("_")[0]], STORED[name]

    lifted = kind.lift(stored)

    assert list(misfits(lifted, kind.shape)) == []
    assert {part: lifted[part] for part in stored} == stored
    assert (lifted["shape"], kind.lift(lifted)) == (kind.newest, lifted)


def test_there_is_a_stored_one_of_every_shape_before_todays():
    assert set(STORED) == {f"{name}_{n}" for name, kind in KINDS.items() for n in range(1, kind.newest)}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_facts_of_a_later_program_are_refused(kind):
    with pytest.raises(ValueError, match=f"shape {kind.newest + 1}"):
        kind.lift({"shape": kind.newest + 1})


def test_stored_terms_and_rounds_are_what_the_rules_read():
    assert Terms.kept(STORED["terms_1"]).price_yen == 22_000
    assert Round(terms=STORED["round_1"]).rules.intent_days_before == (21, 14, 10)


# --- what is frozen today ---


def test_invoice_and_terms_frozen_today(held, seated, firm, coordinator):  # noqa: F811
    seated(held)
    invoice = issue_invoice(held, firm, due_on=date(2026, 12, 31), by=coordinator.acting(TODAY))

    assert list(misfits(invoice.facts, InvoiceFacts)) == []
    assert [list(misfits(one.terms_kept, TermsFacts)) for one in Enrolment.objects.all()] == [[]]


def test_round_frozen_today(officer):
    name = open_programmes(TODAY)[0].name
    days = {"opens_on": TODAY, "closes_on": date(2027, 3, 31)}
    opened = open_round(programme_name=name, budget_year=2026, places=3, **days, by=officer.acting())

    assert list(misfits(Round.objects.get(pk=opened.pk).terms, RoundTerms)) == []


def test_round_of_the_factory_is_like_one(ward, officer):
    made = RoundFactory(ward=ward, opened_by=officer.person)
    made.refresh_from_db()

    assert list(misfits(lifted_round(made.terms), RoundTerms)) == []


@pytest.mark.django_db
def test_certification_frozen_today(officer):
    held_by = certified(craftsman(), officer)

    held_by.refresh_from_db()
    assert list(misfits(held_by.facts, CertificationFacts)) == []
