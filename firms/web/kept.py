"""What was written out once and holds as long as what it shows: the release it was written by, and where it is kept."""

import hashlib
import os
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.utils.translation import get_language

# What a page, a feed or a figure is made of: code, templates, dated figures, translations, and files by their hashed names.
SOURCES = {".py", ".html", ".xml", ".toml", ".mo", ".css", ".js", ".svg"}


def release() -> str:
    """Another one after every change of the code, a template, a file of figures, or a setting that pages show."""
    return f"{release_of(settings.BASE_DIR)} {settings.SITE_URL} {settings.DEMO}"


@cache
def release_of(home: Path) -> str:
    """Once for each process, which knows no other code than that it started with."""
    told = [f"{path.relative_to(home)} {found.st_size} {found.st_mtime_ns}" for path, found in sources(home)]
    return hashlib.sha256("\n".join(sorted(told)).encode()).hexdigest()[:16]


def sources(home: Path) -> Iterator[tuple[Path, os.stat_result]]:
    for app in home.glob("*/apps.py"):
        for path in app.parent.rglob("*"):
            if path.suffix in SOURCES:
                yield path, path.stat()


def key_of(*shown: object) -> str:
    """The name of a text by all it depends on: what is shown and its version, the day, the language, the release."""
    return hashlib.sha256(repr([release(), get_language(), *shown]).encode()).hexdigest()


def kept(key: str, write: Callable[[], str]) -> str:
    """The text under this key, written where this process has none."""
    found = text_of(key)
    return found if found is not None else keep(key, write())


def text_of(key: str) -> str | None:
    """None while templates are being written, which change without a new process."""
    if settings.DEBUG:
        return None
    packed: bytes | None = caches["pages"].get(key)
    return zlib.decompress(packed).decode() if packed is not None else None


def keep(key: str, text: str) -> str:
    """Packed, a page takes six kilobytes of a process instead of sixty."""
    caches["pages"].set(key, zlib.compress(text.encode(), level=1))
    return text
