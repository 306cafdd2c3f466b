"""Migration operations: tables made append-only by trigger, and what PostgreSQL alone can hold."""

from collections.abc import Callable
from typing import Any

from django.db.migrations.operations.base import Operation

SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
"""
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION takumi_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '%% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
"""
POSTGRES = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION takumi_append_only();
"""
# TRUNCATE passes row triggers by, so the statement has one of its own.
POSTGRES_WHOLE = """
CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION takumi_append_only();
"""
POSTGRES_TABLES = """
SELECT tgrelid::regclass::text FROM pg_trigger
WHERE tgname IN (tgrelid::regclass::text || '_append_only', tgrelid::regclass::text || '_correctable') ORDER BY 1
"""
SQLITE_TABLES = """
SELECT tbl_name FROM sqlite_master AS held WHERE type = 'trigger' AND name = tbl_name || '_no_DELETE' AND EXISTS (
    SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND tbl_name = held.tbl_name
    AND (name = tbl_name || '_no_UPDATE' OR name LIKE tbl_name || '_%_corrected')
) ORDER BY 1
"""


class Held(Operation):
    """What the database itself holds from now on; `hold` and `release` take the models as they are then and a schema editor.

    `RunPython` would have every model drawn anew for it.
    """

    reversible = True

    def __init__(self, hold: Callable[[Any, Any], None], release: Callable[[Any, Any], None]) -> None:
        self.hold = hold
        self.release = release

    def turned_round(self) -> "Held":
        return Held(self.release, self.hold)

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models stay what they are."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self.hold(to_state, schema_editor)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self.release(to_state, schema_editor)

    def describe(self) -> str:
        return "What the database itself holds"


def append_only(*tables: str) -> Held:
    """A migration operation: from now on the database refuses UPDATE, DELETE and TRUNCATE on these tables.

    SQLite calls the trigger for INSERT OR REPLACE too, because its connections ask for recursive triggers.
    """

    def hold(state: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(POSTGRES_FUNCTION.replace("%%", "%"), params=None)
        for table in tables:
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(POSTGRES.format(table=table), params=None)
                schema_editor.execute(POSTGRES_WHOLE.format(table=table), params=None)
            else:
                for verb in ("UPDATE", "DELETE"):
                    schema_editor.execute(SQLITE.format(table=table, verb=verb), params=None)

    def release(state: Any, schema_editor: Any) -> None:
        for table in tables:
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(f"DROP TRIGGER {table}_append_only ON {table}", params=None)
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}", params=None)
            else:
                for verb in ("UPDATE", "DELETE"):
                    schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}", params=None)

    return Held(hold, release)


def let_go(*tables: str) -> Held:
    """The same turned round, before their columns change: SQLite makes such a table anew and forgets its triggers.

    The migration ends with `append_only` of the same tables.
    """
    return append_only(*tables).turned_round()


def held_tables(connection: Any) -> list[str]:
    """The tables the database holds append-only, those included whose values change behind a correction."""
    with connection.cursor() as cursor:
        cursor.execute(POSTGRES_TABLES if connection.vendor == "postgresql" else SQLITE_TABLES)
        return [name for (name,) in cursor.fetchall()]


def postgres_only(*statements: str, reverse: list[str]) -> Held:
    """A migration operation for PostgreSQL; on SQLite the same rule is guarded in the action."""

    def run(wanted: list[str]) -> Any:
        def operation(state: Any, schema_editor: Any) -> None:
            if schema_editor.connection.vendor == "postgresql":
                for statement in wanted:
                    schema_editor.execute(statement, params=None)

        return operation

    return Held(run(list(statements)), run(reverse))


SQLITE_COLUMN = """
CREATE TRIGGER {table}_{column}_stands BEFORE UPDATE OF {column} ON {table} WHEN OLD.{column} IS NOT NEW.{column}
BEGIN SELECT RAISE(ABORT, '{table}.{column} is written once'); END;
"""
POSTGRES_COLUMN = """
CREATE OR REPLACE FUNCTION takumi_written_once() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is written once', TG_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER {table}_{column}_stands BEFORE UPDATE OF {column} ON {table}
FOR EACH ROW WHEN (OLD.{column} IS DISTINCT FROM NEW.{column}) EXECUTE FUNCTION takumi_written_once();
"""


def written_once(column: str, *tables: str) -> Held:
    """A migration operation: from now on the database refuses another value in this column of these tables."""

    def hold(state: Any, schema_editor: Any) -> None:
        statement = POSTGRES_COLUMN if schema_editor.connection.vendor == "postgresql" else SQLITE_COLUMN
        for table in tables:
            schema_editor.execute(statement.format(table=table, column=column), params=None)

    def release(state: Any, schema_editor: Any) -> None:
        on = " ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        for table in tables:
            schema_editor.execute(f"DROP TRIGGER {table}_{column}_stands{on.format(table=table)}", params=None)

    return Held(hold, release)


def let_change(column: str, *tables: str) -> Held:
    """`written_once` turned round, before such a table is made anew; the migration ends with `written_once` of the same."""
    return written_once(column, *tables).turned_round()


SQLITE_BOUND = """
CREATE TRIGGER {table}_{column}_bound BEFORE INSERT ON {table} WHEN NEW.{column} IS NOT ({select})
BEGIN SELECT RAISE(ABORT, '{table}.{column} is bound to another row'); END;
"""
POSTGRES_BOUND = """
CREATE OR REPLACE FUNCTION {table}_{column}_bound() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.{column} IS DISTINCT FROM ({select}) THEN
        RAISE EXCEPTION '{table}.{column} is bound to another row' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER {table}_{column}_bound BEFORE INSERT ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_{column}_bound();
