"""The worked cases of tests/grants/cases, and probes that touch what no worked case does."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from grants.rules import Cost, Schemes, TrainingFacts, WorkerFacts
from grants.rules.facts import MENUS, ONLINE_METHODS, PRACTICE_MENUS

CASES = Path(__file__).resolve().parent.parent / "cases"
FILED = [date(2024, 6, 3), date(2025, 6, 2), date(2026, 4, 20), date(2026, 9, 1)]


def worked_cases():
    rows = [json.loads(line) for path in sorted(CASES.glob("*.jsonl")) for line in path.read_text().splitlines()]
    return [row for row in rows if "question" in row]


def stored_figures():
    """Figures that papers and pages show and no reckoning uses yet: typed from the dossier a second time."""
    return [json.loads(line) for line in (CASES / "figures.jsonl").read_text().splitlines()]


def person(**told):
    plain = {"employment": "regular", "attended_minutes": 1200, "wage_minutes": 1200, "key": "a"}
    return WorkerFacts(**(plain | told))


def training(**told):
    plain = {
        "scheme": "reskilling",
        "menu": "reskilling",
        "plan_filed": date(2025, 6, 2),
        "sme": True,
        "method": "class",
        "cost": Cost(kind="external", fee_per_person=300000),
        "workers": (person(),),
        "planned_minutes": 1200,
    }
    return TrainingFacts(**(plain | told))


def with_workers(facts, *workers):
    return replace(facts, workers=tuple(workers))


def grid():
    """One training of every menu, size, method, band and edition, each with a low and a high fee."""
    for scheme, menus in MENUS.items():
        for menu in menus:
            for filed in FILED:
                if menu == "older_worker_practice" and filed < date(2026, 4, 8):
                    continue
                for sme in (True, False):
                    yield from of_menu(scheme, menu, filed, sme)


def of_menu(scheme, menu, filed, sme):
    for hours in (12, 120, 240, None):
        for method in ("class", "e_learning"):
            if hours is None and method == "class":
                continue
            for fee in (40_000, 5_000_000):
                yield one_of(scheme, menu, filed, sme, hours, method, fee)


def one_of(scheme, menu, filed, sme, hours, method, fee):
    online = method in ONLINE_METHODS
    minutes = None if online else hours * 60
    workers = tuple(
        person(
            employment=kind,
            attended_minutes=minutes,
            wage_minutes=minutes,
            completed=True if online else None,
            ojt_passed=True if menu in PRACTICE_MENUS else None,
            converted=True,
            key=kind,
        )
        for kind in ("regular", "fixed_term")
    )
    return training(
        scheme=scheme,
        menu=menu,
        plan_filed=filed,
        sme=sme,
        method=method,
        cost=Cost(kind="external", fee_per_person=fee),
        workers=workers,
        planned_minutes=minutes,
        standard_hours=hours if online else None,
        standard_months=2 if online and hours is None else None,
        uplift=True,
    )


def altered(schemes, scheme, name, n, value):
    """The same schemes but for one value of one figure."""
    body = schemes.by_name[scheme]
    dated = list(body.figures[name])
    dated[n] = replace(dated[n], value=value)
    return Schemes(dict(schemes.by_name) | {scheme: replace(body, figures=dict(body.figures) | {name: tuple(dated)})})
