"""Worked cases as data, and the nonsense that is put in the place of their facts."""

import copy
import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from firms.rules.figures import Tables
from firms.rules.reading import FactError

NOTHING = object()
NONSENSE = (
    None, True, 0, -1, 10**12, 10**400, "", "x", "10", "1e5", "2026-02-29", "9999-12-31", "2000-01-01", "2099-12-31",
    [], [None], [{}], {}, {"a": 1}, Decimal("0.5"), Decimal("1e400"), Decimal("1e-99"), Decimal("NaN"), "\ud800", NOTHING,
)  # fmt: skip


def cases_in(folder):
    rows = [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text().splitlines()]
    return [row for row in rows if "question" in row]


def fullest(cases, question):
    return max((case["facts"] for case in cases if case["question"] == question), key=lambda f: len(list(places(f))))


def places(value, path=()):
    inside = value.items() if isinstance(value, dict) else enumerate(value[:2]) if isinstance(value, list) else ()
    for key, found in inside:
        yield *path, key
        yield from places(found, (*path, key))


def put(facts, path, value):
    changed = copy.deepcopy(facts)
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    if value is NOTHING:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return changed


def answered_or_refused(answer, question, facts):
    try:
        return json.dumps(answer(question, facts)) != ""
    except FactError as error:
        return str(error).endswith("。")


def figures_of(tables):
    return [
        (table.name, name, n)
        for table in tables.by_name.values()
        for name, dated in table.figures.items()
        for n in range(len(dated))
    ]


def altered(tables, table, name, n, value):
    """The same tables but for one value of one figure."""
    body = tables.by_name[table]
    dated = list(body.figures[name])
    dated[n] = replace(dated[n], value=value)
    changed = replace(body, figures=dict(body.figures) | {name: tuple(dated)})
    return Tables(dict(tables.by_name) | {table: changed})


def other_values(figure):
    if isinstance(figure.value, bool):
        return [not figure.value]
    if isinstance(figure.value, date):
        return [figure.value - timedelta(days=1), figure.value + timedelta(days=1)]
    if isinstance(figure.value, Fraction):
        return [figure.value / 2]
    if isinstance(figure.value, tuple):
        return [figure.value[:n] + figure.value[n + 1 :] for n in range(len(figure.value))]
    return [f"not {figure.value}"] if isinstance(figure.value, str) else [figure.value + 1, figure.value - 1]


def bare(result):
    """Text is left out, so that a changed wording alone is not taken for a changed answer."""
    if isinstance(result, list | tuple):
        return [bare(one) for one in result]
    names = getattr(result, "__dataclass_fields__", None)
    return (
        result if names is None else [bare(getattr(result, n)) for n in names if n not in {"because", "note", "source"}]
    )