"""


def bound(table: str, column: str, *, to: str) -> Held:
    """A migration operation: a new row of an append-only table holds in `column` what the query `to` answers.

    The query names the new row as NEW, as both databases do.
    """

    def hold(state: Any, schema_editor: Any) -> None:
        statement = POSTGRES_BOUND if schema_editor.connection.vendor == "postgresql" else SQLITE_BOUND
        schema_editor.execute(statement.format(table=table, column=column, select=to), params=None)

    def release(state: Any, schema_editor: Any) -> None:
        is_postgres = schema_editor.connection.vendor == "postgresql"
        on = f" ON {table}" if is_postgres else ""
        schema_editor.execute(f"DROP TRIGGER {table}_{column}_bound{on}", params=None)
        if is_postgres:
            schema_editor.execute(f"DROP FUNCTION {table}_{column}_bound", params=None)

    return Held(hold, release)


SQLITE_CORRECTABLE = """
CREATE TRIGGER {table}_{column}_corrected BEFORE UPDATE OF {column} ON {table}
WHEN NEW.{column} IS NOT OLD.{column} AND NOT EXISTS (
    SELECT 1 FROM firms_correction WHERE id = (
        SELECT MAX(id) FROM firms_correction
        WHERE subject_type = '{label}' AND subject_id = OLD.id AND field = '{field}')
    AND before IS {old} AND after IS {new})
