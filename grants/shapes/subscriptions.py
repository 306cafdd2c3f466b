"""What the plan and the claim of a 定額制訓練 freeze. Days are ISO dates, amounts yen."""

from collections.abc import Mapping
from typing import TypedDict, cast

from grants.shapes.plan import PartiesFacts, WindowFacts
from grants.shapes.stated import DirectorFacts, StandingFacts

SUBSCRIPTION_SHAPE = 1


class SubscriptionFacts(TypedDict):
    service: str
    provider: str
    provider_leader: str
    provider_address: str
    contract_from: str
    contract_to: str
    renews: bool
    price_yen: int | None
    accounts: int | None


class LearnerFacts(TypedDict):
    """`minutes` are None while a plan is frozen."""

    key: int
    name: str
    kana: str
    insured_number: str
    contract: str
    minutes: int | None
    counts: bool


class SubscriptionPlanFrozen(PartiesFacts):
    shape: int
    subscription: SubscriptionFacts
    people: list[LearnerFacts]
    plan_window: WindowFacts
    frozen_on: str


class SubscriptionClaimFrozen(PartiesFacts):
    shape: int
    subscription: SubscriptionFacts
    people: list[LearnerFacts]
    receipt_number: str
    plan_filed_on: str
    supported_from: str
    supported_to: str
    answers: dict[str, str]
    notes: dict[str, str]
    standing: StandingFacts | None
    directors: list[DirectorFacts]
    claim_window: WindowFacts
    as_of: str


def lifted_subscription_plan(facts: Mapping[str, object]) -> SubscriptionPlanFrozen:
    """There is one shape so far; a newer one is not guessed at."""
    return cast(SubscriptionPlanFrozen, known(facts))


def lifted_subscription_claim(facts: Mapping[str, object]) -> SubscriptionClaimFrozen:
    return cast(SubscriptionClaimFrozen, known(facts))


def known(facts: Mapping[str, object]) -> Mapping[str, object]:
    if facts["shape"] != SUBSCRIPTION_SHAPE:
        raise ValueError(f"Facts of shape {facts['shape']} are not known: this program knows {SUBSCRIPTION_SHAPE}.")
    return facts
