"""A conversion as the rules reckon with it, and as a plan and a claim of it freeze it."""

from collections.abc import Collection
from datetime import date

from firms.models import Employment
from firms.words.tongues import in_japanese
from grants.facts.ground import newest_answers
from grants.facts.parties import parties, parties_of
from grants.facts.stated import stated_for_claim
from grants.models import CareerUpPlan, Claim, Conversion, GrantCase, PeriodPay
from grants.models.claims import ClaimFiling
from grants.queries.size import is_small
from grants.queries.stated import newest_statements
from grants.rules import (
    Converted,
    Dispatch,
    Pay,
    Window,
    claim_window_of_period,
    fiscal_year,
    is_prior,
    paydays_of_period,
    years_of,
)
from grants.shapes import WindowFacts
from grants.shapes.careerup import (
    CONVERSION_SHAPE,
    CareerUpPlanFacts,
    CareerUpPlanFrozen,
    ConversionClaimFacts,
    ConvertedFacts,
    PeriodFacts,
)
from grants.states import CaseState

# Everything the days and the amounts hang on.
NEEDED = ("plan", "converted_on", "origin", "since", "has_probation", "closing_day", "pay_day", "pay_months_later")


def pay_of(case: GrantCase) -> PeriodPay | None:
    return getattr(case, "period_pay", None)


def ledger(row: PeriodPay | None) -> Pay | None:
    if row is None:
        return None
    return Pay(
        row.before_yen,
        row.after_yen,
        row.before_weekly,
        row.after_weekly,
        tuple(row.worked_days),
        row.last_paid_on,
        row.is_paid_late,
    )


def is_told(conversion: Conversion) -> bool:
    return all(getattr(conversion, part) not in (None, "") for part in NEEDED)


def dispatch_of(conversion: Conversion) -> Dispatch | None:
    if conversion.origin != Conversion.Origin.DISPATCHED:
        return None
    return Dispatch(
        conversion.since,
        conversion.until,
        conversion.same_unit,
        conversion.agency_is_indefinite,
        conversion.contracted_on,
    )


def converted(case: GrantCase, *, started: PeriodPay | None = None, on: date | None = None) -> Converted | None:
    """None while something its days hang on is not told. `started` is the first period's pay; counting the persons of
    the year and the refusal of the first period takes `on`, the day of the claim."""
    found, plan = case.conversion, case.conversion.plan if case.conversion else None
    if found is None or plan is None or not is_told(found):
        return None
    assert found.converted_on
    assert found.since
    assert case.period
    assert found.closing_day
    assert found.pay_day
    assert found.pay_months_later is not None
    pay = pay_of(case)
    return Converted(
        converted_on=found.converted_on,
        origin=found.origin,
        since=found.since,
        sme=is_small(case.establishment.organisation),
        priority=found.priority not in ("", Conversion.Priority.NONE),
        period=case.period,
        closing_day=found.closing_day,
        pay_day=found.pay_day,
        pay_months_later=found.pay_months_later,
        plan_filed_on=plan.filed_on,
        plan_from=plan.starts_on,
        plan_to=plan.ends_on,
        probation_to=found.probation_to,
        dispatch=dispatch_of(found),
        additions=tuple(pay.additions) if pay else (),
        started=ledger(started),
        pay=ledger(pay),
        persons=persons_of_year(case, on=on) if on else 0,
        is_first_refused=bool(on) and is_first_refused(case),
    )


def first_pays(cases: Collection[GrantCase]) -> dict[int, PeriodPay]:
    """By conversion, of those whose second period is among the cases: the first case that was not given up, else the last."""
    wanted = {case.conversion_id for case in cases if case.period == 2}
    if not wanted:
        return {}
    rows = PeriodPay.objects.filter(case__conversion__in=wanted, case__period=1).select_related("case").order_by("case")
    return {row.case.conversion_id: row for row in rows if row.case.conversion_id}


def converted_in(cases: Collection[GrantCase]) -> dict[int, Converted | None]:
    """As many queries for one as for many."""
    first = first_pays(cases)
    return {case.pk: converted(case, started=first.get(case.conversion_id or 0)) for case in cases}


def for_claim(case: GrantCase, *, on: date) -> Converted | None:
    return converted(case, started=first_pays([case]).get(case.conversion_id or 0), on=on)


def persons_of_year(case: GrantCase, *, on: date) -> int:
    """Whose first claim was filed in the fiscal year, at this establishment: the second is not counted, nor one withdrawn."""
    year = fiscal_year(on)
    held = ClaimFiling.objects.filter(
        claim__case__establishment=case.establishment_id,
        claim__case__conversion__isnull=False,
        claim__case__period=1,
        filed_on__range=(date(year, 4, 1), date(year + 1, 3, 31)),
    ).exclude(claim__case__conversion=case.conversion_id)
    return held.exclude(claim__case__state=CaseState.WITHDRAWN).values("claim__case__conversion").distinct().count()


