"""The sweeps over what joins several apps: organisations whose last day has passed, tables nobody registered;
and over trials and mentors, whose days come and whose answers stay out."""

import logging

from celery import shared_task

from firms.queries import today
from lms.deregistering.ending import decided_by, end_open, lately_deregistered
from lms.people.keeping import forget_tables
from mentors.tasks import sweep as sweep_mentors
from trials.tasks import sweep_trials

log = logging.getLogger(__name__)


@shared_task
def sweep() -> None:
    end_deregistered()
    forget_tables()
    sweep_trials(on=today())
    sweep_mentors()


def end_deregistered() -> None:
    """What was begun for them before their last day and is still open ends with the reason the ward gave."""
    on = today()
    for organisation in lately_deregistered(on=on):
        try:
            end_open(organisation, by=decided_by(organisation, on=on))
        except Exception:
            log.exception("what organisation %s left open was not ended", organisation.pk)
