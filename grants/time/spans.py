"""Arithmetic of spans of time: what is left of one after others are taken away, in whole minutes."""

from collections.abc import Iterable
from datetime import datetime, timedelta

Span = tuple[datetime, datetime]


def minutes(spans: Iterable[Span]) -> int:
    return sum(int((end - start).total_seconds()) // 60 for start, end in spans)


def without(spans: list[Span], holes: Iterable[Span]) -> list[Span]:
    for low, high in holes:
        spans = [
            part
            for start, end in spans
            for part in ((start, min(end, low)), (max(start, high), end))
            if part[0] < part[1]
        ]
    return spans


def within(spans: Iterable[Span], frames: Iterable[Span]) -> list[Span]:
    frames = list(frames)
    return [
        (max(start, low), min(end, high))
        for start, end in spans
        for low, high in frames
        if max(start, low) < min(end, high)
    ]


def tails(spans: Iterable[Span], *, cut: int) -> list[Span]:
    """The last minutes of the longest spans, `cut` minutes altogether."""
    found: list[Span] = []
    for start, end in sorted(spans, key=lambda span: span[0] - span[1]):
        taken = min(cut, minutes([(start, end)]))
        if taken:
            found.append((end - timedelta(minutes=taken), end))
            cut -= taken
    return found
