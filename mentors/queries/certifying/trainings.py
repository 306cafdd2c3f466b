"""Which trainings a number waits for, and which of them somebody has completed: here or, by the slot, in a course.

Courses are no business of mentors/: whoever sees both fills the slot with the days on which people completed them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from firms.models import Person
from mentors.models import TrainingCourse, TrainingProof
from mentors.models.certifying.trainings import Training
from mentors.rules import required_trainings

# Of people and courses, the day on which each person completed each course that is good on a day.
Completions = Callable[[Iterable[int], Iterable[int], date], dict[tuple[int, int], date]]
FILLED: list[Completions] = []


def fill_completions(completions: Completions) -> None:
    """Called by an app above in AppConfig.ready."""
    if completions not in FILLED:
        FILLED.append(completions)


@dataclass(frozen=True)
class Done:
    """A training somebody needs: since when it is done and by what, or not yet."""

    training: Training
    completed_on: date | None
    by: str
    courses: tuple[TrainingCourse, ...]

    @property
    def label(self) -> str:
        return str(self.training.label)


def trainings_of(person: Person, ward_id: int, *, on: date) -> list[Done]:
    """Each that is required that day, in the order of the rules."""
    required = [Training(name) for name in required_trainings(on).names]
    courses = list(TrainingCourse.objects.filter(ward=ward_id, named_on__lte=on))
    known = {one.training: one for one in TrainingProof.objects.filter(person=person, ward=ward_id)}
    held: dict[tuple[int, int], date] = {}
    for completions in FILLED:
        held |= completions([person.pk], {one.course for one in courses}, on)
    return [done(one, person.pk, courses, known.get(one), held) for one in required]


def done(
    training: Training,
    person_id: int,
    courses: Iterable[TrainingCourse],
    proof: TrainingProof | None,
    held: dict[tuple[int, int], date],
) -> Done:
    mine = tuple(one for one in courses if one.training == training)
    days = [(held[person_id, one.course], one.title) for one in mine if (person_id, one.course) in held]
    if proof:
        days.append((proof.completed_on, proof.place))
    first = min(days, default=(None, ""))
    return Done(training, first[0], first[1], mine)


def missing_trainings(person: Person, ward_id: int, *, on: date) -> list[Done]:
    return [one for one in trainings_of(person, ward_id, on=on) if one.completed_on is None]
