"""What only the firm can state of a subject that is no training, put so that 「はい」 meets it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """`when_no` is what a 「いいえ」 does to the claim."""

    code: str
    label: object
    help: object
    when_no: object
    source: str
