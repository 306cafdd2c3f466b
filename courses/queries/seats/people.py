"""Which people a course concerns: a firm's managers, a college's staff, and who is employed when."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import F, QuerySet

from courses.models import Enrolment
from firms.models import Employment, Leave, Mandate, Membership, Person
from firms.models.mandates import Scope
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


def advisors_of(firms: Collection[int], *, on: date) -> list[Person]:
    """The 社会保険労務士 who look after these firms' training grants that day, each once."""
    mandates = Mandate.objects.in_force(on).filter(firm__in=firms).select_related("advisor")
    covering = [mandate for mandate in mandates if Scope.TRAINING_GRANTS in mandate.scopes]
    return list({mandate.advisor_id: mandate.advisor for mandate in covering}.values())


def leaves_of(enrolments: Collection[Enrolment]) -> dict[int, list[Leave]]:
    """By enrolment: the leaves at the establishment that sends the person. One query."""
    found: dict[int, list[Leave]] = {one.employment_id: [] for one in enrolments if one.employment_id}
    theirs = Leave.objects.standing().annotate(
        sent_by=F("person__employments"), sent_from=F("person__employments__establishment")
    )
    for leave in theirs.filter(sent_by__in=found, sent_from=F("establishment")):
        found[leave.sent_by].append(leave)
    return {one.pk: found[one.employment_id] for one in enrolments if one.employment_id}


def days_on_leave(employment: Employment, days: Iterable[date]) -> list[date]:
    return sorted({day for day in days if employment.leave_on(day)})


def days_not_employed(employment: Employment, days: Iterable[date]) -> list[date]:
    """Those of the days on which the employment is not in force."""
    return sorted({day for day in days if not employment.lasts_on(day)})
