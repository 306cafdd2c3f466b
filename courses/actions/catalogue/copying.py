"""The same run once more: its seats, fee and place, its lessons with their breaks, all moved by as many days."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction

from courses.actions.catalogue.lessons import add_lesson
from courses.actions.catalogue.runs import create_run
from courses.actions.catalogue.timetable import LessonWish, Pause
from courses.models import Lesson, Run
from courses.queries import first_day, lessons_of
from firms.acting import Acting
from firms.errors import Refused
from firms.words.saying import said as _

COPIED = ("seats", "min_seats", "selection", "fee_yen", "venue", "venue_address", "confirm_days")
# The way into an online room is made anew for each run; whoever had the old one would come in.
MOVED = ("apply_from", "apply_until", "cancel_until", "learn_from", "learn_until")


@transaction.atomic
def copy_run(run: Run, *, first_on: date, by: Acting) -> Run:
    """In preparation, whatever the state of the one it is copied from; nobody of it is in the new one."""
    lessons = lessons_of(run)
    first = first_day(run, lessons)
    if first is None:
        raise Refused(_("日程のない開講は写せません。先にコマか学習できる期間を登録してください。"))
    if first_on <= by.today:
        raise Refused(_("最初の日は明日以後の日付にしてください。"), field="first_on")
    by_days = first_on - first
    days = {name: held + by_days if (held := getattr(run, name)) else None for name in MOVED}
    made = create_run(run.course, {**{name: getattr(run, name) for name in COPIED}, **days, "link": ""}, by=by)
    for lesson in lessons:
        add_moved(made, lesson, by_days, by=by)
    return made


def add_moved(run: Run, lesson: Lesson, by_days: timedelta, *, by: Acting) -> None:
    place_freely(wish_moved(lesson, by_days), lambda wish: add_lesson(run, wish, by=by))


def wish_moved(lesson: Lesson, by_days: timedelta) -> LessonWish:
    """Read with its breaks."""
    return LessonWish(
        topic=lesson.topic,
        starts_at=lesson.starts_at + by_days,
        ends_at=lesson.ends_at + by_days,
        room=lesson.room,
        instructor=lesson.instructor,
        pauses=tuple(
            Pause(starts_at=one.starts_at + by_days, ends_at=one.ends_at + by_days, is_meal=one.is_meal)
            for one in lesson.breaks.all()
        ),
    )


def place_freely(wish: LessonWish, place: Callable[[LessonWish], Lesson]) -> Lesson:
    """An instructor who teaches elsewhere by then is left to be chosen."""
    try:
        with transaction.atomic():
            return place(wish)
    except Refused as refusal:
        if refusal.field != "instructor":
            raise
        return place(replace(wish, instructor=None))
