"""One form of text for searching: half-width, lower case, hiragana."""

import unicodedata

import jaconv


def search_form(text: str) -> str:
    return str(jaconv.kata2hira(unicodedata.normalize("NFKC", text).casefold()))
