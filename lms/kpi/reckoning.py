"""Frames of rows in, lines of figures out: counted by pandas, and no figure shown from which one can reckon of a few people.

Every row says `who` stands behind it, the columns of DIMENSIONS, a truth for each kind of rows, and what is summed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.kpi.shapes import ALL, LineFacts, Value
from trials.rules import Share, shown_counts

if TYPE_CHECKING:
    from pandas import DataFrame, Series
    from pandas.api.typing import DataFrameGroupBy

Label = str | Promise
Cell = tuple[str, str]
DIMENSIONS: dict[str, Label] = {
    "area": _("地域"),
    "industry": _("業種"),
    "size": _("企業の規模"),
    "programme": _("事業"),
}


@dataclass(frozen=True)
class Column:
    """One figure of the rows of a kind. `how`: rows, people, sum, median of `value`, or the share of `whole`."""

    code: str
    label: Label
    unit: Label
    how: str
    of: str
    value: str = ""
    whole: str = ""


def lines_of(frame: "DataFrame", columns: Sequence[Column], *, least: int) -> list[LineFacts]:
    """The whole first, then every group of every dimension, the largest first."""
    kinds = list(dict.fromkeys(name for column in columns for name in (column.of, column.whole) if name))
    found = [line(ALL, "", figures(frame, ALL, columns, kinds, least=least))]
    for dimension in DIMENSIONS:
        by_group = figures(frame, dimension, columns, kinds, least=least)
        groups = frame[frame[kinds].any(axis=1)][dimension].value_counts(sort=False).sort_index()
        found += [
            line(dimension, group, by_group) for group in groups.sort_values(ascending=False, kind="stable").index
        ]
    return found


def line(by: str, group: str, by_group: Mapping[str, list[Value]]) -> LineFacts:
    return LineFacts(by=by, group=group, values=by_group[group])


def figures(
    frame: "DataFrame", by: str, columns: Sequence[Column], kinds: Sequence[str], *, least: int
) -> dict[str, list[Value]]:
    """The values of each group; "" is the group of all."""
    cells = frame.assign(cell="" if by == ALL else frame[by])
    shown = shown_cells(cells, kinds, least=least, is_whole=by == ALL)
    groups = [""] if by == ALL else sorted(set(cells["cell"]))
    of_kind = {kind: cells[cells[kind]].groupby("cell") for kind in kinds}
    rows = {kind: grouped.size() for kind, grouped in of_kind.items()}
    tallies = {
        column.code: tallied(of_kind[column.of], rows[column.of], column) for column in columns if not column.whole
    }
    return {group: [value_of(column, group, tallies, rows, shown) for column in columns] for group in groups}


def tallied(grouped: "DataFrameGroupBy", rows: "Series", column: Column) -> "Series":
    if column.how == "rows":
        return rows
    if column.how == "people":
        return grouped["who"].nunique()
    return grouped[column.value].median() if column.how == "median" else grouped[column.value].sum()


def value_of(
    column: Column,
    group: str,
    tallies: Mapping[str, "Series"],
    rows: Mapping[str, "Series"],
    shown: frozenset[Cell],
) -> Value:
    if (group, column.of) not in shown or (column.whole and (group, column.whole) not in shown):
        return None
    if column.whole:
        percent = Share(int(rows[column.of].get(group, 0)), int(rows[column.whole].get(group, 0))).percent
        return "" if percent is None else str(percent)
    number = tallies[column.code].get(group)
    if column.how == "median":
        return "" if number is None else int(Decimal(str(number)).quantize(Decimal(1), ROUND_HALF_UP))
    return int(number or 0)


def shown_cells(cells: "DataFrame", kinds: Sequence[str], *, least: int, is_whole: bool) -> frozenset[Cell]:
    """Which kinds of rows of which groups may be shown beside those of all.

    Rows that are alike in group and kinds are one piece; at most `least` of the people behind each are looked at.
    """
    pieces = cells[["cell", *kinds, "who"]].drop_duplicates()
    few = pieces[pieces.groupby(["cell", *kinds]).cumcount() < least]
    by_key: dict[tuple[object, ...], set[int]] = {}
    for *key, who in few.itertuples(index=False, name=None):
        by_key.setdefault(tuple(key), set()).add(who)
    keys, behind = list(by_key), list(by_key.values())
    groups: dict[Cell, frozenset[int]] = {("", kind): rows_of(keys, kinds, kind) for kind in kinds}
    if not is_whole:
        sizes = cells["cell"].value_counts()
        for group in sorted(set(cells["cell"]), key=lambda name: (-int(sizes[name]), name)):
            groups |= {(group, kind): rows_of(keys, kinds, kind, group=group) for kind in kinds}

    def people(some: Iterable[int]) -> int:
        return len(frozenset[int]().union(*(behind[n] for n in some)))

    counts = shown_counts(groups, least=least, size=people)
    shown = {cell for cell, count in counts.items() if count is not None}
    # That none of a hidden few did something would be told of each of them: their zeros are hidden with them.
    telling = {group for (group, _kind), count in counts.items() if count}
    hidden = {group for group, _kind in counts.keys() - shown} - telling
    return frozenset((group, kind) for group, kind in shown if group not in hidden)


def rows_of(keys: Sequence[tuple[object, ...]], kinds: Sequence[str], kind: str, *, group: str = "") -> frozenset[int]:
    """The pieces of a kind, of one group or of all."""
    place = kinds.index(kind) + 1
    return frozenset(n for n, key in enumerate(keys) if key[place] and (not group or key[0] == group))
