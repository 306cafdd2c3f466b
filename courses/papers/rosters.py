"""The roster on paper: one sheet a lesson, to be signed in the room and typed in afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse

from courses.models import Enrolment, Lesson, Run
from courses.queries import lessons_of, roster_enrolments
from firms.papers.press import render

# Lines for people who are not on the list when it is printed, and how many lines a page of A4 holds at least.
BLANK_LINES, FULL_PAGE = 3, 15


@dataclass(frozen=True)
class RosterSheet:
    """One lesson with its people and the way to the screen where the sheet is typed in."""

    lesson: Lesson
    people: Sequence[Enrolment]
    address: str
    code: str

    @property
    def blanks(self) -> range:
        """Numbers of the empty lines that follow the people."""
        first = len(self.people) + 1
        return range(first, max(first + BLANK_LINES, FULL_PAGE + 1))


def sheet_of(lesson: Lesson) -> RosterSheet:
    import segno

    address = settings.SITE_URL.rstrip("/") + reverse("courses:paper_entry", args=[lesson.pk])
    code = segno.make(address, error="m").svg_data_uri(scale=3, border=0)
    return RosterSheet(lesson, list(roster_enrolments(lesson)), address, code)


def roster_pdf(run: Run, lessons: Sequence[Lesson], *, on: date) -> bytes:
    context = {"run": run, "course": run.course, "sheets": [sheet_of(lesson) for lesson in lessons], "on": on}
    return render("courses/papers/paper_roster.html", context)


def run_roster_pdf(run: Run, *, on: date) -> bytes:
    return roster_pdf(run, lessons_of(run), on=on)
