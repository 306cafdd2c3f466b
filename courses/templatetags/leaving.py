"""On pages that list people of a run: who leaves the firm before it is over, and what becomes of the minutes."""

from collections.abc import Iterable
from typing import Any

from django import template

from courses.models import Run
from courses.queries import last_day, left_on

register = template.Library()


@register.inclusion_tag("courses/seats/parts/left_people.html")
def left_people(rows: Iterable[Any], run: Run) -> dict[str, object]:
    """`{% left_people rows run %}`: each row, or the row inside it, has an `enrolment` with `employment__establishment`.

    No query where nobody leaves.
    """
    enrolments = [getattr(row, "row", row).enrolment for row in rows]
    left = left_on(enrolments)
    last = last_day(run, run.lessons.all()) if left else None
    return {
        "left": [
            (one.person.full_name, left[one.pk])
            for one in enrolments
            if one.pk in left and (last is None or left[one.pk] < last)
        ]
    }
