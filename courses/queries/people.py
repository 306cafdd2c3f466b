"""Which people a course concerns: a firm's managers, a college's staff, and who is employed when."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from courses.models import Lesson
from firms.models import Employment, Membership, Person
from firms.models.organisations import Role


def members(organisation_id: int, *, roles: Iterable[str], on: date) -> QuerySet[Person]:
    held = Membership.objects.on(on).filter(organisation=organisation_id, role__in=list(roles))
    return Person.objects.filter(pk__in=held.values("person"))


def managers_of(firm_id: int, *, on: date) -> QuerySet[Person]:
    return members(firm_id, roles=[Role.MANAGER], on=on)


def coordinators_of(college_id: int, *, on: date) -> QuerySet[Person]:
    return members(college_id, roles=[Role.COORDINATOR], on=on)


def college_staff(college_id: int, *, on: date) -> QuerySet[Person]:
    """Whoever may stand before a class: instructors and coordinators."""
    return members(college_id, roles=[Role.INSTRUCTOR, Role.COORDINATOR], on=on)


def days_not_employed(employment: Employment, lessons: Iterable[Lesson]) -> list[date]:
    """The days of the lessons on which the employment is not in force."""
    return sorted({lesson.on for lesson in lessons if not employment.lasts_on(lesson.on)})
