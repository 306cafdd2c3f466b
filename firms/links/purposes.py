"""What a link may be for: each app registers its purposes, and the page behind every link asks here what to show and do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.functional import Promise

from firms.models import ActionLink, StoredFile

Label = str | Promise
# The purpose of firms/ itself: a side of a document signs.
SIGN = "sign"


@dataclass(frozen=True)
class Guest:
    """Somebody without an account, by the name they gave; the link says to whom it had been sent."""

    link: ActionLink
    name: str
    position: str
    today: date

    @property
    def is_the_receiver(self) -> bool:
        return not self.position


def no_file(link: ActionLink) -> None:
    """Most links are about nothing that is printed."""


@dataclass(frozen=True)
class Purpose:
    """`label` says on page and in the letter what is asked, `button` what is pressed, `done` what was done.

    `template` is a part that shows the thing and the fields of `form` beside the name; `shown` is its context.
    `file` is what may be taken away beside it.
    `act` does the work: it locks the thing, checks, writes and records in the link's own transaction, and may refuse.
    """

    label: Label
    button: Label
    done: Label
    template: str
    form: Callable[..., Any]
    shown: Callable[[ActionLink], dict[str, Any]]
    act: Callable[[Guest, dict[str, Any]], None]
    file: Callable[[ActionLink], StoredFile | None] = no_file


PURPOSES: dict[str, Purpose] = {}


def register_purpose(key: str, purpose: Purpose) -> None:
    """Called by each app in AppConfig.ready; the key begins with the app's name."""
    PURPOSES[key] = purpose


def purpose_of(link: ActionLink) -> Purpose:
    return PURPOSES[link.purpose]


def subject_of(link: ActionLink) -> Model:
    """The row the link is about."""
    found: Model = apps.get_model(link.subject_type)._default_manager.get(pk=link.subject_id)
    return found
