"""Migration operations: tables made append-only by trigger, and what PostgreSQL alone can hold."""

from typing import Any

from django.db.migrations import RunPython

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
SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = tgrelid::regclass::text || '_append_only' ORDER BY 1
"""
SQLITE_TABLES = (
    "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name = tbl_name || '_no_UPDATE' ORDER BY 1"
)


def append_only(*tables: str) -> RunPython:
    """A migration operation: from now on the database refuses UPDATE, DELETE and TRUNCATE on these tables.

    SQLite calls the trigger for INSERT OR REPLACE too, because its connections ask for recursive triggers.
    """

    def hold(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(POSTGRES_FUNCTION.replace("%%", "%"), params=None)
        for table in tables:
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(POSTGRES.format(table=table), params=None)
                schema_editor.execute(POSTGRES_WHOLE.format(table=table), params=None)
            else:
                for verb in ("UPDATE", "DELETE"):
                    schema_editor.execute(SQLITE.format(table=table, verb=verb), params=None)

    def release(apps: Any, schema_editor: Any) -> None:
        for table in tables:
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(f"DROP TRIGGER {table}_append_only ON {table}", params=None)
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}", params=None)
            else:
                for verb in ("UPDATE", "DELETE"):
                    schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}", params=None)

    return RunPython(hold, release)


def held_tables(connection: Any) -> list[str]:
    """The tables the database holds append-only, as its triggers say."""
    with connection.cursor() as cursor:
        cursor.execute(POSTGRES_TABLES if connection.vendor == "postgresql" else SQLITE_TABLES)
        return [name for (name,) in cursor.fetchall()]


def no_truncate() -> RunPython:
    """A migration operation for databases made before TRUNCATE was refused: their append-only tables refuse it now."""

    def hold(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            for table in held_tables(schema_editor.connection):
                schema_editor.execute(POSTGRES_WHOLE.format(table=table), params=None)

    return RunPython(hold, RunPython.noop)


def postgres_only(*statements: str, reverse: list[str]) -> RunPython:
    """A migration operation for PostgreSQL; on SQLite the same rule is guarded in the action."""

    def run(wanted: list[str]) -> Any:
        def operation(apps: Any, schema_editor: Any) -> None:
            if schema_editor.connection.vendor == "postgresql":
                for statement in wanted:
                    schema_editor.execute(statement, params=None)

        return operation

    return RunPython(run(list(statements)), run(reverse))
