"""Who of a college teaches when, and how long, in one month."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from courses.models import Lesson
from courses.states import SEATED, RunState
from firms.models import Person


@dataclass(frozen=True)
class Teaching:
    """One instructor's month; `instructor` is None for lessons nobody has yet."""

    instructor: Person | None
    lessons: list[Lesson]

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


def month_of(day: date) -> tuple[date, date]:
    """The first day of the month, and that of the next."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)


def lessons_in(college_id: int, *, first: date, until: date) -> list[Lesson]:
    """Of runs not cancelled, with breaks and the number of people. Two queries."""
    start, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in (first, until))
    held = Lesson.objects.filter(run__course__college=college_id, starts_at__gte=start, starts_at__lt=end)
    seated = Q(run__enrolments__state__in=SEATED)
    rows = held.exclude(run__state=RunState.CANCELLED).annotate(people=Count("run__enrolments", filter=seated))
    return list(rows.select_related("run__course", "instructor").prefetch_related("breaks").order_by("starts_at", "pk"))


def teachings(lessons: list[Lesson]) -> list[Teaching]:
    """By instructor in the order of their kana; what nobody teaches yet comes first, since it wants doing."""
    by_person: dict[Person | None, list[Lesson]] = {}
    for lesson in lessons:
        by_person.setdefault(lesson.instructor, []).append(lesson)
    order = sorted(by_person, key=lambda one: (one is not None, one.full_kana if one else "", one.pk if one else 0))
    return [Teaching(one, by_person[one]) for one in order]
