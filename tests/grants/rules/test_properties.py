"""What must hold for every training, whatever its facts."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from grants.rules import Cost, as_mapping, assess, claim_window, current_schemes, plan_window, training_facts
from grants.rules.facts import CLASS_METHODS, MENUS, PRACTICE_MENUS
from tests.grants.rules.worked import person, training

SHAPES = [(scheme, menu) for scheme, menus in MENUS.items() for menu in menus if menu != "older_worker_practice"]
days = st.dates(date(2025, 4, 1), date(2027, 3, 31))
PROFILE = settings(max_examples=60, deadline=None)


@st.composite
def trainings(draw, most=5):
    scheme, menu = draw(st.sampled_from(SHAPES))
    planned = draw(st.integers(600, 20_000))
    count = draw(st.integers(1, most))
    cost = draw(
        st.one_of(
            st.builds(Cost, kind=st.just("external"), fee_per_person=st.integers(0, 2_000_000)),
            st.builds(
                Cost,
                kind=st.just("in_house"),
                lecturer_fee=st.integers(0, 3_000_000),
                lecturer_travel=st.integers(0, 90_000),
                establishment_prefecture=st.sampled_from(["東京都", "北海道"]),
                trainees_total=st.just(count + 2),
            ),
        )
    )
    return training(
        scheme=scheme,
        menu=menu,
        plan_filed=draw(days),
        sme=draw(st.booleans()),
        method=draw(st.sampled_from(CLASS_METHODS)),
        cost=cost,
        planned_minutes=planned,
        uplift=draw(st.booleans()),
        workers=tuple(draw(workers(menu, planned, f"w{n}")) for n in range(count)),
    )


@st.composite
def workers(draw, menu, planned, key):
    attended = draw(st.one_of(st.just(planned), st.integers(planned * 7 // 10, planned)))
    practice = menu in PRACTICE_MENUS
    return person(
        employment="fixed_term" if menu == "fixed_term_practice" else draw(st.sampled_from(["regular", "fixed_term"])),
        attended_minutes=attended,
        wage_minutes=draw(st.integers(0, attended)),
        ojt_passed=draw(st.booleans()) if practice else None,
        converted=True,
        grants_this_year=draw(st.sampled_from([None, 0, 2, 3])),
        key=key,
    )


def aids(outcome):
    return outcome.expense_aid, outcome.wage_aid, outcome.ojt_aid


@PROFILE
@given(trainings())
def test_lines_add_up_to_the_total(facts):
    outcome = assess(facts)

    assert sum(row.amount for row in outcome.lines) == outcome.total == sum(aids(outcome))
    uplift = outcome.uplift_expense_aid + outcome.uplift_wage_aid + outcome.uplift_ojt_aid
    assert sum(row.amount for row in outcome.uplift_lines) == uplift
    assert all(row.because and row.source and row.figures for row in outcome.lines + outcome.uplift_lines)


@PROFILE
@given(trainings(), st.data())
def test_one_more_attended_minute_never_lowers_an_amount(facts, data):
    n = data.draw(st.integers(0, len(facts.workers) - 1))
    one = facts.workers[n]
    more = replace(one, attended_minutes=min(one.attended_minutes + 1, facts.planned_minutes))
    raised = replace(facts, workers=(*facts.workers[:n], more, *facts.workers[n + 1 :]))

    before, after = assess(facts), assess(raised)

    assert all(a >= b for a, b in zip(aids(after), aids(before), strict=True))


@PROFILE
@given(trainings(), st.data())
def test_one_more_trainee_never_lowers_the_total(facts, data):
    more = data.draw(workers(facts.menu, facts.planned_minutes, "one more"))

    before, after = assess(facts), assess(replace(facts, workers=(*facts.workers, more)))

    assert all(a >= b for a, b in zip(aids(after), aids(before), strict=True))


@PROFILE
@given(trainings(), st.data())
def test_two_sheets_differ_from_one_by_less_than_two_cuts(facts, data):
    cut = data.draw(st.integers(0, len(facts.workers)))
    whole = assess(facts)
    halves = [assess(replace(facts, workers=part)) for part in (facts.workers[:cut], facts.workers[cut:])]

    for one, first, second in zip(aids(whole), aids(halves[0]), aids(halves[1]), strict=True):
        assert 0 <= one - first - second < 200


@PROFILE
@given(trainings(), st.randoms(use_true_random=False))
def test_order_of_trainees_does_not_matter(facts, dice):
    shuffled = list(facts.workers)
    dice.shuffle(shuffled)

    one, other = assess(facts), assess(replace(facts, workers=tuple(shuffled)))

    assert one.lines == other.lines
    assert one.uplift_lines == other.uplift_lines
    assert set(one.conditions) == set(other.conditions)
    assert set(one.workers) == set(other.workers)


@PROFILE
@given(trainings())
def test_total_stays_below_cost_and_wage_aid(facts):
    outcome = assess(facts)
    cost = facts.cost
    paid = cost.fee_per_person * len(facts.workers) + cost.lecturer_fee + cost.lecturer_travel

    assert outcome.expense_aid + outcome.uplift_expense_aid <= paid
    assert outcome.total <= paid + outcome.wage_aid + outcome.ojt_aid


@PROFILE
@given(trainings())
def test_limit_holds_base_and_uplift_together(facts):
    outcome = assess(facts)
    supported = sum(1 for part in outcome.workers if part.supported)
    names = [name for row in outcome.lines if row.code == "expense" for name in row.figures if "limit." in name]
    limits = [current_schemes().get(*name.split("/", 1), facts.plan_filed).whole for name in names]

    assert outcome.expense_aid + outcome.uplift_expense_aid <= sum(limits[:1]) * supported


@PROFILE
@given(trainings(), st.integers(0, 120_000_000))
def test_yearly_limit_is_never_exceeded(facts, drawn):
    outcome = assess(replace(facts, already_granted_in_claim_year=drawn, claim_filed=facts.plan_filed))
    limit = next(c for c in outcome.conditions if c.code == "yearly_limit")

    assert outcome.payable_amount <= outcome.calculated == outcome.total
    assert outcome.payable_amount == outcome.total or limit.state == "unmet"


@PROFILE
@given(trainings())
def test_facts_survive_being_frozen_as_json(facts):
    assert training_facts(as_mapping(facts)) == facts


@PROFILE
@given(st.dates(date(2024, 1, 1), date(2040, 12, 31)), st.integers(0, 400), st.integers(1, 60))
def test_a_later_filing_never_makes_a_missed_window_met(event, waited, later):
    for window in (plan_window(event), claim_window("training_end", event)):
        filed = window.first + timedelta(days=waited)

        assert window.first <= window.last_nominal <= window.last
        assert window.contains(filed) or not window.contains(filed + timedelta(days=later))


@PROFILE
@given(trainings())
def test_unknown_facts_are_never_met(facts):
    untold = tuple(replace(w, attended_minutes=None, grants_this_year=None) for w in facts.workers)
    outcome = assess(replace(facts, workers=untold))

    assert not outcome.payable
    states = {c.code: c.state for c in outcome.conditions}
    assert states["attendance"] == states["times_this_year"] == states["paid_in_time"] == "unknown"
