"""Quizzes: an attempt freezes its questions when it starts, and its result when it is handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import SystemRandom

from django.db import transaction

from courses.actions.elearning.learning import complete_if_done, guard_opened, has
from courses.actions.elearning.ledgers import Ledger, guard
from courses.learning.kinds import Event
from courses.models import Question
from courses.models.elearning.learning import EventKind
from firms.errors import Refused
from firms.words.saying import said as _

chance = SystemRandom()


@dataclass(frozen=True)
class Attempts:
    """The attempts of one person at one quiz, as the events tell them."""

    started: tuple[Event, ...]
    answered: tuple[Event, ...]

    @property
    def open(self) -> Event | None:
        """Started, and not handed in yet."""
        return self.started[-1] if len(self.started) > len(self.answered) else None

    @property
    def last(self) -> Event | None:
        return self.answered[-1] if self.answered else None


def attempts_of(events: Sequence[Event]) -> Attempts:
    return Attempts(
        started=tuple(event for event in events if event.kind == EventKind.QUIZ_STARTED),
        answered=tuple(event for event in events if event.kind == EventKind.QUIZ_ANSWERED),
    )


@transaction.atomic
def start_quiz(ledger: Ledger, *, at: datetime) -> Event:
    """Draws the questions; an attempt that is open already goes on with the same ones."""
    guard(ledger, at=at)
    events = ledger.events()
    guard_opened(events)
    attempts = attempts_of(events)
    if attempts.open:
        return attempts.open
    if has(events, EventKind.COMPLETED):
        raise Refused(_("このテストにはもう合格しています。"))
    limit = ledger.unit.attempts
    if limit and len(attempts.answered) >= limit:
        raise Refused(_("受けられる回数（%(n)s回）を使い切りました。連携校に相談してください。") % {"n": limit})
    bank = list(Question.objects.filter(unit=ledger.unit, retired_at=None).order_by("pk").values_list("pk", flat=True))
    if not bank:
        raise Refused(_("このテストには、まだ問題がありません。連携校の準備を待ってください。"))
    drawn = chance.sample(bank, min(ledger.unit.draw or len(bank), len(bank)))
    return ledger.write(EventKind.QUIZ_STARTED, {"attempt": len(attempts.started) + 1, "questions": drawn}, at=at)


@transaction.atomic
def answer_quiz(ledger: Ledger, *, attempt: int, answers: Mapping[int, Sequence[int]], at: datetime) -> Event:
    """Hands in one attempt; the same attempt again answers with the result that stands."""
    guard(ledger, at=at)
    events = ledger.events()
    attempts = attempts_of(events)
    if known := next((one for one in attempts.answered if one.data["attempt"] == attempt), None):
        return known
    if attempts.open is None or attempts.open.data["attempt"] != attempt:
        raise Refused(_("このテストは始まっていません。画面を開き直して、もう一度始めてください。"))
    result = ledger.write(EventKind.QUIZ_ANSWERED, result_of(ledger, attempts.open, answers), at=at)
    complete_if_done(ledger, [*events, result], at=at)
    return result


def result_of(ledger: Ledger, started: Event, answers: Mapping[int, Sequence[int]]) -> dict[str, object]:
    questions = questions_of(started)
    if any(not answers.get(question.pk) for question in questions):
        raise Refused(_("答えていない問題があります。すべての問題に答えてから出してください。"))
    given = {question.pk: sorted(set(answers[question.pk])) for question in questions}
    right = sum(given[question.pk] == right_choices(question) for question in questions)
    percent = right * 100 // len(questions)
    return {
        "attempt": started.data["attempt"],
        "answers": {str(pk): chosen for pk, chosen in given.items()},
        "right": right,
        "of": len(questions),
        "percent": percent,
        "has_passed": percent >= ledger.unit.pass_percent,
    }


def questions_of(started: Event) -> list[Question]:
    """The questions drawn, in the order drawn; one retired since stands for this attempt all the same."""
    found = Question.objects.in_bulk(started.data["questions"])
    return [found[pk] for pk in started.data["questions"]]


def right_choices(question: Question) -> list[int]:
    return [number for number, choice in enumerate(question.choices) if choice["is_right"]]
