"""One measured thing, and how it is timed."""

import time
from collections.abc import Callable
from dataclasses import dataclass

# Runs that are thrown away first, so that caches, templates and connections are warm.
WARM_UP = 3
RUNS = 30


@dataclass(frozen=True)
class Measure:
    """`p50` and `p95` in `unit` over `n` runs; `queries` of one run, where a database is asked."""

    measure: str
    unit: str
    p50: float
    p95: float
    n: int
    queries: int | None
    scale: int


def percentile(values: list[float], share: float) -> float:
    """The nearest rank: a value that was really measured."""
    ranked = sorted(values)
    return round(ranked[min(len(ranked) - 1, int(share * len(ranked)))], 2)


def milliseconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def timings(act: Callable[[], object], *, before: Callable[[], None] | None = None, runs: int) -> list[float]:
    """`before` prepares each run and is not timed."""
    found = []
    for _run in range(WARM_UP + runs):
        if before:
            before()
        found.append(milliseconds(act))
    return found[WARM_UP:]
