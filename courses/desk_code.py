"""The code on the room screen: eight letters made from the desk's secret, the lesson and the clock, new every half minute."""

import hmac
import unicodedata
from datetime import UTC, datetime, timedelta
from hashlib import sha256

STEP_SECONDS = 30
# Nothing in it looks like anything else on a screen at the back of a room: no 0 O Q, 1 I L, 2 Z, 5 S, 8 B, U V.
ALPHABET = "34679ACDEFGHJKMNPRTWXY"
LENGTH = 8
# How far back an old code is still known as one that has expired, for the sentence it gets: two hours.
REMEMBERED_STEPS = 240


def step_at(moment: datetime) -> int:
    """The number of the half minute, counted from 1970."""
    return int(moment.timestamp()) // STEP_SECONDS


def step_ends(step: int) -> datetime:
    return datetime.fromtimestamp(step * STEP_SECONDS, UTC) + timedelta(seconds=STEP_SECONDS)


def code_at(secret: str, lesson_id: int, step: int) -> str:
    number = int.from_bytes(hmac.digest(secret.encode(), f"{lesson_id}:{step}".encode(), sha256))
    letters = []
    for _place in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def step_of(secret: str, lesson_id: int, code: str, *, at: datetime) -> int | None:
    """The half minute a code belongs to, if it is the present one or one of the two hours before."""
    now = step_at(at)
    steps = range(now, now - REMEMBERED_STEPS, -1)
    return next((step for step in steps if hmac.compare_digest(code_at(secret, lesson_id, step), code)), None)


def is_fresh(step: int, *, at: datetime) -> bool:
    """The present half minute or the one before: long enough to lift a telephone, too short to send a picture around."""
    return step_at(at) - step <= 1


def as_typed(text: str) -> str:
    """What a person typed, in the letters of the code: width, case, blanks and hyphens are forgiven."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())


def in_groups(code: str) -> str:
    """ACDE-3467, for people who read it aloud."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"
