"""Lessons with the parts of them that count as training; meals and long breaks left out."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from courses.models import Lesson, Run
from firms.queries.prepared import Prepared
from grants.rules import counted_time
from grants.time.spans import Span, minutes, tails, without


@dataclass(frozen=True)
class CountedLesson:
    """A lesson with the parts of it that count: without meals, without short breaks beyond the limit."""

    lesson: Lesson
    counted: list[Span]

    @property
    def counted_minutes(self) -> int:
        return minutes(self.counted)

    @property
    def excluded_minutes(self) -> int:
        return minutes([(self.lesson.starts_at, self.lesson.ends_at)]) - self.counted_minutes


def lessons_of(run: Run) -> list[CountedLesson]:
    return lessons_by_run([run.pk])[run.pk]


def lessons_by_run(runs: Collection[int]) -> dict[int, list[CountedLesson]]:
    """In the order of their times. Two queries however many runs."""
    found: dict[int, list[CountedLesson]] = defaultdict(list)
    for (run, _day), held in groupby(lessons_in_order(tuple(runs)), key=lambda lesson: (lesson.run_id, lesson.on)):
        found[run] += count_day(list(held))
    return found


@Prepared
def lessons_in_order(runs: tuple[int, ...]) -> QuerySet[Lesson]:
    lessons = Lesson.objects.filter(run__in=runs).select_related("instructor").prefetch_related("breaks")
    return lessons.order_by("run", "starts_at", "pk")


def count_day(lessons: Sequence[Lesson]) -> list[CountedLesson]:
    """The limit on short breaks is one of the day, so each lesson counts what it adds to those before it."""
    counted, before = [], 0
    for n, lesson in enumerate(lessons, start=1):
        upto = net_minutes(lessons[:n])
        excess = lesson.minutes - (upto - before)
        before = upto
        counted.append(CountedLesson(lesson, counted_spans(lesson, excess)))
    return counted


def net_minutes(lessons: Sequence[Lesson]) -> int:
    pauses = [pause for lesson in lessons for pause in lesson.breaks.all()]
    return counted_time(
        day_minutes=minutes((lesson.starts_at, lesson.ends_at) for lesson in lessons),
        meal_minutes=sum(pause.minutes for pause in pauses if pause.is_meal),
        break_minutes=[pause.minutes for pause in pauses if not pause.is_meal],
        on=lessons[0].on,
    ).net_minutes


def counted_spans(lesson: Lesson, excess: int) -> list[Span]:
    """The rule says how many minutes of the breaks do not count; they are taken from the end of the longest ones."""
    pauses = list(lesson.breaks.all())
    meals = [(pause.starts_at, pause.ends_at) for pause in pauses if pause.is_meal]
    short = [(pause.starts_at, pause.ends_at) for pause in pauses if not pause.is_meal]
    return without([(lesson.starts_at, lesson.ends_at)], [*meals, *tails(short, cut=excess)])
