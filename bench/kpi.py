"""`kpi`: a year of fifty thousand people in courses and ten thousand of them in trials, reckoned for the ward's page and its workbook."""

import resource
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue

from django.db import connection
from django.utils import timezone

from bench.measures import Measure, percentile
from courses.models import AttendanceMark, Enrolment, Lesson
from demo.database import filled
from demo.mass import insert
from firms.models import Employment, Organisation, Person
from firms.queries import today
from lms.kpi.sheets import workbook
from lms.kpi.telling import told
from trials.models import JobSeeker, Placement

PEOPLE, TRIALS = 50_000, 10_000
LESSONS = 2
MEGABYTE = 1024 * 1024
TIMES = 3


def measured(scale: int, *, runs: int) -> Iterator[Measure]:
    """`scale` times the people; a year is asked for a few times, each in a process of its own, so that memory is its own."""
    with filled(1):
        people = crowd(PEOPLE * scale)
        taught(people)
        tried(people[: TRIALS * scale])
        ward = Organisation.objects.get(kind="ward")
        found = [apart(lambda: reckoned(ward)) for _run in range(min(runs, TIMES))]
    for name, unit, place in (
        ("indicators of a year", "s", 0),
        ("its workbook", "s", 1),
        ("memory of the process", "MB", 2),
    ):
        values = [one[place] for one in found]
        yield Measure(
            name, unit, percentile(values, 0.5), percentile(values, 0.95), len(found), None, len(people) // PEOPLE
        )


def reckoned(ward: Organisation) -> tuple[float, float, float]:
    """Seconds of one core for the figures and for the workbook, and the most memory this process ever held."""
    started = time.process_time()
    facts = told(today().year, ward=ward, on=today())
    between = time.process_time()
    workbook(facts)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE
    return round(between - started, 2), round(time.process_time() - between, 2), round(memory, 1)


def apart(act: Callable[[], tuple[float, float, float]]) -> tuple[float, float, float]:
    """Forked with what was loaded, and a connection of its own."""
    connection.close()
    context = get_context("fork")
    answers: SimpleQueue[tuple[float, float, float]] = context.SimpleQueue()
    worker = context.Process(target=lambda: answers.put(act()))
    worker.start()
    worker.join()
    if worker.exitcode:
        raise RuntimeError("The indicators could not be reckoned.")
    return answers.get()


def crowd(count: int) -> list[Employment]:
    """People at every firm of the demo in turn."""
    places = list(Employment.objects.order_by("pk").values_list("establishment", "pattern").distinct())
    people = insert(
        Person,
        (Person(email=f"kpi{n}@example.jp", family_name="計測", given_name=f"{n}", password="!") for n in range(count)),  # noqa: S106
    )
    hired = (
        Employment(
            person=person,
            establishment_id=places[n % len(places)][0],
            pattern_id=places[n % len(places)][1],
            insured_number=f"{7000 + n // 1_000_000:04d}-{n % 1_000_000:06d}-{n % 10}",
            contract="regular",
            started_on=date(2026, 4, 1),
        )
        for n, person in enumerate(people)
    )
    return insert(Employment, hired)


def taught(people: list[Employment]) -> None:
    """Each in a run of the demo that is over, and marked in two of its lessons."""
    by_run: dict[int, list[Lesson]] = {}
    held = Lesson.objects.filter(ends_at__lt=timezone.now(), starts_at__gte=april()).order_by("pk")
    for lesson in held:
        by_run.setdefault(lesson.run_id, []).append(lesson)
    runs = list(by_run)
    terms = Enrolment.objects.earliest("pk").terms_kept
    rows = insert(
        Enrolment,
        (
            Enrolment(
                run_id=runs[n % len(runs)], person_id=one.person_id, employment=one, state="completed" if n % 3 else "accepted",
                terms_kept=terms, applied_by_id=one.person_id,
            )
            for n, one in enumerate(people)
        ),
    )  # fmt: skip
    insert(AttendanceMark, (mark(row, lesson) for row in rows for lesson in by_run[row.run_id][:LESSONS]))


def april() -> datetime:
    return timezone.make_aware(datetime(today().year, 4, 1))  # noqa: DTZ001


def mark(row: Enrolment, lesson: Lesson) -> AttendanceMark:
    return AttendanceMark(
        enrolment=row,
        lesson=lesson,
        came_at=lesson.starts_at,
        left_at=lesson.starts_at + timedelta(minutes=60),
        minutes=60,
        source="roster",
        recorded_by_id=row.person_id,
    )


def tried(people: list[Employment]) -> None:
    """Each in a trial of the ward's own round that began in summer."""
    known = Placement.objects.filter(state="active", seeker__round__programme="ward").with_sides().earliest("pk")
    first, last = date(today().year, 6, 1), date(today().year, 7, 31)
    seekers = insert(
        JobSeeker,
        (
            JobSeeker(
                round=known.seeker.round, agency=known.seeker.agency, adviser=known.seeker.adviser, person_id=one.person_id,
                family_name="計測", given_name="一", email=f"kpi{n}@example.jp", born_on=date(2000, 1, 1),
                standing="not_working", joined_at=timezone.now(),
            )
            for n, one in enumerate(people)
        ),
    )  # fmt: skip
    insert(
        Placement,
        (
            Placement(
                seeker=one, person_id=one.person_id, posting=known.posting, state="host_declined", starts_on=first, started_on=first,
                last_on=last, bar_on=last + timedelta(days=400), bar_told_on=first, pay_told_on=first, safety_trained_on=first,
            )
            for one in seekers
        ),
    )  # fmt: skip
