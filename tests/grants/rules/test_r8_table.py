"""The amounts, caps and uplifts of 2026-08-03, typed from the published tables, against what the rules give for each."""

import json
from datetime import date

import pytest

from grants.rules import Cost, Subscription, assess, assess_subscription
from grants.rules.mixed import expense_cap
from tests.grants.rules.worked import CASES, person, training

TABLE = [json.loads(line) for line in (CASES / "r8_table.jsonl").read_text().splitlines()]
FILED = date(2026, 9, 1)
LONG = 60 * 3000
FEE = 100_000
DEAR = 50_000_000


def trained(row, *, hours=20, fee=FEE, heads=1, told=None, **facts):
    """One trainee or several who did all there was to do, inside working hours."""
    minutes = None if "method" in facts else hours * 60
    kind = "fixed_term" if row["menu"] == "fixed_term_practice" else "regular"
    one = {"employment": kind, "attended_minutes": minutes, "wage_minutes": minutes, "ojt_passed": True}
    one |= {"converted": True, "completed": True} | (told or {})
    return assess(
        training(
            **{
                "scheme": row["scheme"],
                "menu": row["menu"],
                "plan_filed": FILED,
                "sme": row["sme"],
                "cost": Cost(kind="external", fee_per_person=fee),
                "planned_minutes": minutes,
                "workers": tuple(person(**one | {"key": f"w{n}"}) for n in range(heads)),
                "uplift": True,
            }
            | facts
        )
    )


def subscribed(row):
    first, last = date(2026, 10, 1), date(2027, 9, 30)
    return assess_subscription(
        Subscription(
            scheme=row["scheme"], sme=row["sme"], plan_filed=FILED, contract_price=FEE, contract_start=first,
            contract_end=last, supported_from=first, supported_to=last, users=1, supported_workers=1, uplift=True,
        )
    )  # fmt: skip


def expense_rate(row, kind=None):
    if kind is None:
        return subscribed(row).expense_aid * 100 // FEE
    return trained(row, told={"employment": kind}).expense_aid * 100 // FEE


def uplift_rate(row):
    aid = subscribed(row) if row["menu"] == "subscription" else trained(row)
    return aid.uplift_expense_aid * 100 // FEE


def cap(row, hours, **facts):
    return expense_cap(
        row["scheme"], row["menu"], plan_filed=FILED, sme=row["sme"], class_minutes=int(hours) * 60, **facts
    ).limit_per_person


def limit(row, hours):
    drawn = trained(row, hours=int(hours), fee=DEAR).expense_aid

    assert drawn == cap(row, hours)
    return drawn


def online_limit(row, hours):
    standard = {"standard_months": 2} if hours == "period" else {"standard_hours": int(hours)}
    return trained(row, method="e_learning", fee=DEAR, **standard).expense_aid


def added_online_limit(row, hours):
    standard = {"has_online": True} if hours == "period" else {"standard_hours": int(hours)}
    return cap(row, 120, **standard) - cap(row, 120)


def wage_hours(row, **facts):
    return trained(row, hours=LONG // 60, **facts).wage_aid // trained(row, hours=10, **facts).wage_aid * 10


def times(row, name, others):
    """How many earlier grants are the first that leave none."""
    return next(n for n in range(9) if not trained(row, told=others | {name: n}).payable)


def lecturer_hour(row):
    """A fee no limit of a head can hold, shared by a hundred: what is left is the hour of the lecturer."""
    cost = Cost(kind="in_house", lecturer_fee=DEAR, trainees_total=100)
    kind = "fixed_term" if row["menu"] == "fixed_term_practice" else "regular"
    rate = expense_rate(row, kind)
    return trained(row, hours=20, heads=100, cost=cost).expense_aid * 100 // rate // 20


MEASURES = {
    "expense_rate": expense_rate,
    "uplift_rate": uplift_rate,
    "wage": lambda row: trained(row, hours=10).wage_aid // 10,
    "uplift_wage": lambda row: trained(row, hours=10).uplift_wage_aid // 10,
    "ojt": lambda row: trained(row).ojt_aid,
    "uplift_ojt": lambda row: trained(row).uplift_ojt_aid,
    "limit": limit,
    "online_limit": online_limit,
    "added_online_limit": added_online_limit,
    "specialized_limit": lambda row, hours: trained(row, hours=int(hours), fee=DEAR, specialized=True).expense_aid,
    "wage_hours": wage_hours,
    "specialized_wage_hours": lambda row: wage_hours(row, specialized=True),
    "no_wage": lambda row, method: trained(row, method=method, standard_hours=20).wage_aid,
    "yearly_limit": lambda row: trained(row, hours=1200, fee=DEAR, heads=40).payable_amount,
    "times_per_year": lambda row: times(row, "grants_this_year", {"menu_grants_ever": 0}),
    "times_ever": lambda row: times(row, "menu_grants_ever", {"grants_this_year": 0}),
    "lecturer_hour": lecturer_hour,
}


@pytest.mark.parametrize(
    "row", TABLE, ids=[f"{r['menu']}/{r['figure']}/{'sme' if r['sme'] else 'large'}" for r in TABLE]
)
def test_table_of_august_2026_is_what_the_rules_give(row):
    measure, *how = row["figure"].split(".")

    assert MEASURES[measure](row, *how) == row["value"], row["source"]


def test_table_holds_every_measure_in_both_sizes():
    assert {row["figure"].split(".")[0] for row in TABLE} == set(MEASURES)
    assert len({(row["scheme"], row["menu"], row["figure"], row["sme"]) for row in TABLE}) == len(TABLE)
    assert sum(row["sme"] for row in TABLE) * 2 == len(TABLE)


def test_nothing_of_the_training_support_rests_on_an_unverified_figure():
    rows = [row for row in TABLE if row["scheme"] == "hrd_support"]

    assert {name for row in rows for name in trained(row).unverified} == set()
