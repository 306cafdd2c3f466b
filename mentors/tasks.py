"""Sweeps over certifications that near their end."""

import logging

from celery import shared_task

from firms.queries import today
from mentors.actions.certifying.issuing import remind_of_renewal
from mentors.models import RenewalReminder

log = logging.getLogger(__name__)


@shared_task
def sweep() -> None:
    """What is due and unsent, also from nights that were missed; one row that fails stops none of the others."""
    on = today()
    for reminder in RenewalReminder.objects.filter(sent_at=None, due_on__lte=on).select_related("certification"):
        try:
            remind_of_renewal(reminder, on=on)
        except Exception:
            log.exception("reminder %s was not sent", reminder.pk)
