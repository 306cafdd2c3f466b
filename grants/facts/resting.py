"""Which day's rules a frozen plan rests on: its forms and its sums are those of the day it was to be filed."""

from dataclasses import replace
from datetime import date

from grants.facts.workers import enrolments_of
from grants.models import GrantCase, PlanVersion
from grants.queries.forecast import Forecast, forecast
from grants.rules import assess, current_schemes
from grants.shapes import window_planned


def frozen_for(plan: PlanVersion) -> str:
    """The day it could be filed first once it was frozen."""
    return max(plan.lifted["frozen_on"], window_planned(plan.lifted)["first"])


def rests_on_rules_of(plan: PlanVersion, case: GrantCase, day: date) -> bool:
    """The same forms, and of the same facts the same answer."""
    if plan.lifted["form_edition"] != case.entry.edition_on(day).name:
        return False
    known, frozen = current_schemes(), date.fromisoformat(frozen_for(plan))
    if known.edition_of(frozen) == known.edition_of(day):
        return True
    found = foretold(case, on=day)
    return found is None or answer(found, frozen) == answer(found, day)


def foretold(case: GrantCase, *, on: date) -> Forecast | None:
    enrolled = enrolments_of(case.run, case.establishment)
    employments = [one.employment for one in enrolled if one.employment]
    keys = {one.employment.pk: str(one.pk) for one in enrolled if one.employment}
    return forecast(case.run, case.establishment, employments, on, entry=case.entry, keys=keys)


def answer(found: Forecast, day: date) -> tuple[object, ...]:
    """What is paid and what is met if it is filed that day; how it is worded, and where it stands, is no answer."""
    outcome = assess(replace(found.facts, plan_filed=day))
    amounts = [(row.code, row.amount) for row in (*outcome.lines, *outcome.uplift_lines)]
    return outcome.payable_amount, amounts, [(row.code, row.subject, row.state) for row in outcome.conditions]
