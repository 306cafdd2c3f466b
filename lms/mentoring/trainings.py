"""Fills the slot of mentors/: who has completed which course, by a certificate that holds."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import Min

from courses.models import Certificate
from firms.queries import today
from mentors.actions.certifying.training import recheck_person


def completions(people: Iterable[int], courses: Iterable[int], on: date) -> dict[tuple[int, int], date]:
    """The first certificate of each person and course that stands on that day."""
    wanted = list(courses)
    if not wanted:
        return {}
    held = Certificate.objects.valid().filter(
        enrolment__person__in=list(people), enrolment__run__course__in=wanted, issued_on__lte=on
    )
    rows = held.order_by().values("enrolment__person", "enrolment__run__course").annotate(first=Min("issued_on"))
    return {(row["enrolment__person"], row["enrolment__run__course"]): row["first"] for row in rows}


def hear_certificate(subject: models.Model, verb: str) -> None:
    """Listens to the journal: whoever waited for a training gets their number the moment they have completed it."""
    if verb == "certificate.issue" and isinstance(subject, Certificate):
        recheck_person(subject.enrolment.person, on=today())
