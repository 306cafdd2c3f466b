"""Deadlines follow what is done elsewhere at once: reckoned as soon as the change stands, so that no page shows another day.

The sweep mends what a crash in between leaves behind.
"""

from django.db import connection, models, transaction

from courses.models import Run
from grants.actions.deadlines import is_in_line, refresh, to_sweep

# What moves a run's days, its place, its units or the people in it.
TOUCHING = frozenset(
    {
        *(
            "lesson.add",
            "lesson.repeat",
            "lesson.edit",
            "lesson.move",
            "lesson.remove",
        ),
        *("run.edit", "run.move", "run.cancel", "run.renew_units"),
        *("enrolment.apply", "enrolment.approve", "enrolment.cancel", "enrolment.promote", "quota.name"),
        *(
            "offer.accept",
            "enrolment.take_back",
            "enrolment.leave_firm",
            "enrolment.end_with_firm",
            "run.draw",
            "enrolment.choose",
        ),
    }
)


class Following:
    """The deadlines of one run's cases, once the transaction stands."""

    def __init__(self, run_id: int) -> None:
        self.run_id = run_id

    def __call__(self) -> None:
        for case in to_sweep().filter(run=self.run_id):
            if not is_in_line(case):
                refresh(case, by=None)


def follow(subject: models.Model, verb: str) -> None:
    """Once for a run, however many entries one action writes."""
    run_id = run_of(subject) if verb in TOUCHING else None
    if run_id is None or any(getattr(hook[1], "run_id", None) == run_id for hook in connection.run_on_commit):
        return
    transaction.on_commit(Following(run_id), robust=True)


def run_of(subject: models.Model) -> int | None:
    """Lessons, enrolments and seats held without a name each belong to a run."""
    return subject.pk if isinstance(subject, Run) else getattr(subject, "run_id", None)