def is_first_refused(case: GrantCase) -> bool:
    first = Claim.objects.filter(case__conversion=case.conversion_id, case__period=1, decision__is_approved=False)
    return case.period == 2 and first.exists()


# --- what is frozen ---


def plan_facts(plan: CareerUpPlan) -> CareerUpPlanFacts:
    return {
        "starts_on": plan.starts_on.isoformat(),
        "ends_on": plan.ends_on.isoformat(),
        "manager_name": plan.manager_name,
        "manager_since": plan.manager_since.isoformat(),
        "is_officer": plan.is_officer,
        "worker_name": plan.worker_name,
        "heard": plan.heard,
        "for_fixed_term": plan.for_fixed_term,
        "for_indefinite": plan.for_indefinite,
        "for_dispatched": plan.for_dispatched,
        "people": plan.people,
        "month": plan.month.isoformat(),
        "filed_on": iso(plan.filed_on),
        "receipt_number": plan.receipt_number,
    }


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@in_japanese
def gather_careerup_plan(case: GrantCase, plan: CareerUpPlan, *, on: date) -> CareerUpPlanFrozen:
    return {
        **parties(case, parties_of([case], on=on, scope=case.scope)[case.pk]),
        "shape": CONVERSION_SHAPE,
        "careerup_plan": plan_facts(plan),
        "frozen_on": on.isoformat(),
    }


@in_japanese
def gather_conversion_claim(case: GrantCase, facts: Converted, *, on: date) -> ConversionClaimFacts:
    """Of a case whose plan is filed and whose period is paid."""
    found, pay = case.conversion, pay_of(case)
    assert found
    assert found.plan
    assert pay
    newest = newest_answers(case)
    stated = stated_for_claim(case, newest_statements([case])[case.pk])
    return {
        **parties(case, parties_of([case], on=on, scope=case.scope)[case.pk]),
        "shape": CONVERSION_SHAPE,
        "careerup_plan": plan_facts(found.plan),
        "converted": converted_facts(found, facts),
        "period": period_facts(facts, pay),
        "answers": {code: row.value for code, row in sorted(newest.items())},
        "notes": {code: row.note for code, row in sorted(newest.items()) if row.note},
        "standing": stated["standing"],
        "directors": stated["directors"],
        "houses": stated["houses"],
        "claim_window": window_facts(claim_window_of_period(facts)),
        "as_of": on.isoformat(),
    }


def window_facts(window: Window) -> WindowFacts:
    return {
        "first": window.first.isoformat(),
        "last_nominal": window.last_nominal.isoformat(),
        "last": window.last.isoformat(),
        "because": window.because,
        "source": window.source,
    }


def converted_facts(found: Conversion, facts: Converted) -> ConvertedFacts:
    return {
        "name": found.person.full_name,
        "kana": found.person.full_kana,
        "insured_number": insured_numbers([found]).get(found.pk, ""),
        "converted_on": facts.converted_on.isoformat(),
        "origin": found.origin,
        "since": facts.since.isoformat(),
        "until": iso(found.until),
        "years": str(years_of(facts)),
        "agency_is_indefinite": found.agency_is_indefinite,
        "priority": found.priority,
        "is_prior": is_prior(facts),
        "has_probation": bool(found.has_probation),
        "probation_to": iso(found.probation_to),
        "form": found.form or Conversion.Form.REGULAR,
    }


def insured_numbers(found: Collection[Conversion]) -> dict[int, str]:
    """By conversion, of the newest terms that carry one: it goes with the person from one to the next."""
    places = {(one.person_id, one.establishment_id): one.pk for one in found}
    rows = Employment.objects.filter(person__in={one.person_id for one in found}).exclude(insured_number="")
    return {
        places[person, place]: number
        for person, place, number in rows.order_by("started_on", "pk").values_list(
            "person", "establishment", "insured_number"
        )
        if (person, place) in places
    }


def period_facts(facts: Converted, pay: PeriodPay) -> PeriodFacts:
    days = paydays_of_period(facts)
    return {
        "period": facts.period,
        "starts_on": days.period_from.isoformat(),
        "ends_on": days.period_to.isoformat(),
        "paid_on": days.sixth_payday.isoformat(),
        "before_yen": pay.before_yen,
        "after_yen": pay.after_yen,
        "before_weekly": str(pay.before_weekly),
        "after_weekly": str(pay.after_weekly),
        "worked_days": pay.worked_days,
        "additions": pay.additions,
    }
