"""Facts that are frozen as JSON and read back are the same facts, each told one by its own name."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from grants.rules import Cost, as_mapping, training_facts
from tests.grants.rules.worked import person, training

PAID = {"paid_partly_by": "nobody", "provider_rebate": False, "paid_on": date(2025, 9, 1)}
EXTERNAL = Cost(kind="external", fee_per_person=22_000, fee_without_grant=20_000, **PAID)
IN_HOUSE = Cost(
    kind="in_house",
    lecturer_fee=90_000,
    lecturer_travel=5_000,
    establishment_prefecture="北海道",
    trainees_total=4,
    **PAID,
)
WORKER = person(
    key="7",
    excused_minutes=60,
    in_trial_support_period=True,
    grants_this_year=2,
    e_learning_grants_this_year=1,
)
PRACTICE = person(
    key="8",
    employment="fixed_term",
    ojt_passed=False,
    ojt_excused=True,
    ojt_attended_hours=Decimal("60.5"),
    ojt_planned_hours=Decimal(100),
    converted=True,
)
CLAIM = {"claim_filed": date(2026, 4, 1), "already_granted_in_claim_year": 0, "uplift": True}
CLASS = training(cost=EXTERNAL, workers=(WORKER,), planned_minutes=1260, **CLAIM)
ON_THE_JOB = training(
    scheme="hrd_support", menu="fixed_term_practice", sme=False, cost=IN_HOUSE, workers=(PRACTICE,), **CLAIM
)
ONLINE = training(
    method="e_learning",
    planned_minutes=None,
    standard_hours=20,
    cost=EXTERNAL,
    workers=(person(attended_minutes=None, wage_minutes=None, completed=True),),
)
BY_MONTHS = replace(ONLINE, standard_hours=None, standard_months=2)
OLDER = training(
    scheme="hrd_support",
    menu="older_worker_practice",
    plan_filed=date(2026, 4, 20),
    workers=(person(ojt_passed=True),),
)


@pytest.mark.parametrize(
    "facts",
    [CLASS, ON_THE_JOB, ONLINE, BY_MONTHS, OLDER],
    ids=["class", "on the job", "online", "by months", "older workers"],
)
def test_frozen_facts_are_read_back_as_they_were(facts):
    assert training_facts(json.loads(json.dumps(as_mapping(facts)))) == facts


def test_told_facts_stand_under_their_names():
    found = as_mapping(CLASS)

    assert (found["claim_filed"], found["already_granted_in_claim_year"], found["uplift"]) == ("2026-04-01", 0, True)
    assert found["cost"] == {
        "kind": "external",
        "fee_per_person": 22_000,
        "fee_without_grant": 20_000,
        "paid_partly_by": "nobody",
        "provider_rebate": False,
        "paid_on": "2025-09-01",
    }


def test_untold_facts_are_left_out():
    found = as_mapping(training())

    assert set(found) == {
        *("scheme", "menu", "plan_filed", "sme", "method", "planned_minutes", "cost", "workers", "uplift"),
    }
    assert found["cost"] == {"kind": "external", "fee_per_person": 300_000}
