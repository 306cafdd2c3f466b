"""Conversions: opening a case of one, saying what its plan and its periods are, freezing and filing both."""

from datetime import date

from django.db import transaction

from firms.acting import Acting
from firms.actions.registered import refuse_deregistered
from firms.errors import Refused
from firms.journal import move, record
from firms.models import Establishment, Person
from firms.words.days import day_words
from firms.words.saying import said as _
from grants.actions.cases import first_manager
from grants.actions.claims import refuse_outside_window
from grants.actions.deadlines import close_all, refresh
from grants.actions.freezing import keep_claim, keep_claim_filing, keep_plan, refuse_open
from grants.actions.locking import locked, refuse_future
from grants.cases.careerup import BEFORE_CLAIM, BEFORE_FILING, lacks_of_conversion
from grants.claims.careerup import assess_conversion
from grants.facts.careerup import gather_careerup_plan, insured_numbers, is_first_refused
from grants.models import (
    CareerUpPlan,
    Claim,
    ClaimFiling,
    Conversion,
    Deadline,
    GrantCase,
    PlanVersion,
)
from grants.models.cases import Subject
from grants.queries.careerup import workers_of
from grants.states import CaseState, DeadlineState
from grants.subjects.careerup import MENU, SCHEME


@transaction.atomic
def open_conversion(person: Person, establishment: Establishment, *, by: Acting) -> GrantCase:
    """The first period's case; opening twice is opening once. Whoever works there can be converted, from a trial or not."""
    place = (
        Establishment.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=establishment.pk)
    )
    refuse_deregistered(place.organisation, on=by.today)
    if not workers_of(place, on=by.today).filter(person=person).exists():
        raise Refused(
            _(
                "この事業所で働いている人か、雇入れの決まった人を選んでください。派遣の人は、雇入日を入れて登録してから選びます。"
            ),
            field="employment",
        )
    found, _made = Conversion.objects.get_or_create(establishment=place, person=person)
    held = found.cases.filter(period=1).exclude(state=CaseState.DROPPED).first()
    return held or period_case(found, 1, CaseState.PREPARING, by=by)


def period_case(found: Conversion, period: int, state: CaseState, *, by: Acting) -> GrantCase:
    place = Establishment.objects.select_related("organisation").get(pk=found.establishment_id)
    case = GrantCase.objects.create(
        establishment=place,
        subject=Subject.CONVERSION,
        conversion=found,
        period=period,
        scheme=SCHEME,
        menu=MENU,
        state=state,
        contact=first_manager(place, by=by),
    )
    record(case, "case.open", by=by, concerns=place.organisation_id, to_state=case.state)
    refresh(case, by=by)
    return case


@transaction.atomic
def open_second(case: GrantCase, *, by: Acting) -> GrantCase:
    """Beside the first, which may still be under review. Refused, the first bars it; merely late or taken back, it does not
    (キャリアアップ助成金Q&A R8.4.8 Q32)."""
    case = locked(case)
    found = case.conversion
    if found is None or case.period != 1:
        raise Refused(_("第2期の案件は、第1期の案件からつくります。"))
    held = found.cases.filter(period=2).exclude(state=CaseState.DROPPED).first()
    if held:
        return held
    if case.state in (*BEFORE_FILING, *BEFORE_CLAIM):
        raise Refused(_("第2期の案件は、第1期の支給申請を出した後か、期限に遅れて取りやめた後につくります。"))
    if found.plan is None or found.plan.filed_on is None:
        raise Refused(_("キャリアアップ計画書の届出が記録されていないため、第2期の案件はつくれません。"))
    second = period_case(found, 2, CaseState.FILED, by=by)
    if is_first_refused(second):
        raise Refused(_("第1期が不支給のため、第2期は申請できません。"))
    found_now = assess_conversion(second, on=by.today)
    if found_now and any(one.code == "second" and one.state == "unmet" for one in found_now.conditions):
        raise Refused(_("重点支援対象者でない人の支給申請は第1期だけです。転換の内容を確かめてください。"))
    return second


