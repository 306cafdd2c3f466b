"""Courses, runs, enrolments, attendance and open cases of the further sets."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from courses.models import AttendanceMark, Course, CourseSkill, Enrolment, Lesson, LessonBreak, Run
from courses.terms import Terms
from demo.clock import at
from demo.schedules import SHAPES, meetings
from grants.models import Deadline, GrantCase
from grants.rules import plan_window
from grants.subjects import first_entry

Insert = Callable[[Any, Iterable[Any]], list[Any]]
# Subject → field, level, the skill item it teaches.
KINDS = {
    "センサ活用": ("dx", "basic", "dss-p:2.0:3.2.1"),
    "データ集計": ("dx", "entry", "dss-p:2.0:2.1.1"),
    "省エネ点検": ("gx", "entry", "gxss-l:1.0:how"),
    "図面の電子化": ("craft", "practice", "dss-l:1.1:how.2"),
}
SUBJECTS = tuple(KINDS)
# First lesson of the two runs of each course, in days from the demo's day.
OFFSETS = (-60, 75)
LEARNERS = 8
CASES_IN_SET = 3


def build(today: date, groups: list[Any], houses: list[Any], employed: list[Any], *, insert: Insert) -> None:
    courses = insert(Course, (row for group in groups for row in courses_of(group[-2], today)))
    insert(CourseSkill, (CourseSkill(course=one, item=item_of(one)) for one in courses))
    days = [list(meetings(SHAPES["day"], first=today + timedelta(days=offset), count=2)) for offset in OFFSETS]
    runs = insert(Run, (run(course, n, days[n][0]) for course in courses for n in range(len(OFFSETS))))
    per_set = len(SUBJECTS) * len(OFFSETS)
    teachers = [houses[number // per_set][-2] for number in range(len(runs))]
    lessons = insert(Lesson, lessons_of(runs, teachers, days))
    insert(LessonBreak, (meal(lesson) for lesson in lessons))
    workers = len(employed) // len(houses)
    enrolments = insert(Enrolment, enrolments_of(runs, employed, houses, workers=workers, per_set=per_set))
    insert(AttendanceMark, marks(enrolments, lessons, teachers))
    cases = insert(GrantCase, cases_of(runs, employed, workers=workers, per_set=per_set))
    insert(Deadline, (plan_deadline(case, days[1][0]) for case in cases))


def courses_of(college: Any, today: date) -> Iterable[Course]:
    for subject, (field, level, item) in KINDS.items():
        course = Course(
            college=college,
            title=f"{subject}講座",
            field=field,
            level=level,
            summary=f"{subject}を二日で身につける",
            goals="自社の現場で試せるようになります。",
            audience="中小企業で働く人",
            hours=12,
            fee_yen=22_000,
            seats=12,
            cancel_rule="開講の7日前まで無料。",
            completion_rule="総時間の80%以上に出席すること",
            contact_name="研修係",
            contact_phone=college.phone,
            state="listed",
            listed_on=today - timedelta(days=300),
        )
        course.search_text = course.words([item])
        yield course


def item_of(course: Course) -> str:
    return KINDS[course.title.removesuffix("講座")][2]


def run(course: Course, number: int, first: date) -> Run:
    return Run(
        course=course,
        code=f"S{str(course.college.corporate_number)[-6:]}{SUBJECTS.index(course.title.removesuffix('講座'))}-{number}",
        seats=12,
        fee_yen=course.fee_yen,
        venue=f"{course.college.name} 実習棟",
        venue_address=course.college.address,
        apply_until=first - timedelta(days=10),
        state="open",
    )


def lessons_of(runs: list[Run], teachers: list[Any], days: list[list[date]]) -> Iterable[Lesson]:
    for number, one in enumerate(runs):
        for position, day in enumerate(days[number % len(OFFSETS)], start=1):
            yield Lesson(
                run=one,
                number=position,
                topic=f"第{position}日の実習",
                starts_at=at(day, "10:00"),
                ends_at=at(day, "17:00"),
                room="実習室",
                instructor=teachers[number],
            )


def meal(lesson: Lesson) -> LessonBreak:
    return LessonBreak(lesson=lesson, starts_at=at(lesson.on, "12:00"), ends_at=at(lesson.on, "13:00"), is_meal=True)


def enrolments_of(
    runs: list[Run], employed: list[Any], houses: list[Any], *, workers: int, per_set: int
) -> Iterable[Enrolment]:
    """The workers of a set fill its runs in turn, eight each."""
    for number, one in enumerate(runs):
        start = (number // per_set) * workers
        first = (number % per_set) * LEARNERS
        manager, terms = employed[start].person, Terms.offered_by(one).facts
        for employment in employed[start + first : start + first + LEARNERS]:
            yield Enrolment(
                run=one,
                person=employment.person,
                employment=employment,
                state="accepted",
                terms_kept=terms,
                applied_by=manager,
            )


def marks(enrolments: list[Enrolment], lessons: list[Lesson], teachers: list[Any]) -> Iterable[AttendanceMark]:
    """Everybody stayed to the end in the runs that are over; every tenth came late."""
    per_run = len(lessons) // len(teachers)
    for number, enrolment in enumerate(enrolments):
        at_run = number // LEARNERS
        if at_run % len(OFFSETS) == 0:
            for lesson in lessons[at_run * per_run : (at_run + 1) * per_run]:
                late = 30 if number % 10 == 0 else 0
                yield AttendanceMark(
                    enrolment=enrolment,
                    lesson=lesson,
                    came_at=lesson.starts_at + timedelta(minutes=late),
                    left_at=lesson.ends_at,
                    minutes=360 - late,
                    source="roster",
                    recorded_by=teachers[at_run],
                )


def cases_of(runs: list[Run], employed: list[Any], *, workers: int, per_set: int) -> Iterable[GrantCase]:
    """The first firms with people in the coming runs of their set are preparing a plan."""
    for number, one in enumerate(runs):
        if number % len(OFFSETS) == 1 and number % per_set < CASES_IN_SET * len(OFFSETS):
            employment = employed[(number // per_set) * workers + (number % per_set) * LEARNERS]
            yield GrantCase(
                establishment=employment.establishment,
                run=one,
                scheme=first_entry(one.course).scheme,
                menu=first_entry(one.course).menu,
                state="preparing",
            )


def plan_deadline(case: GrantCase, starts_on: date) -> Deadline:
    window = plan_window(starts_on)
    return Deadline(
        case=case,
        code=Deadline.Code.PLAN,
        event="訓練開始日",
        event_on=starts_on,
        first_on=window.first,
        nominal_on=window.last_nominal,
        last_on=window.last,
        because=window.because,
        source=window.source[:200],
    )
