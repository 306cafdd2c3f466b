"""The database as one file, and back: SQLite by its own backup, PostgreSQL by the programs that come with it."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection

from firms.errors import Refused
from firms.words.saying import said as _

# What the file is called inside an archive, by the kind of database.
PARTS = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


def dump_database(to: Path) -> None:
    {"sqlite": dump_sqlite, "postgresql": dump_postgresql}[connection.vendor](to)


def load_database(path: Path) -> None:
    """Everything in the database becomes what the file says, or nothing does."""
    {"sqlite": load_sqlite, "postgresql": load_postgresql}[connection.vendor](path)


def dump_sqlite(to: Path) -> None:
    """Whole and of one moment, while others go on writing."""
    connection.ensure_connection()
    with closing(sqlite3.connect(to)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it


def load_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as kept:
        connection.ensure_connection()
        kept.backup(connection.connection)


def dump_postgresql(to: Path) -> None:
    run_tool("pg_dump", "--format=custom", f"--file={to}", named())


def load_postgresql(path: Path) -> None:
    """In one transaction: where it fails half way the database stays as it was."""
    name = named()
    connection.close()
    flags = "--clean --if-exists --no-owner --single-transaction --exit-on-error".split()
    run_tool("pg_restore", *flags, f"--dbname={name}", str(path))


def named() -> str:
    return str(connection.settings_dict["NAME"])


def run_tool(program: str, *arguments: str) -> None:
    """The password goes by the environment, so that no list of processes shows it."""
    place = shutil.which(program)
    if place is None:
        raise Refused(
            _("%(program)s がありません。データベースと同じ版のPostgreSQLのクライアントを入れてください。")
            % {"program": program}
        )
    done = subprocess.run(
        [place, "--no-password", *arguments], env=os.environ | whom(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Refused(
            _("%(program)s が止まりました：%(said)s") % {"program": program, "said": done.stderr.strip()[-1000:]}
        )


def whom() -> dict[str, str]:
    """What Django knows of the server, as libpq asks for it."""
    given: dict[str, Any] = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    return {variable: str(given[name]) for variable, name in names.items() if given[name]}
