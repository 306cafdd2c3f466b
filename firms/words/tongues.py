"""The languages of the pages."""

from django.utils.translation import get_language

JAPANESE = "ja"
ENGLISH = "en"


def in_english() -> bool:
    """Whether what is said now is said to somebody who reads English; papers, letters and rows never are."""
    return get_language() == ENGLISH
