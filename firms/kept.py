"""What was written out once and holds as long as what it shows: the release it was written by, and where it is kept."""

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

# What a page, a feed or a figure is made of: code, templates, dated figures, translations.
SOURCES = {".py", ".html", ".xml", ".toml", ".mo"}


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
