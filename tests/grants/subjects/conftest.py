"""The machine shop's training as a case of 人材育成訓練, at each step of its way."""

from datetime import date

import pytest
import time_machine

from grants.actions.cases import open_case
from grants.actions.claims import file_claim, freeze_claim
from grants.actions.plans import file_plan, freeze_plan
from grants.actions.statements import add_cost, answer
from grants.subjects import entry_of
from tests.factories import at
from tests.grants.conftest import CLAIM_DAY, FILED_ON, fresh, mark

GENERAL = entry_of("hrd_support", "general")


@pytest.fixture
def support(run, establishment, manager, enrolled):
    return open_case(run, establishment, entry=GENERAL, by=manager.acting())


@pytest.fixture
def support_filed(support, manager, advisor):
    for declared in GENERAL.questions:
        if declared.at_plan:
            answer(support, declared.code, value="yes", by=manager.acting())
    freeze_plan(fresh(support), by=advisor.acting(FILED_ON))
    file_plan(fresh(support), filed_on=FILED_ON, receipt_number="東人-8-7", by=advisor.acting(FILED_ON))
    return fresh(support)


@pytest.fixture
def support_frozen(support_filed, enrolled, manager, advisor):
    """Two attend both lessons, the third one alone; the whole fee is paid in time."""
    first, second = support_filed.run.lessons.all()
    for enrolment in enrolled:
        mark(enrolment, first)
    for enrolment in enrolled[:2]:
        mark(enrolment, second)
    mark(enrolled[2], second, came=None)
    add_cost(support_filed, amount_yen=66_000, paid_on=date(2027, 1, 29), payer="firm", by=manager.acting(CLAIM_DAY))
    with time_machine.travel(at(CLAIM_DAY, "09:00")):
        for declared in GENERAL.questions:
            if declared.lasts or not declared.at_plan:
                answer(fresh(support_filed), declared.code, value="yes", by=manager.acting(CLAIM_DAY))
    freeze_claim(fresh(support_filed), by=advisor.acting(CLAIM_DAY))
    return fresh(support_filed)


@pytest.fixture
def support_claimed(support_frozen, advisor):
    file_claim(support_frozen, filed_on=date(2027, 2, 16), receipt_number="", by=advisor.acting(date(2027, 2, 16)))
    return fresh(support_frozen)
