"""Part of `rules`: every scheme that could pay for one course, for each firm of a ward, on two processes."""

import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context

from bench.measures import Measure
from grants.rules import CourseProfile, FirmProfile, forecast
from grants.rules.firm import INDUSTRIES

FIRMS, WORKERS = 14_249, 253_303
PROCESSES = 2
PORTIONS = 16
# The larger, the more of the workers are at a few large firms; with this half the firms have ten people or fewer.
STEEPNESS = 0.8
TODAY = date(2026, 11, 22)
COURSE = CourseProfile(
    date(2027, 2, 1), date(2027, 2, 12), "class", fee_per_person=22_000, planned_minutes=720, is_advanced_digital=True
)


def measured(scale: int) -> Iterator[Measure]:
    sizes = head_counts(FIRMS * scale, WORKERS * scale)
    portions = [sizes[n::PORTIONS] for n in range(PORTIONS)]
    started = time.perf_counter()
    # Forked, the processes have the scheme files already; nothing here has threads or a database open.
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("fork")) as pool:
        found = sum(pool.map(prospects_of, portions))
    spent = round(time.perf_counter() - started, 2)
    if not found:
        raise RuntimeError("No firm of the ward could draw anything.")
    yield Measure(f"forecast of {len(sizes):,} firms", "s", p50=spent, p95=spent, n=1, queries=None, scale=scale)


def head_counts(firms: int, workers: int) -> list[int]:
    """Everybody has one worker at least; the others are spread steeply, and none is lost in rounding."""
    weights = [(n + 1) ** -STEEPNESS for n in range(firms)]
    whole, spare = sum(weights), workers - firms
    found = [1 + int(spare * weight / whole) for weight in weights]
    for n in range(workers - sum(found)):
        found[n % firms] += 1
    return found


def prospects_of(sizes: list[int]) -> int:
    return sum(len(forecast(firm(n, size), COURSE, on=TODAY)) for n, size in enumerate(sizes))


def firm(n: int, size: int) -> FirmProfile:
    fixed_term = size * (n % 5) // 10
    return FirmProfile(
        industry=INDUSTRIES[n % len(INDUSTRIES)],
        capital_yen=None if n % 10 == 0 else 3_000_000 * (1 + n % 40),
        regular_employees=size,
        regular_workers=size - fixed_term,
        fixed_term_workers=fixed_term,
        ward="ward_adachi",
        trial_hires=int(n % 7 == 0),
    )
