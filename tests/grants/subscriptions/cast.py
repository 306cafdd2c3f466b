"""One subscription of the machine shop at each step of its way: a year from 1 February 2027, for two people."""

from datetime import date

import time_machine

from firms.models import Person
from grants.actions.subscriptions import (
    ContractTold,
    answer_subscription,
    file_subscription_claim,
    file_subscription_plan,
    freeze_subscription_claim,
    freeze_subscription_plan,
    open_subscription,
    save_learning,
    save_subscription,
)
from grants.claims.subscriptions import assess_subscribed
from grants.models import GrantCase
from grants.subjects.subscriptions import QUESTIONS
from tests.factories import EmploymentFactory, PersonFactory, at

OPENED_ON = date(2026, 12, 1)
FILED_ON = date(2026, 12, 21)
STARTS_ON, ENDS_ON = date(2027, 2, 1), date(2028, 1, 31)
REACHED_ON = date(2027, 6, 10)
CLAIMED_ON = date(2027, 6, 20)
TOLD = {
    "service": "まなび放題",
    "contract_from": STARTS_ON,
    "contract_to": ENDS_ON,
    "provider": "（架空）学びの会社",
    "provider_leader": "学 太郎",
    "provider_address": "東京都大田区蒲田5-1",
    "price_yen": 240_000,
    "accounts": 4,
    "courses": 100,
    "excluded_courses": 20,
    "paid_on": date(2027, 2, 10),
}


def now(case: GrantCase) -> GrantCase:
    return GrantCase.objects.whole().get(pk=case.pk)


def worker(establishment, pattern, name="蒲田", number=9) -> Person:
    person = PersonFactory(family_name=name, family_kana="カマタ")
    EmploymentFactory(
        establishment=establishment,
        pattern=pattern,
        person=person,
        insured_number=f"5001-00000{number}-2",
        started_on=date(2022, 12, 1),
    )
    return person


def opened(establishment, *, by, service="まなび放題", on=OPENED_ON) -> GrantCase:
    told = ContractTold(service, STARTS_ON, ENDS_ON)
    with time_machine.travel(at(on, "09:00")):
        return now(open_subscription(establishment, told, by=by.acting(on)))


def told(case, people, *, by, on=OPENED_ON, **changed) -> GrantCase:
    save_subscription(now(case), ContractTold(**TOLD | changed), people, by=by.acting(on))
    return now(case)


def filed(case, *, by, on=FILED_ON) -> GrantCase:
    with time_machine.travel(at(on, "10:00")):
        freeze_subscription_plan(now(case), by=by.acting(on))
        file_subscription_plan(now(case), filed_on=on, receipt_number="東訓-8-7", by=by.acting(on))
    return now(case)


def learned(case, minutes, *, by, on=CLAIMED_ON, reached_on=REACHED_ON, **other) -> GrantCase:
    save_learning(now(case), minutes, reached_on=reached_on, by=by.acting(on))
    said = {one.code: (other.get(one.code, "yes"), "") for one in QUESTIONS}
    answer_subscription(now(case), said, by=by.acting(on))
    return now(case)


def claimed(case, *, by, on=CLAIMED_ON) -> GrantCase:
    with time_machine.travel(at(on, "11:00")):
        freeze_subscription_claim(now(case), by=by.acting(on))
        file_subscription_claim(now(case), filed_on=on, receipt_number="支-1", by=by.acting(on))
    return now(case)


def open_days(case):
    return {row.code: (row.first_on, row.last_on) for row in case.deadlines.open()}


def conditions(case, *, on=CLAIMED_ON):
    found = assess_subscribed(now(case), on=on)
    return {one.code: one.state for one in found.conditions}
