"""What a plan freezes. Days are ISO dates, moments ISO with their offset, clocks 10:00, amounts yen; unknown is None or empty."""

from datetime import date
from typing import TypedDict

from grants.shapes.stated import ConfirmationFacts, LecturerFacts, NoticeFacts


class SchemeFacts(TypedDict):
    code: str
    menu: str
    label: str
    grant: str


class FirmFacts(TypedDict):
    """`sme` is None where nobody entered what decides it."""

    name: str
    kana: str
    corporate_number: str
    postal_code: str
    address: str
    phone: str
    representative_title: str
    representative_name: str
    industry: str
    main_business: str
    capital_yen: int | None
    regular_employees: int | None
    sme: bool | None


class EstablishmentFacts(TypedDict):
    name: str
    insurance_number: str
    postal_code: str
    address: str
    phone: str
    prefecture: str


class ContactFacts(TypedDict):
    name: str
    department: str
    phone: str
    email: str | None


class AgentFacts(TypedDict):
    """`advisor` is empty once the one the mandate names has left the office."""

    office: str
    postal_code: str
    address: str
    phone: str
    advisor: str
    licence_number: str
    capacity: str
    capacity_label: str


class PartiesFacts(TypedDict):
    firm: FirmFacts
    establishment: EstablishmentFacts
    contact: ContactFacts | None
    agent: AgentFacts | None


class CourseFacts(TypedDict):
    title: str
    college: str
    college_representative: str
    college_address: str
    college_phone: str
    method: str
    method_label: str
    provider_page: str
    venue: str
    venue_address: str
    fee_yen: int
    run_code: str
    syllabus: str


class BreakFacts(TypedDict):
    starts_at: str
    ends_at: str
    is_meal: bool


class LessonFacts(TypedDict):
    id: int
    number: int
    topic: str
    on: str
    starts_at: str
    ends_at: str
    breaks: list[BreakFacts]
    minutes: int
    counted_minutes: int
    instructor: str
    room: str


class UnitFacts(TypedDict):
    """`versions`: the newest first, this one among them. `counts` is False where it changed without the office being told."""

    id: int
    versions: list[int]
    number: int
    kind: str
    title: str
    minutes: int
    counts: bool


class Agreed(TypedDict):
    """The length of a training; `units` and `standard_hours` are None where it is taught in lessons alone."""

    starts_on: str | None
    ends_on: str | None
    total_minutes: int
    planned_minutes: int
    standard_hours: int | None
    units: list[UnitFacts] | None


class PlanTraining(Agreed):
    """`has_lessons` is asked of a training with units: a plan cannot mix the two, so its `lessons` stay empty."""

    lessons: list[LessonFacts]
    has_lessons: bool


class ReskillingFacts(TypedDict):
    purpose: str
    purpose_label: str
    from_on: str
    to_on: str | None
    business: str
    change: str
    task_link: str


class ConversionFacts(TypedDict):
    is_wanted: bool
    manager_name: str
    is_conversion: bool
    month: str | None


class PlanWorker(TypedDict):
    """`key` is the enrolment; `employment` the word of the rules for the contract."""

    key: str
    name: str
    kana: str
    insured_number: str
    contract: str
    contract_label: str
    employment: str
    hired_on: str
    job_title: str


class AnswerFacts(TypedDict):
    """`answered_at` is empty where only the day was kept: before anything recorded since."""

    label: str
    value: str
    note: str
    answered_by: str
    answered_on: str
    answered_at: str


class WindowFacts(TypedDict):
    first: str
    last_nominal: str
    last: str
    because: str
    source: str


class RealityFacts(TypedDict):
    """The parts of a plan that reality can leave."""

    course: CourseFacts
    training: PlanTraining
    workers: list[PlanWorker]


class PlanFacts(RealityFacts, PartiesFacts):
    """The windows are None for a run without days, `conversion_plan` where nobody was asked or has said.

    What is stated for the papers is None or empty while nobody has stated it; `channel` likewise."""

    shape: int
    frozen_on: str
    form_edition: str
    scheme: SchemeFacts
    reskilling_plan: ReskillingFacts | None
    conversion_plan: ConversionFacts | None
    notice: NoticeFacts | None
    lecturers: list[LecturerFacts]
    confirmation: ConfirmationFacts | None
    channel: str
    answers: dict[str, AnswerFacts]
    plan_window: WindowFacts | None
    claim_window: WindowFacts | None


def window_planned(facts: PlanFacts) -> WindowFacts:
    """When it could be filed; asks for a plan that has days."""
    assert facts["plan_window"] is not None
    return facts["plan_window"]


def days_planned(training: Agreed) -> tuple[date, date]:
    """The first and the last; asks for a training that has days, without which no plan is frozen."""
    assert training["starts_on"] is not None
    assert training["ends_on"] is not None
    return date.fromisoformat(training["starts_on"]), date.fromisoformat(training["ends_on"])
