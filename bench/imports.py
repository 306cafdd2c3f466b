"""Part of `courses`: a file of 100,000 marks read and written, with one broken row among them."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.measures import Measure
from courses.actions.attendance.imports.reading import read_import
from courses.actions.attendance.imports.taking import READ_JOB, take_in
from courses.actions.attendance.imports.undoing import UNDO_JOB, take_back, undo_import
from courses.actions.attendance.imports.writing import WRITE_JOB, write_import, write_without_refused
from courses.models import AttendanceImport, Course, Enrolment, Lesson, LessonBreak, Run
from courses.models.attendance.attendance import FileKind
from courses.states import CourseState, EnrolmentState, ImportState, RunState
from courses.terms import with_terms
from firms.acting import Acting
from firms.models import Job, Organisation, Person
from firms.post import jobs
from firms.states import JobState

TOKYO = timezone(timedelta(hours=9))


@dataclass(frozen=True)
class Size:
    """How much the file holds, and which row of it is broken."""

    runs: int
    people: int
    lessons: int
    broken_row: int

    @property
    def rows(self) -> int:
        return self.runs * self.people * self.lessons


SIZE = Size(runs=100, people=40, lessons=25, broken_row=54_321)
FIRST_DAY = datetime(2024, 4, 1, 10, 0, tzinfo=TOKYO)


def imported(scale: int, *, by: Acting) -> Iterator[Measure]:
    """Inside a filled database; `by` is a coordinator or an instructor of a college."""
    assert by.organisation
    content = file_of(made_runs(by.organisation, by.person))
    started = time.perf_counter()
    batch, queries = imported_100k(content, by=by)
    spent = round(time.perf_counter() - started, 2)
    yield Measure(f"import of {SIZE.rows:,} marks, read and written", "s", spent, spent, 1, queries, scale)
    started = time.perf_counter()
    taken_back(batch, by=by)
    spent = round(time.perf_counter() - started, 2)
    yield Measure(f"import of {SIZE.rows:,} marks taken back", "s", spent, spent, 1, None, scale)


def imported_100k(content: bytes, *, by: Acting) -> tuple[AttendanceImport, int]:
    """Takes the file in, has it read, and writes all but its broken row, which is named."""
    upload = SimpleUploadedFile("attendance.csv", content, content_type="text/csv")
    with CaptureQueriesContext(connection) as queries:
        batch = take_in(upload, kind=FileKind.TABLE, lesson=None, by=by)
        do(READ_JOB, read_import)
        batch.refresh_from_db()
        if [row["row"] for row in batch.found["refused"]] != [SIZE.broken_row]:
            raise RuntimeError("The broken row was not found.")
        write_without_refused(batch, seen=batch.found["seen"], reason="", by=by)
        do(WRITE_JOB, write_import)
        batch.refresh_from_db()
    if (batch.state, batch.written_count) != (ImportState.WRITTEN, SIZE.rows - 1):
        raise RuntimeError(f"{batch.written_count} marks were written.")
    return batch, len(queries)


def taken_back(batch: AttendanceImport, *, by: Acting) -> None:
    take_back(batch, by=by)
    do(UNDO_JOB, undo_import)
    batch.refresh_from_db()
    if batch.state != ImportState.UNDONE:
        raise RuntimeError("The file was not taken back.")


def do(kind: str, handler: jobs.Handler) -> None:
    """The worker's part, where none ran it already at commit."""
    for job in Job.objects.filter(kind=kind, state=JobState.WAITING):
        if claimed := jobs.claim(job.pk):
            handler(claimed)


def made_runs(college: Organisation, teacher: Person) -> list[Run]:
    course = Course.objects.create(
        college=college,
        title="計測の講座",
        field="dx",
        summary="計測",
        hours="12.0",
        fee_yen=0,
        seats=SIZE.people,
        state=CourseState.LISTED,
        listed_on=FIRST_DAY.date(),
    )
    runs = Run.objects.bulk_create(run_of(course, n) for n in range(SIZE.runs))
    lessons = Lesson.objects.bulk_create(
        Lesson(run=run, number=n + 1, topic="計測", starts_at=start, ends_at=start + timedelta(hours=7))
        for run in runs
        for n in range(SIZE.lessons)
        for start in [FIRST_DAY + timedelta(days=n)]
    )
    LessonBreak.objects.bulk_create(meal_of(lesson) for lesson in lessons)
    people = Person.objects.bulk_create(person_of(n) for n in range(SIZE.runs * SIZE.people))
    Enrolment.objects.bulk_create(
        Enrolment(
            **with_terms({"run": runs[n // SIZE.people]}),
            person=person,
            state=EnrolmentState.ACCEPTED,
            applied_by=teacher,
        )
        for n, person in enumerate(people)
    )
    return runs


def run_of(course: Course, number: int) -> Run:
    return Run(
        course=course,
        code=f"BENCH-{number:04}",
        seats=SIZE.people,
        fee_yen=0,
        venue="実習室",
        apply_until=FIRST_DAY.date(),
        state=RunState.OPEN,
    )


def meal_of(lesson: Lesson) -> LessonBreak:
    starts_at = lesson.starts_at + timedelta(hours=2)
    return LessonBreak(lesson=lesson, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), is_meal=True)


def person_of(number: int) -> Person:
    return Person(
        email=f"bench{number}@example.jp",
        family_name=f"計測{number}",
        given_name="太郎",
        family_kana=f"ケイソク{number}",
        given_kana="タロウ",
    )


def file_of(runs: list[Run]) -> bytes:
    """CSV in CP932, one row a person and lesson; one row says that somebody left before coming."""
    rows = ["開講番号,回,日付,氏名,メール,出欠,遅刻,早退"]
    for run in runs:
        people = list(run.enrolments.select_related("person").order_by("pk"))
        for lesson in run.lessons.order_by("number"):
            for n, enrolment in enumerate(people):
                day, person = f"{lesson.on:%Y/%m/%d}", enrolment.person
                told = "欠席,," if n % 19 == 0 else f"出席,{n if n % 7 == 0 else ''},"
                rows.append(f"{run.code},{lesson.number},{day},{person.full_name},{person.email},{told}")
    rows[SIZE.broken_row - 1] = rows[SIZE.broken_row - 1].rsplit(",", 3)[0] + ",出席,400,400"
    return "\r\n".join(rows).encode("cp932")
