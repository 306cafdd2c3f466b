"""Whether a feed is still the one made before, by one query: a calendar that asks every hour should cost nothing.

Everything a feed shows changes together with an entry of the journal or with a deadline's row. What was newest when
the feed was made is remembered beside its tag; where nothing newer concerns the feed, the tag still holds. Days
that pass change a feed as well, so what is remembered is good for its day alone.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from courses.models import RunFeed
from firms.models import FeedToken, JournalEntry, Mandate, Membership
from firms.web.kept import release
from grants.models import Deadline
from lms.calendar.events import NAMES, TIMETABLE
from lms.calendar.trials import VERBS
from lms.calendar.visits import VISITS
from mentors.models import VisitFeed
from trials.models import TrialFeed

DAY = 24 * 60 * 60
# An entry may become visible a little after a later one: that long a transaction may take.
MARGIN = timedelta(minutes=2)


@dataclass(frozen=True)
class Since:
    """A moment, and the newest entry of the journal that surely stood by then."""

    at: datetime
    journal: int


@dataclass(frozen=True)
class Made:
    """The tag of a feed, since when a change would make it another one, and its text where it was written out."""

    tag: str
    since: Since
    body: bytes = b""


def since_now(*, now: datetime) -> Since:
    """Ask before the feed is gathered: what comes in between is then newer."""
    entries = JournalEntry.objects.filter(at__lt=now - MARGIN).order_by("-pk")
    return Since(at=now, journal=entries.values_list("pk", flat=True).first() or 0)


def address(token_hash: str) -> str:
    """A new release may write a feed in other words."""
    return f"feed:{token_hash}:{sha256(release().encode()).hexdigest()[:16]}"


def remember(token_hash: str, made: Made) -> None:
    cache.set(address(token_hash), made, DAY)


def made_before(token_hash: str, *, on: date) -> Made | None:
    made: Made | None = cache.get(address(token_hash))
    return made if made and timezone.localdate(made.since.at) == on else None


def is_unchanged(token_hash: str, made: Made) -> bool:
    """One query. False for an address that is revoked or whose owner may not sign in any more, too."""
    held = FeedToken.objects.filter(token_hash=token_hash, revoked_at=None, person__is_active=True)
    # Mandates of every state: that one ended is itself a change.
    clients = Mandate.objects.filter(office=OuterRef(OuterRef("organisation"))).values("firm")
    concerning = Q(concerns=OuterRef("organisation")) | Q(concerns__in=clients)
    told = (*TIMETABLE, *NAMES, *VERBS)
    entries = JournalEntry.objects.filter(concerning | Q(verb__in=told), pk__gt=made.since.journal)
    firm = "case__establishment__organisation"
    since = made.since.at - MARGIN
    deadlines = Deadline.objects.filter(
        Q(**{firm: OuterRef("organisation")}) | Q(**{f"{firm}__in": clients}),
        Q(created_at__gt=since) | Q(closed_at__gt=since),
    )
    return held.exclude(Exists(entries)).exclude(Exists(deadlines)).exists()


def is_visits_unchanged(token_hash: str, made: Made) -> bool:
    """The same for a マイスター's own sessions: whichever session was moved, nobody's calendar misses it."""
    held = VisitFeed.objects.filter(token_hash=token_hash, revoked_at=None, person__is_active=True)
    entries = JournalEntry.objects.filter(verb__in=(*VISITS, *NAMES), pk__gt=made.since.journal)
    return held.exclude(Exists(entries)).exists()


def is_trials_unchanged(token_hash: str, made: Made) -> bool:
    """The same for somebody's own trials."""
    held = TrialFeed.objects.filter(token_hash=token_hash, revoked_at=None, person__is_active=True)
    entries = JournalEntry.objects.filter(verb__in=(*VERBS, *NAMES), pk__gt=made.since.journal)
    return held.exclude(Exists(entries)).exists()


def is_run_unchanged(token_hash: str, made: Made) -> bool:
    """The same for the feed of one run, which shows no deadline of a case."""
    held = RunFeed.objects.filter(token_hash=token_hash, revoked_at=None, person__is_active=True)
    own = Membership.objects.filter(person=OuterRef(OuterRef("person"))).values("organisation")
    concerning = Q(concerns__in=own) | Q(verb__in=(*TIMETABLE, *NAMES))
    entries = JournalEntry.objects.filter(concerning, pk__gt=made.since.journal)
    return held.exclude(Exists(entries)).exists()
