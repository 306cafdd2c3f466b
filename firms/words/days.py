"""Days as people read them; what a machine writes, as 2027-02-16, is turned wherever it reaches a page or a paper."""

import re
from datetime import date

from firms.words.saying import said_again
from firms.words.tongues import in_english

# Not inside longer numbers, as identifiers and addresses have them.
ISO_DAY = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@said_again
def day_words(day: date) -> str:
    """2027年2月16日"""
    return english_day(day) if in_english() else f"{day.year}年{day.month}月{day.day}日"


def english_day(day: date) -> str:
    """16 February 2027"""
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"


def spoken(text: str) -> str:
    """Every day in a text as people read it."""
    return ISO_DAY.sub(lambda found: day_words(date(*map(int, found.groups()))), text)
