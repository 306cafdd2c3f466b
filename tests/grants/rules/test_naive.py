"""The second calculator agrees on random trainings: 3,000 by default, as many as RULES_RANDOM_CASES says otherwise."""

import os
import random
from datetime import date, timedelta

from grants.rules.facts import MENUS
from grants.rules.questions import answer
from tests.grants.rules.naive import SINCE_2025, naive

EARLY = {"general", "approved_practice", "fixed_term_practice"}
PLACES = ["東京都", "北海道", "兵庫県", "愛知県"]


def random_facts(dice):
    scheme = dice.choice(list(MENUS))
    menu = dice.choice([m for m in MENUS[scheme] if m in SINCE_2025])
    method = dice.choice(["class", "class", "live_online", "e_learning", "correspondence"])
    online = method in ("e_learning", "correspondence")
    # Before 2025-04-01 the rates of these menus are unverified, and in their online part the limits are unknown.
    first = date(2025, 4, 1) if menu in EARLY or online else date(2024, 4, 1)
    filed = first + timedelta(days=dice.randrange((date(2027, 6, 1) - first).days))
    planned = dice.choice([599, 600, 745, 1200, 5999, 6000, 11999, 12000, dice.randrange(500, 80000)])
    workers = [random_worker(dice, menu, planned, online) for _ in range(dice.randrange(1, 7))]
    facts = {
        "scheme": scheme, "menu": menu, "plan_filed": filed.isoformat(), "sme": dice.random() < 0.7, "method": method,
        "planned_minutes": None if online else planned, "cost": random_cost(dice, len(workers), filed),
        "workers": workers, "uplift": dice.random() < 0.5,
    }  # fmt: skip
    if online:
        facts["standard_hours"] = dice.choice([None, 9, 10, 99, 100, 200, 300])
        facts["standard_months"] = dice.choice([None, 0, 1, 3]) if facts["standard_hours"] else dice.choice([0, 1, 3])
    if dice.random() < 0.5:
        facts["claim_filed"] = (filed + timedelta(days=dice.randrange(30, 200))).isoformat()
    return facts


def random_worker(dice, menu, planned, online):
    attended = dice.choice([planned, planned * 4 // 5, planned * 79 // 100, dice.randrange(planned + 1)])
    worker = {
        "employment": dice.choice(["regular", "fixed_term"]),
        "in_trial_support_period": dice.random() < 0.1,
        "grants_this_year": dice.choice([None, 0, 0, 1, 2, 3]),
        "ojt_passed": dice.random() < 0.6,
        "converted": dice.random() < 0.8,
    }
    if online:
        return worker | {"completed": dice.random() < 0.8}
    if dice.random() < 0.3:
        worker |= {
            "ojt_excused": True,
            "ojt_attended_hours": dice.randrange(50),
            "ojt_planned_hours": dice.randrange(50, 400),
        }
    excused = dice.randrange(planned - attended + 1) if dice.random() < 0.2 else 0
    return worker | {
        "attended_minutes": attended,
        "wage_minutes": dice.choice([attended, attended // 2, 0]),
        "excused_minutes": excused,
    }


def random_cost(dice, trainees, filed):
    cost = {"kind": "external", "fee_per_person": dice.choice([0, 33333, dice.randrange(1, 1_500_000)])}
    if dice.random() < 0.4:
        cost = {
            "kind": "in_house", "lecturer_fee": dice.randrange(3_000_000), "lecturer_travel": dice.randrange(90_000),
            "establishment_prefecture": dice.choice(PLACES), "trainees_total": trainees + dice.randrange(4),
        }  # fmt: skip
    if dice.random() < 0.1:
        cost["paid_partly_by"] = dice.choice(["worker", "parent_company", "nobody"])
    if dice.random() < 0.1:
        cost["provider_rebate"] = dice.random() < 0.5
    if dice.random() < 0.3:
        cost["paid_on"] = (filed + timedelta(days=dice.randrange(150))).isoformat()
    return cost


def agree(count, seed):
    dice = random.Random(seed)
    for _ in range(count):
        facts = random_facts(dice)
        expected = naive(facts)

        said = answer("training_grant", facts)

        assert {key: said[key] for key in expected} == expected, facts
        assert said["total"] == expected["expense_aid"] + expected["wage_aid"] + expected["ojt_aid"]
        assert said["payable"] is (said["total"] > 0)


def test_second_calculator_agrees():
    agree(int(os.environ.get("RULES_RANDOM_CASES", "3000")), seed=20261122)
