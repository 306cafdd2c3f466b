"""The pack that plays from a stick: a zip of one page, its film and pictures, made while it is sent."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from firms.files import store as files
from firms.film.captions import Cue, as_vtt
from firms.film.chapters import clock
from firms.film.ranges import pieces
from firms.models import StoredFile
from mentors.models import ManualVersion

STATIC = Path(__file__).with_name("pack_files")
ENDINGS = {"video/mp4": "mp4", "video/webm": "webm", "image/png": "png", "image/jpeg": "jpg"}
FOLDER = "manual"


class Written:
    """What the zip has written and nobody has taken yet; it cannot go back, so the zip does not either."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, part: Any) -> int:
        self.parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing lies behind it."""

    def taken(self) -> bytes:
        whole, self.parts = b"".join(self.parts), []
        return whole


def pack_of(version: ManualVersion) -> Iterator[bytes]:
    """A little at a time, the film never held whole; every path is relative and nothing asks a network."""
    written = Written()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[call-overload]
        for name, content in small_files(version):
            archive.writestr(f"{FOLDER}/{name}", content)
            yield written.taken()
        if version.film and version.film.file:
            stored = version.film.file
            info = zipfile.ZipInfo(f"{FOLDER}/{film_name(stored)}", timezone.localtime().timetuple()[:6])
            with archive.open(info, "w", force_zip64=True) as inside:
                for piece in pieces(stored.path, 0, stored.size):
                    inside.write(piece)
                    yield written.taken()
    yield written.taken()


def small_files(version: ManualVersion) -> Iterator[tuple[str, bytes]]:
    steps = [
        (one, f"steps/{one.number}.{ENDINGS[one.still.media_type]}" if one.still else "")
        for one in version.steps.select_related("still")
    ]
    cues = [Cue(one.starts_ms, one.ends_ms, one.text) for one in version.captions.all()]
    context = {
        "version": version,
        "manual": version.manual,
        "film": film_name(version.film.file) if version.film and version.film.file else "",
        "link": version.film.link if version.film else "",
        "steps": steps,
        "cues": [(one.starts / 1000, clock(one.starts // 1000), one.text) for one in cues],
        "chapters": [(one["at"], clock(one["at"]), one["title"]) for one in version.chapters],
        "made_on": timezone.localdate(),
    }
    yield "index.html", render_to_string("mentors/manuals/pack.html", context).encode()
    yield "captions.js", cues_script(cues).encode()
    yield "captions.vtt", as_vtt(cues).encode()
    for name in ("pack.js", "pack.css"):
        yield name, (STATIC / name).read_bytes()
    for step, name in steps:
        if name and step.still:
            yield name, files.read(step.still)


def cues_script(cues: list[Cue]) -> str:
    """A page opened from a disk may not load a track; so its captions come as a script beside it."""
    told = [[one.starts / 1000, one.ends / 1000, one.text] for one in cues]
    return f"window.captions = {json.dumps(told, ensure_ascii=False)};\n"


def film_name(stored: StoredFile) -> str:
    return f"film.{ENDINGS.get(stored.media_type, 'mp4')}"
