"""The file of a table of employees: kept to be looked at, named in the journal, and swept where nobody registered it."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import ProtectedError, Q, QuerySet
from django.db.models.fields.json import KT
from django.utils import timezone

from courses.actions.attendance.imports.taking import accepted
from firms.acting import Acting
from firms.actions.evidence import safe_name
from firms.files import store as files
from firms.files.media import MEDIA_TYPES
from firms.files.scanning import refuse_infected
from firms.journal import record
from firms.models import JournalEntry, Organisation, StoredFile


@dataclass(frozen=True)
class Verbs:
    """What the journal says of a table that was looked at, and of one that was taken."""

    looked_at: str
    taken: str


PEOPLE = Verbs("people.look_at", "people.register")
CERTIFICATES = Verbs("certification.look_at", "certification.take_table")
LOOKED_AT, TAKEN = zip(*((one.looked_at, one.taken) for one in (PEOPLE, CERTIFICATES)), strict=True)
# Longer than any session lasts in which the table could still be registered.
WAITS = timedelta(days=1)
ONE_LOOK = timedelta(minutes=5)


@transaction.atomic
def keep_to_look_at(upload: UploadedFile, *, verb: str = PEOPLE.looked_at, by: Acting) -> StoredFile:
    """By its content. Names and numbers of people are kept no longer than somebody may still register them.

    The same table looked at again and again is told once: the page is shown anew, so no mark of its form stands."""
    name = safe_name(upload.name or "")
    content = accepted(upload, name)
    refuse_infected(content)
    stored = files.store(content, media_type=MEDIA_TYPES.get(PurePath(name).suffix.lower(), "text/csv"))
    assert by.organisation is not None
    Organisation.objects.select_for_update(of=("self",)).get(pk=by.organisation.pk)
    told = JournalEntry.objects.filter(verb=verb, person=by.person, concerns=by.organisation)
    if not told.filter(details__sha256=stored.sha256, at__gte=timezone.now() - ONE_LOOK).exists():
        record(by.organisation, verb, by=by, concerns=by.organisation, sha256=stored.sha256)
    return stored


def record_taken(stored: StoredFile, number: int, *, verb: str, by: Acting) -> None:
    assert by.organisation is not None
    told: dict[str, Any] = {"sha256": stored.sha256, "number_of_people": number}
    record(by.organisation, verb, by=by, concerns=by.organisation, **told)


def tables_left() -> QuerySet[StoredFile]:
    """Looked at more than a day ago, lately not again, and registered by nobody."""
    since = timezone.now() - WAITS
    entries = JournalEntry.objects.order_by().annotate(sha256=KT("details__sha256"))
    looked_at = entries.filter(verb__in=LOOKED_AT, at__lt=since)
    wanted = entries.filter(Q(verb__in=TAKEN) | Q(verb__in=LOOKED_AT, at__gte=since))
    found = StoredFile.objects.filter(sha256__in=looked_at.values("sha256"))
    return found.exclude(sha256__in=wanted.values("sha256"))


def forget_tables() -> int:
    """The rows; the contents go with the next sweep of the store. What something else names stays."""
    forgotten = 0
    for stored in tables_left():
        try:
            with transaction.atomic():
                stored.delete()
            forgotten += 1
        except ProtectedError:
            continue
    return forgotten