@transaction.atomic
def freeze_careerup_plan(case: GrantCase, *, by: Acting) -> PlanVersion:
    """What 様式第1号 prints. Equal facts give the last version back."""
    case = locked(case)
    if case.state not in BEFORE_FILING:
        raise Refused(_("計画書を届け出た後は、確定し直せません。変わった点は変更届（様式第2号）で届け出てください。"))
    found = case.conversion
    assert found
    missing = [one.label for one in lacks_of_conversion(case, insured_numbers([found])) if one.is_needed]
    if missing or found.plan is None:
        raise Refused(_("計画書を確定するには、次が足りません：%(missing)s") % {"missing": "、".join(missing)})
    facts = gather_careerup_plan(case, found.plan, on=by.today)
    before = case.plans.count()
    plan = keep_plan(case, facts, {}, by=by)
    if case.plans.count() == before:
        return plan
    move(case, CaseState.PLANNED, by=by, verb="plan.freeze", concerns=case.firm_id, told={"number": plan.number})
    refresh(case, by=by)
    return plan


@transaction.atomic
def file_careerup_plan(case: GrantCase, *, filed_on: date, receipt_number: str, by: Acting) -> CareerUpPlan:
    """Every case that rests on the plan has it filed with it."""
    case = locked(case)
    plan = case.conversion.plan if case.conversion else None
    if case.state not in BEFORE_FILING or plan is None or plan.filed_on is not None:
        raise Refused(_("届出を記録できるのは、計画書をつくった後、一度だけです。案件の画面を開き直してください。"))
    refuse_future(filed_on, today=by.today, field="filed_on")
    if filed_on >= plan.starts_on:
        raise Refused(
            _("計画期間は %(day)s に始まります。届出日はその前の日でなければなりません。期間を改めて届け出てください。")
            % {"day": day_words(plan.starts_on)},
            field="filed_on",
        )
    if case.conversion and case.conversion.converted_on and filed_on >= case.conversion.converted_on:
        raise Refused(_("計画書は転換日の前日までに届いている必要があります。"), field="filed_on")
    plan.filed_on, plan.receipt_number = filed_on, receipt_number
    plan.save(update_fields=["filed_on", "receipt_number"])
    told = {"filed_on": filed_on.isoformat(), "receipt_number": receipt_number}
    for one in GrantCase.objects.filter(conversion__plan=plan, state__in=BEFORE_FILING).order_by("pk"):
        one = locked(one)
        move(one, CaseState.FILED, by=by, verb="plan.file", concerns=one.firm_id, told=told)
        close_all(one, DeadlineState.MET, by=by, code=Deadline.Code.PLAN)
        refresh(one, by=by)
    return plan


@transaction.atomic
def freeze_period(case: GrantCase, *, by: Acting, as_of: date | None = None) -> Claim:
    """Nothing is frozen while a requirement is open: what is not met draws nothing, what is unknown is asked."""
    case = locked(case)
    if case.state not in BEFORE_CLAIM:
        raise Refused(_("支給申請を確定できるのは、計画書を届け出た後、支給申請を出すまでです。"))
    day = as_of or by.today
    found = assess_conversion(case, on=day)
    if found is None or found.facts is None:
        raise Refused(_("転換の内容か、この期の賃金がまだ入力されていません。先に入力してください。"))
    refuse_outside_window(found.facts["claim_window"], day, field="filed_on" if as_of else None)
    refuse_open(found)
    return keep_claim(case, found, on=day, by=by)


@transaction.atomic
def file_period(case: GrantCase, *, filed_on: date, receipt_number: str, by: Acting) -> ClaimFiling:
    """The fiscal year of this day is the one the limit of persons counts by. What was handed in before it was frozen here
    is frozen as of that day."""
    case = locked(case)
    if case.state not in BEFORE_CLAIM:
        raise Refused(_("支給申請の提出を記録できるのは、計画書を届け出た後、一度だけです。"))
    refuse_future(filed_on, today=by.today, field="filed_on")
    return keep_claim_filing(
        case,
        filed_on=filed_on,
        receipt_number=receipt_number,
        freeze=lambda day: freeze_period(case, by=by, as_of=day),
        window_of=lambda claim: claim.converted["claim_window"],
        by=by,
    )
