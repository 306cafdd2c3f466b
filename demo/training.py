"""Runs, lessons, enrolments and attendance of the demo, from courses.toml and training.toml."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from courses.actions.attendance.attendance import save_roster
from courses.actions.attendance.marking import MarkLine
from courses.models import AttendanceMark, Course, Enrolment, Lesson, LessonBreak, Run
from courses.states import EnrolmentState
from demo import catalogue
from demo.clock import as_of, at
from demo.schedules import SHAPES, Shape, meetings
from demo.world import World, read
from firms.models import Person
from firms.queries import acting_for

# Attendance of lessons in the last days is still to be recorded, so that the roster has something to do.
UNMARKED_DAYS = 9
# Attendance of these comes by file or by QR.
MARKED_OTHERWISE = {"printer_past", "plc_past", "gx_past", "cobot_now"}
APPLY_BEFORE, CANCEL_BEFORE, LEARNING_DAYS = 10, 7, 60


@dataclass(frozen=True)
class RunSeed:
    """One offering: the course it is of, how its lessons meet, and its line in courses.toml."""

    key: str
    course: Course
    shape: Shape
    topics: list[str]
    offset: int
    state: str
    seats: int
    more: dict[str, Any]


def build(world: World) -> None:
    seeds = read("courses.toml")["course"]
    courses = catalogue.build(world, seeds)
    for number, seed in enumerate(run_seeds(seeds, courses), start=1):
        make_run(world, seed, number=number)
    parts = read("training.toml")
    exceptions = parts.pop("mark")
    for key, firms in parts.items():
        make_enrolments(world, key, firms)
        if key not in MARKED_OTHERWISE:
            mark_run(world, key, {(e["person"], e["lesson"]): e for e in exceptions if e["run"] == key})


def run_seeds(seeds: list[dict[str, Any]], courses: dict[str, Course]) -> Iterator[RunSeed]:
    for seed in seeds:
        made, shape = courses[seed["key"]], SHAPES[seed["shape"]]
        for key, offset, state, seats, *more in seed["runs"]:
            yield RunSeed(key, made, shape, seed["topics"], offset, state, seats or made.seats, *(more or [{}]))


def make_run(world: World, seed: RunSeed, *, number: int) -> None:
    days = list(meetings(seed.shape, first=world.day(seed.offset), count=len(seed.topics)))
    first = days[0] if days else world.day(seed.offset)
    with as_of(first - timedelta(days=150)):
        made = Run.objects.create(
            course=seed.course,
            code=f"{first:%y%m}-{number:03d}",
            seats=seed.seats,
            fee_yen=seed.course.fee_yen,
            min_seats=seed.more.get("min_seats", 1),
            selection=seed.more.get("selection", "first_come"),
            apply_from=first - timedelta(days=120),
            apply_until=first - timedelta(days=seed.more.get("apply_before", APPLY_BEFORE)),
            cancel_until=first - timedelta(days=seed.more.get("cancel_before", CANCEL_BEFORE)),
            state=seed.state,
            **place_of(seed, first),
        )
        make_lessons(world, made, seed, days, number=number)
    if seed.key:
        world.runs[seed.key] = made


def place_of(seed: RunSeed, first: date) -> dict[str, Any]:
    """Where it is held: in the college's rooms, online by a link, or at the learner's own hours."""
    college = seed.course.college
    if seed.course.method == "e_learning":
        until = first + timedelta(days=LEARNING_DAYS)
        return {"venue": "eラーニング（いつでも）", "learn_from": first, "learn_until": until}
    if seed.course.method == "live_online":
        return {"venue": "オンライン（同時双方向）", "link": f"https://meeting.example/{first:%Y%m%d}"}
    return {"venue": f"{college.name} 実習棟", "venue_address": college.address}


def make_lessons(world: World, run: Run, seed: RunSeed, days: list[date], *, number: int) -> None:
    teacher = instructor(world, seed.course, number=number)
    room = "" if seed.course.method == "live_online" else f"実習室{'AB'[number % 2]}"
    lessons = Lesson.objects.bulk_create(
        Lesson(
            run=run,
            number=position,
            topic=topic,
            starts_at=at(day, seed.shape.starts),
            ends_at=at(day, seed.shape.ends),
            room=room,
            instructor=teacher,
        )
        for position, (topic, day) in enumerate(zip(seed.topics, days, strict=True), start=1)
    )
    if seed.shape.meal:
        starts, ends = seed.shape.meal
        LessonBreak.objects.bulk_create(
            LessonBreak(lesson=lesson, starts_at=at(lesson.on, starts), ends_at=at(lesson.on, ends), is_meal=True)
            for lesson in lessons
        )


def instructor(world: World, course: Course, *, number: int) -> Person:
    """The college's instructors by turns; the IoT course belongs to the one who can sign in."""
    key = next(key for key, organisation in world.organisations.items() if organisation == course.college)
    teachers = [member.person for member in world.members[key] if member.role == "instructor"]
    is_iot = course.title.startswith(("現場IoT", "Raspberry"))
    return teachers[0] if is_iot else teachers[number % len(teachers)]


