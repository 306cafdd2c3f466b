"""A trainee's own hours: what is recorded of them, and which records wait for their word."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from courses.models import AttendanceMark, Enrolment
from courses.models.attendance.attendance import MarkQuerySet
from courses.pace import Pace, pace_of
from courses.queries.attendance.paces import minutes_of
from courses.queries.seats.people import leaves_of
from courses.states import SEATED
from firms.models import Leave, Person
from firms.queries.prepared import Prepared


def own_marks(person: Person | int) -> MarkQuerySet:
    """The records in force of a person's own lessons."""
    return AttendanceMark.objects.current().filter(enrolment__person=person, enrolment__state__in=SEATED)


def marks_to_confirm(person: Person) -> MarkQuerySet:
    """Those the person has not said anything about; a corrected record asks anew."""
    return own_marks(person).filter(confirmation=None)


@dataclass(frozen=True)
class OwnMinutes:
    """Minutes by enrolment id, and how many records wait for the person's word."""

    totals: dict[int, int]
    to_confirm: int


def own_minutes(person: Person) -> OwnMinutes:
    """`attended_totals` and the count of `marks_to_confirm` in one query."""
    rows = own_minutes_marked(person.pk)
    totals: Counter[int] = Counter()
    for enrolment, minutes, _word in rows:
        totals[enrolment] += minutes
    return OwnMinutes(dict(totals), sum(word is None for _enrolment, _minutes, word in rows))


@Prepared
def own_minutes_marked(person: int) -> Any:
    """Of each record in force the enrolment, the minutes and the word on it."""
    return own_marks(person).order_by().values_list("enrolment_id", "minutes", "confirmation")


@dataclass(frozen=True)
class OwnHours:
    """One run of a trainee: each record in the order of the lessons, and how they stand."""

    enrolment: Enrolment
    marks: list[AttendanceMark]
    pace: Pace

    @property
    def is_online(self) -> bool:
        """Nothing but e-learning: there will be no record of a lesson to wait for."""
        return self.enrolment.run.learn_from is not None and not self.enrolment.run.lessons.all()

    @property
    def waiting(self) -> int:
        return sum(1 for mark in self.marks if mark.word is None)


def own_hours(person: Person, *, on: date) -> list[OwnHours]:
    """The latest run first. Five queries, however many runs."""
    mine = Enrolment.objects.accepted().filter(person=person).select_related("run__course__college")
    held = list(mine.prefetch_related("run__lessons__breaks").order_by("-run__apply_until", "-pk"))
    marks: dict[int, list[AttendanceMark]] = {}
    related = own_marks(person).select_related("lesson", "recorded_by", "confirmation", "corrects")
    for mark in related.order_by("lesson__starts_at"):
        marks.setdefault(mark.enrolment_id, []).append(mark)
    leaves = leaves_of(held)
    return [hours_of(one, marks.get(one.pk, []), leaves.get(one.pk, []), on=on) for one in held]


def hours_of(enrolment: Enrolment, marks: list[AttendanceMark], leaves: list[Leave], *, on: date) -> OwnHours:
    attended = {mark.lesson_id: mark.minutes for mark in marks}
    lessons = [minutes_of(lesson, attended.get(lesson.pk), leaves, on=on) for lesson in enrolment.run.lessons.all()]
    return OwnHours(enrolment, marks, pace_of(lessons, needed_percent=enrolment.terms.needed_percent))
