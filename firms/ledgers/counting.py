"""Counters the database itself moves: whatever writes a row, be it an action, the admin site or a statement by hand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_{verb}_counted AFTER {verb}{columns} ON {table}
BEGIN
    INSERT INTO {counter} (about, changes) SELECT about, 0 FROM (SELECT {new} AS about UNION SELECT {old})
    WHERE about NOT IN (SELECT about FROM {counter});
    UPDATE {counter} SET changes = changes + 1 WHERE about IN ({new}, {old});
END
"""
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_count() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE touched bigint[];
BEGIN
    IF TG_OP <> 'DELETE' THEN touched := touched || ({new})::bigint; END IF;
    IF TG_OP <> 'INSERT' THEN touched := touched || ({old})::bigint; END IF;
    INSERT INTO {counter} AS held (about, changes) SELECT DISTINCT unnest(touched), 1 ORDER BY 1
    ON CONFLICT (about) DO UPDATE SET changes = held.changes + 1;
    RETURN NULL;
END $$
"""
POSTGRES = """
CREATE OR REPLACE TRIGGER {table}_counted AFTER INSERT OR UPDATE{columns} OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_count()
"""


@dataclass(frozen=True)
class Counted:
    """Which counter a row of a table moves: a column, with a sign before it or not, or a number.

    `columns`: an update of others moves nothing; empty means any.
    """

    about: str
    columns: tuple[str, ...] = ()

    def of(self, row: str) -> str:
        sign = "-" if self.about.startswith("-") else ""
        name = self.about.removeprefix("-")
        return name if name.isdecimal() else f"{sign}{row}.{name}"


def count_changes(connection: Any, counter: str, tables: Mapping[str, Counted]) -> None:
    """Makes the triggers that are missing. Ask after every migration: SQLite loses those of a table it rebuilds.

    The triggers name no other table than the counter's, so that none stands in the way of a later migration.
    """
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table, counted in tables.items() if counter in present else ():
            if table in present:
                for statement in triggers(connection.vendor, counter, table, counted):
                    cursor.execute(statement)


def triggers(vendor: str, counter: str, table: str, counted: Counted) -> Iterable[str]:
    names = {"counter": counter, "table": table}
    new, old = counted.of("NEW"), counted.of("OLD")
    columns = f" OF {', '.join(counted.columns)}" if counted.columns else ""
    if vendor == "postgresql":
        yield POSTGRES_FUNCTION.format(**names, new=new, old=old)
        yield POSTGRES.format(**names, columns=columns)
        return
    yield SQLITE.format(**names, verb="INSERT", columns="", new=new, old=new)
    yield SQLITE.format(**names, verb="UPDATE", columns=columns, new=new, old=old)
    yield SQLITE.format(**names, verb="DELETE", columns="", new=old, old=old)
