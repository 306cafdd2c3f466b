"""Where a course says something else by now than when people applied: what holds for them, beside what holds today."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from courses.models import Enrolment, Run
from courses.queries.catalogue.differences import in_words, label_of
from courses.states import GAVE_UP
from courses.terms import Terms
from firms.queries.prepared import Prepared


@dataclass(frozen=True)
class Moved:
    """One fact in words: as promised, and as the course says it now."""

    label: str
    kept: str
    now: str


@dataclass(frozen=True)
class KeptTerms:
    """People who applied under the same terms, which are others by now."""

    names: list[str]
    moved: list[Moved]


def moved_terms(enrolment: Enrolment) -> list[Moved]:
    """In the order of the terms; nothing for who gave up, and nothing where all is as it was."""
    return [] if enrolment.state in GAVE_UP else differing(enrolment.terms, Terms.offered_by(enrolment.run))


def differing(kept: Terms, now: Terms) -> list[Moved]:
    names = [field.name for field in fields(Terms) if getattr(kept, field.name) != getattr(now, field.name)]
    return [Moved(label_of(name), said(kept, name), said(now, name)) for name in names]


def said(terms: Terms, name: str) -> str:
    return in_words(name, getattr(terms, name)) or "—"


def kept_terms(run: Run, enrolments: Collection[Enrolment]) -> list[KeptTerms]:
    """Of people of one run, grouped by what they were promised. No query."""
    now = Terms.offered_by(run)
    groups: dict[Terms, list[str]] = {}
    for one in enrolments:
        if one.state not in GAVE_UP and one.terms != now:
            groups.setdefault(one.terms, []).append(one.person.full_name)
    return [KeptTerms(names, differing(terms, now)) for terms, names in groups.items()]


def terms_read_by(run: Run, enrolments: Collection[Enrolment]) -> Terms:
    """What a page says of a run to whoever may see these people: their terms where they share them, else those of today."""
    shared = {one.terms for one in enrolments if one.state not in GAVE_UP}
    return shared.pop() if len(shared) == 1 else Terms.offered_by(run)


def promised_hours(runs: Collection[Run]) -> dict[int, Decimal]:
    """Those of the first who applied and is still in; of the course where nobody is. One query however many runs."""
    first = dict(terms_newest_first(tuple(run.pk for run in runs)))
    return {run.pk: Terms.kept(first[run.pk]).hours if run.pk in first else run.course.hours for run in runs}


@Prepared
def terms_newest_first(runs: tuple[int, ...]) -> Any:
    held = Enrolment.objects.exclude(state__in=GAVE_UP).filter(run__in=runs).order_by("-pk")
    return held.values_list("run", "terms_kept")
