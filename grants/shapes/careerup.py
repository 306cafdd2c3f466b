"""What a キャリアアップ計画書 and the claim of one period freeze. Days are ISO dates, amounts yen, hours decimals as text."""

from collections.abc import Mapping
from typing import TypedDict, cast

from grants.shapes.plan import PartiesFacts, WindowFacts
from grants.shapes.stated import DirectorFacts, HouseFacts, StandingFacts

CONVERSION_SHAPE = 1


class CareerUpPlanFacts(TypedDict):
    starts_on: str
    ends_on: str
    manager_name: str
    manager_since: str
    is_officer: bool
    worker_name: str
    heard: str
    for_fixed_term: bool
    for_indefinite: bool
    for_dispatched: bool
    people: int
    month: str
    filed_on: str | None
    receipt_number: str


class CareerUpPlanFrozen(PartiesFacts):
    shape: int
    careerup_plan: CareerUpPlanFacts
    frozen_on: str


class ConvertedFacts(TypedDict):
    """`origin`, `priority` and `form` are the words of the model; `is_prior` what follows from all of them."""

    name: str
    kana: str
    insured_number: str
    converted_on: str
    origin: str
    since: str
    until: str | None
    years: str
    agency_is_indefinite: bool | None
    priority: str
    is_prior: bool
    has_probation: bool
    probation_to: str | None
    form: str


class PeriodFacts(TypedDict):
    period: int
    starts_on: str
    ends_on: str
    paid_on: str
    before_yen: int
    after_yen: int
    before_weekly: str
    after_weekly: str
    worked_days: list[int]
    additions: list[str]


class ConversionClaimFacts(PartiesFacts):
    shape: int
    careerup_plan: CareerUpPlanFacts
    converted: ConvertedFacts
    period: PeriodFacts
    answers: dict[str, str]
    notes: dict[str, str]
    standing: StandingFacts | None
    directors: list[DirectorFacts]
    houses: list[HouseFacts]
    claim_window: WindowFacts
    as_of: str


def lifted_careerup(facts: Mapping[str, object]) -> CareerUpPlanFrozen:
    """There is one shape so far; a newer one is not guessed at."""
    return cast(CareerUpPlanFrozen, known(facts))


def lifted_conversion(facts: Mapping[str, object]) -> ConversionClaimFacts:
    return cast(ConversionClaimFacts, known(facts))


def known(facts: Mapping[str, object]) -> Mapping[str, object]:
    if facts["shape"] != CONVERSION_SHAPE:
        raise ValueError(f"Facts of shape {facts['shape']} are not known: this program knows {CONVERSION_SHAPE}.")
    return facts
