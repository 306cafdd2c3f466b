"""Names as keys, so that spaces, widths and old forms of a letter do not hide a person."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

import jaconv

from courses.tables.values import folded
from firms.words.letters import long_marks, plain_letters, without_variants

# What a table in CP932 holds where the coding lacked the letter.
LOST_LETTER = re.compile("[?〓\ufffd]")
# What stands between a name and whatever else people write beside it in a meeting.
BESIDE_NAME = re.compile(r"[()\[\]{}【】「」『』<>_/|@:;、]|\s-\s")
AROUND_NAME = re.compile(r"^\d+[\s.)\-]*|\s*(さん|様|氏)$")
GAPS = re.compile(r"[\s・,._\-/|]+")
LONG_VOWELS = ((re.compile("oh(?![aeiou])|ou|oo"), "o"), (re.compile("uu"), "u"))
SHORTEST_PART = 2


@dataclass(frozen=True)
class Candidate:
    """Somebody who sits in the run: what names and addresses they go by."""

    key: int
    name: str
    kana: str
    mail: str


@lru_cache(maxsize=50_000)
def name_key(text: str) -> str:
    return GAPS.sub("", long_marks(without_variants(folded(text)))).casefold()


@lru_cache(maxsize=50_000)
def old_key(text: str) -> str:
    return plain_letters(name_key(text))


def turned(text: str) -> str:
    """Given name first, as many sign in; a name without a gap stays as it is."""
    family, _gap, given = folded(text).partition(" ")
    return f"{given} {family}".strip()


@lru_cache(maxsize=50_000)
def kana_key(text: str) -> str:
    return name_key(jaconv.hira2kata(folded(text)))


def romaji_keys(kana: str) -> set[tuple[str, ...]]:
    """`ヤグチ タロウ` as people sign in at meetings: in both orders, in one word or two, with and without long vowels.

    A long vowel is folded within a word alone: Sato Uchida is not Satou Chida.
    """
    whole = [jaconv.kata2alphabet(part).replace("-", "") for part in folded(kana).split()]
    short = [short_vowels(part) for part in whole]
    parts = [tuple(found) for one in (whole, short) for found in (one, one[::-1]) if one]
    return {*parts, *(("".join(found),) for found in parts)}


def romaji_told(name: str) -> set[tuple[str, ...]]:
    """What a told name may stand for among `romaji_keys`; only where the words are parted can long vowels be folded."""
    parts = tuple(part for part in GAPS.split(folded(name).casefold()) if part)
    return {parts, tuple(map(short_vowels, parts))} if len(parts) > 1 else {parts}


def short_vowels(text: str) -> str:
    for pattern, short in LONG_VOWELS:
        text = pattern.sub(short, text)
    return text


def whole_names(shown: str) -> list[str]:
    """The parts of a display name that may be a name by themselves; never a piece out of a longer name."""
    parts = [AROUND_NAME.sub("", part.strip()) for part in BESIDE_NAME.split(folded(shown))]
    words = [word for part in parts for word in glued(part)]
    return [part for part in (*parts, *words) if part]


def glued(part: str) -> list[str]:
    """大森機械 矢口架空: words that hold family and given name in one, as Japanese writes them, among other words."""
    found = part.split()
    is_plain = len(found) > 1 and all(len(word) >= SHORTEST_PART for word in found)
    return [word for word in found if not word.isascii()] if is_plain else []


class Directory:
    """Finds who is meant among the people of one run; several found is told apart from nobody found."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self.people = list(candidates)
        self.by_mail = {one.mail.casefold(): one for one in self.people if one.mail}
        self.by_name = grouped(self.people, lambda one: name_key(one.name))
        self.by_old = grouped(self.people, lambda one: old_key(one.name))
        self.by_kana = grouped(self.people, lambda one: kana_key(one.kana))
        self.by_turned = grouped(self.people, lambda one: old_key(turned(one.name)))
        self.by_turned_kana = grouped(self.people, lambda one: kana_key(turned(one.kana)))

    def with_mail(self, mail: str) -> Candidate | None:
        return self.by_mail.get(mail.casefold())

    def with_name(self, name: str, kana: str) -> list[Candidate]:
        """By the whole name, in its plain forms, given name first, else by kana; kana tells people of one name apart."""
        found = self.named(name) if name else []
        by_kana = self.by_kana.get(kana_key(kana), []) if kana else []
        if found and len(found) > 1 and by_kana:
            return [one for one in found if one in by_kana]
        return found or by_kana or (self.read_as(name) if name else [])

    def named(self, name: str) -> list[Candidate]:
        key = old_key(name)
        return self.by_name.get(name_key(name)) or self.by_old.get(key) or self.by_turned.get(key) or []

    def read_as(self, kana: str) -> list[Candidate]:
        key = kana_key(kana)
        return self.by_kana.get(key) or self.by_turned_kana.get(key) or []

    def shown_as(self, name: str) -> list[Candidate]:
        """By what somebody calls themselves in a meeting: with firm or title set off from it, in kana or in Latin letters.

        Whoever is named by any part is found, so that two people before one screen are asked about.
        """
        if whole := self.with_name(name, ""):
            return whole
        names = whole_names(name)
        told = [one for part in names for one in self.with_name(part, "")]
        latin = {key for part in (name, *names) for key in romaji_told(part)}
        found = told or [one for one in self.people if latin & romaji_keys(one.kana)]
        return list(dict.fromkeys(found))


def grouped(people: list[Candidate], key_of: Callable[[Candidate], str]) -> dict[str, list[Candidate]]:
    found: dict[str, list[Candidate]] = {}
    for one in people:
        if key := key_of(one):
            found.setdefault(key, []).append(one)
    return found


def is_same_name(told: str, one: Candidate) -> bool:
    """Whether a told name may be this person's; letters a coding lost are no proof against it."""
    return (
        bool(LOST_LETTER.search(folded(told)))
        or old_key(told) in {old_key(one.name), old_key(turned(one.name)), old_key(one.kana)}
        or kana_key(told) in {kana_key(one.kana), kana_key(turned(one.kana))}
    )
