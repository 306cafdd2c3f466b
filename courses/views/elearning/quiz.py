"""What the page of a quiz shows: the attempt that is open, or the last result with its feedback."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from courses.actions.elearning.quizzes import Attempts, attempts_of, questions_of, right_choices
from courses.learning.kinds import Event
from courses.models import Question, Unit


@dataclass(frozen=True)
class Marked:
    """One question of an attempt that was handed in."""

    question: Question
    chosen: list[int]

    @property
    def is_right(self) -> bool:
        return self.chosen == right_choices(self.question)

    @property
    def choices(self) -> list[tuple[dict[str, Any], bool]]:
        """Each choice, and whether it was taken."""
        return [(choice, number in self.chosen) for number, choice in enumerate(self.question.choices)]


def quiz_context(unit: Unit, events: Sequence[Event]) -> dict[str, object]:
    attempts = attempts_of(events)
    left = unit.attempts - len(attempts.answered) if unit.attempts else None
    return {
        "attempt": attempts.open,
        "asked": asked(attempts.open) if attempts.open else [],
        "result": attempts.last,
        "marked": marked(attempts) if not attempts.open else [],
        "attempts_left": left,
        "may_start": not attempts.open and left != 0,
    }


def asked(attempt: Event) -> list[tuple[Question, bool]]:
    """The questions, and whether more than one choice is right."""
    return [(question, len(right_choices(question)) > 1) for question in questions_of(attempt)]


def marked(attempts: Attempts) -> list[Marked]:
    if attempts.last is None:
        return []
    answers = attempts.last.data["answers"]
    started = next(one for one in attempts.started if one.data["attempt"] == attempts.last.data["attempt"])
    return [Marked(question, answers[str(question.pk)]) for question in questions_of(started)]
