"""The open cases an edit of a figure would move: those whose outcome was reckoned from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from grants.cases.reckonable import UNCLAIMED, reckonable
from grants.models import GrantCase
from grants.models.cases import CaseQuerySet
from grants.rules import COMMON, current_schemes, figures_asked

# Each case is gathered and reckoned anew; more than these are left to `scheme_impact`, and the page says so.
MOST = 100


@dataclass(frozen=True)
class Resting:
    """`names` are the figures of the one table that the case's outcome was reckoned from."""

    case: GrantCase
    names: frozenset[str]


@dataclass(frozen=True)
class RestingCases:
    """`unreckoned` cannot be reckoned yet, so that nobody knows; `left_out` are beyond what is asked at once."""

    found: Sequence[Resting]
    unreckoned: int
    left_out: int


def resting_on(cases: CaseQuerySet, table: str, *, on: date, name: str = "") -> RestingCases:
    """Those that rest on any figure of the table, or on the one of that name."""
    own = cases if table == COMMON else cases.filter(scheme=table)
    chosen = list(own.filter(state__in=UNCLAIMED).order_by("pk").values_list("pk", flat=True))
    known = current_schemes()
    rows = [
        Resting(case, frozenset(asked for held, asked in figures_asked(facts, known) if held == table))
        for case, facts in reckonable(own.filter(pk__in=chosen[:MOST]), on=on)
    ]
    found = [one for one in rows if one.names and (not name or name in one.names)]
    return RestingCases(found, unreckoned=len(chosen[:MOST]) - len(rows), left_out=len(chosen[MOST:]))
