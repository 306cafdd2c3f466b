"""How the site is, for machines: one query and a look at the disk; no person, no address, no text stands in it."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from firms.models import Job
from firms.post.jobs import swept_at
from firms.states import JobState

# A sweep looks every five seconds: what is due for so long waits for a worker that is not there.
QUEUE_WAITS = timedelta(minutes=5)
# It is the clock of the site that starts the sweep: where it stands still nothing reminds anybody.
SWEEP_WAITS = timedelta(minutes=2)
MAIL_WAITS = timedelta(minutes=30)
# Below this a backup, a film or the database's log may find no room.
DISK_FREE_SHARE = 0.05
MAIL_KINDS = ("mail", "digest", "invitation", "action_link")


@dataclass(frozen=True)
class Health:
    """Moments are seconds ago; None where there was none."""

    swept_seconds: int | None
    queue_waiting: int
    queue_oldest_seconds: int
    quarantined: int
    mail_waiting: int
    mail_oldest_seconds: int
    mail_last_seconds: int | None
    disk_free_bytes: int
    disk_free_share: float

    @property
    def troubles(self) -> list[str]:
        """Which parts need somebody, as words for an alarm; a job put aside is told by a letter of its own."""
        found = {
            "worker": self.swept_seconds is None or self.swept_seconds > SWEEP_WAITS.total_seconds(),
            "queue": self.queue_oldest_seconds > QUEUE_WAITS.total_seconds(),
            "mail": self.mail_oldest_seconds > MAIL_WAITS.total_seconds(),
            "disk": self.disk_free_share < DISK_FREE_SHARE,
        }
        return [name for name, is_bad in found.items() if is_bad]


def health() -> Health:
    now = timezone.now()
    due = Q(state=JobState.WAITING, due_at__lte=now) | Q(state=JobState.RUNNING, leased_until__lte=now)
    is_mail = Q(kind__in=MAIL_KINDS)
    found = Job.objects.aggregate(
        waiting=Count("pk", filter=due),
        oldest=Min("due_at", filter=due),
        quarantined=Count("pk", filter=Q(state=JobState.QUARANTINED)),
        mail_waiting=Count("pk", filter=due & is_mail),
        mail_oldest=Min("due_at", filter=due & is_mail),
        mail_last=Max("finished_at", filter=Q(state=JobState.DONE) & is_mail),
    )
    disk = shutil.disk_usage(settings.VAR_DIR)
    return Health(
        swept_seconds=seconds_since(swept_at(), now),
        queue_waiting=found["waiting"],
        queue_oldest_seconds=seconds_since(found["oldest"], now) or 0,
        quarantined=found["quarantined"],
        mail_waiting=found["mail_waiting"],
        mail_oldest_seconds=seconds_since(found["mail_oldest"], now) or 0,
        mail_last_seconds=seconds_since(found["mail_last"], now),
        disk_free_bytes=disk.free,
        disk_free_share=round(disk.free / disk.total, 4),
    )


def seconds_since(moment: datetime | None, now: datetime) -> int | None:
    return int((now - moment).total_seconds()) if moment else None
