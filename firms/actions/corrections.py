"""Putting right what was recorded: a further row with a reason and who, then the value itself."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.models import Correction
from firms.models.corrections import as_text
from firms.words.saying import said as _


@transaction.atomic
def correct(
    subject: models.Model,
    changes: Mapping[str, Any],
    *,
    reason: str,
    by: Acting,
    concerns: int | None = None,
    about: models.Model | None = None,
    verb: str = "correction.make",
) -> list[Correction]:
    """Lock the row, keep each value that differs as a `Correction`, write the new ones, and tell the journal of `about`
    (the row itself where nothing else is named). What is right already gives no row, so a second click does nothing.

    Rules about the values are the caller's: it holds its own lock, checks them, and calls this last. Of a table that
    is `correctable` the database lets a value change only behind its correction.
    """
    held = type(subject)._base_manager.select_for_update(of=("self",)).get(pk=subject.pk)
    differing = {name: value for name, value in changes.items() if getattr(held, name) != value}
    if not differing:
        return []
    if not reason.strip():
        raise Refused(_("訂正の理由を入力してください。何を見て、どう違っていたか。"), field="reason")
    rows = [
        Correction.objects.create(
            subject_type=held._meta.label_lower,
            subject_id=held.pk,
            field=name,
            before=as_text(getattr(held, name)),
            after=as_text(value),
            reason=reason.strip(),
            corrected_by=by.person,
        )
        for name, value in differing.items()
    ]
    type(subject)._base_manager.filter(pk=held.pk).update(**differing)
    for name, value in differing.items():
        setattr(subject, name, value)
    record(about or subject, verb, by=by, concerns=concerns, corrected=told(rows), reason=reason.strip())
    return rows


def told(rows: list[Correction]) -> list[str]:
    """受付番号：東リ-8-123 → 東リ-8-132"""
    return [
        _("%(what)s：%(before)s → %(after)s")
        % {"what": row.label, "before": row.before_words, "after": row.after_words}
        for row in rows
    ]
