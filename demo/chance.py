"""The demo's own chance, so that codes, secrets and drawn questions are the same every time."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from unittest.mock import patch

SEED = 20_261_122


@contextmanager
def known_chance() -> Iterator[None]:
    random = Random(SEED)

    def signs(length: int, among: str) -> str:
        return "".join(random.choices(among, k=length))

    def secret(length: int) -> str:
        return random.randbytes(length).hex()

    with (
        patch("firms.papers.codes.get_random_string", signs),
        patch("courses.actions.attendance.desk.token_hex", secret),
        patch("courses.actions.elearning.quizzes.chance", random),
    ):
        yield
