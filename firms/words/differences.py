"""Two texts as one, word by word, with what went and what came."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# A word of Latin letters, a number, a run of one Japanese script, a line break, or one sign.
WORD = re.compile(r"[A-Za-z]+|[\d,.]*\d|[一-龠々]+|[ァ-ヶー]+|[ぁ-ゖ]+|\n|.", re.S)
# Beyond this many words two texts are compared line by line: the time grows with the square.
WORDS_COMPARED = 3_000


@dataclass(frozen=True)
class Piece:
    """`kind`: same, gone or new."""

    kind: str
    text: str


def difference(old: str, new: str) -> list[Piece]:
    """Old and new text as one, word by word, with what went and what came."""
    before, after = WORD.findall(old), WORD.findall(new)
    if max(len(before), len(after)) > WORDS_COMPARED:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    pieces = []
    for _tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if before[a:b] == after[c:d]:
            pieces.append(Piece("same", "".join(before[a:b])))
        else:
            pieces += [Piece("gone", "".join(before[a:b])), Piece("new", "".join(after[c:d]))]
    return [piece for piece in pieces if piece.text]
