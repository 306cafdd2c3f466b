"""The shapes of what is frozen of a certification, a session, a month's money and a subsidy, and the one way to read each."""

from collections.abc import Mapping
from typing import Any, TypedDict, cast

from firms.ledgers.shapes import shape_of

SHAPE = 2
SESSION_SHAPE = 2
MONTH_SHAPE = 1
SUBSIDY_SHAPE = 1


class CertificationFacts(TypedDict):
    """As the person, the application and the ward said it that day; `source` is where the term of years stands."""

    shape: int
    name: str
    kana: str
    designation: str
    occupation: str
    edition: str
    ward: str
    representative_title: str
    representative_name: str
    source: str
    teaches: str
    machines: str
    area: str
    languages: str
    dx_facts: str


def lifted_certification(facts: Mapping[str, Any]) -> CertificationFacts:
    """In today's shape; the one before had no number."""
    shape_of(facts, newest=SHAPE)
    return cast(CertificationFacts, {**facts, "shape": SHAPE})


class TimesFacts(TypedDict):
    """`times` as clocks, "10:00–12:00"."""

    times: str
    break_minutes: int
    minutes: int


class RemarkFacts(TypedDict):
    second: int
    clock: str
    text: str


class HostFacts(TypedDict):
    name: str
    place: str
    contact: str


class WardFacts(TypedDict):
    name: str
    title: str
    head: str


class MentorFacts(TypedDict):
    """`number` and `title` of the certification the session was given under."""

    name: str
    kana: str
    number: str
    title: str


class MaterialFacts(TypedDict):
    what: str
    yen: int
    because: str


class TravelFacts(TypedDict):
    yen: int
    is_to_carrier: bool


class FeeFacts(TypedDict):
    yen: int
    because: str
    source: str


class TaskFacts(TypedDict):
    label: str
    before: str
    after: str


class LearnerFacts(TypedDict):
    name: str
    age_band: str
    years: int | None
    role: str
    minutes: int
    before: str
    after: str
    tasks: list[TaskFacts]


class SessionFacts(TypedDict):
    """A session as its log told it; days and moments are ISO, `limit` is how many sessions the host may still have."""

    shape: int
    edition: int
    number: int
    limit: int | None
    on: str
    planned: TimesFacts
    actual: TimesFacts
    is_remote: bool
    supervisor: str
    remarks: list[RemarkFacts]
    host: HostFacts
    ward: WardFacts
    mentor: MentorFacts
    occupation: str
    need: str
    machine: str
    topic: str
    method: str
    briefing: list[str]
    safety: str
    incident: str
    comment: str
    because: str
    materials: MaterialFacts
    travel: TravelFacts
    fee: FeeFacts
    learners: list[LearnerFacts]
    standing: str
    is_certified: bool
    written_at: str
    came_late: bool


class PayeeFacts(TypedDict):
    name: str
    kana: str


class AccountFacts(TypedDict):
    """Names in the kana of the bank, with the numbers behind them."""

    bank: str
    branch: str
    kind: str
    account: str
    name: str


class LineFacts(TypedDict):
    on: str
    times: str
    minutes: int
    time: str
    host: str
    occupation: str
    number: int
    certification: str
    fee_yen: int
    travel_yen: int
    carrier_yen: int
    because: str
    edition: str


class CarryFacts(TypedDict):
    fee_yen: int
    travel_yen: int
    because: str


class MonthFacts(TypedDict):
    """A month's money as it was closed; `source` is where fee and withholding stand."""

    shape: int
    mentor: PayeeFacts
    ward: WardFacts
    month: str
    pay_on: str
    account: AccountFacts
    lines: list[LineFacts]
    carries: list[CarryFacts]
    fee_yen: int
    travel_yen: int
    withheld_yen: int
    paid_yen: int
    because: str
    source: str


class FirmFacts(TypedDict):
    """`head` and `title` of who stands for it."""

    name: str
    address: str
    title: str
    head: str


class SubsidyFacts(TypedDict):
    """What a paper of a subsidy says. Days are ISO, empty where there is none yet; sums in yen."""

    shape: int
    aim: str
    title: str
    plan: str
    year: int
    order: int | None
    cost_yen: int
    asked_yen: int | None
    decided_yen: int | None
    spent_yen: int | None
    fixed_yen: int | None
    finish_on: str
    finished_on: str
    report_by: str
    result: str
    manuals: list[str]
    firm: FirmFacts
    ward: WardFacts
    because: str
    source: str
    is_late: bool


def lifted_session(facts: Mapping[str, Any]) -> SessionFacts:
    """In today's shape; the first knew no list of what was said of safety."""
    before: dict[str, list[str]] = {} if shape_of(facts, newest=SESSION_SHAPE) == SESSION_SHAPE else {"briefing": []}
    return cast(SessionFacts, {**facts, **before, "shape": SESSION_SHAPE})


def lifted_month(facts: Mapping[str, Any]) -> MonthFacts:
    """There is one shape so far."""
    shape_of(facts, newest=MONTH_SHAPE)
    return cast(MonthFacts, facts)


def lifted_subsidy(facts: Mapping[str, Any]) -> SubsidyFacts:
    """What was issued before there were numbers has this very shape."""
    shape_of(facts, newest=SUBSIDY_SHAPE)
    return cast(SubsidyFacts, facts)
