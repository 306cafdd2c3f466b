"""Numbers for Prometheus, in its text format; counted from the rows, so that every process tells the same."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from firms.models import Job, Notification
from lms.running.health import Health, health

# name → (what it is, how it is read from the health)
GAUGES = {
    "takumi_queue_waiting": "Jobs that are due and nobody has done.",
    "takumi_queue_oldest_seconds": "How long the oldest of them has waited.",
    "takumi_quarantined": "Jobs put aside after four attempts.",
    "takumi_mail_waiting": "Letters among the due jobs.",
    "takumi_mail_oldest_seconds": "How long the oldest letter has waited.",
    "takumi_disk_free_bytes": "Room left where the site keeps its files.",
    "takumi_disk_free_share": "The same as a share of the whole.",
}

NOTICES_OVER = timedelta(days=1)


def lines() -> Iterator[str]:
    """Three queries, whatever there is."""
    found = health()
    yield from gauges(found)
    yield from labelled(
        "takumi_jobs",
        "Jobs by kind and state, of all time.",
        Job.objects.order_by("kind", "state").values("kind", "state").annotate(count=Count("pk")),
    )
    yield from notices()


def notices() -> Iterator[str]:
    since = timezone.now() - NOTICES_OVER
    rows = Notification.objects.filter(created_at__gt=since).order_by("kind").values("kind").annotate(count=Count("pk"))
    yield from labelled("takumi_notices_of_a_day", "Notices of the last 24 hours by kind.", rows)


def gauges(found: Health) -> Iterator[str]:
    for name, what in GAUGES.items():
        yield from heading(name, what)
        yield f"{name} {getattr(found, name.removeprefix('takumi_'))}"


def labelled(name: str, what: str, rows: object) -> Iterator[str]:
    yield from heading(name, what)
    for row in rows:  # type: ignore[attr-defined]
        count = row.pop("count")
        labels = ",".join(f'{label}="{value}"' for label, value in row.items())
        yield f"{name}{{{labels}}} {count}"


def heading(name: str, what: str) -> tuple[str, str]:
    return f"# HELP {name} {what}", f"# TYPE {name} gauge"
