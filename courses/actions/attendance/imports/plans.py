"""What a file would do, row by row, before anything is written: the marks, what stands so already, and what is refused.

A row stays a few plain values until it is written: a file may hold 100,000 of them, and is held against the records twice.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from typing import Any

from courses.actions.attendance.marking import MarkLine, Span, as_json, closed_lessons, minutes_of, said
from courses.models import AttendanceMark, Enrolment, Lesson
from courses.queries.attendance.imports import newest_of
from firms.acting import Acting
from firms.errors import Refused
from firms.words.saying import said as _

# How many rows a page shows of each kind; the whole list is in the file to download.
REFUSED_SHOWN, SAMPLE_SHOWN = 200, 50

Spans = tuple[Span, ...]
Tell = Callable[[int], None]
Outcome = int | Refused


@dataclass(slots=True)
class Row:
    """One usable row: whom and which lesson it means, the name the file tells, and its stays; none is an absence."""

    number: int
    lesson: Lesson
    enrolment: Enrolment
    spans: Spans = ()
    remark: str = ""
    told: str = ""

    @property
    def key(self) -> tuple[int, int]:
        return self.enrolment.pk, self.lesson.pk

    @property
    def came_at(self) -> Any:
        return self.spans[0][0] if self.spans else None

    @property
    def left_at(self) -> Any:
        return self.spans[-1][1] if self.spans else None

    @property
    def gaps(self) -> Spans:
        return tuple((stay[1], following[0]) for stay, following in pairwise(self.spans))


@dataclass(slots=True)
class Draft:
    """A row that would be written: the minutes it makes, and the end of the chain it would name."""

    row: Row
    minutes: int
    before: AttendanceMark | None

    @property
    def is_change(self) -> bool:
        return self.before is not None and not self.before.is_void

    def mark(self) -> AttendanceMark:
        """As the page shows it; nothing is saved from it."""
        row = self.row
        return AttendanceMark(
            enrolment=row.enrolment,
            lesson=row.lesson,
            came_at=row.came_at,
            left_at=row.left_at,
            gaps=as_json(row.gaps),
            minutes=self.minutes,
        )


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row nothing is written from, with the sentence why; `asks` where a person has to say whom it means."""

    number: int
    who: str
    why: str
    person: str = ""
    asks: bool = False


@dataclass
class Plan:
    """Every row of the file in one of its heaps; `people` and `not_listed` are of participant lists alone.

    `left_out` are rows that ask for nothing, and what of the file was not read at all (number 0): each is named. `read` counts
    the lines that were taken for attendance.
    """

    drafts: list[Draft] = field(default_factory=list)
    standing: list[Draft] = field(default_factory=list)
    repeats: int = 0
    blank: int = 0
    read: int = 0
    left_out: list[RefusedRow] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    people: list[dict[str, Any]] = field(default_factory=list)
    not_listed: list[str] = field(default_factory=list)

    @property
    def same(self) -> int:
        return len(self.standing) + self.repeats

    @property
    def row_count(self) -> int:
        return len(self.drafts) + self.same + self.blank + len(self.refused)

    @property
    def fingerprint(self) -> str:
        """The same for the same marks over the same records: what was looked at is what is written."""
        digest = sha256()
        for one in self.drafts:
            row = one.row
            digest.update(repr((row.number, row.key, row.spans, one.before.pk if one.before else None)).encode())
        return digest.hexdigest()

    def found(self) -> dict[str, Any]:
        """For the page: counts, the first refused rows, and a sample that shows changed marks first."""
        changed = [one for one in self.drafts if one.is_change]
        new = [one for one in self.drafts if not one.is_change]
        return {
            "counts": {
                "new": len(new),
                "changed": len(changed),
                "same": self.same,
                "blank": self.blank,
                "refused": len(self.refused),
            },
            "refused": [{"row": one.number, "who": one.who, "why": one.why} for one in self.refused[:REFUSED_SHOWN]],
            "left_out": [{"row": one.number, "who": one.who, "why": one.why} for one in self.left_out[:REFUSED_SHOWN]],
            "sample": [sampled(one) for one in (changed + new)[:SAMPLE_SHOWN]],
            "people": self.people,
            "not_listed": self.not_listed,
            "seen": self.fingerprint,
        }


