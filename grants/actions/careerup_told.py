"""What is told of a conversion: the plan it rests on, what it was, what a period paid, and what only the firm can state."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import move, record
from firms.words.days import day_words
from firms.words.saying import said as _
from grants.actions.deadlines import refresh
from grants.actions.freezing import keep_answers
from grants.actions.locking import locked, refuse_ended, refuse_future
from grants.cases.careerup import BEFORE_CLAIM, BEFORE_FILING
from grants.models import Answer, CareerUpPlan, Conversion, GrantCase, PeriodPay
from grants.rules import last_day_of_plan, plan_years
from grants.states import CaseState
from grants.subjects.careerup import BY_CODE


@dataclass(frozen=True)
class PlanTold:
    """The fields of 様式第1号 as they were entered; `month` is the first day of it."""

    starts_on: date
    ends_on: date
    manager_name: str
    manager_since: date
    is_officer: bool
    worker_name: str
    heard: str
    for_fixed_term: bool
    for_indefinite: bool
    for_dispatched: bool
    people: int
    month: date


@dataclass(frozen=True)
class ConversionTold:
    """As entered; what nobody knows yet is None or empty."""

    converted_on: date | None = None
    origin: str = ""
    since: date | None = None
    until: date | None = None
    same_unit: bool | None = None
    agency_is_indefinite: bool | None = None
    contracted_on: date | None = None
    priority: str = ""
    has_probation: bool | None = None
    probation_to: date | None = None
    form: str = ""
    closing_day: int | None = None
    pay_day: int | None = None
    pay_months_later: int | None = None


@dataclass(frozen=True)
class PayTold:
    """As the ledgers have it: yen of six months, weekly hours, worked days of each month."""

    before_yen: int
    after_yen: int
    before_weekly: Decimal
    after_weekly: Decimal
    worked_days: list[int]
    last_paid_on: date
    is_paid_late: bool = False
    additions: list[str] = field(default_factory=list)


@transaction.atomic
def save_careerup_plan(case: GrantCase, given: PlanTold, *, by: Acting) -> CareerUpPlan:
    """The plan being written for the establishment: one at a time, for every conversion of its years."""
    case = locked(case)
    if case.state not in BEFORE_FILING:
        raise Refused(_("届け出た計画書は書き換えられません。変わった点は変更届（様式第2号）で届け出てください。"))
    refuse_years(given.starts_on, given.ends_on)
    plan, _made = CareerUpPlan.objects.update_or_create(
        establishment=case.establishment, filed_on=None, defaults=vars(given)
    )
    return rest_on(case, plan, by=by)


def refuse_years(starts_on: date, ends_on: date) -> None:
    least, most, _source = plan_years(starts_on)
    first, last = (last_day_of_plan(starts_on, years) for years in (least, most))
    if not first <= ends_on <= last:
        raise Refused(
            _("計画期間は%(least)s年から%(most)s年です。最終日を%(first)sから%(last)sまでの日にしてください。")
            % {"least": least, "most": most, "first": day_words(first), "last": day_words(last)},
            field="ends_on",
        )


@transaction.atomic
def choose_careerup_plan(case: GrantCase, plan: CareerUpPlan, *, by: Acting) -> CareerUpPlan:
    """Rest on a plan that was filed before: the case need not file one of its own."""
    case = locked(case)
    if case.state != CaseState.PREPARING or plan.filed_on is None or plan.establishment_id != case.establishment_id:
        raise Refused(_("この計画書は選べません。この事業所の届け出た計画書を選んでください。"), field="plan")
    rest_on(case, plan, by=by)
    told = {"filed_on": plan.filed_on.isoformat(), "receipt_number": plan.receipt_number}
    move(case, CaseState.FILED, by=by, verb="plan.file", concerns=case.firm_id, told=told)
    refresh(case, by=by)
    return plan


def rest_on(case: GrantCase, plan: CareerUpPlan, *, by: Acting) -> CareerUpPlan:
    assert case.conversion
    if case.conversion.plan_id != plan.pk:
        case.conversion.plan = plan
        case.conversion.save(update_fields=["plan"])
    record(case, "careerup.plan", by=by, concerns=case.firm_id)
    refresh(case, by=by)
    return plan


@transaction.atomic
def save_conversion(case: GrantCase, given: ConversionTold, *, by: Acting) -> Conversion:
    """What is not asked of the origin is emptied; a claim that is out keeps what it froze."""
    case = locked(case)
    refuse_ended(case)
    found = case.conversion
    assert found
    if found.cases.exclude(state__in=(*BEFORE_FILING, *BEFORE_CLAIM, CaseState.DROPPED)).exists():
        raise Refused(_("支給申請を出した後は、転換の内容を書き換えられません。間違いは労働局に伝えてください。"))
    for name, value in vars(given).items():
        setattr(found, name, value)
    if found.origin != Conversion.Origin.DISPATCHED:
        found.until = found.same_unit = found.agency_is_indefinite = found.contracted_on = None
    if not found.has_probation:
        found.probation_to = None
    refuse_days(found)
    found.save()
    record(case, "careerup.conversion", by=by, concerns=case.firm_id)
    for one in found.cases.exclude(state=CaseState.DROPPED):
        refresh(one, by=by)
    return found


def refuse_days(found: Conversion) -> None:
    if found.since and found.converted_on and found.since >= found.converted_on:
        raise Refused(_("転換前の雇用・派遣の初日は、転換日より前の日にしてください。"), field="since")
    if found.until and found.since and found.until < found.since:
        raise Refused(_("派遣の最終日は、派遣の初日より後の日にしてください。"), field="until")
    if found.has_probation and (found.probation_to is None or found.converted_on is None):
        raise Refused(_("試用期間の最終日と転換日を入力してください。"), field="probation_to")
    if found.probation_to and found.converted_on and found.probation_to < found.converted_on:
        raise Refused(_("試用期間の最終日は、転換日より後の日にしてください。"), field="probation_to")


@transaction.atomic
def save_period_pay(case: GrantCase, given: PayTold, *, by: Acting) -> PeriodPay:
    case = locked(case)
    if case.state not in BEFORE_CLAIM:
        raise Refused(_("期の賃金を入力できるのは、計画書を届け出た後、支給申請を出すまでです。"))
    refuse_future(given.last_paid_on, today=by.today, field="last_paid_on")
    row, _made = PeriodPay.objects.update_or_create(case=case, defaults=vars(given))
    record(case, "careerup.pay", by=by, concerns=case.firm_id)
    assert case.conversion
    for one in case.conversion.cases.exclude(state=CaseState.DROPPED):
        refresh(one, by=by)
    return row


@transaction.atomic
def answer_conversion(case: GrantCase, given: Mapping[str, tuple[str, str]], *, by: Acting) -> list[Answer]:
    return keep_answers(locked(case), given, known=BY_CODE, by=by)
