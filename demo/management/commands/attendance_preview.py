"""manage.py attendance_preview: what the import would read in a file of attendance, one JSON object a line; writes nothing."""

import json
import logging
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.utils import translation

from courses.actions.attendance.imports.previewing import line, lines_of, preview
from courses.models import Lesson
from courses.tables.grids import Unreadable
from demo.database import filled
from firms.errors import Refused
from lms import environment

# The demo world of this day holds 2611-008 and 2611-042 with their second lesson on 2026-11-25, 10:00-17:00.
DEMO_DAY = date(2026, 11, 28)


class Command(BaseCommand):
    help = "Tells what the import would read in a file of attendance, one JSON object a line; writes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--run", required=True, metavar="CODE", help="2611-042")
        parser.add_argument("--lesson", required=True, type=int, metavar="N", help="its number in the run")
        world = parser.add_mutually_exclusive_group()
        world.add_argument("--database", type=Path, metavar="PATH", help="another SQLite database than the site's")
        world.add_argument(
            "--demo", action="store_true", help=f"a fresh demo world as of {DEMO_DAY}, thrown away after"
        )

    def handle(
        self, *args: Any, file: Path, run: str, lesson: int, database: Path | None, demo: bool, **options: Any
    ) -> None:
        logging.disable(logging.INFO)
        with ExitStack() as stack:
            stack.enter_context(translation.override("ja"))
            stack.callback(logging.disable, logging.NOTSET)
            if demo:
                stack.enter_context(filled(1, day=DEMO_DAY))
            elif database:
                stack.enter_context(other_database(database))
            stack.enter_context(nothing_written())
            self.tell(file, lesson_of(run, lesson))

    def tell(self, file: Path, lesson: Lesson) -> None:
        try:
            content = file.read_bytes()
        except OSError as missing:
            raise CommandError(f"{file}: {missing.strerror}") from missing
        try:
            told = list(lines_of(preview(content, file.name, lesson)))
        except (Refused, Unreadable) as refusal:
            self.write(line(0, "", refused=refusal.sentence) | {"line": None})
            self.write({"left_out": [{"line": None, "name": file.name, "why": refusal.sentence}], "read": 0})
            raise CommandError(refusal.sentence) from refusal
        for one in told:
            self.write(one)

    def write(self, told: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(told, ensure_ascii=False))


def lesson_of(code: str, number: int) -> Lesson:
    found = Lesson.objects.filter(run__code__iexact=code, number=number).select_related("run__course__college").first()
    if found is None:
        raise CommandError(f"There is no lesson {number} of a run {code}.")
    return found


@contextmanager
def other_database(path: Path) -> Iterator[None]:
    """The SQLite file at `path` in place of the site's own database."""
    if not path.is_file():
        raise CommandError(f"There is no database at {path}.")
    given = connections.databases["default"]
    connection.close()
    connections.databases["default"] = {**given, **environment.database("", var=path.parent), "NAME": path}
    del connections["default"]
    try:
        yield
    finally:
        connection.close()
        connections.databases["default"] = given
        del connections["default"]


@contextmanager
def nothing_written() -> Iterator[None]:
    """SQLite itself refuses to write meanwhile; the reading has no need to."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA query_only = OFF")
