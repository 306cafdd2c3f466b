"""What a file of attendance is held against: runs, lessons, people and marks, read in bulk."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import batched

from courses.models import AttendanceMark, Enrolment, Lesson, Run
from courses.queries.attendance.attendance import MarkMap
from courses.tables.people import Candidate, Directory

# As many keys as one query names; SQLite and PostgreSQL bear more.
AT_ONCE = 1_000


@dataclass
class Register:
    """The college's runs that a file names, with their lessons, their people and the newest marks."""

    runs: dict[str, Run] = field(default_factory=dict)
    lessons: dict[tuple[int, int], Lesson] = field(default_factory=dict)
    days: dict[tuple[int, date], list[Lesson]] = field(default_factory=dict)
    dates: dict[int, date] = field(default_factory=dict)
    enrolments: dict[int, Enrolment] = field(default_factory=dict)
    directories: dict[int, Directory] = field(default_factory=dict)

    def people_of(self, run_id: int) -> list[Enrolment]:
        return [one for one in self.enrolments.values() if one.run_id == run_id]


def register_of(codes: Iterable[str], *, college: int) -> Register:
    """Codes are compared in capital letters, as they are folded in the file."""
    register = Register()
    wanted = sorted({spelling for code in codes if code for spelling in (code, code.lower())})
    for chunk in batched(wanted, AT_ONCE):
        for run in Run.objects.filter(course__college=college, code__in=chunk).select_related("course__college"):
            register.runs[run.code.upper()] = run
    fill(register)
    return register


def register_of_lesson(lesson: Lesson) -> Register:
    """Of the one run a lesson belongs to."""
    run = Run.objects.select_related("course__college").get(pk=lesson.run_id)
    register = Register(runs={run.code.upper(): run})
    fill(register)
    return register


def fill(register: Register) -> None:
    runs = {run.pk: run for run in register.runs.values()}
    for chunk in batched(runs, AT_ONCE):
        for lesson in Lesson.objects.filter(run__in=chunk).prefetch_related("breaks").order_by("starts_at"):
            lesson.run = runs[lesson.run_id]
            register.lessons[lesson.run_id, lesson.number] = lesson
            on = register.dates[lesson.pk] = lesson.on
            register.days.setdefault((lesson.run_id, on), []).append(lesson)
        held = Enrolment.objects.accepted().filter(run__in=chunk)
        people = held.select_related("person", "employment__establishment")
        for one in people.order_by("person__family_kana", "person__given_kana", "pk"):
            register.enrolments[one.pk] = one
    by_run: dict[int, list[Candidate]] = {}
    for one in register.enrolments.values():
        person = one.person
        found = Candidate(one.pk, person.full_name, person.full_kana, one.mail)
        by_run.setdefault(one.run_id, []).append(found)
    register.directories = {run_id: Directory(people) for run_id, people in by_run.items()}


def newest_of(lessons: Iterable[int]) -> MarkMap:
    """The end of each chain in these lessons, whoever it is of."""
    found: MarkMap = {}
    for chunk in batched(sorted(lessons), AT_ONCE):
        marks = AttendanceMark.objects.newest().filter(lesson__in=chunk).select_related("recorded_by")
        found |= {(mark.enrolment_id, mark.lesson_id): mark for mark in marks}
    return found


def people_of_lesson(lesson: Lesson) -> list[Enrolment]:
    """Who may be meant by a name in a participant list, by kana."""
    held = Enrolment.objects.accepted().filter(run=lesson.run_id).select_related("person")
    return list(held.order_by("person__family_kana", "person__given_kana", "pk"))
