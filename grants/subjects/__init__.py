"""What a case can be about: one module a shape of scheme, and the registry that finds the entry of a case."""

from courses.models import Course
from grants.rules import current_schemes
from grants.shapes import PlanFacts
from grants.subjects.questions import Declared
from grants.subjects.trainings import Edition, Training, trainings, trainings_for, trainings_open

__all__ = [
    "Declared",
    "Edition",
    "Training",
    "edition_in",
    "entry_in",
    "entry_of",
    "first_entry",
    "scheme_label",
    "trainings",
    "trainings_for",
    "trainings_open",
]


# What a course may be besides an ordinary training, by the scheme that takes it so.
RESKILLING, INVESTING = "reskilling", "invest_in_people"


def entry_of(scheme: str, menu: str) -> Training:
    """LookupError for a menu no case is opened for."""
    for one in trainings():
        if (one.scheme, one.menu) == (scheme, menu):
            return one
    raise LookupError(f"no training under {scheme}/{menu}")


def first_entry(course: Course) -> Training:
    """Where nobody chose: the first that takes the course, or the first of all."""
    return next(iter(trainings_for(course)), trainings()[0])


def entry_in(plan: PlanFacts) -> Training:
    """By the facts a plan froze."""
    return entry_of(plan["scheme"]["code"], plan["scheme"]["menu"])


def edition_in(plan: PlanFacts) -> Edition:
    """The edition of the forms a plan froze: it holds for everything that follows from the plan."""
    return entry_in(plan).edition(plan["form_edition"])


def scheme_label(scheme: str) -> str:
    """A scheme whose file is gone keeps its code."""
    found = current_schemes().by_name.get(scheme)
    return found.title if found else scheme
