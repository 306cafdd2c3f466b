"""A row that changed between being shown and being written: both are shown side by side, and a person chooses."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from firms.offline.arriving import TYPED_AT, LateRequest
from firms.web.once import NOT_FACTS
from firms.words.japanese import jdate, jdatetime
from firms.words.saying import said as _

SEEN = "seen_facts"
# What the page of a conflict writes itself.
OWN = {*NOT_FACTS, SEEN, TYPED_AT}


class Changed(Exception):
    """Raised by an action under its lock: what stands now is not what the form was filled in over."""

    def __init__(self, now: Mapping[str, Any]) -> None:
        super().__init__("the row changed meanwhile")
        self.now = now


def mark_of_facts(facts: Mapping[str, Any]) -> str:
    """Stands for what the page has shown, in its hidden field `seen_facts`; no row yet is an empty mapping."""
    return sha256(json.dumps({name: str(value) for name, value in facts.items()}, sort_keys=True).encode()).hexdigest()


def refuse_changed(*, seen: str, now: Mapping[str, Any], typed: Mapping[str, Any]) -> None:
    """Called by the action with the facts of the locked row, by the names of the form's fields.

    Somebody else who wrote the very same is no conflict. Nothing seen is one, unless nothing stands there.
    """
    if mark_of_facts(now) == seen or (not now and not seen):
        return
    if not now or any(typed.get(name) != value for name, value in now.items()):
        raise Changed(now)


@dataclass(frozen=True)
class Line:
    """One field of the form: what stands there now, and what was typed."""

    label: str
    now: str
    typed: str

    @property
    def is_different(self) -> bool:
        return self.now != self.typed


def lines_of(form: forms.BaseForm, now: Mapping[str, Any]) -> Iterator[Line]:
    for field in form.visible_fields():
        typed = in_words(field.field, form.cleaned_data.get(field.name))
        yield Line(str(field.label), in_words(field.field, now.get(field.name)), typed)


def in_words(field: forms.Field, value: Any) -> str:
    """A value as the page says it."""
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    if isinstance(value, list):
        return "、".join(in_words(field, one) for one in value)
    if isinstance(field, forms.ChoiceField):
        return str(dict(flat(field.choices)).get(str(value), value or ""))
    if isinstance(value, datetime):
        return jdatetime(value)
    if isinstance(value, date):
        return jdate(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "" if value is None else str(value)


def flat(choices: Any) -> Iterator[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from flat(label)
        else:
            yield str(value), label


def conflict(
    request: LateRequest, form: forms.BaseForm, changed: Changed, *, title: str, back: str, key: str
) -> HttpResponse:
    """The page on which a person chooses (409): what was typed goes on as it was, over what it has now seen.

    `key` is the form's own data-offline, so that the device keeps it until one of the two was chosen.
    """
    hidden = [(name, value) for name, values in request.POST.lists() if name not in OWN for value in values]
    context = {
        "title": title,
        "lines": list(lines_of(form, changed.now)),
        "hidden": hidden,
        "seen_facts": mark_of_facts(changed.now),
        "typed_at": request.typed_at,
        "has_files": bool(request.FILES),
        "back": back,
        "key": key,
    }
    return render(request, "firms/conflict.html", context, status=409)
