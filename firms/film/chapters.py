"""Chapters of a video, written as lines "0:00 はじめに" and kept as [{"at": seconds, "title": …}]."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from unicodedata import normalize

from firms.words.saying import said as _

LINE = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)\s+(\S.*)")


class BrokenLine(ValueError):
    """A line that cannot be read; the text is the sentence for whoever wrote it."""


def read(text: str, *, duration: int = 0) -> list[dict[str, Any]]:
    """The chapters of a pasted text; empty lines are passed over."""
    chapters: list[dict[str, Any]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        match = LINE.fullmatch(normalize("NFKC", line.strip()))
        if not match:
            raise BrokenLine(
                _(
                    "%(n)s行目「%(line)s」が読み取れません。「1:30 センサの取付け」のように、時刻と題名を空けて書いてください。"
                )
                % {"n": number, "line": line.strip()[:40]}
            )
        hours, minutes, seconds, title = match.groups()
        at = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
        if chapters and at <= chapters[-1]["at"]:
            raise BrokenLine(_("%(n)s行目の時刻が、前の行より後になっていません。") % {"n": number})
        if duration and at >= duration:
            raise BrokenLine(_("%(n)s行目の時刻が、動画の長さを超えています。") % {"n": number})
        chapters.append({"at": at, "title": title[:80]})
    return chapters


def write(chapters: Iterable[Mapping[str, Any]]) -> str:
    """Back into lines, for the form."""
    return "\n".join(f"{clock(one['at'])} {one['title']}" for one in chapters)


def clock(seconds: float) -> str:
    """3:05, or 1:00:00 from an hour on."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
