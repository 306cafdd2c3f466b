"""Stretches of a video really watched: their union, and how long one may be by the server's clock.

Only real time counts: all stretches somebody sends together are never longer than the time that went by, but for
SPARE seconds once, which let a late message not be lost. Time in which nobody watched is not saved up.
"""

from collections.abc import Iterable
from itertools import pairwise

# A page that runs sends its stretch this often; one message never tells of more than MOST seconds.
HEARTBEAT = 15
MOST = 60.0
SPARE = 3.0
# Holes this short come from players that report their place in steps.
HOLE = 2.0
# Share of a video that has to be seen; the rest is rounding at the ends of stretches.
ENOUGH_PERCENT = 95

Stretch = tuple[float, float]


def union(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same seconds in order, each once; what is turned round or empty is nothing."""
    whole: list[Stretch] = []
    for start, end in sorted((start, end) for start, end in stretches if end > start):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((start, end))
    return whole


def seconds(stretches: Iterable[Stretch]) -> float:
    return sum(end - start for start, end in union(stretches))


def is_enough(stretches: Iterable[Stretch], *, duration: int) -> bool:
    """Enough of the video was seen, counted once however often it was seen."""
    within = [(max(start, 0), min(end, duration)) for start, end in stretches]
    return duration > 0 and seconds(within) * 100 >= duration * ENOUGH_PERCENT


def percent(stretches: Iterable[Stretch], *, duration: int) -> int:
    within = [(max(start, 0), min(end, duration)) for start, end in stretches]
    return int(seconds(within) * 100 / duration) if duration else 0


def reached(stretches: Iterable[Stretch]) -> float:
    """How far one may jump: the end of what was seen without a gap from the start, holes forgiven."""
    whole = [(0.0, 0.0), *union(stretches)]
    for (_start, end), (next_start, _next_end) in pairwise(whole):
        if next_start - end > HOLE:
            return end
    return whole[-1][1]


def allowance(*, elapsed: float, spare: float) -> float:
    """The longest stretch that can be true, `elapsed` seconds after the person's last event."""
    return min(max(elapsed, 0.0) + spare, MOST + SPARE)


def left_over(allowed: float, *, length: float) -> float:
    """What stays spare for the next message."""
    return min(max(allowed - length, 0.0), SPARE)
