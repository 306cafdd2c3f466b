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


def append_only(*tables: str) -> RunPython:
    """A migration operation: from now on the database refuses UPDATE and DELETE on these tables."""

    def hold(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(POSTGRES_FUNCTION.replace("%%", "%"), params=None)
        for table in tables:
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(POSTGRES.format(table=table), params=None)
            else:
                for verb in ("UPDATE", "DELETE"):
                    schema_editor.execute(SQLITE.format(table=table, verb=verb), params=None)

    def release(apps: Any, schema_editor: Any) -> None:
        for table in tables:
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(f"DROP TRIGGER {table}_append_only ON {table}", params=None)
            else:
                for verb in ("UPDATE", "DELETE"):
                    schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}", params=None)

    return RunPython(hold, release)


def postgres_only(*statements: str, reverse: list[str]) -> RunPython:
    """A migration operation for PostgreSQL; on SQLite the same rule is guarded in the action."""

    def run(wanted: list[str]) -> Any:
        def operation(apps: Any, schema_editor: Any) -> None:
            if schema_editor.connection.vendor == "postgresql":
                for statement in wanted:
                    schema_editor.execute(statement, params=None)

        return operation

    return RunPython(run(list(statements)), run(reverse))


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


def written_once(column: str, *tables: str) -> RunPython:
    """A migration operation: from now on the database refuses another value in this column of these tables."""

    def hold(apps: Any, schema_editor: Any) -> None:
        statement = POSTGRES_COLUMN if schema_editor.connection.vendor == "postgresql" else SQLITE_COLUMN
        for table in tables:
            schema_editor.execute(statement.format(table=table, column=column), params=None)

    def release(apps: Any, schema_editor: Any) -> None:
        on = " ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        for table in tables:
            schema_editor.execute(f"DROP TRIGGER {table}_{column}_stands{on.format(table=table)}", params=None)

    return RunPython(hold, release)
