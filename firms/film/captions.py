"""Captions as people have them: .vtt and .srt of any program and coding read forgivingly, and written as either.

No library is used: pysubs2 and its like pass over what they do not understand, and here each such line is named.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import pairwise

from firms.film.chapters import BrokenLine, clock
from firms.words.saying import said as _

MOST_CAPTIONS, MOST_LETTERS, LONGEST_MS = 5_000, 500, 36_000_000
LAST_LASTS_MS = 4_000
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Digits and signs of either width: the numbers of a line typed in Japanese may be wide.
STAMP = r"(?:(\d{1,3})[:：])?(\d{1,3})[:：](\d{1,2})(?:[.,．，](\d{1,3}))?"
TIMING = re.compile(rf"{STAMP}\s*-+>\s*{STAMP}(?:\s.*)?")
TYPED = re.compile(rf"{STAMP}(?:\s*[-~〜～–—−‐]\s*{STAMP})?\s+(\S.*)")
ARROW = re.compile("-+>")
COUNTER = re.compile(r"\d{1,6}")
NO_CAPTIONS = re.compile(r"(NOTE|STYLE|REGION)\b")
TAGS = re.compile(r"</?[a-zA-Z][^<>]*>|<[\d:.]+>|\{\\[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Cue:
    """In thousandths of a second."""

    starts: int
    ends: int
    text: str


@dataclass(frozen=True, slots=True)
class Import:
    """What was found, and how many had to be shortened, joined or left out for it."""

    cues: tuple[Cue, ...]
    shortened: int = 0
    empty: int = 0


def decoded(content: bytes) -> str:
    """By its mark, else UTF-8, else as Windows in Japan writes."""
    for mark, coding in MARKS:
        if content.startswith(mark):
            return strictly(content, coding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return strictly(content, "cp932")


def strictly(content: bytes, coding: str) -> str:
    try:
        return content.decode(coding)
    except UnicodeDecodeError:
        raise BrokenLine(
            _("文字として読めません。字幕のファイル（.vtt・.srt）をUTF-8かShift_JISで保存し直してください。")
        ) from None


def imported(content: bytes) -> Import:
    """A file of captions; a sentence that names the line where it is none."""
    return read(decoded(content))


def read(text: str) -> Import:
    lines = [line.strip() for line in re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))]
    if "\0" in text or not any(ARROW.search(line) for line in lines):
        first = next((line for line in lines if line), "")
        raise BrokenLine(
            _("1行目「%(line)s」から、字幕の時刻が1つもありません。字幕のファイル（.vtt・.srt）を選んでください。")
            % {"line": printable(first)}
        )
    found, empty = [], 0
    for cue in cues_of(lines):
        if cue.text:
            found.append(cue)
        else:
            empty += 1
    if not found:
        raise BrokenLine(_("字幕が1つもありません。時刻の行と文を書いてください。"))
    if len(found) > MOST_CAPTIONS:
        raise BrokenLine(_("字幕が多すぎます。%(n)s個までにしてください。") % {"n": MOST_CAPTIONS})
    cues, shortened = without_overlaps(found)
    return Import(tuple(cues), shortened, empty)


def printable(line: str) -> str:
    return "".join(letter for letter in line if letter.isprintable())[:40]


def cues_of(lines: list[str]) -> Iterator[Cue]:
    """From each line of times to the next empty line or line of times; what stands between belongs to nothing."""
    n = after_header(lines)
    while n < len(lines):
        if not lines[n]:
            n += 1
        elif NO_CAPTIONS.match(lines[n]):
            n = end_of_block(lines, n)
        elif ARROW.search(lines[n]):
            end = end_of_cue(lines, n + 1)
            yield cue_of(lines[n], lines[n + 1 : end], number=n + 1)
            n = end
        elif n + 1 < len(lines) and ARROW.search(lines[n + 1]):
            n += 1  # a number or a name before its times
        elif COUNTER.fullmatch(lines[n]) and not any(lines[n + 1 :]):
            n += 1  # a last number without a caption
        else:
            raise BrokenLine(
                _("%(n)s行目「%(line)s」の前に、字幕の時刻がありません。時刻の行を書くか、この行を消してください。")
                % {"n": n + 1, "line": printable(lines[n])}
            )


def after_header(lines: list[str]) -> int:
    """WEBVTT and what stands with it up to the first empty line."""
    first = next((n for n, line in enumerate(lines) if line), 0)
    return end_of_block(lines, first) if lines[first].startswith("WEBVTT") else first


def end_of_block(lines: list[str], n: int) -> int:
    while n < len(lines) and lines[n] and not ARROW.search(lines[n]):
        n += 1
    return n


def end_of_cue(lines: list[str], n: int) -> int:
    """Some programs leave the empty line out: then the number before the next times is none of the words."""
    while n < len(lines) and lines[n] and not ARROW.search(lines[n]):
        if COUNTER.fullmatch(lines[n]) and n + 1 < len(lines) and ARROW.search(lines[n + 1]):
            break
        n += 1
    return n


def cue_of(timing: str, words: list[str], *, number: int) -> Cue:
    match = TIMING.fullmatch(timing)
    if not match:
        raise BrokenLine(
            _("%(n)s行目「%(line)s」の時刻が読み取れません。「00:01.000 --> 00:04.000」のように書いてください。")
            % {"n": number, "line": printable(timing)}
        )
    starts, ends = (moment(match.groups()[n : n + 4], number=number) for n in (0, 4))
    if ends <= starts:
        raise BrokenLine(_("%(n)s行目の終わりの時刻が、始まりより後になっていません。") % {"n": number})
    return Cue(starts, ends, plain("\n".join(words), number=number))


def moment(groups: tuple[str | None, ...], *, number: int) -> int:
    hours, minutes, seconds, part = groups
    if int(seconds or 0) > 59 or (hours and int(minutes or 0) > 59):
        raise BrokenLine(_("%(n)s行目の時刻の分か秒が60以上です。") % {"n": number})
    found = ((int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)) * 1000 + int(
        (part or "0").ljust(3, "0")
    )
    if found > LONGEST_MS:
        raise BrokenLine(_("%(n)s行目の時刻が10時間を超えています。") % {"n": number})
    return found


def plain(words: str, *, number: int) -> str:
    """Without the tags of any program, in lines as they were."""
    text = unescape(TAGS.sub("", words)).replace("\xa0", " ")
    text = "\n".join("".join(c for c in line if c.isprintable()).strip() for line in text.splitlines()).strip()
    if len(text) > MOST_LETTERS:
        raise BrokenLine(
            _("%(n)s行目からの字幕が長すぎます。1つの字幕は%(most)s字までにしてください。")
            % {"n": number, "most": MOST_LETTERS}
        )
    return text


def without_overlaps(cues: Iterable[Cue]) -> tuple[list[Cue], int]:
    """In order of time; two that begin together become one of several lines, and one ends where the next begins."""
    ordered: list[Cue] = []
    changed = 0
    for cue in sorted(cues, key=lambda one: (one.starts, one.ends)):
        last = ordered[-1] if ordered else None
        if last and last.starts == cue.starts and len(last.text) + len(cue.text) < MOST_LETTERS:
            ordered[-1] = Cue(last.starts, max(last.ends, cue.ends), f"{last.text}\n{cue.text}")
            changed += 1
        elif last and last.starts == cue.starts:
            ordered.append(Cue(cue.starts + 1, max(cue.ends, cue.starts + 2), cue.text))
            changed += 1
        else:
            ordered.append(cue)
    for n, (first, second) in enumerate(pairwise(ordered)):
        if first.ends > second.starts > first.starts:
            ordered[n] = Cue(first.starts, second.starts, first.text)
            changed += 1
    return ordered, changed


# --- written ---


def stamp(ms: int, *, sign: str = ".") -> str:
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{sign}{rest:03}"


def as_vtt(cues: Iterable[Cue]) -> str:
    """Every browser shows it; no word of a caption is taken for a tag."""
    blocks = (f"{stamp(one.starts)} --> {stamp(one.ends)}\n{escaped(one.text)}\n" for one in cues)
    return "\n".join(["WEBVTT\n", *blocks])


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def as_srt(cues: Iterable[Cue]) -> str:
    blocks = (
        f"{n}\n{stamp(one.starts, sign=',')} --> {stamp(one.ends, sign=',')}\n{escaped(one.text)}\n"
        for n, one in enumerate(cues, 1)
    )
    return "\n".join(blocks)


# --- typed in the page, one a line ---

BREAK = " / "


def typed(cues: Iterable[Cue]) -> str:
    """0:05.0 - 0:08.0 words: a line a caption, for the page beside the film."""
    return "\n".join(f"{short(one.starts)} - {short(one.ends)} {one.text.replace(chr(10), BREAK)}" for one in cues)


def short(ms: int) -> str:
    """1:02.5, with as many places as there are."""
    part = f".{ms % 1000:03}".rstrip("0").rstrip(".")
    return f"{clock(ms // 1000)}{part}"


def from_typed(text: str) -> tuple[Cue, ...]:
    """What `typed` wrote and people changed; without an end a caption lasts until the next one."""
    rows: list[tuple[int, int, int | None, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        match = TYPED.fullmatch(line.strip())
        if not match:
            raise BrokenLine(
                _(
                    "%(n)s行目「%(line)s」が読み取れません。「0:05 - 0:08 刃物を当てる」のように、時刻と文を空けて書いてください。"
                )
                % {"n": number, "line": printable(line.strip())}
            )
        groups = match.groups()
        ends = moment(groups[4:8], number=number) if groups[5] else None
        rows.append(
            (number, moment(groups[:4], number=number), ends, plain(groups[8].replace(BREAK, "\n"), number=number))
        )
    return tuple(typed_cues(rows))


def typed_cues(rows: list[tuple[int, int, int | None, str]]) -> Iterator[Cue]:
    for n, (number, starts, ends, words) in enumerate(rows):
        after = rows[n + 1][1] if n + 1 < len(rows) else starts + LAST_LASTS_MS
        if after <= starts:
            raise BrokenLine(_("%(n)s行目の時刻が、前の行より後になっていません。") % {"n": rows[n + 1][0]})
        until = min(ends if ends is not None else after, after) if n + 1 < len(rows) else (ends or after)
        if until <= starts:
            raise BrokenLine(_("%(n)s行目の終わりの時刻が、始まりより後になっていません。") % {"n": number})
        if not words:
            raise BrokenLine(_("%(n)s行目の字幕に文がありません。") % {"n": number})
        yield Cue(starts, until, words)
