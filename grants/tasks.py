"""Sweeps over deadlines, in line with the lessons and told to whom they concern; and at night every firm against every scheme."""

import logging

from celery import shared_task

from firms.post import jobs as queue
from firms.queries import today
from grants.actions.chances import KIND, ask_to_reckon, reckon_portion
from grants.actions.deadlines import is_in_line, refresh, to_sweep
from grants.actions.ended import ended_mandates, tell_ended
from grants.actions.exemptions import ending, remind_of_end
from grants.actions.late import tell_late_records as tell_of
from grants.actions.reminding import is_told, remind, step_of, to_remind
from grants.actions.requests import remind_of, to_remind_of
from grants.papers import jobs  # noqa: F401  importing it registers the job that makes papers
from grants.queries.late import cases_with_late_records

CHUNK = 500
log = logging.getLogger(__name__)

queue.handler(KIND)(reckon_portion)


@shared_task
def refresh_deadlines() -> None:
    for case in to_sweep().iterator(chunk_size=CHUNK):
        try:
            if not is_in_line(case):
                refresh(case, by=None)
        except Exception:
            log.exception("deadlines of case %s not refreshed", case.pk)


@shared_task
def tell_late_records() -> None:
    for case in cases_with_late_records():
        try:
            tell_of(case)
        except Exception:
            log.exception("late records of case %s not told", case.pk)


@shared_task
def tell_ended_mandates() -> None:
    for mandate in ended_mandates(today()):
        try:
            tell_ended(mandate, today=today())
        except Exception:
            log.exception("end of mandate %s not told", mandate.pk)


@shared_task
def remind_deadlines() -> None:
    """Refreshes first: a reminder of a day that has moved is worse than none."""
    refresh_deadlines()
    day = today()
    for row in to_remind(today=day):
        step = step_of(row, today=day)
        if step is None or is_told(row, step):
            continue
        try:
            remind(row, today=day)
        except Exception:
            log.exception("no reminder for deadline %s", row.pk)


@shared_task
def remind_requests() -> None:
    for request in to_remind_of(on=today()):
        try:
            remind_of(request)
        except Exception:
            log.exception("no reminder of request %s", request.pk)


@shared_task
def reckon_chances() -> None:
    """The work itself is done by jobs, of which each begins anew where its worker dies."""
    ask_to_reckon(on=today())


@shared_task
def remind_exemptions() -> None:
    day = today()
    for exemption in ending(day):
        try:
            remind_of_end(exemption, today=day)
        except Exception:
            log.exception("no reminder of the end of exemption %s", exemption.pk)