BEGIN SELECT RAISE(ABORT, '{table} is append-only but for corrections'); END;
"""
POSTGRES_CORRECTABLE_FUNCTION = """
CREATE OR REPLACE FUNCTION takumi_correctable() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE kept record; old_row jsonb := to_jsonb(OLD);
BEGIN
    FOR kept IN SELECT key, value FROM jsonb_each_text(to_jsonb(NEW)) LOOP
        IF kept.value IS DISTINCT FROM (old_row ->> kept.key) AND NOT EXISTS (
            SELECT 1 FROM firms_correction WHERE id = (
                SELECT MAX(id) FROM firms_correction
                WHERE subject_type = TG_ARGV[0] AND subject_id = OLD.id AND kept.key IN (field, field || '_id'))
            AND before IS NOT DISTINCT FROM (old_row ->> kept.key) AND after IS NOT DISTINCT FROM kept.value)
        THEN
            RAISE EXCEPTION '% is append-only but for corrections', TG_TABLE_NAME
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
"""
POSTGRES_CORRECTABLE = """
CREATE TRIGGER {table}_correctable BEFORE UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION takumi_correctable('{label}');
CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION takumi_append_only();
"""


def correctable(*labels: str) -> Held:
    """A migration operation for append-only tables: a value may change behind a `Correction` that holds what stood
    before and what stands now; nothing else may, and no row may go."""

    def hold(state: Any, schema_editor: Any) -> None:
        is_postgres = schema_editor.connection.vendor == "postgresql"
        if is_postgres:
            schema_editor.execute(POSTGRES_CORRECTABLE_FUNCTION, params=None)
        opened = postgres_opened if is_postgres else sqlite_opened
        for label in labels:
            for statement in opened(state.apps.get_model(label), label):
                schema_editor.execute(statement, params=None)

    def release(state: Any, schema_editor: Any) -> None:
        closed = postgres_closed if schema_editor.connection.vendor == "postgresql" else sqlite_closed
        for label in labels:
            for statement in closed(state.apps.get_model(label)):
                schema_editor.execute(statement, params=None)

    return Held(hold, release)


def postgres_opened(model: Any, label: str) -> list[str]:
    table = model._meta.db_table
    return [
        f"DROP TRIGGER {table}_append_only ON {table}",
        POSTGRES_CORRECTABLE.format(table=table, label=label),
    ]


def postgres_closed(model: Any) -> list[str]:
    table = model._meta.db_table
    gone = [f"DROP TRIGGER {table}_{name} ON {table}" for name in ("correctable", "kept")]
    return [*gone, POSTGRES.format(table=table)]


def sqlite_opened(model: Any, label: str) -> list[str]:
    return [f"DROP TRIGGER {model._meta.db_table}_no_UPDATE", *sqlite_guards(model, label)]


def sqlite_closed(model: Any) -> list[str]:
    table = model._meta.db_table
    gone = [f"DROP TRIGGER {table}_{field.column}_corrected" for field in model._meta.local_concrete_fields]
    return [*gone, SQLITE.format(table=table, verb="UPDATE")]


def sqlite_guards(model: Any, label: str) -> list[str]:
    """One trigger a column, each comparing a value in the words the correction keeps it in."""
    return [
        SQLITE_CORRECTABLE.format(
            table=model._meta.db_table,
            column=field.column,
            field=field.name,
            label=label,
            old=sqlite_text(field, "OLD"),
            new=sqlite_text(field, "NEW"),
        )
        for field in model._meta.local_concrete_fields
    ]


def sqlite_text(field: Any, row: str) -> str:
    if field.get_internal_type() == "BooleanField":
        return f"CASE {row}.{field.column} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END"
    return f"CAST({row}.{field.column} AS TEXT)"


SQLITE_SHUT = """
CREATE TRIGGER {table}_{name} BEFORE INSERT ON {table} WHEN EXISTS ({select})
BEGIN SELECT RAISE(ABORT, '{table} takes no such row: {name}'); END;
"""
POSTGRES_SHUT = """
CREATE OR REPLACE FUNCTION {table}_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS ({select}) THEN
        RAISE EXCEPTION '{table} takes no such row: {name}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER {table}_{name} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_{name}();
"""


def shut(table: str, name: str, *, when: str) -> Held:
    """A migration operation: a new row is refused where the query `when`, which names it as NEW, finds anything."""

    def hold(state: Any, schema_editor: Any) -> None:
        statement = POSTGRES_SHUT if schema_editor.connection.vendor == "postgresql" else SQLITE_SHUT
        schema_editor.execute(statement.format(table=table, name=name, select=when), params=None)

    def release(state: Any, schema_editor: Any) -> None:
        is_postgres = schema_editor.connection.vendor == "postgresql"
        schema_editor.execute(f"DROP TRIGGER {table}_{name}{f' ON {table}' if is_postgres else ''}", params=None)
        if is_postgres:
            schema_editor.execute(f"DROP FUNCTION {table}_{name}", params=None)

    return Held(hold, release)
