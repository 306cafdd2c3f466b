"""Refused: what the house rules forbid, said to the person in a sentence."""


class Refused(Exception):
    """An action says no. `field` names the form field the sentence belongs to, where there is one."""

    def __init__(self, sentence: object, *, field: str | None = None) -> None:
        super().__init__(str(sentence))
        # A sentence that can be said again stays one.
        self.sentence = sentence if isinstance(sentence, str) else str(sentence)
        self.field = field
