"""What somebody applied under: frozen with the application, so that a later change of the course never reaches back."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self, cast

from courses.shapes import TERMS_SHAPE, TermsFacts, lifted_terms
from firms.words.amounts import MINUTES_OF_HOUR, minutes_words

if TYPE_CHECKING:
    from courses.models.catalogue.runs import Run

# Facts of a course that bind; the fee is the run's, as the course only says what is usual.
OF_THE_COURSE = (
    *("hours", "textbook", "textbook_yen", "tax_percent", "cancel_rule"),
    *("needed_percent", "needs_units", "needs_quiz", "needs_word", "completion_rule"),
)


def hours_in_words(hours: Decimal) -> str:
    return minutes_words(int(hours * MINUTES_OF_HOUR))


@dataclass(frozen=True)
class Terms:
    """Yen with tax inside, the tax as a whole percent, hours without breaks, and the conditions of completion."""

    fee_yen: int
    hours: Decimal
    textbook: str
    textbook_yen: int
    tax_percent: int
    cancel_rule: str
    needed_percent: int
    needs_units: bool
    needs_quiz: bool
    needs_word: bool
    completion_rule: str

    @classmethod
    def offered_by(cls, run: "Run") -> Self:
        """As run and course say them now."""
        taken = {name: getattr(run.course, name) for name in OF_THE_COURSE}
        return cls(fee_yen=run.fee_yen, **{**taken, "hours": Decimal(taken["hours"])})

    @classmethod
    def kept(cls, facts: Mapping[str, object]) -> Self:
        """Of whatever age."""
        told: dict[str, Any] = {**lifted_terms(facts)}
        told.pop("shape")
        return cls(**{**told, "hours": Decimal(told["hours"])})

    @property
    def facts(self) -> TermsFacts:
        """As JSON keeps them."""
        return cast(TermsFacts, {"shape": TERMS_SHAPE, **asdict(self), "hours": f"{self.hours:.1f}"})

    @property
    def fingerprint(self) -> str:
        """Stands for what an applicant was shown; another one means that course or run changed under the page."""
        return hashlib.sha256(json.dumps(self.facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    @property
    def hours_label(self) -> str:
        return hours_in_words(self.hours)

    @property
    def price_yen(self) -> int:
        """What one person costs: the fee, and the textbook where it is not part of it."""
        return price_of(self.fee_yen, self.textbook_yen)


def price_of(fee_yen: int, textbook_yen: int) -> int:
    """What a firm is asked to pay for one person: the one place that says so, for pages, forecasts, costs and invoices."""
    return fee_yen + textbook_yen


def owed_for(promised: Iterable[Terms]) -> int:
    return sum(terms.price_yen for terms in promised)


def with_terms(fields: dict[str, Any]) -> dict[str, Any]:
    """The columns of a row that promises terms, with those its run offers now where none are given."""
    return {"terms_kept": Terms.offered_by(fields["run"]).facts, **fields}
