"""Sweeps over runs: seats, offers and reserved seats nobody uses, runs with too few, people who miss too much."""

import logging
from collections.abc import Callable, Iterable
from datetime import date

from celery import shared_task

from courses.actions.attendance.imports import jobs  # noqa: F401  importing it registers the jobs of attendance files
from courses.actions.attendance.pace import warn_of_pace
from courses.actions.catalogue.minimum import flag_too_few
from courses.actions.seats.departures import free_seat_of_leaver
from courses.actions.seats.quotas import release_unnamed
from courses.actions.seats.waiting import close_queue, lapse_offer
from courses.queries.attendance.paces import runs_to_watch, worrying
from courses.queries.seats import sweeping
from firms.queries import today

log = logging.getLogger(__name__)


@shared_task
def sweep_seats() -> None:
    """First what frees seats, then what follows from their number; one row that fails stops none of the others."""
    on = today()
    each(sweeping.departing_before_begin(on=on), free_seat_of_leaver, on=on)
    each(sweeping.offers_to_lapse(on=on), lapse_offer, on=on)
    each(sweeping.quotas_to_release(on=on), release_unnamed, on=on)
    each(sweeping.runs_with_too_few(on=on), flag_too_few, on=on)
    each(sweeping.queues_to_close(on=on), close_queue, on=on)


@shared_task
def watch_pace() -> None:
    """Who is about to miss the line of their run hears of it while it can still help."""
    on = today()
    for run in runs_to_watch(on=on):
        each(worrying(run, on=on), warn_of_pace, on=on)


def each(rows: Iterable[object], act: Callable[..., object], *, on: date) -> None:
    for row in rows:
        try:
            act(row, on=on)
        except Exception:
            log.exception("%s failed for %s %s", act.__name__, type(row).__name__, getattr(row, "pk", None))
