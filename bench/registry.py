"""What can be measured, by name; each measurement takes a scale and tells its measures one by one."""

from collections.abc import Iterator
from typing import Protocol

from bench import chances, courses, kpi, mentors, pages, papers, peers, rules, trials
from bench.measures import Measure


class Bench(Protocol):
    """`runs` is how often each thing is done when it is timed."""

    def __call__(self, scale: int, *, runs: int) -> Iterator[Measure]: ...


BENCHES: dict[str, Bench] = {
    "chances": chances.measured,
    "courses": courses.measured,
    "kpi": kpi.measured,
    "mentors": mentors.measured,
    "pages": pages.measured,
    "papers": papers.measured,
    "peers": peers.measured,
    "rules": rules.measured,
    "trials": trials.measured,
}
# With --serve: by real processes, `runs` seconds each.
SERVED: dict[str, Bench] = {"peers": peers.served}
