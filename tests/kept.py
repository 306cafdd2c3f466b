"""The tables of an empty database, kept between runs: SQLite copies in a moment what migrations build in twenty seconds."""

import hashlib
import os
import sqlite3
from pathlib import Path

import django

ROOT = Path(__file__).parent.parent
KEPT = ROOT / ".runtime" / "tests"
BUILT_FROM = (
    "*/migrations/*.py",
    "firms/ledgers/append_only.py",
    "firms/ledgers/tables.py",
    "requirements.lock",
    "lms/settings.py",
)


def kept_file() -> Path:
    """Its name is a hash of whatever the migrations are made of: with another migration it is another file."""
    found = hashlib.sha256(f"{django.__version__} {sqlite3.sqlite_version}".encode())
    for pattern in BUILT_FROM:
        for path in sorted(ROOT.glob(pattern)):
            found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return KEPT / f"{found.hexdigest()}.sqlite3"


def fill(connection, kept: Path) -> None:
    """Before `migrate` looks what there is to do: then it finds nothing, and only what it announces is done anew."""
    connection.ensure_connection()
    with sqlite3.connect(kept) as source:
        source.backup(connection.connection)
    source.close()


def keep(connection, kept: Path) -> None:
    """Written beside and moved into its place, because two workers do so at once; what older migrations built goes."""
    KEPT.mkdir(parents=True, exist_ok=True)
    connection.ensure_connection()
    beside = kept.with_suffix(f".{os.getpid()}")
    with sqlite3.connect(beside) as copy:
        connection.connection.backup(copy)
    copy.close()
    beside.replace(kept)
    for older in KEPT.glob("*.sqlite3"):
        if older != kept:
            older.unlink(missing_ok=True)
