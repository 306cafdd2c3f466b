"""What people in workshops say for one thing: kanji, kana and other names, so that a search finds either by the other."""

import tomllib
from functools import cache
from pathlib import Path

from firms.words.searching import search_form

WORDS = Path(__file__).with_name("words.toml")


@cache
def groups() -> tuple[tuple[str, ...], ...]:
    """Words of one meaning in the form they are searched in; read once per process."""
    lines = tomllib.loads(WORDS.read_text(encoding="utf-8"))["words"]
    return tuple(tuple(search_form(word) for word in line.split("|")) for line in lines)


def searchable(text: str) -> str:
    """The text as it is searched, and behind it the other names of what it speaks of."""
    form = search_form(text)
    also = [word for group in groups() if any(word in form for word in group) for word in group if word not in form]
    return " ".join([form, *also])
