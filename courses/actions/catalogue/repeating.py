"""The lessons of one week, or of some weeks, once more in later weeks of the same run."""

from collections.abc import Iterator
from datetime import date, timedelta

import jpholiday
from django.db import transaction

from courses.actions.catalogue.copying import place_freely, wish_moved
from courses.actions.catalogue.lessons import facts_of, place_lesson
from courses.actions.catalogue.timetable import guard_overlap
from courses.actions.seats.seats import locked_run
from courses.actions.telling import tell_everyone
from courses.models import Lesson, Run
from courses.queries import lessons_of
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.words.days import day_words, spoken
from firms.words.saying import said as _

WEEK = timedelta(days=7)
# A slip in a year would fill the timetable: half a year of two evenings a week.
MOST_LESSONS = 52


@transaction.atomic
def repeat_lessons(
    run: Run, *, first_on: date, last_on: date, starts_on: date, until: date, skips_holidays: bool, by: Acting
) -> list[Lesson]:
    """The lessons from `first_on` to `last_on`, on the same weekdays and hours, over and over from `starts_on` to `until`.

    All of them or none; whoever takes part gets one letter for all.
    """
    run = locked_run(run)
    pattern = [lesson for lesson in lessons_of(run) if first_on <= lesson.on <= last_on]
    if not pattern:
        raise Refused(_("写すコマがその期間にありません。コマのある日を含む期間にしてください。"), field="first_on")
    if starts_on <= last_on:
        raise Refused(_("くり返しの最初の日は、写す期間より後の日にしてください。"), field="starts_on")
    days = list(moved(pattern, first_on, last_on, starts_on, until, skips_holidays=skips_holidays))
    if not days:
        raise Refused(_("くり返しの期間に、同じ曜日の日がありません。期間を長くしてください。"), field="until")
    if len(days) > MOST_LESSONS:
        raise Refused(
            _("一度に追加できるのは%(most)sコマまでです（いまの期間では%(n)sコマ）。期間を分けてください。")
            % {"most": MOST_LESSONS, "n": len(days)},
            field="until",
        )
    for lesson, by_days in days:
        refuse_taken(run, lesson, by_days)
    made = [place(run, lesson, by_days) for lesson, by_days in days]
    tell(run, made, by=by)
    return made


def moved(
    pattern: list[Lesson], first_on: date, last_on: date, starts_on: date, until: date, *, skips_holidays: bool
) -> Iterator[tuple[Lesson, timedelta]]:
    """Each lesson with the days it moves by: whole weeks, and between two rounds as many as the pattern takes."""
    base = monday(first_on)
    round_of = monday(last_on) - base + WEEK
    shift = monday(starts_on) - base
    while base + shift <= until:
        for lesson in pattern:
            on = lesson.on + shift
            if starts_on <= on <= until and not (skips_holidays and jpholiday.is_holiday(on)):
                yield lesson, shift
        shift += round_of


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def place(run: Run, lesson: Lesson, by_days: timedelta) -> Lesson:
    return place_freely(wish_moved(lesson, by_days), lambda wish: place_lesson(run, wish))


def refuse_taken(run: Run, lesson: Lesson, by_days: timedelta) -> None:
    """Asked before any is placed, while the run's lessons have the numbers the page shows."""
    try:
        guard_overlap(run, wish_moved(lesson, by_days))
    except Refused as refusal:
        raise Refused(f"{day_words(lesson.on + by_days)}: {refusal.sentence}") from None


def tell(run: Run, made: list[Lesson], *, by: Acting) -> None:
    span = f"{day_words(made[0].on)}–{day_words(made[-1].on)}"
    lines = "\n".join(f"{facts['time']} {facts['room']}".strip() for facts in map(facts_of, made))
    body = _("コマが%(n)s回追加されました（%(span)s）。\n%(lines)s") % {
        "n": len(made),
        "span": span,
        "lines": spoken(lines),
    }
    firms = tell_everyone(run, subject=_("日程の変更: %(run)s") % {"run": run}, body=body, by=by)
    for organisation in [run.course.college, *firms]:
        record(run, "lesson.repeat", by=by, concerns=organisation, span=span, rows=len(made))
