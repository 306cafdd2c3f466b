"""One conversion of the machine shop at each step of its way: from 有期 of four years to a regular job on 1 December 2026."""

from datetime import date
from decimal import Decimal

import time_machine

from firms.models import Employment
from grants.actions.careerup import (
    file_careerup_plan,
    file_period,
    freeze_careerup_plan,
    freeze_period,
    open_conversion,
    open_second,
)
from grants.actions.careerup_told import (
    ConversionTold,
    PayTold,
    PlanTold,
    answer_conversion,
    save_careerup_plan,
    save_conversion,
    save_period_pay,
)
from grants.actions.claims import record_decision
from grants.cases.situation import guide_of, situations_of
from grants.claims.careerup import assess_conversion
from grants.models import GrantCase
from grants.subjects.careerup import questions_of_period
from tests.factories import EmploymentFactory, PersonFactory, at

FILED_ON = date(2026, 11, 24)
CONVERTED_ON = date(2026, 12, 1)
# Closes at the end of the month, pays on the 15th of the next: six months to 31 May, paid 15 June.
FIRST_DAY, LAST_DAY = date(2027, 6, 16), date(2027, 8, 16)
SECOND_FIRST_DAY = date(2027, 12, 16)

PLAN = {
    "starts_on": date(2026, 11, 25),
    "ends_on": date(2029, 11, 24),
    "manager_name": "大森 花",
    "manager_since": date(2026, 11, 1),
    "is_officer": False,
    "worker_name": "雑色 進",
    "heard": "meeting",
    "for_fixed_term": True,
    "for_indefinite": False,
    "for_dispatched": False,
    "people": 2,
    "month": date(2026, 12, 1),
}
TOLD = {
    "converted_on": CONVERTED_ON,
    "origin": "fixed_term",
    "since": date(2022, 12, 1),
    "priority": "none",
    "has_probation": False,
    "form": "regular",
    "closing_day": 31,
    "pay_day": 15,
    "pay_months_later": 1,
}
PAY = {
    "before_yen": 1_200_000,
    "after_yen": 1_236_000,
    "before_weekly": Decimal(40),
    "after_weekly": Decimal(40),
    "worked_days": [20, 18, 19, 21, 20, 19],
    "last_paid_on": date(2027, 6, 15),
    "is_paid_late": False,
    "additions": [],
}
SECOND_PAY = PAY | {"before_yen": 1_236_000, "last_paid_on": date(2027, 12, 15)}


def now(case: GrantCase) -> GrantCase:
    return GrantCase.objects.whole().get(pk=case.pk)


def worker(establishment, pattern, name="蒲田", number=9, **terms) -> Employment:
    return EmploymentFactory(
        establishment=establishment,
        pattern=pattern,
        person=PersonFactory(family_name=name, family_kana="カマタ"),
        contract="fixed_term",
        insured_number=f"5001-00000{number}-2",
        started_on=date(2022, 12, 1),
        **terms,
    )


def opened(employment, *, by) -> GrantCase:
    return now(open_conversion(employment.person, employment.establishment, by=by.acting(FILED_ON)))


def told(case, *, by, **facts) -> GrantCase:
    save_careerup_plan(case, PlanTold(**PLAN), by=by.acting(FILED_ON))
    save_conversion(now(case), ConversionTold(**TOLD | facts), by=by.acting(FILED_ON))
    return now(case)


def filed(case, *, by) -> GrantCase:
    freeze_careerup_plan(now(case), by=by.acting(FILED_ON))
    file_careerup_plan(now(case), filed_on=FILED_ON, receipt_number="東キ-8-21", by=by.acting(FILED_ON))
    return now(case)


def say_yes(case, *, by, on, **other) -> None:
    codes = [one.code for one in questions_of_period(case.period, case.conversion.origin)]
    answer_conversion(case, {code: (other.get(code, "yes"), "") for code in codes}, by=by.acting(on))


def paid(case, *, by, on=FIRST_DAY, **pay) -> GrantCase:
    with time_machine.travel(at(on, "09:00")):
        save_period_pay(now(case), PayTold(**(PAY if case.period == 1 else SECOND_PAY) | pay), by=by.acting(on))
        say_yes(now(case), by=by, on=on)
    return now(case)


def claimed(case, *, by, on=FIRST_DAY) -> GrantCase:
    with time_machine.travel(at(on, "10:00")):
        freeze_period(now(case), by=by.acting(on))
        file_period(now(case), filed_on=on, receipt_number="K-1", by=by.acting(on))
    return now(case)


def second_of(case, *, by, on=FIRST_DAY) -> GrantCase:
    with time_machine.travel(at(on, "11:00")):
        return now(open_second(now(case), by=by.acting(on)))


def open_days(case):
    return {row.code: (row.first_on, row.last_on) for row in case.deadlines.open()}


def conditions(case, *, on=FIRST_DAY):
    return {one.code: one.state for one in assess_conversion(now(case), on=on).conditions}


def titles(case, *, on):
    return guide_of(situations_of({case.pk}, on=on)[case.pk]).title


def decide(case, *, by, yen, on=date(2027, 9, 1), reason=""):
    record_decision(
        case, decided_on=on, is_approved=yen > 0, amount_yen=yen, notice_number="1", reason=reason, by=by.acting(on)
    )
    return now(case)
