"""Makes the catalogue: each plain sentence with the reading of every kanji beside it, as a .mo the pages ask by gettext."""

import gettext
import re
import struct
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
CATALOGUE = HERE.parent / "locale" / "ja_X-easy" / "LC_MESSAGES" / "django.mo"
HEAD = "Content-Type: text/plain; charset=UTF-8\nLanguage: ja\nPlural-Forms: nplurals=1; plural=0;\n"
KANJI = "一-龯々〇"
ALL_KANJI = "".join(map(chr, range(ord("一"), ord("龯") + 1))) + "々〇"
HOLE = re.compile(r"\{\{ (\w+) \}\}")
MO_MAGIC = 0x950412DE


@cache
def lines() -> Mapping[str, str]:
    """What a page says → the same in plain words, as they are written."""
    found: dict[str, str] = tomllib.loads((HERE / "lines.toml").read_text(encoding="utf-8"))["lines"]
    return found


@cache
def readings() -> Mapping[str, str]:
    found: dict[str, str] = tomllib.loads((HERE / "readings.toml").read_text(encoding="utf-8"))["readings"]
    return found


@cache
def known() -> re.Pattern[str]:
    """The words of the dictionary, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(readings(), key=len, reverse=True))))


def with_readings(text: str) -> str:
    """｜勉強《べんきょう》, as books write it; okurigana stand outside: ｜見《み》る."""
    return known().sub(lambda found: read(found[0], readings()[found[0]]), text)


def read(word: str, kana: str) -> str:
    """The reading over the kanji alone: what a word ends with in kana it ends with in its reading too."""
    ending = word.lstrip(ALL_KANJI)
    return f"｜{word.removesuffix(ending)}《{kana.removesuffix(ending)}》{ending}"


def catalogue() -> dict[str, str]:
    """As gettext is asked: holes as %(name)s, a percent sign of a template doubled. What Takumi says otherwise than Django
    stands here too, for Django's own Japanese would be asked before it."""
    plain = {asked(said): asked(with_readings(easy)) for said, easy in lines().items()}
    return {said: text for said, text in ordinary().items() if said} | plain


def ordinary() -> dict[str, str]:
    """The site's own Japanese catalogue."""
    with (HERE.parent / "locale" / "ja" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        held = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {said: text for said, text in held.items() if isinstance(said, str)}


def asked(text: str) -> str:
    if not HOLE.search(text):
        return text
    return HOLE.sub(r"%(\1)s", text.replace("%", "%%"))


def mo_of(messages: Mapping[str, str]) -> bytes:
    """The format of GNU gettext: two tables of lengths and places, then the texts, each with a NUL behind it."""
    pairs = sorted((key.encode(), value.encode()) for key, value in {"": HEAD, **messages}.items())
    start = 7 * 4 + len(pairs) * 16
    tables: list[list[tuple[int, int]]] = []
    texts = b""
    for column in (0, 1):
        table = []
        for pair in pairs:
            table.append((len(pair[column]), start + len(texts)))
            texts += pair[column] + b"\0"
        tables.append(table)
    head = struct.pack("<7I", MO_MAGIC, 0, len(pairs), 28, 28 + len(pairs) * 8, 0, start)
    packed = b"".join(struct.pack("<2I", *place) for table in tables for place in table)
    return head + packed + texts
