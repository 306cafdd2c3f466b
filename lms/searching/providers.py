"""What a provider is, and how all of them are asked: one query each, and only those that concern the role."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from firms.acting import Acting
from firms.words.letters import pattern_of, searched_letters

Words = tuple[str, ...]

SHOWN = 6
# Nobody types more, and each costs a comparison of every row.
MOST_WORDS = 5


@dataclass(frozen=True)
class Hit:
    """One line of the result: what it is called, where it opens, and what tells it from its like."""

    title: str
    url: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Provider:
    """`rows` asks through `visible_to` and through the words; `more` is the list that shows all of them, where one does."""

    key: str
    label: object
    icon: str
    rows: Callable[[Acting, Words], QuerySet[Any]]
    hit: Callable[[Any], Hit]
    more: str = ""
    concerns: Callable[[Acting], bool] = lambda acting: True


@dataclass(frozen=True)
class Found:
    """The hits of one provider; with `more` where there are further ones."""

    provider: Provider
    hits: list[Hit]
    has_more: bool
    more_url: str


def words_of(text: str) -> Words:
    """Parted at blanks of either width, and at most five."""
    return tuple(searched_letters(text).split()[:MOST_WORDS])


def search(providers: Iterable[Provider], words: Words, *, acting: Acting) -> list[Found]:
    asked = [provider for provider in providers if words and provider.concerns(acting)]
    found = [one_search(provider, words, acting=acting) for provider in asked]
    return [one for one in found if one.hits]


def one_search(provider: Provider, words: Words, *, acting: Acting) -> Found:
    rows: list[Model] = list(provider.rows(acting, words)[: SHOWN + 1])
    more = f"{reverse(provider.more)}?{urlencode({'q': ' '.join(words)})}" if provider.more else ""
    hits = [provider.hit(row) for row in rows[:SHOWN]]
    return Found(provider, hits, has_more=len(rows) > SHOWN, more_url=more)


def said(words: Words, *fields: str) -> Q:
    """Every word occurs in one of the fields, under any of its letters, widths and kana."""
    every = Q()
    for word in words:
        pattern, one = pattern_of(word), Q()
        for field in fields:
            one |= Q(**{f"{field}__iregex": pattern})
        every &= one
    return every
