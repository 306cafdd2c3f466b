"""Sentences that can be said again: what a person did is written in Japanese, what they read about it in their own language.

A POST runs in Japanese, so that no row, letter or paper depends on who reads pages in which language. A sentence made
by `said` remembers the text and the holes it was made of; wherever a page shows it, it is said in the page's language.
"""

from collections.abc import Callable, Mapping
from functools import partial, wraps
from typing import Any, Self

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext


class Said(str):
    """Equal to what was said, in the language it was said in; `str()` says it in the language of the moment."""

    __slots__ = ("say",)
    say: Callable[[], str]

    @classmethod
    def of(cls, text: str, say: Callable[[], str]) -> Self:
        made = cls(text)
        made.say = say
        return made

    def __mod__(self, holes: Any) -> "Said":
        return Said.of(super().__mod__(holes), partial(filled, self, holes))

    def __str__(self) -> str:
        return self.say()

    def __html__(self) -> SafeString:
        return escape(self.say())

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (super().__str__(),)


def said(msgid: str) -> str:
    """Stands where gettext does: `from firms.words.saying import said as _`."""
    return Said.of(gettext(msgid), partial(gettext, msgid))


def said_again[**Given](write: Callable[Given, str]) -> Callable[Given, str]:
    """Decorates what writes a day, a time or a sum in words: in a hole of a sentence it is said anew with it."""

    @wraps(write)
    def written(*args: Given.args, **options: Given.kwargs) -> str:
        return Said.of(write(*args, **options), partial(write, *args, **options))

    return written


def filled(sentence: Said, holes: Any) -> str:
    return str(sentence) % again(holes)


def again(holes: Any) -> Any:
    """What fills the holes, each sentence among it in the language of the moment."""
    if isinstance(holes, Mapping):
        return {name: str(value) if isinstance(value, Said) else value for name, value in holes.items()}
    if isinstance(holes, tuple):
        return tuple(str(value) if isinstance(value, Said) else value for value in holes)
    return str(holes) if isinstance(holes, Said) else holes
