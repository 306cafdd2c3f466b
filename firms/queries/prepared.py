"""Questions whose SQL is written once for each process: writing it takes Django longer than a database takes to answer."""

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from firms.acting import Acting
from firms.models.mandates import Scope

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
SCOPES = tuple(Scope)
NOBODY = (0,)
# Lists up to this length have SQL for one, two, four … numbers, filled up with the last.
LONGEST = 256


@dataclass(frozen=True)
class Plan[M: Model]:
    """`slots`: which parameter is which value; all others stay as they were written."""

    rows: QuerySet[M]
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]
    slots: tuple[tuple[int, int], ...]


class Prepared[M: Model]:
    """A function of numbers, texts, days, moments and tuples of numbers that gives a queryset; asked, it gives its rows.

    All that changes from one call to the next comes as a value, and each value goes into the SQL as it is: the function
    is called twice for each kind of values, and raises where it did anything else with them. What it reads of a clock
    or a setting by itself would stay as it was at that moment. The first `spare` values may be left out.
    """

    def __init__(self, rows: Callable[..., QuerySet[M]], *, spare: int = 0) -> None:
        self.rows, self.spare = rows, spare
        self.plans: dict[tuple[object, ...], Plan[M]] = {}

    def __call__(self, *values: Any) -> list[M]:
        if any(isinstance(value, tuple) and not 0 < len(value) <= LONGEST for value in values):
            return list(self.rows(*values))
        filled = [filled_up(value) if isinstance(value, tuple) else value for value in values]
        kind = (*map(kind_of, filled), connections["default"].vendor)
        if kind not in self.plans:
            try:
                self.plans[kind] = plan_of(self.rows, filled, spare=self.spare)
            except EmptyResultSet:  # there is nothing to ask, as for a role that may see nothing
                return list(self.rows(*values))
        return answer(self.plans[kind], list(flat(filled)))


@dataclass(frozen=True)
class Reader:
    """Of an acting person what a question may ask for whose SQL serves everybody in that role: numbers, and nothing else.

    It is `Acting` to `visible_to`; whatever else is asked of it is an error.
    """

    kind: str
    role: str
    person: int
    organisation_id: int
    client_ids: tuple[int, ...] = ()
    scoped: tuple[tuple[int, ...], ...] = ((),) * len(SCOPES)

    def clients_for(self, scope: str) -> tuple[int, ...]:
        return self.scoped[SCOPES.index(scope)]


class PreparedFor[M: Model]:
    """As `Prepared`, of what somebody may see: the first value is who acts. Each kind and role has SQL of its own."""

    def __init__(self, rows: Callable[..., QuerySet[M]]) -> None:
        self.rows = rows
        self.asked: dict[tuple[object, ...], Prepared[M]] = {}

    def __call__(self, acting: Acting, *values: Any) -> list[M]:
        look, own = (acting.kind, acting.role), (acting.person.pk, acting.organisation_id)
        if not acting.organisation_id:
            return self.prepared(look, self.of_nobody)(acting.person.pk, *values)
        if not acting.clients:
            return self.prepared(look, self.of_one)(*own, *values)
        scoped = [tuple(acting.clients_for(scope)) or NOBODY for scope in SCOPES]
        return self.prepared(look, self.of_clients)(*own, tuple(acting.client_ids), *scoped, *values)

    def prepared(self, look: tuple[str, str], rows: Callable[..., QuerySet[M]]) -> Prepared[M]:
        key = (*look, rows)
        if key not in self.asked:
            spare = {self.of_nobody: 1, self.of_one: 2}.get(rows, 3 + len(SCOPES))
            self.asked[key] = Prepared(partial(rows, *look), spare=spare)
        return self.asked[key]

    def of_nobody(self, kind: str, role: str, person: int, *values: Any) -> QuerySet[M]:
        return self.rows(Reader(kind, role, person, 0), *values)

    def of_one(self, kind: str, role: str, person: int, organisation: int, *values: Any) -> QuerySet[M]:
        return self.rows(Reader(kind, role, person, organisation), *values)

    def of_clients(self, kind: str, role: str, person: int, organisation: int, *values: Any) -> QuerySet[M]:
        clients, scoped, rest = values[0], values[1 : 1 + len(SCOPES)], values[1 + len(SCOPES) :]
        return self.rows(Reader(kind, role, person, organisation, clients, scoped), *rest)


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


def plan_of[M: Model](rows: Callable[..., QuerySet[M]], values: Sequence[Any], *, spare: int) -> Plan[M]:
    first, second = (marks_for(values, n) for n in (0, 1))
    asked = rows(*first)
    compiler, other = asked.query.get_compiler(asked.db), rows(*second).query.get_compiler(asked.db)
    (sql, params), (same_sql, others) = compiler.as_sql(), other.as_sql()
    connection = connections[asked.db]
    marks = [(adapted(a, connection), adapted(b, connection)) for a, b in zip(flat(first), flat(second), strict=True)]
    found = list(zip(params, others, strict=True))
    slots = tuple((place, marks.index(pair)) for place, pair in enumerate(found) if pair in marks)
    varied = {place for place, (one, another) in enumerate(found) if one != another}
    left_out = {*range(len(list(flat(values[:spare]))), len(marks))} - {number for _place, number in slots}
    if sql != same_sql or left_out or varied != {place for place, _number in slots}:
        raise TypeError(f"{rows} cannot be prepared: its values go into the SQL otherwise than as they are.")
    converters = compiler.get_converters([one[0] for one in compiler.select[: compiler.col_count]])
    compiler.get_converters = lambda _expressions: converters
    return Plan(asked, compiler, sql, tuple(params), slots)


def marks_for(values: Sequence[Any], which: int) -> list[Any]:
    """In the place of each value one that is like no other."""
    numbers = iter(range(sum(1 for _one in flat(values))))

    def mark(value: Any) -> Any:
        return MARKS[type(value)][which](next(numbers))

    return [tuple(map(mark, value)) if isinstance(value, tuple) else mark(value) for value in values]


def flat(values: Sequence[Any]) -> Iterator[Any]:
    for value in values:
        yield from value if isinstance(value, tuple) else (value,)


def filled_up(values: tuple[int, ...]) -> tuple[int, ...]:
    length = 1 << (len(values) - 1).bit_length()
    return values + values[-1:] * (length - len(values))


def kind_of(value: Any) -> object:
    return (tuple, len(value)) if isinstance(value, tuple) else type(value)


def adapted(value: Any, connection: Any) -> Any:
    """As a field of that kind sends it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
