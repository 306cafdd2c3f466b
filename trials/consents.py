"""The texts people agree to, as they stand on a day; what somebody agreed to is kept with its own words."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent / "texts" / "consents.toml"


@dataclass(frozen=True)
class ConsentText:
    recipient: str
    purpose: str
    label: str
    is_needed: bool
    version: date
    text: str

    @property
    def key(self) -> str:
        return f"{self.recipient}_{self.purpose}"


@cache
def known_consents() -> list[dict[str, Any]]:
    return list(tomllib.loads(FILE.read_text(encoding="utf-8"))["consent"])


def consents_on(day: date) -> list[ConsentText]:
    """One for each recipient and purpose that has a text by then, the newest."""
    found = [(one, newest(one["text"], day)) for one in known_consents()]
    return [
        ConsentText(one["recipient"], one["purpose"], one["label"], one["needed"], text["from"], text["text"])
        for one, text in found
        if text is not None
    ]


def newest(texts: list[dict[str, Any]], day: date) -> dict[str, Any] | None:
    begun = [text for text in texts if text["from"] <= day]
    return max(begun, key=lambda text: text["from"], default=None)


def label_of(recipient: str, purpose: str) -> str:
    return next(
        (one["label"] for one in known_consents() if (one["recipient"], one["purpose"]) == (recipient, purpose)), ""
    )
