"""The secret address of a feed: made, given up, and found again by its hash."""

import secrets
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Run, RunFeed
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.models import FeedToken, Person


def hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()


@transaction.atomic
def make_token(*, by: Acting) -> str:
    """The only time the secret is known; an older address of the same organisation ends with it."""
    if by.organisation is None:
        raise Refused(_("いま所属している組織がないため、カレンダーのアドレスは作れません。"))
    Person.objects.select_for_update(of=("self",)).get(pk=by.person.pk)
    for held in FeedToken.objects.filter(person=by.person, organisation=by.organisation, revoked_at=None):
        end(held, by=by)
    token = secrets.token_urlsafe(32)
    row = FeedToken.objects.create(person=by.person, organisation=by.organisation, token_hash=hashed(token))
    record(row, "calendar.made", by=by, concerns=by.organisation)
    return token


@transaction.atomic
def revoke_token(row: FeedToken, *, by: Acting) -> None:
    """Revoking twice is revoking once."""
    row = FeedToken.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.revoked_at is None:
        end(row, by=by)


@transaction.atomic
def make_run_token(run: Run, *, by: Acting) -> str:
    """The address of one run's feed for one person; like the person's own, known only now."""
    Person.objects.select_for_update(of=("self",)).get(pk=by.person.pk)
    for held in RunFeed.objects.filter(run=run, person=by.person, revoked_at=None):
        end(held, by=by)
    token = secrets.token_urlsafe(32)
    row = RunFeed.objects.create(run=run, person=by.person, organisation=by.organisation, token_hash=hashed(token))
    record(row, "calendar.made", by=by, concerns=by.organisation)
    return token


@transaction.atomic
def revoke_run_token(row: RunFeed, *, by: Acting) -> None:
    row = RunFeed.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.revoked_at is None:
        end(row, by=by)


def end(row: FeedToken | RunFeed, *, by: Acting) -> None:
    row.revoked_at = timezone.now()
    row.save(update_fields=["revoked_at"])
    record(row, "calendar.revoked", by=by, concerns=row.organisation_id)
