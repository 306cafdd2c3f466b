"""Each form rendered once for the whole folder, with the text a reader finds in it."""

from dataclasses import dataclass
from io import BytesIO

import pypdfium2
import pytest

from grants.models import Claim, PlanVersion
from grants.papers import forms_of_claim, forms_of_plan
from tests.grants.papers import facts


@dataclass(frozen=True)
class Printed:
    """One paper: its bytes, and the text of its pages with and without blanks."""

    pdf: bytes
    pages: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.pages)

    @property
    def run_on(self) -> str:
        """As cells break their lines where they like, text is looked for without blanks."""
        return squeezed(self.text)


def squeezed(text: str) -> str:
    return "".join(text.split())


def read_back(pdf: bytes) -> Printed:
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        return Printed(pdf, tuple(page.get_textpage().get_text_bounded() for page in document))


def unsaved_plan(**changes) -> PlanVersion:
    return PlanVersion(number=1, facts=facts.plan_facts(**changes), outcome={}, digest="ab" * 32)


def unsaved_claim(**changes) -> Claim:
    told = facts.claim_facts(**changes)
    outcome = facts.claim_outcome(told)
    return Claim(number=2, facts=told, outcome=outcome, total_yen=outcome["payable_amount"], digest="cd" * 32)


@pytest.fixture(scope="session")
def plan_papers() -> dict[str, Printed]:
    return {spec.code: read_back(spec.pdf()) for spec in forms_of_plan(unsaved_plan())}


@pytest.fixture(scope="session")
def claim_papers() -> dict[str, Printed]:
    return {f"{spec.code}{spec.subject}": read_back(spec.pdf()) for spec in forms_of_claim(unsaved_claim())}
