"""The journal's two verbs: record what was done, and move a state along its table."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import models, transaction
from django.db.models import TextChoices

from firms.acting import Acting
from firms.errors import Refused
from firms.models import JournalEntry, Organisation
from firms.words.saying import said as _

# Called with what an entry is about and its verb, in the transaction that writes it.
Listener = Callable[[models.Model, str], None]
LISTENERS: list[Listener] = []


def listen(listener: Listener) -> None:
    """Called by an app in AppConfig.ready, whose rows follow from those of apps below it."""
    if listener not in LISTENERS:
        LISTENERS.append(listener)


ACT: ContextVar[UUID | None] = ContextVar("act", default=None)


@contextmanager
def one_act() -> Iterator[None]:
    """What one person writes inside under one verb is one event to whoever reads it; inside another act it is that one's.

    A request is one, a job is one, and so is an action that tells several organisations.
    """
    token = ACT.set(ACT.get() or uuid4())
    try:
        yield
    finally:
        ACT.reset(token)


def event_of(verb: str, by: Acting | None) -> UUID | None:
    act = ACT.get()
    return uuid5(act, f"{verb} {by.person.pk if by else ''} {by.organisation_id if by else ''}") if act else None


def record(
    subject: models.Model,
    verb: str,
    *,
    by: Acting | None,
    concerns: Organisation | int | None = None,
    from_state: str = "",
    to_state: str = "",
    **details: Any,
) -> JournalEntry:
    """Write one entry; `by=None` is Takumi itself. `concerns` is the organisation whose business it is."""
    for listener in LISTENERS:
        listener(subject, verb)
    states = {"from_state": from_state, "to_state": to_state}
    entry = entry_of(subject, verb, by=by, concerns=concerns, details=details, **states)
    entry.save(force_insert=True)
    return entry


def record_all(
    told: Mapping[models.Model, Mapping[str, Any]],
    verb: str,
    *,
    by: Acting | None,
    concerns: Organisation | int | None = None,
) -> list[JournalEntry]:
    """As `record` of each subject with its details, in one query."""
    for subject in told:
        for listener in LISTENERS:
            listener(subject, verb)
    return JournalEntry.objects.bulk_create(
        entry_of(subject, verb, by=by, concerns=concerns, details=one) for subject, one in told.items()
    )


def entry_of(
    subject: models.Model,
    verb: str,
    *,
    by: Acting | None,
    concerns: Organisation | int | None,
    details: Mapping[str, Any],
    from_state: str = "",
    to_state: str = "",
) -> JournalEntry:
    concerned = concerns.pk if isinstance(concerns, Organisation) else concerns
    return JournalEntry(
        person=by.person if by else None,
        organisation=by.organisation if by else None,
        mandate_id=by.mandate_id_for(concerned) if by and concerned else None,
        concerns_id=concerned,
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_label=str(subject)[:200],
        from_state=from_state,
        to_state=to_state,
        details=dict(details),
        event=event_of(verb, by),
    )


def moves_of(state: TextChoices) -> dict[str, frozenset[str]]:
    """The table of the state's own class, which stands in MOVES beside it."""
    table: dict[str, frozenset[str]] = sys.modules[type(state).__module__].MOVES[type(state)]
    return table


def move(
    subject: models.Model,
    to: TextChoices,
    *,
    by: Acting | None,
    verb: str,
    concerns: Organisation | int | None = None,
    told: Mapping[str, Any] | None = None,
    **fields: Any,
) -> None:
    """The only writer of `state`: sets it with the given fields where the table allows it, and records it with `told`.

    The row is written only if nobody moved it meanwhile; a second click therefore gets a sentence, not a second move.
    """
    state: str = subject.state  # type: ignore[attr-defined]
    if to not in moves_of(to)[state]:
        raise Refused(
            _("「%(label)s」の状態からは行えません。画面を開き直して、いまの状態を確かめてください。")
            % {"label": type(to)(state).label}
        )
    # Within its caller's transaction it needs no savepoint: nothing is written where it says no.
    with transaction.atomic(savepoint=False):
        moved = type(subject)._default_manager.filter(pk=subject.pk, state=state).update(state=to, **fields)
        if moved:
            for name, value in {"state": to, **fields}.items():
                setattr(subject, name, value)
            record(subject, verb, by=by, concerns=concerns, from_state=state, to_state=str(to), **(told or {}))
    if not moved:
        raise Refused(_("ほかの人が先に更新しました。画面を開き直してください。"))
