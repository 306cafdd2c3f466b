"""What a claim freezes: its facts, and what the rules made of them. Days, moments, clocks and amounts as in a plan."""

from typing import NotRequired, TypedDict

from grants.shapes.plan import (
    Agreed,
    AnswerFacts,
    PartiesFacts,
    PlanFacts,
    PlanWorker,
    WindowFacts,
)
from grants.shapes.stated import AccountFacts, DirectorFacts, HouseFacts, PriceFacts, StandingFacts


class TrainedLesson(TypedDict):
    """One lesson of one worker; `away` holds from when to when they were gone in between, `mark_id` None: no record."""

    id: int
    number: int
    on: str
    topic: str
    starts_at: str
    ends_at: str
    excluded_minutes: int
    planned_minutes: int
    came_at: str
    left_at: str
    attended_minutes: int
    wage_minutes: int
    lecturer: str
    source: str
    mark_id: int | None
    away: list[list[str]]


class OutsideHours(TypedDict):
    """A unit begun or finished outside working hours, or, where these are not known, at a time nobody can say that of."""

    title: str
    at: str
    is_known: bool


class Minutes(TypedDict):
    planned_minutes: int
    attended_minutes: int
    wage_minutes: int
    excused_minutes: int


class UnitRow(TypedDict):
    id: int
    number: int
    title: str
    kind: str
    standard_minutes: int
    starts_at: str
    ends_at: str
    percent: int
    tries: str
    result: str
    counts: bool


class LogFacts(TypedDict):
    """The sheet `courses.papers.logs` prints of one learner."""

    course: str
    run_code: str
    college: str
    name: str
    kana: str
    firm: str
    first: str
    last: str
    starts_at: str
    ends_at: str
    standard_minutes: int
    done_minutes: int
    percent: int
    result: str
    completed_on: str
    units: list[UnitRow]


class TrainedWorker(PlanWorker, Minutes):
    """`log` is None where the training is taught in lessons: then nothing of what follows it is asked. `completed` is None
    while it can still be. The days `not_employed_on`, `no_hours_on` and `learned_on_leave` are empty where there is none."""

    lessons: list[TrainedLesson]
    percent: int
    passes: bool
    not_employed_on: str
    no_hours_on: str
    learned_on_leave: str
    log: LogFacts | None
    completed: bool | None
    completed_on: str | None
    certificate: str
    outside_hours: list[OutsideHours]


class ClaimTraining(Agreed):
    """The training as the office has it, and what was recorded of it."""

    first_attended_on: str | None
    recorded_at: str | None


class GrantCost(TypedDict):
    """In the vocabulary of `grants.rules.training_facts`: what nobody knows is left out."""

    kind: str
    fee_per_person: NotRequired[int]
    fee_without_grant: NotRequired[int]
    lecturer_fee: NotRequired[int]
    lecturer_travel: NotRequired[int]
    trainees_total: NotRequired[int]
    establishment_prefecture: NotRequired[str]
    paid_partly_by: NotRequired[str]
    provider_rebate: NotRequired[bool]
    paid_on: NotRequired[str]


class Times(TypedDict):
    grants_this_year: int | None
    e_learning_grants_this_year: int | None


class GrantWorker(Times):
    key: str
    employment: str
    attended_minutes: int
    wage_minutes: int
    excused_minutes: int
    in_trial_support_period: bool | None
    completed: NotRequired[bool | None]


class TrainingTime(TypedDict):
    """A class has its minutes, e-learning its standard hours."""

    planned_minutes: NotRequired[int]
    standard_hours: NotRequired[int | None]


class GrantFacts(TrainingTime):
    """What the rules reckon with, in the vocabulary of `grants.rules.training_facts`."""

    scheme: str
    menu: str
    plan_filed: str
    claim_filed: str
    sme: bool
    method: str
    cost: GrantCost
    workers: list[GrantWorker]
    uplift: bool
    already_granted_in_claim_year: int | None


class CostFacts(TypedDict):
    amount_yen: int
    paid_on: str
    payer: str
    payer_label: str
    evidence: str


class EvidenceFile(TypedDict):
    kind: str
    name: str
    sha256: str


class ClaimFacts(PartiesFacts):
    """`outside`: what was drawn outside Takumi, in words; what the firm states for its papers is empty until it has."""

    shape: int
    as_of: str
    plan_number: int
    plan: PlanFacts
    filed_on: str
    receipt_number: str
    training: ClaimTraining
    grant: GrantFacts
    workers: list[TrainedWorker]
    outside: list[str]
    costs: list[CostFacts]
    answers: dict[str, AnswerFacts]
    evidence: list[EvidenceFile]
    directors: list[DirectorFacts]
    account: AccountFacts | None
    houses: list[HouseFacts]
    price: PriceFacts | None
    standing: StandingFacts | None
    channel: str
    claim_window: WindowFacts


class Condition(TypedDict):
    """`state`: met, unmet or unknown; `subject` is a worker's key, empty where the whole claim is meant."""

    code: str
    label: str
    state: str
    because: str
    source: str
    subject: str
    evidence: str


class Line(TypedDict):
    code: str
    label: str
    amount: int
    because: str
    figures: list[str]
    source: str
    confidence: str
    verified_until: str
    subject: str


class Part(TypedDict):
    subject: str
    supported: bool
    attendance_percent: int | None
    expense_aid: int
    wage_minutes: int
    ojt_passed: bool


class OutcomeFacts(TypedDict):
    """`grants.rules.outcome_as_mapping`, with the evidence of each condition."""

    payable: bool
    expense_aid: int
    wage_aid: int
    ojt_aid: int
    total: int
    uplift_expense_aid: int
    uplift_wage_aid: int
    uplift_ojt_aid: int
    calculated: int
    payable_amount: int
    unverified: list[str]
    conditions: list[Condition]
    lines: list[Line]
    uplift_lines: list[Line]
    workers: list[Part]
