"""A database for one measurement: made, filled with the demo world, and thrown away. Never the real one."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from unittest.mock import patch

from django.conf import settings
from django.db import connection
from django.test.utils import override_settings

from demo.clock import as_of
from demo.load import load
from firms.queries import today
from lms.celery import app

# The same world whenever it is measured: what the demo tells depends on its day, and so would the figures.
DAY = date(2026, 11, 20)


@contextmanager
def filled(scale: int, *, day: date = DAY, clock: str = "10:00") -> Iterator[Path]:
    """The demo world of that day in SQLite below var/bench, or a database of its own on the server of DATABASE_URL.

    Tells the folder of the database and its files, which a server can take for its var/.
    """
    place = settings.VAR_DIR / "bench"
    place.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place) as folder, override_settings(MEDIA_ROOT=f"{folder}/files"):
        is_file = connection.vendor == "sqlite"
        name = f"{folder}/takumi.sqlite3" if is_file else f"takumi_bench_{os.getpid()}"
        with as_of(day, clock), own_database(name), jobs_at_once():
            load(today(), scale=scale)
            analyse()
            with jobs_left_waiting():
                yield Path(folder)


@contextmanager
def own_database(name: str) -> Iterator[None]:
    """Django's own machinery for test databases makes it, migrates it, points everything to it, and drops it."""
    real = str(connection.settings_dict["NAME"])
    given = connection.settings_dict["TEST"]["NAME"]
    connection.close()
    connection.settings_dict["TEST"]["NAME"] = name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        yield
    finally:
        connection.creation.destroy_test_db(real, verbosity=0)
        connection.settings_dict["TEST"]["NAME"] = given


@contextmanager
def jobs_at_once() -> Iterator[None]:
    """Jobs run here instead of being announced to the real workers, who know nothing of this database."""
    was = app.conf.task_always_eager
    app.conf.task_always_eager = True
    try:
        yield
    finally:
        app.conf.task_always_eager = was


@contextmanager
def jobs_left_waiting() -> Iterator[None]:
    """What is measured is what a person waits for: a worker sends the mail meanwhile, here nobody does."""
    with patch("firms.post.jobs.hint", lambda _pk: None):
        yield


def analyse() -> None:
    """What a database does by itself overnight after such a load."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
