"""The languages of the pages."""

from collections.abc import Callable
from functools import wraps

from django.utils import translation
from django.utils.translation import get_language

JAPANESE = "ja"
ENGLISH = "en"


def in_english() -> bool:
    """Whether what is said now is said to somebody who reads English; papers, letters and rows never are."""
    return get_language() == ENGLISH


def in_japanese[**Given, Made](make: Callable[Given, Made]) -> Callable[Given, Made]:
    """Decorates what is compared with rows or frozen facts, whose words are Japanese whoever looks at the page.

    Not for generators, which go on after they have answered.
    """

    @wraps(make)
    def made(*args: Given.args, **options: Given.kwargs) -> Made:
        with translation.override(JAPANESE):
            return make(*args, **options)

    return made
