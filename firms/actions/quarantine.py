"""Jobs that failed for good: put aside with an alarm, and tried again when somebody says so."""

import logging

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.models import Job, Person
from firms.post import jobs
from firms.post.notify import notify, show
from firms.states import JobState
from firms.words.saying import said as _

log = logging.getLogger(__name__)


@transaction.atomic
def quarantine(job: Job, *, because: str) -> None:
    """Put the job aside, if this attempt still holds it, and tell those who run the site."""
    put_aside = jobs.held(job).update(
        state=JobState.QUARANTINED, leased_until=None, finished_at=timezone.now(), last_error=because
    )
    if not put_aside:
        return
    log.error("job %s (%s) is put aside after %s attempts: %s", job.pk, job.kind, job.attempts, because)
    # An alarm about a mail that cannot be sent must not be one more mail that cannot be sent.
    tell = show if job.kind in {"mail", "invitation"} else notify
    for person in Person.objects.filter(is_superuser=True, is_active=True):
        tell(
            person,
            subject=_("ジョブ「%(kind)s」が失敗しました") % {"kind": job.kind},
            body=_("%(attempts)s回試しましたが完了しませんでした。原因を取り除いてから再実行してください。")
            % {"attempts": job.attempts},
            path=reverse("firms:jobs"),
        )


@transaction.atomic
def try_again(job: Job, *, by: Acting) -> None:
    """Give a job that was put aside its four attempts again."""
    woken = Job.objects.filter(pk=job.pk, state=JobState.QUARANTINED).update(
        state=JobState.WAITING, finished_at=None, attempts=0, due_at=timezone.now()
    )
    if not woken:
        raise Refused(_("このジョブはすでに再実行されています。一覧を開き直してください。"))
    record(job, "job.retry", by=by, from_state=JobState.QUARANTINED, to_state=JobState.WAITING)
    jobs.hint_on_commit(job.pk)
