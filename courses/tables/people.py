"""Names as keys, so that spaces, widths and old forms of a letter do not hide a person."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

import jaconv

from courses.tables.values import folded

# Old or particular forms of letters in names → the one they are taken for where the exact name is not found.
OLD_FORMS = str.maketrans("髙﨑邉邊齋齊斎澤濱廣嶋嶌國眞栁德惠瀨曻", "高崎辺辺斉斉斉沢浜広島島国真柳徳恵瀬昇")
# What a table in CP932 holds where the coding lacked the letter.
LOST_LETTER = re.compile("[?〓\ufffd]")
BESIDE_NAME = re.compile(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】|(さん|様|氏)$")
INSIDE = re.compile(r"\(([^)]+)\)")
GAPS = re.compile(r"[\s・,._\-/|]+")
LONG_VOWELS = ((re.compile("oh(?![aeiou])|ou|oo"), "o"), (re.compile("uu"), "u"))
SHORTEST_PART = 3


@dataclass(frozen=True)
class Candidate:
    """Somebody who sits in the run: what names and addresses they go by."""

    key: int
    name: str
    kana: str
    mail: str


@lru_cache(maxsize=50_000)
def name_key(text: str) -> str:
    return GAPS.sub("", folded(text)).casefold()


@lru_cache(maxsize=50_000)
def old_key(text: str) -> str:
    return name_key(text).translate(OLD_FORMS)


@lru_cache(maxsize=50_000)
def kana_key(text: str) -> str:
    return name_key(jaconv.hira2kata(folded(text)))


def romaji_keys(kana: str) -> set[str]:
    """`ヤグチ タロウ` → yaguchitaro and tarouyaguchi without long vowels, as people sign in at meetings."""
    parts = [short_vowels(jaconv.kata2alphabet(part)) for part in folded(kana).split()]
    return {"".join(parts), "".join(reversed(parts))} - {""}


def short_vowels(text: str) -> str:
    for pattern, short in LONG_VOWELS:
        text = pattern.sub(short, text)
    return text


class Directory:
    """Finds who is meant among the people of one run; several found is told apart from nobody found."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self.people = list(candidates)
        self.by_mail = {one.mail.casefold(): one for one in self.people if one.mail}
        self.by_name = grouped(self.people, lambda one: name_key(one.name))
        self.by_old = grouped(self.people, lambda one: old_key(one.name))
        self.by_kana = grouped(self.people, lambda one: kana_key(one.kana))

    def with_mail(self, mail: str) -> Candidate | None:
        return self.by_mail.get(mail.casefold())

    def with_name(self, name: str, kana: str) -> list[Candidate]:
        """By name, by the name in its plain forms, else by kana; kana tells people of one name apart."""
        found = self.by_name.get(name_key(name)) or self.by_old.get(old_key(name)) if name else []
        by_kana = self.by_kana.get(kana_key(kana), []) if kana else []
        if found and len(found) > 1 and by_kana:
            return [one for one in found if one in by_kana]
        return found or by_kana or (self.by_kana.get(kana_key(name), []) if name else [])

    def shown_as(self, name: str) -> list[Candidate]:
        """By what somebody calls themselves in a meeting: with firm or title around it, in kana or in Latin letters."""
        plain = BESIDE_NAME.sub("", folded(name)).strip()
        for told in (plain, *INSIDE.findall(folded(name))):
            if found := self.with_name(told, ""):
                return found
        key = old_key(plain)
        inside = [one for one in self.people if len(old_key(one.name)) >= SHORTEST_PART and old_key(one.name) in key]
        latin = short_vowels(name_key(plain))
        return inside or [one for one in self.people if latin in romaji_keys(one.kana)]


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
        or old_key(told) in {old_key(one.name), old_key(one.kana)}
        or (kana_key(told) == kana_key(one.kana))
    )
