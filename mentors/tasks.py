"""Sweeps over what time itself moves: certifications near their end, hosts that have not countersigned, manuals to look at
again, films that stopped half-way; and the job that joins a film."""

import logging
from collections.abc import Callable, Iterable
from datetime import date

from celery import shared_task

from firms.post import jobs
from firms.queries import today
from mentors.actions.certifying.issuing import remind_of_renewal
from mentors.actions.certifying.training import recheck
from mentors.actions.manuals.approving import remind_of_review
from mentors.actions.manuals.films import drop_stopped, join_film
from mentors.actions.sessions.waiting import follow_up
from mentors.models import Application, Film, RenewalReminder, ReviewReminder, Session
from mentors.states import ApplicationState, FilmState, SessionState

log = logging.getLogger(__name__)

jobs.handler("join_film")(join_film)


@shared_task
def sweep() -> None:
    """What is due and undone, also from nights that were missed; one row that fails stops none of the others."""
    on = today()
    due = RenewalReminder.objects.filter(sent_at=None, due_on__lte=on).select_related("certification")
    each(due, remind_of_renewal, on=on)
    each(Application.objects.filter(state=ApplicationState.PASSED), recheck, on=on)
    each(Session.objects.filter(state=SessionState.LOGGED), follow_up, on=on)
    each(ReviewReminder.objects.filter(sent_at=None, due_on__lte=on), remind_of_review, on=on)
    each(Film.objects.filter(state=FilmState.RECEIVING), drop_stopped, on=on)


def each(rows: Iterable[object], act: Callable[..., object], *, on: date) -> None:
    for row in rows:
        try:
            act(row, on=on)
        except Exception:
            log.exception("%s failed for %s %s", act.__name__, type(row).__name__, getattr(row, "pk", None))
