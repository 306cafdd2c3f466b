"""The shapes of what is frozen onto certificates, invoices and enrolments, and the one way to read each, whatever its age."""

from collections.abc import Mapping
from typing import Any, TypedDict, cast

from firms.ledgers.shapes import shape_of

SHAPE = INVOICE_SHAPE = TERMS_SHAPE = 2


class SkillFacts(TypedDict):
    """The item as it was called that day; `framework`, `edition` and `address` are empty for one no framework knows."""

    item: str
    label: str
    framework: str
    edition: str
    address: str


class RunFacts(TypedDict):
    """What every certificate of a run says the same. Days are ISO dates."""

    course: str
    course_id: int
    about: str
    run: str
    college: str
    college_id: int
    representative_title: str
    representative_name: str
    method: str
    level: str
    planned_minutes: int
    planned: str
    first_on: str
    last_on: str
    skills: list[SkillFacts]


class CertificateFacts(RunFacts):
    """`completed_on`: when the learning ended, where the college says that of one it gives later."""

    shape: int
    hours: str
    criteria: str
    name: str
    kana: str
    attended_minutes: int
    attended: str
    number: str
    issued_on: str
    completed_on: str | None


def lifted_certificate(facts: Mapping[str, Any]) -> CertificateFacts:
    """In today's shape. The one before had no number, and said when the learning ended only where that was known."""
    is_old = shape_of(facts, newest=SHAPE) < SHAPE
    return cast(CertificateFacts, {"completed_on": None, **facts, "shape": SHAPE} if is_old else facts)


class IssuerFacts(TypedDict):
    """`registration_number` is empty for a college that issues no 適格請求書."""

    name: str
    registration_number: str
    postal_code: str
    address: str
    phone: str
    bank_account: str


class PayerFacts(TypedDict):
    name: str
    postal_code: str
    address: str


class InvoiceLineFacts(TypedDict):
    """Yen with tax inside; 0 % is 非課税."""

    label: str
    yen: int
    tax_percent: int


class RateFacts(TypedDict):
    tax_percent: int
    total_yen: int
    tax_yen: int


class InvoiceFacts(TypedDict):
    """Everything the paper says. Days are ISO dates, or None for a run that has none."""

    shape: int
    issuer: IssuerFacts
    firm: PayerFacts
    course: str
    run_code: str
    first_on: str | None
    last_on: str | None
    lines: list[InvoiceLineFacts]
    rates: list[RateFacts]


def lifted_invoice(facts: Mapping[str, Any]) -> InvoiceFacts:
    """In today's shape; the one before had no number."""
    shape_of(facts, newest=INVOICE_SHAPE)
    return cast(InvoiceFacts, {**facts, "shape": INVOICE_SHAPE})


class TermsFacts(TypedDict):
    """`courses.terms.Terms` as an enrolment or a quota keeps them; hours are a decimal text."""

    shape: int
    fee_yen: int
    hours: str
    textbook: str
    textbook_yen: int
    tax_percent: int
    cancel_rule: str
    needed_percent: int
    needs_units: bool
    needs_quiz: bool
    needs_word: bool
    completion_rule: str


def lifted_terms(facts: Mapping[str, Any]) -> TermsFacts:
    """In today's shape; the one before had no number."""
    shape_of(facts, newest=TERMS_SHAPE)
    return cast(TermsFacts, {**facts, "shape": TERMS_SHAPE})