def make_enrolments(world: World, key: str, firms: dict[str, list[str]]) -> None:
    run = world.runs[key]
    applied = min(run.apply_until - timedelta(days=50), world.day(-3))
    with as_of(applied, "10:30"):
        for firm, names in firms.items():
            manager = world.first(firm, "manager").person
            for name, state in (line.partition(":")[::2] for line in names):
                employment = world.employments[firm, name]
                asked_alone = state in ("requested", "declined")
                Enrolment.objects.create(
                    run=run,
                    person=employment.person,
                    employment=employment,
                    state=state or EnrolmentState.ACCEPTED,
                    applied_by=employment.person if asked_alone else manager,
                )


def mark_run(world: World, key: str, exceptions: dict[tuple[str, int], dict[str, Any]]) -> None:
    """Rosters are saved by their instructors on the evening of each lesson, the last days left open."""
    run = world.runs[key]
    enrolled = list(Enrolment.objects.accepted().filter(run=run).select_related("person", "employment__establishment"))
    for lesson in run.lessons.select_related("run__course").prefetch_related("breaks"):
        if (world.today - lesson.on).days > UNMARKED_DAYS:
            lines = {
                one.pk: line(one, lesson, exceptions.get((one.person.family_name, lesson.number))) for one in enrolled
            }
            save(world, lesson, list(lines.values()))
            corrected = [e for e in exceptions.values() if e["lesson"] == lesson.number and "corrected" in e]
            for exception in corrected:
                correct(
                    world,
                    lesson,
                    next(one for one in enrolled if one.person.family_name == exception["person"]),
                    exception,
                )


def save(world: World, lesson: Lesson, lines: list[MarkLine]) -> list[AttendanceMark]:
    member = next(one for group in world.members.values() for one in group if one.person_id == lesson.instructor_id)
    with as_of(lesson.on, f"{timezone.localtime(lesson.ends_at):%H:%M}"):
        return save_roster(lesson, lines, by=acting_for(member.person, member, on=lesson.on))


def line(enrolment: Enrolment, lesson: Lesson, exception: dict[str, Any] | None) -> MarkLine:
    """The whole lesson, unless training.toml says otherwise."""
    if exception and exception.get("absent"):
        return MarkLine(enrolment=enrolment)
    parts = exception or {}
    return MarkLine(
        enrolment=enrolment,
        came_at=at(lesson.on, parts["came"]) if "came" in parts else lesson.starts_at,
        left_at=at(lesson.on, parts["left"]) if "left" in parts else lesson.ends_at,
    )


def correct(world: World, lesson: Lesson, enrolment: Enrolment, exception: dict[str, Any]) -> None:
    first = AttendanceMark.objects.get(lesson=lesson, enrolment=enrolment)
    mended = MarkLine(enrolment, lesson.starts_at, lesson.ends_at, reason=exception["corrected"], seen=first.pk)
    save(world, lesson, [mended])