def sampled(draft: Draft) -> dict[str, Any]:
    mark, earlier = draft.mark(), draft.before if draft.is_change else None
    if earlier:
        earlier.lesson = draft.row.lesson
    return {
        "row": draft.row.number,
        "who": mark.enrolment.person.full_name,
        "lesson": f"{mark.lesson.run.code} {mark.lesson}",
        "becomes": said(mark),
        "minutes": mark.minutes,
        "away": mark.away_minutes,
        "was": said(earlier) if earlier else "",
    }


def lay_out(plan: Plan, rows: list[Row], *, by: Acting, tell: Tell) -> None:
    """Holds the rows against each other and against what stands, by the rules of the roster."""
    rows = without_repeats(rows, plan)
    newest = newest_of({row.lesson.pk for row in rows})
    closed = closed_lessons({row.lesson.pk: row.lesson for row in rows}.values(), by=by)
    known: dict[tuple[int, Spans], Outcome] = {}
    for done, row in enumerate(rows):
        tell(done)
        outcome = closed.get(row.lesson.pk) or minutes_in(row, known)
        if isinstance(outcome, Refused):
            plan.refused.append(refused(row, outcome.sentence))
            continue
        before = newest.get(row.key)
        heap = plan.standing if before and stands(before, row) else plan.drafts
        heap.append(Draft(row, outcome, before))
    plan.refused.sort(key=lambda one: one.number)
    plan.left_out.sort(key=lambda one: one.number)


def minutes_in(row: Row, known: dict[tuple[int, Spans], Outcome]) -> Outcome:
    """What the roster says of such stays; most people of a lesson come and go together, so it is asked once for all."""
    key = (row.lesson.pk, row.spans)
    if key not in known:
        line = MarkLine(enrolment=row.enrolment, came_at=row.came_at, left_at=row.left_at, gaps=row.gaps)
        try:
            known[key] = minutes_of(row.lesson, line)
        except Refused as refusal:
            known[key] = refusal
    return known[key]


def stands(before: AttendanceMark, row: Row) -> bool:
    told = (row.came_at, row.left_at, list(row.gaps))
    return not before.is_void and (before.came_at, before.left_at, before.away) == told


def without_repeats(rows: Iterable[Row], plan: Plan) -> list[Row]:
    """One row for each person and lesson: a repeat that says the same is passed by, two that differ are both refused."""
    first: dict[tuple[int, int], Row] = {}
    at_odds: dict[tuple[int, int], Row] = {}
    for row in rows:
        earlier = first.setdefault(row.key, row)
        if earlier is row:
            continue
        if earlier.spans == row.spans:
            plan.repeats += 1
            why = _("%(row)s行目と同じ内容です。") % {"row": earlier.number}
            plan.left_out.append(refused(row, why))
            continue
        at_odds[row.key] = earlier
        plan.refused.append(at_odds_with(row, earlier))
    plan.refused += [at_odds_with(earlier, earlier) for earlier in at_odds.values()]
    return [row for key, row in first.items() if key not in at_odds]


def at_odds_with(row: Row, earlier: Row) -> RefusedRow:
    if row is earlier:
        why = _("同じ人・同じコマの行がほかにもあり、内容が違います。正しい行だけを残してください。")
    else:
        why = _("%(row)s行目と同じ人・同じコマですが、内容が違います。正しい行だけを残してください。") % {
            "row": earlier.number
        }
    return refused(row, why)


def refused(row: Row, why: str) -> RefusedRow:
    person = row.enrolment.person.full_name
    return RefusedRow(row.number, row.told or person, why, person=person)
