"""How many notices of each kind leave in a week, and whether that is what it usually is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, Q

from firms.models import Notification
from firms.models.letters import LetterKind

WEEKS_BEFORE = 4
# Fewer in a week may as well be none the next.
USUAL_AT_LEAST = 5
# A week with less than a fifth of the usual is silent, with more than five times it a flood.
FACTOR = 5


@dataclass(frozen=True)
class Volume:
    """One kind: the notices of each week, the last seven days at the end."""

    kind: LetterKind
    weeks: tuple[int, ...]

    @property
    def usual(self) -> float:
        return usual_of(self.weeks)

    @property
    def verdict(self) -> str:
        return verdict_of(self.weeks)


def usual_of(weeks: Sequence[int]) -> float:
    """The median of the weeks before, which one odd week does not move."""
    return float(median(weeks[:-1]))


def verdict_of(weeks: Sequence[int]) -> str:
    """ "silent", "flood" or nothing."""
    usual, now = usual_of(weeks), weeks[-1]
    if usual >= USUAL_AT_LEAST and now * FACTOR < usual:
        return "silent"
    if now > max(usual, USUAL_AT_LEAST) * FACTOR:
        return "flood"
    return ""


def volumes(*, now: datetime) -> list[Volume]:
    """Every kind, in one query over five weeks."""
    count = WEEKS_BEFORE + 1
    ends = [now - timedelta(weeks=count - 1 - number) for number in range(count)]
    buckets = {
        f"week_{number}": Count("pk", filter=Q(created_at__gt=end - timedelta(weeks=1), created_at__lte=end))
        for number, end in enumerate(ends)
    }
    since = now - timedelta(weeks=count)
    rows = (
        Notification.objects.filter(created_at__gt=since)
        .order_by()
        .values("kind")
        .annotate(**buckets)
        .values_list("kind", *buckets)
    )
    found = {kind: tuple(weeks) for kind, *weeks in rows}
    return [Volume(kind, found.get(kind, (0,) * count)) for kind in LetterKind]
