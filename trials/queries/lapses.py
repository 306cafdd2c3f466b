"""Trials whose days a licence of their agency does not cover to the end."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from trials.models import Licence, LicenceKind, Placement
from trials.rules import Lapse, licence_lapse
from trials.states import AT_WORK, BEFORE_HIRE, BEFORE_START

GOING_ON = (*BEFORE_START, *AT_WORK, *BEFORE_HIRE)


@dataclass(frozen=True)
class LapseShown:
    kind: LicenceKind
    lapse: Lapse
    is_gone: bool


def kinds_needed(placement: Placement) -> list[LicenceKind]:
    """紹介予定派遣 asks for both licences, ordinary dispatch for its own."""
    return [LicenceKind.DISPATCH, *([LicenceKind.PLACEMENT] if placement.may_be_interviewed else [])]


def lapses_of(placement: Placement, licences: Iterable[Licence], *, on: date) -> list[LapseShown]:
    """What ends within the days of the trial, from the day on that it is told; `licences` are those of its agency."""
    if placement.state not in GOING_ON or placement.starts_on is None or placement.last_on is None:
        return []
    terms = defaultdict(list)
    for one in licences:
        terms[one.kind].append((one.valid_from, one.last_valid_on))
    found = [
        (kind, licence_lapse(terms[kind], first=placement.starts_on, last=placement.last_on))
        for kind in kinds_needed(placement)
    ]
    # Over is over: of days that are behind already nothing is told.
    return [
        LapseShown(kind, lapse, lapse.is_gone(on))
        for kind, lapse in found
        if lapse is not None and lapse.tell_from <= on <= placement.last_on
    ]


def trials_to_watch(*, on: date) -> list[Placement]:
    """Those that go on under a licence that does not reach to their end; two queries, however many go on."""
    going_on = Placement.objects.filter(state__in=GOING_ON, last_on__gte=on).with_sides()
    rows = going_on.prefetch_related("seeker__agency__licences").order_by("pk")
    return [one for one in rows if lapses_of(one, one.agency.licences.all(), on=on)]
