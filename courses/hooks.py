"""What courses/ asks of the apps above it, without knowing them: each registers its answer when it starts."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from courses.models.catalogue.courses import CourseQuerySet
from courses.models.seats.enrolments import Enrolment


@dataclass(frozen=True)
class LearningDays:
    """The days of a funded plan: before the first nothing opens, after the last nothing counts. `because` says it on the page."""

    first: date
    last: date
    because: str


FundedDays = Callable[[Collection[Enrolment]], dict[int, LearningDays]]
Narrowing = Callable[[CourseQuerySet], CourseQuerySet]

_funded_days: list[FundedDays] = []
_may_draw_grant: list[Narrowing] = []


def register_funded_days(answer: FundedDays) -> None:
    _funded_days.append(answer)


def register_may_draw_grant(answer: Narrowing) -> None:
    _may_draw_grant.append(answer)


def funded_days(enrolments: Collection[Enrolment]) -> dict[int, LearningDays]:
    """By enrolment id, for those in a filed plan."""
    return {pk: days for answer in _funded_days for pk, days in answer(enrolments).items()}


def may_draw_grant(courses: CourseQuerySet) -> CourseQuerySet:
    """Those some scheme above could pay for; all of them where no app answers."""
    for answer in _may_draw_grant:
        courses = answer(courses)
    return courses
