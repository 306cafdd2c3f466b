"""The secret address of a feed: made, given up, and found again by its hash."""

import secrets
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from courses.models import Run, RunFeed
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.models import FeedEntry, FeedToken, Person
from firms.words.saying import said as _
from mentors.models import VisitFeed
from trials.models import TrialFeed

# Of a person alone, for no organisation.
OwnFeed = VisitFeed | TrialFeed


def hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def secret_of(mark: UUID | None, *, of: str, by: Acting) -> str:
    """The mark of the page and the site's key make the same secret at every click; without a mark it is a new one."""
    if mark is None:
        return secrets.token_urlsafe(32)
    place = f"{of}:{by.person.pk}:{by.organisation_id}:{mark}"
    return salted_hmac("lms.calendar", place, algorithm="sha256").hexdigest()


@transaction.atomic
def make_token(*, mark: UUID | None = None, by: Acting) -> str:
    """The only time the secret is known; an older address of the same organisation ends with it.

    A second click under the mark of the same page is given the address that the first has made.
    """
    if by.organisation is None:
        raise Refused(_("いま所属している組織がないため、カレンダーのアドレスは作れません。"))
    Person.objects.select_for_update(of=("self",)).get(pk=by.person.pk)
    token = secret_of(mark, of="feed", by=by)
    if FeedToken.objects.filter(token_hash=hashed(token), revoked_at=None).exists():
        return token
    refuse_given_up(FeedToken.objects.filter(token_hash=hashed(token)))
    for held in FeedToken.objects.filter(person=by.person, organisation=by.organisation, revoked_at=None):
        end(held, by=by)
    row = FeedToken.objects.create(person=by.person, organisation=by.organisation, token_hash=hashed(token))
    record(row, "calendar.make", by=by, concerns=by.organisation)
    return token


def refuse_given_up(rows: QuerySet[Any]) -> None:
    """What an old page made and somebody gave up since does not come back to life."""
    if rows.exists():
        raise Refused(_("この画面で作ったアドレスは無効にされています。画面を開き直してから、もう一度作ってください。"))


@transaction.atomic
def revoke_token(row: FeedToken, *, by: Acting) -> None:
    """Revoking twice is revoking once."""
    row = FeedToken.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.revoked_at is None:
        end(row, by=by)


@transaction.atomic
def make_run_token(run: Run, *, mark: UUID | None = None, by: Acting) -> str:
    """The address of one run's feed for one person; like the person's own, known only now, and made once a page."""
    Person.objects.select_for_update(of=("self",)).get(pk=by.person.pk)
    token = secret_of(mark, of=f"run {run.pk}", by=by)
    if RunFeed.objects.filter(token_hash=hashed(token), revoked_at=None).exists():
        return token
    refuse_given_up(RunFeed.objects.filter(token_hash=hashed(token)))
    for held in RunFeed.objects.filter(run=run, person=by.person, revoked_at=None):
        end(held, by=by)
    row = RunFeed.objects.create(run=run, person=by.person, organisation=by.organisation, token_hash=hashed(token))
    record(row, "calendar.make", by=by, concerns=by.organisation)
    return token


@transaction.atomic
def revoke_run_token(row: RunFeed, *, by: Acting) -> None:
    row = RunFeed.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.revoked_at is None:
        end(row, by=by)


def make_visit_token(*, mark: UUID | None = None, by: Acting) -> str:
    """The address of one's own 実技指導, for whoever one also works."""
    return make_own_token(VisitFeed, of="visits", mark=mark, by=by)


def make_trial_token(*, mark: UUID | None = None, by: Acting) -> str:
    """The address of one's own trials: whoever is in one need act for nobody."""
    return make_own_token(TrialFeed, of="trials", mark=mark, by=by)


@transaction.atomic
def make_own_token(feed: type[VisitFeed] | type[TrialFeed], *, of: str, mark: UUID | None, by: Acting) -> str:
    """Made once a page, like the others, and concerning no organisation."""
    Person.objects.select_for_update(of=("self",)).get(pk=by.person.pk)
    token = secret_of(mark, of=of, by=by)
    rows = feed._default_manager
    if rows.filter(token_hash=hashed(token), revoked_at=None).exists():
        return token
    refuse_given_up(rows.filter(token_hash=hashed(token)))
    for held in rows.filter(person=by.person, revoked_at=None):
        end(held, by=by)
    row = rows.create(person=by.person, token_hash=hashed(token))
    record(row, "calendar.make", by=by)
    return token


@transaction.atomic
def revoke_own_token(row: OwnFeed, *, by: Acting) -> None:
    """Revoking twice is revoking once."""
    row = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if row.revoked_at is None:
        end(row, by=by)


def end(row: FeedToken | RunFeed | OwnFeed, *, by: Acting) -> None:
    """What the address has told is forgotten with it: nobody asks it again."""
    row.revoked_at = timezone.now()
    row.save(update_fields=["revoked_at"])
    FeedEntry.objects.filter(feed=row.token_hash).delete()
    record(row, "calendar.revoke", by=by, concerns=getattr(row, "organisation_id", None))
