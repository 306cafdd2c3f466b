"""The list of 法人番号 asked for one number, and compared with what somebody typed."""

import re
import unicodedata
from dataclasses import dataclass

from firms.models import Corporation, Newcomer, RegisterLoad
from firms.numbers import DASHES
from firms.words.names import plain
from firms.words.saying import said as _


def register_in_use() -> RegisterLoad | None:
    return RegisterLoad.objects.filter(is_current=True).first()


def published(number: str) -> Corporation | None:
    return Corporation.objects.current().filter(number=number).first()


@dataclass(frozen=True)
class Compared:
    label: str
    typed: str
    published: str
    is_same: bool


def compared(newcomer: Newcomer, known: Corporation) -> list[Compared]:
    """What both say: the same but for ways of writing, or not. A reading the site does not publish is not compared."""
    pairs = [
        (_("名称"), newcomer.name, known.name),
        (_("フリガナ"), newcomer.name_kana, known.name_kana),
        (_("郵便番号"), newcomer.postal_code, known.postal_code),
        (_("所在地"), newcomer.address, known.address),
    ]
    return [
        Compared(label, typed, told, is_same=bare(typed) == bare(told))
        for label, typed, told in pairs
        if typed and told
    ]


# As addresses are written: 二丁目3番4号 and 2-3-4.
PARTS_OF_ADDRESS = re.compile(r"(丁目|番地の?|番|号)")
KANJI_DIGITS = str.maketrans("一二三四五六七八九", "123456789")


def bare(text: str) -> str:
    """Width, blanks and dashes apart; of an address also how its numbers are parted, and its sign at the end."""
    folded = re.sub(f"[{DASHES}]", "-", unicodedata.normalize("NFKC", plain(text)))
    numbered = re.sub(r"[一二三四五六七八九](?=丁目)", lambda found: found.group().translate(KANJI_DIGITS), folded)
    return PARTS_OF_ADDRESS.sub("-", numbered).rstrip("-").casefold()
