"""One form of text for searching: half-width, lower case, hiragana, plain letters, and no long mark at the end of a word."""

import re

import jaconv

from firms.words.letters import searched_letters

# センサー and センサ are one word (JIS Z 8301 leaves the mark off): it goes where no kana of the same kind follows.
LAST_LONG_MARK = re.compile(r"(?<=[ァ-ヶー][ァ-ヶ])ー(?![ァ-ヶー])|(?<=[ぁ-ゖー][ぁ-ゖ])ー(?![ぁ-ゖー])")


def search_form(text: str) -> str:
    folded = searched_letters(text).casefold()
    return str(jaconv.kata2hira(LAST_LONG_MARK.sub("", folded)))
