"""A subscription as the rules reckon with it, and as its plan and its claim freeze it."""

from collections.abc import Collection, Sequence
from datetime import date

from firms.models import Employment
from firms.words.tongues import in_japanese
from grants.facts.careerup import window_facts
from grants.facts.ground import newest_answers
from grants.facts.parties import parties, parties_of
from grants.facts.stated import stated_for_claim
from grants.models import GrantCase, PlanFiling, Subscription, SubscriptionUser
from grants.queries.size import is_small
from grants.queries.stated import newest_statements
from grants.rules import (
    COMMON,
    SupportedPeriod,
    Window,
    claim_window,
    current_schemes,
    plan_window,
    subscription_period,
)
from grants.rules import (
    Subscription as Reckoned,
)
from grants.shapes.subscriptions import (
    SUBSCRIPTION_SHAPE,
    LearnerFacts,
    SubscriptionClaimFrozen,
    SubscriptionFacts,
    SubscriptionPlanFrozen,
)

MINUTES = 60


def first_filings(cases: Collection[GrantCase]) -> dict[int, PlanFiling]:
    """By case the filing that opened it: its day decides the days that are supported, whatever was changed later."""
    rows = PlanFiling.objects.filter(plan__case__in=cases).select_related("plan").order_by("-pk")
    return {row.plan.case_id: row for row in rows}


def supported(found: Subscription, filed_on: date) -> SupportedPeriod:
    return subscription_period(found.contract_from, found.contract_to, plan_filed=filed_on)


def plan_window_of_subscription(case: GrantCase) -> Window:
    assert case.subscription
    return plan_window(case.subscription.contract_from, scheme=case.scheme)


def claim_window_of_subscription(case: GrantCase, filing: PlanFiling | None) -> Window | None:
    """None where no plan is filed, and where it came so late that no day is left."""
    if filing is None or case.subscription is None:
        return None
    ends_on = supported(case.subscription, filing.filed_on).supported_to
    if ends_on is None:
        return None
    reached_on = case.subscription.reached_on
    early = reached_on if reached_on and reached_on < ends_on else None
    return claim_window("training_end", ends_on, method="subscription", all_completed_on=early, scheme=case.scheme)


def bound_minutes(name: str, on: date) -> int:
    """`minimum_hours` or `worker_hours`, in minutes."""
    return current_schemes().latest(COMMON, f"subscription.{name}", on).whole * MINUTES


def learners(found: Subscription, *, on: date) -> list[LearnerFacts]:
    rows = list(found.people.select_related("person"))
    terms = newest_terms(found, rows)
    least = bound_minutes("worker_hours", on)
    return [
        {
            "key": row.person_id,
            "name": row.person.full_name,
            "kana": row.person.full_kana,
            "insured_number": terms[row.person_id].insured_number if row.person_id in terms else "",
            "contract": terms[row.person_id].contract if row.person_id in terms else "",
            "minutes": row.minutes,
            "counts": (row.minutes or 0) >= least,
        }
        for row in rows
    ]


def newest_terms(found: Subscription, rows: Sequence[SubscriptionUser]) -> dict[int, Employment]:
    """By person; terms that carry the number of the insurance win over newer ones that do not."""
    held = Employment.objects.filter(
        establishment=found.establishment_id, person__in=[row.person_id for row in rows]
    ).order_by("started_on", "pk")
    ordered = sorted(held, key=lambda one: bool(one.insured_number))
    return {one.person_id: one for one in ordered}


def reckoned(case: GrantCase, *, filed_on: date, supported_workers: int) -> Reckoned | None:
    """None while the price or the number of accounts is not told, and where no day is left to support."""
    found = case.subscription
    assert found
    days = supported(found, filed_on)
    if found.price_yen is None or found.accounts is None or days.supported_from is None or days.supported_to is None:
        return None
    return Reckoned(
        scheme=case.scheme,
        sme=bool(is_small(case.establishment.organisation)),
        plan_filed=filed_on,
        contract_price=found.price_yen,
        contract_start=found.contract_from,
        contract_end=found.contract_to,
        supported_from=days.supported_from,
        supported_to=days.supported_to,
        users=found.accounts,
        supported_workers=min(supported_workers, found.accounts),
    )


# --- what is frozen ---


def subscription_facts(found: Subscription) -> SubscriptionFacts:
    return {
        "service": found.service,
        "provider": found.provider,
        "provider_leader": found.provider_leader,
        "provider_address": found.provider_address,
        "contract_from": found.contract_from.isoformat(),
        "contract_to": found.contract_to.isoformat(),
        "renews": found.renews,
        "price_yen": found.price_yen,
        "accounts": found.accounts,
    }


@in_japanese
def gather_subscription_plan(case: GrantCase, *, on: date) -> SubscriptionPlanFrozen:
    assert case.subscription
    return {
        **parties(case, parties_of([case], on=on)[case.pk]),
        "shape": SUBSCRIPTION_SHAPE,
        "subscription": subscription_facts(case.subscription),
        "people": [{**one, "minutes": None, "counts": False} for one in learners(case.subscription, on=on)],
        "plan_window": window_facts(plan_window_of_subscription(case)),
        "frozen_on": on.isoformat(),
    }


@in_japanese
def gather_subscription_claim(
    case: GrantCase, filing: PlanFiling, window: Window, people: list[LearnerFacts], *, on: date
) -> SubscriptionClaimFrozen:
    """Of a case whose plan is filed and leaves days to support."""
    assert case.subscription
    days = supported(case.subscription, filing.filed_on)
    assert days.supported_from
    assert days.supported_to
    newest = newest_answers(case)
    stated = stated_for_claim(case, newest_statements([case])[case.pk])
    return {
        **parties(case, parties_of([case], on=on)[case.pk]),
        "shape": SUBSCRIPTION_SHAPE,
        "subscription": subscription_facts(case.subscription),
        "people": people,
        "receipt_number": filing.receipt_number,
        "plan_filed_on": filing.filed_on.isoformat(),
        "supported_from": days.supported_from.isoformat(),
        "supported_to": days.supported_to.isoformat(),
        "answers": {code: row.value for code, row in sorted(newest.items())},
        "notes": {code: row.note for code, row in sorted(newest.items()) if row.note},
        "standing": stated["standing"],
        "directors": stated["directors"],
        "claim_window": window_facts(window),
        "as_of": on.isoformat(),
    }


# --- what differs from the plan that is filed ---


LABELS = {
    "service": "サービスの名称",
    "provider": "教育訓練機関",
    "provider_leader": "教育訓練機関の代表者",
    "provider_address": "教育訓練機関の所在地",
    "contract_from": "契約期間の初日",
    "contract_to": "契約期間の最終日",
    "renews": "自動更新",
    "price_yen": "契約額",
    "accounts": "契約者数",
}


@in_japanese
def drift_of(case: GrantCase) -> list[str]:
    """What the plan filed last says otherwise than the case now; who was taken off the list needs no notice."""
    filing = PlanFiling.objects.filter(plan__case=case).select_related("plan").order_by("-pk").first()
    if filing is None or case.subscription is None:
        return []
    told, now = filing.plan.subscription, subscription_facts(case.subscription)
    before = {one["key"] for one in told["people"]}
    added = [
        one.person.full_name for one in case.subscription.people.select_related("person") if one.person_id not in before
    ]
    moved = [label for name, label in LABELS.items() if told["subscription"][name] != now[name]]  # type: ignore[literal-required]
    return [*moved, *(f"対象労働者の追加：{name}" for name in added)]
