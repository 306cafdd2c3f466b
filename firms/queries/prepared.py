"""Questions whose SQL is written once for each process: writing it takes Django longer than a database takes to answer."""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

# Two values of each type that nobody asks for, so far apart that none of the one is one of the other.
MARKS: dict[type, tuple[Callable[[int], Any], Callable[[int], Any]]] = {
    int: (lambda n: 700_000_000 + n, lambda n: 800_000_000 + n),
    str: (lambda n: f"\ue000{n}", lambda n: f"\ue001{n}"),
    date: (lambda n: date(2400, 1, 1) + timedelta(n), lambda n: date(2500, 1, 1) + timedelta(n)),
    datetime: (
        lambda n: datetime(2400, 1, 1, tzinfo=UTC) + timedelta(n),
        lambda n: datetime(2500, 1, 1, tzinfo=UTC) + timedelta(n),
    ),
}


@dataclass(frozen=True)
class Plan[M: Model]:
    """`slots`: which parameter is which value; all others stay as they were written."""

    rows: QuerySet[M]
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]
    slots: tuple[tuple[int, int], ...]


class Prepared[M: Model]:
    """A function of whole numbers, texts, days and moments that gives a queryset; asked, it gives the list of its rows.

    All that changes from one call to the next comes as a value, and each value goes into the SQL as it is: the function
    is called twice for each kind of values, and raises where it did anything else with them. What it reads of a clock
    or a setting by itself would stay as it was at that moment.
    """

    def __init__(self, rows: Callable[..., QuerySet[M]]) -> None:
        self.rows = rows
        self.plans: dict[tuple[object, ...], Plan[M]] = {}

    def __call__(self, *values: Any) -> list[M]:
        kind = (*map(type, values), connections["default"].vendor)
        if kind not in self.plans:
            self.plans[kind] = plan_of(self.rows, values)
        return answer(self.plans[kind], values)


def answer[M: Model](plan: Plan[M], values: Sequence[Any]) -> list[M]:
    """Each thread asks by a connection of its own."""
    connection = connections[plan.rows.db]
    params = list(plan.params)
    for place, number in plan.slots:
        params[place] = adapted(values[number], connection)
    compiler = copy(plan.compiler)
    compiler.connection = connection
    compiler.as_sql = lambda *_args, **_options: (plan.sql, tuple(params))  # type: ignore[method-assign]
    rows = plan.rows.all()
    # The copy is this call's own, and leaves it as a list: nobody can filter what would not be asked.
    rows.query.get_compiler = lambda *_args, **_options: compiler  # type: ignore[method-assign]
    return list(rows)


def plan_of[M: Model](rows: Callable[..., QuerySet[M]], values: Sequence[Any]) -> Plan[M]:
    first, second = ([MARKS[type(value)][n](number) for number, value in enumerate(values)] for n in (0, 1))
    asked = rows(*first)
    compiler, other = asked.query.get_compiler(asked.db), rows(*second).query.get_compiler(asked.db)
    (sql, params), (same_sql, others) = compiler.as_sql(), other.as_sql()
    connection = connections[asked.db]
    marks = [(adapted(a, connection), adapted(b, connection)) for a, b in zip(first, second, strict=True)]
    found = list(zip(params, others, strict=True))
    slots = tuple((place, marks.index(pair)) for place, pair in enumerate(found) if pair in marks)
    varied = {place for place, (one, another) in enumerate(found) if one != another}
    if (
        sql != same_sql
        or varied != {place for place, _n in slots}
        or {n for _place, n in slots} != {*range(len(values))}
    ):
        raise TypeError(
            f"{rows.__qualname__} cannot be prepared: its values go into the SQL otherwise than as they are."
        )
    return Plan(asked, compiler, sql, tuple(params), slots)


def adapted(value: Any, connection: Any) -> Any:
    """As a field of that kind sends it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
