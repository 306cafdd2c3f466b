"""Captions in WebVTT: read strictly enough that what is stored will show."""

import re

from firms.film.chapters import BrokenLine
from firms.words.saying import said as _

TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMING = re.compile(rf"{TIME}[ \t]+-->[ \t]+{TIME}(?:[ \t].*)?")
# Blocks that are no captions.
OTHERS = ("NOTE", "STYLE", "REGION")


def cues(text: str) -> list[tuple[float, float, str]]:
    """Start, end and words of each caption; a sentence that names the line where the file is broken."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise BrokenLine(_("1行目が「WEBVTT」ではありません。字幕はWebVTT形式（.vtt）で保存してください。"))
    found: list[tuple[float, float, str]] = []
    for start, block in blocks(lines):
        if block[0].startswith(OTHERS):
            continue
        found.append(cue(start, block, after=found[-1][0] if found else 0.0))
    if not found:
        raise BrokenLine(_("字幕が1つもありません。時刻の行と文を書いてください。"))
    return found


def blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """What stands between empty lines, with the number of its first line; the header is left out."""
    found: list[tuple[int, list[str]]] = []
    is_inside = True
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            is_inside = False
        elif is_inside and found:
            found[-1][1].append(line)
        elif not is_inside:
            found.append((number, [line]))
            is_inside = True
    return found


def cue(number: int, block: list[str], *, after: float) -> tuple[float, float, str]:
    """One caption; its name may stand on a line before the times."""
    offset = 0 if "-->" in block[0] else 1
    if offset >= len(block) or not (match := TIMING.fullmatch(block[offset].strip())):
        raise BrokenLine(
            _("%(n)s行目の時刻が読み取れません。「00:01.000 --> 00:04.000」のように書いてください。")
            % {"n": number + min(offset, len(block) - 1)}
        )
    start, end = moment(*match.groups()[:4]), moment(*match.groups()[4:])
    if end <= start:
        raise BrokenLine(_("%(n)s行目の終わりの時刻が、始まりより後になっていません。") % {"n": number + offset})
    if start < after:
        raise BrokenLine(_("%(n)s行目の時刻が、前の字幕より前になっています。") % {"n": number + offset})
    if not (words := "\n".join(block[offset + 1 :]).strip()):
        raise BrokenLine(_("%(n)s行目の字幕に文がありません。") % {"n": number + offset})
    return start, end, words


def moment(hours: str | None, minutes: str, seconds: str, thousandths: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(thousandths) / 1000
