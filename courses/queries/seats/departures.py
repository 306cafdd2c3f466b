"""Who leaves the firm while a run is on: terms that change are no leaving, the last day at the firm is."""

from collections.abc import Iterable
from datetime import date

from courses.models import Enrolment
from firms.models import Employment


def left_on(enrolments: Iterable[Enrolment]) -> dict[int, date]:
    """By enrolment id, the last day at the firm that sends the person, of those who have one.

    Enrolments with `employment__establishment`. One query, none where no employment ends.
    """
    ending = {one.pk: one.employment for one in enrolments if one.employment and one.employment.ended_on}
    last = last_days({employment.person_id for employment in ending.values()}) if ending else {}
    found = {
        pk: last[employment.person_id, employment.establishment.organisation_id] for pk, employment in ending.items()
    }
    return {pk: day for pk, day in found.items() if day is not None}


def last_days(people: set[int]) -> dict[tuple[int, int], date | None]:
    """The last day of each (person, organisation); None where the employment lasts."""
    terms = Employment.objects.filter(person__in=people).order_by("started_on", "pk")
    days: dict[tuple[int, int], date | None] = {}
    for person, organisation, ended_on in terms.values_list("person", "establishment__organisation", "ended_on"):
        key = (person, organisation)
        known = days.get(key, date.min)
        days[key] = None if ended_on is None or known is None else max(known, ended_on)
    return days


def leavers(enrolments: Iterable[Enrolment], *, until: date | None) -> dict[int, date]:
    """Of `left_on`, those who leave before the last day the run needs them."""
    return {pk: day for pk, day in left_on(enrolments).items() if until is None or day < until}
