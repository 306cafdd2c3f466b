"""The home of a person who acts for nobody today, or in a role whose pages are still to come."""

from firms.acting import Acting
from lms.homes import mentoring
from trials.models import Placement


def gather(acting: Acting) -> dict[str, object]:
    return {**mentoring.own(acting), "trials": Placement.objects.filter(person=acting.person).with_sides()}
