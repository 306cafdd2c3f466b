"""The demo's letter box: mails that were written to a folder, read back."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q

from firms.models import Organisation, Person

BETWEEN = b"\n" + b"-" * 79 + b"\n"
SHOWN = 50


@dataclass(frozen=True)
class Letter:
    to: str
    subject: str
    sent_at: datetime | None
    text: str


def outbox_folder() -> Path | None:
    """Where the mails are, if this is the demo and they are kept in a folder.

    The page is open to everybody and shows links that open accounts: with one real organisation it is closed.
    """
    mailer: dict[str, Any] = settings.MAILERS["default"]
    if not settings.DEMO or not str(mailer["BACKEND"]).endswith("filebased.EmailBackend"):
        return None
    if Organisation.objects.filter(is_fictional=False).exists():
        return None
    return Path(mailer["OPTIONS"]["file_path"])


def letters(folder: Path) -> list[Letter]:
    """The newest first; those to the people who run the site are theirs."""
    files = sorted(folder.glob("*.log"), reverse=True)[:SHOWN] if folder.is_dir() else []
    parts = [part for file in files for part in reversed(file.read_bytes().split(BETWEEN)) if part.strip()]
    staff = set(Person.objects.filter(Q(is_staff=True) | Q(is_superuser=True)).values_list("email", flat=True))
    return [letter for letter in map(letter_of, parts[:SHOWN]) if letter.to.lower() not in staff]


def letter_of(raw: bytes) -> Letter:
    message: EmailMessage = message_from_bytes(raw.lstrip(), policy=policy.default)
    body = message.get_body(("plain",))
    return Letter(
        to=str(message["to"] or ""),
        subject=str(message["subject"] or ""),
        sent_at=message["date"].datetime if message["date"] else None,
        text=body.get_content() if body else "",
    )
