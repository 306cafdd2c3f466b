"""Subscriptions: opening a case of one, what is told of it, its plan, a change of it, and its claim."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
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
from grants.actions.freezing import keep_answers, keep_claim, keep_claim_filing, keep_plan, refuse_open
from grants.actions.locking import locked, refuse_ended, refuse_future
from grants.cases.subscriptions import BEFORE_CLAIM, BEFORE_FILING, lacks_of_subscription
from grants.claims.subscriptions import assess_subscribed, forecast_subscribed
from grants.facts.subscriptions import drift_of, gather_subscription_plan, plan_window_of_subscription
from grants.models import (
    Answer,
    Claim,
    ClaimFiling,
    Deadline,
    GrantCase,
    PlanFiling,
    PlanVersion,
    Subscription,
    SubscriptionUser,
)
from grants.models.cases import Subject
from grants.queries.careerup import workers_of
from grants.rules import takes_subscriptions
from grants.states import CaseState, DeadlineState
from grants.subjects.subscriptions import BY_CODE, MENU, SCHEME


@dataclass(frozen=True)
class ContractTold:
    """What is bought; what nobody has said is empty."""

    service: str
    contract_from: date
    contract_to: date
    renews: bool = False
    provider: str = ""
    provider_leader: str = ""
    provider_address: str = ""
    price_yen: int | None = None
    accounts: int | None = None
    courses: int | None = None
    excluded_courses: int | None = None
    paid_on: date | None = None


@transaction.atomic
def open_subscription(place: Establishment, given: ContractTold, *, by: Acting) -> GrantCase:
    """Opening twice is opening once; a contract that was given up is taken up again."""
    place = Establishment.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=place.pk)
    refuse_deregistered(place.organisation, on=by.today)
    if not takes_subscriptions(SCHEME, by.today):
        raise Refused(_("定額制訓練の計画届は、いま受け付けられていません。"))
    refuse_contract(given)
    key = {"establishment": place, "service": given.service, "contract_from": given.contract_from}
    found, _made = Subscription.objects.get_or_create(**key, defaults=vars(given))
    if held := found.cases.exclude(state=CaseState.DROPPED).first():
        return held
    case = GrantCase.objects.create(
        establishment=place,
        subject=Subject.SUBSCRIPTION,
        subscription=found,
        scheme=SCHEME,
        menu=MENU,
        contact=first_manager(place, by=by),
    )
    record(case, "case.open", by=by, concerns=place.organisation_id, to_state=case.state)
    refresh(case, by=by)
    return case


def refuse_contract(given: ContractTold) -> None:
    if given.contract_to < given.contract_from:
        raise Refused(_("契約期間の最終日は、初日より後の日にしてください。"), field="contract_to")
    if (given.courses is None) != (given.excluded_courses is None):
        raise Refused(
            _("講座の数と、対象にならない講座の数は、両方入力してください（なければ0）。"), field="excluded_courses"
        )
    if given.courses is not None and (given.excluded_courses or 0) > given.courses:
        raise Refused(_("対象にならない講座の数が、講座の数より多くなっています。"), field="excluded_courses")


@transaction.atomic
def save_subscription(case: GrantCase, given: ContractTold, people: Collection[Person], *, by: Acting) -> Subscription:
    """The contract and the list of 様式第3-2号; who is taken off the list takes the time along."""
    case = locked(case)
    refuse_told(case)
    found = case.subscription
    assert found
    refuse_contract(given)
    if given.accounts is not None and len(people) > given.accounts:
        raise Refused(_("対象労働者が契約者数より多くなっています。"), field="people")
    known = set(workers_of(case.establishment, on=given.contract_from).values_list("person", flat=True))
    held = set(found.people.values_list("person", flat=True))
    if strangers := [one.full_name for one in people if one.pk not in known | held]:
        raise Refused(_("この事業所で働いていない人です：%(names)s") % {"names": "、".join(strangers)}, field="people")
    taken = Subscription.objects.filter(
        establishment=found.establishment_id, service=given.service, contract_from=given.contract_from
    ).exclude(pk=found.pk)
    if taken.exists():
        raise Refused(_("同じサービスの同じ契約の案件があります。"), field="service")
    for name, value in vars(given).items():
        setattr(found, name, value)
    if found.reached_on and not found.contract_from <= found.reached_on <= found.contract_to:
        found.reached_on = None
    found.save()
    found.people.exclude(person__in=people).delete()
    SubscriptionUser.objects.bulk_create(
        SubscriptionUser(subscription=found, person=one) for one in people if one.pk not in held
    )
    record(case, "subscription.tell", by=by, concerns=case.firm_id)
    refresh(case, by=by)
    return found


def refuse_told(case: GrantCase) -> None:
    refuse_ended(case)
    if case.state not in (*BEFORE_FILING, *BEFORE_CLAIM):
        raise Refused(_("支給申請を出した後は書き換えられません。間違いは労働局に伝えてください。"))


@transaction.atomic
def save_learning(
    case: GrantCase, minutes: Mapping[int, int | None], *, reached_on: date | None, by: Acting
) -> Subscription:
    """By person, the standard minutes of the courses they completed; `reached_on` opens the claim early."""
    case = locked(case)
    found = case.subscription
    assert found
    if case.state not in BEFORE_CLAIM:
        raise Refused(_("修了した時間を入力できるのは、計画届を出した後、支給申請を出すまでです。"))
    if reached_on:
        refuse_future(reached_on, today=by.today, field="reached_on")
        if not found.contract_from <= reached_on <= found.contract_to:
            raise Refused(_("契約期間の中の日を入力してください。"), field="reached_on")
    for row in found.people.all():
        if row.person_id in minutes:
            row.minutes = minutes[row.person_id]
            row.save(update_fields=["minutes"])
    found.reached_on = reached_on
    found.save(update_fields=["reached_on"])
    record(case, "subscription.learn", by=by, concerns=case.firm_id)
    refresh(case, by=by)
    return found


@transaction.atomic
def answer_subscription(case: GrantCase, given: Mapping[str, tuple[str, str]], *, by: Acting) -> list[Answer]:
    return keep_answers(locked(case), given, known=BY_CODE, by=by)


@transaction.atomic
def freeze_subscription_plan(case: GrantCase, *, by: Acting) -> PlanVersion:
    """What 様式第1-1号 and 第3-2号 print."""
    case = locked(case)
    if case.state not in BEFORE_FILING:
        raise Refused(_("計画届を出した後は、確定し直せません。変わった点は変更届で届け出てください。"))
    refuse_incomplete(case)
    before = case.plans.count()
    plan = keep_plan(case, gather_subscription_plan(case, on=by.today), forecast_subscribed(case, on=by.today), by=by)
    if case.plans.count() == before:
        return plan
    move(case, CaseState.PLANNED, by=by, verb="plan.freeze", concerns=case.firm_id, told={"number": plan.number})
    refresh(case, by=by)
    return plan


def refuse_incomplete(case: GrantCase) -> None:
    assert case.subscription
    people = case.subscription.people.count()
    missing = [one.label for one in lacks_of_subscription(case, people=people) if one.is_needed]
    if missing:
        raise Refused(_("計画届を確定するには、次が足りません：%(missing)s") % {"missing": "、".join(missing)})


@transaction.atomic
def file_subscription_plan(case: GrantCase, *, filed_on: date, receipt_number: str, by: Acting) -> PlanFiling:
    """Late is allowed: the rules then count from a month after this day."""
    case = locked(case)
    plan = case.plans.order_by("-number").first()
    if case.state != CaseState.PLANNED or plan is None:
        raise Refused(_("届出を記録できるのは、計画届を確定した後、一度だけです。"))
    refuse_future(filed_on, today=by.today, field="filed_on")
    first = plan_window_of_subscription(case).first
    if filed_on < first:
        raise Refused(
            _("計画届を出せるのは %(first)s からです。届出日（到達日）を確かめてください。")
            % {"first": day_words(first)},
            field="filed_on",
        )
    filing = PlanFiling.objects.create(plan=plan, filed_on=filed_on, receipt_number=receipt_number, filed_by=by.person)
    told = {"filed_on": filed_on.isoformat(), "receipt_number": receipt_number}
    move(case, CaseState.FILED, by=by, verb="plan.file", concerns=case.firm_id, told=told)
    close_all(case, DeadlineState.MET, by=by, code=Deadline.Code.PLAN)
    refresh(case, by=by)
    return filing


@transaction.atomic
def file_subscription_change(case: GrantCase, *, filed_on: date, by: Acting) -> PlanVersion:
    """A 変更届 that arrived: what the case says now is what is filed, under the number of the plan."""
    case = locked(case)
    first = PlanFiling.objects.filter(plan__case=case).order_by("pk").first()
    if case.state not in BEFORE_CLAIM or first is None or not drift_of(case):
        raise Refused(_("届け出た計画と違うところがありません。"))
    refuse_future(filed_on, today=by.today, field="filed_on")
    if filed_on < first.filed_on:
        raise Refused(_("変更届は、計画届より後の日にしてください。"), field="filed_on")
    refuse_incomplete(case)
    plan = keep_plan(case, gather_subscription_plan(case, on=by.today), forecast_subscribed(case, on=by.today), by=by)
    PlanFiling.objects.create(plan=plan, filed_on=filed_on, receipt_number=first.receipt_number, filed_by=by.person)
    record(case, "change.file", by=by, concerns=case.firm_id, filed_on=filed_on.isoformat())
    refresh(case, by=by)
    return plan


@transaction.atomic
def freeze_subscription_claim(case: GrantCase, *, by: Acting, as_of: date | None = None) -> Claim:
    """Nothing is frozen while a requirement is open."""
    case = locked(case)
    if case.state not in BEFORE_CLAIM:
        raise Refused(_("支給申請を確定できるのは、計画届を出した後、支給申請を出すまでです。"))
    day = as_of or by.today
    found = assess_subscribed(case, on=day)
    if found is None or found.facts is None:
        raise Refused(_("契約額・契約者数か、修了した時間がまだ足りません。先に入力してください。"))
    refuse_outside_window(found.facts["claim_window"], day, field="filed_on" if as_of else None)
    refuse_open(found)
    return keep_claim(case, found, on=day, by=by)


@transaction.atomic
def file_subscription_claim(case: GrantCase, *, filed_on: date, receipt_number: str, by: Acting) -> ClaimFiling:
    case = locked(case)
    if case.state not in BEFORE_CLAIM:
        raise Refused(_("支給申請の提出を記録できるのは、計画届を出した後、一度だけです。"))
    refuse_future(filed_on, today=by.today, field="filed_on")
    return keep_claim_filing(
        case,
        filed_on=filed_on,
        receipt_number=receipt_number,
        freeze=lambda day: freeze_subscription_claim(case, by=by, as_of=day),
        window_of=lambda claim: claim.subscribed["claim_window"],
        by=by,
    )
