"""`rules`: reading the scheme files, assessing trainings on one core, a forecast for a whole ward, a million lines."""

import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice

from bench import lines, ward
from bench.measures import WARM_UP, Measure, percentile, timings
from grants.rules import MENUS, PRACTICE_MENUS, assess, load_schemes, training_facts
from grants.rules.loading import FOLDER
from grants.rules.writing import outcome_as_json

# How many different trainings are assessed in one run: enough that no cache can know them all by heart.
TRAININGS = 2_000
WORKERS = 5
KINDS = [(scheme, menu) for scheme, menus in MENUS.items() for menu in menus]
Asked = dict[str, object]


def measured(scale: int, *, runs: int) -> Iterator[Measure]:
    yield told("scheme files read", "ms", timings(lambda: load_schemes(FOLDER), runs=runs), scale)
    asked = list(trainings(TRAININGS * scale))
    facts = [training_facts(one) for one in asked]
    yield each_second("assessments on one core", assess, facts, runs, scale)
    yield each_second("… read and written as JSON", through_json, asked, runs, scale)
    yield from ward.measured(scale)
    yield from lines.measured(scale)


def told(measure: str, unit: str, found: list[float], scale: int) -> Measure:
    middle, slow = percentile(found, 0.5), percentile(found, 0.95)
    return Measure(measure, unit, p50=middle, p95=slow, n=len(found), queries=None, scale=scale)


def through_json(asked: Asked) -> str:
    return outcome_as_json(assess(training_facts(asked)))


def each_second[One](measure: str, act: Callable[[One], object], given: list[One], runs: int, scale: int) -> Measure:
    """By the time of the processor, so that what else runs on the machine is not taken for slowness of the rules."""
    found = [len(given) / processor_time(act, given) for _run in range(WARM_UP + runs)][WARM_UP:]
    slow = percentile(found, 0.05)  # 95 of 100 runs are at least as fast
    return Measure(measure, "per second", p50=percentile(found, 0.5), p95=slow, n=runs, queries=None, scale=scale)


def processor_time[One](act: Callable[[One], object], given: list[One]) -> float:
    """Nothing is kept: a pile of outcomes would measure the collector of garbage."""
    started = time.process_time()
    for one in given:
        act(one)
    return time.process_time() - started


def trainings(count: int) -> Iterator[Asked]:
    """Every menu in turn, small and large firms, one to five trainees, each training with its own fee and length."""
    for number, (scheme, menu) in enumerate(islice(cycle(KINDS), count)):
        planned = 600 + 7 * number % 12_000
        yield {
            "scheme": scheme,
            "menu": menu,
            "plan_filed": "2026-10-01",
            "claim_filed": "2027-02-20",
            "sme": number % 3 > 0,
            "method": "class",
            "planned_minutes": planned,
            "cost": {"kind": "external", "fee_per_person": 20_000 + 130 * number, "paid_on": "2027-01-20"},
            "workers": [trainee(menu, planned, absent=7 * n) for n in range(1 + number % WORKERS)],
            "uplift": number % 2 > 0,
            "already_granted_in_claim_year": 1_000 * number,
        }


def trainee(menu: str, planned: int, *, absent: int) -> Asked:
    practice = menu in PRACTICE_MENUS
    return {
        "employment": "fixed_term" if menu == "fixed_term_practice" or absent % 2 else "regular",
        "attended_minutes": planned - absent,
        "wage_minutes": planned - 2 * absent,
        "in_trial_support_period": False,
        "grants_this_year": 0,
        **({"ojt_passed": True, "converted": True} if practice else {}),
    }
