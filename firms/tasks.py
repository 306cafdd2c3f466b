"""What Celery runs: one job by its id, and the sweep that forgets none."""

import logging

from celery import shared_task
from django.utils import timezone

from firms.actions.evidence import check_evidence
from firms.actions.invitations import mail_invitation
from firms.actions.letters import tell_unusual_volumes
from firms.actions.links import mail_link
from firms.actions.newcomers import forget_unconfirmed, mail_declined, mail_newcomer
from firms.actions.quarantine import quarantine
from firms.files import store as files
from firms.ledgers.chain import seal_ledgers
from firms.post import jobs
from firms.post.mailing import mail_digest, mail_notification
from firms.web.once import forget_old

log = logging.getLogger(__name__)

# One sweep gives out this many hints, so that a long queue is not told over and over again.
SWEEP = 50

jobs.handler("mail")(mail_notification)
jobs.handler("digest")(mail_digest)
jobs.handler("invitation")(mail_invitation)
jobs.handler("action_link")(mail_link)
jobs.handler("newcomer")(mail_newcomer)
jobs.handler("newcomer_declined")(mail_declined)
jobs.handler("check_evidence")(check_evidence)


@shared_task(name=jobs.RUN)
def run_job(pk: int) -> None:
    """Claim and do one job; a hint for a job that is done or held elsewhere does nothing."""
    job = jobs.claim(pk)
    if job is None:
        return
    try:
        jobs.work(job)
    except jobs.LeaseLost:
        log.warning("job %s (%s) was taken over by another worker", job.pk, job.kind)
    except Exception as failure:
        log.exception("job %s (%s) failed at attempt %s", job.pk, job.kind, job.attempts)
        because = f"{type(failure).__name__}: {failure}"
        (quarantine if job.attempts >= jobs.ATTEMPTS else jobs.put_back)(job, because=because)


@shared_task(name="firms.tasks.sweep_jobs", ignore_result=True)
def sweep_jobs() -> None:
    """Publish again what is due and unheld, and put aside what has died with its workers too often."""
    jobs.mark_swept()
    for pk in jobs.unheld(SWEEP):
        jobs.hint(pk)
    for job in jobs.worn_out():
        quarantine(job, because="The worker died, four times.")


@shared_task(name="firms.tasks.nightly", ignore_result=True)
def nightly() -> None:
    """Bind the day's rows, forget marks of old pages and requests nobody confirmed, sweep away files whose row never came."""
    seal_ledgers()
    forget_old()
    forget_unconfirmed(now=timezone.now())
    files.sweep()


@shared_task(name="firms.tasks.watch_letters", ignore_result=True)
def watch_letters() -> None:
    """Reminders that fall silent complain to nobody, so somebody counts them."""
    tell_unusual_volumes(now=timezone.now())
