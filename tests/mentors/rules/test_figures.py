"""Every figure of mentors/law and mentors/programmes is sourced, and changing any one of them is noticed."""

from datetime import date, timedelta

import pytest

from mentors.rules import (
    AIMS,
    HOSTS,
    Career,
    FactError,
    Stretch,
    board_outcome,
    cancel_notice,
    certification,
    current_law,
    current_programmes,
    fee,
    film_kept,
    fixed,
    host_word,
    link_term,
    materials,
    places,
    plan_lead,
    renewal_dates,
    report_by,
    required_trainings,
    review,
    session_length,
    support,
    term,
    visit_limit,
    withholding,
)
from mentors.rules.certifying import QUALIFICATIONS
from mentors.rules.tables import LAW, PROGRAMMES
from tests.worked import altered, bare, figures_of, other_values

SINCE, ON = date(2015, 4, 1), date(2026, 11, 28)
EDITIONS = [current_law(), current_programmes()]
FIGURES = [(tables, *row) for tables in EDITIONS for row in figures_of(tables)]
NAMES = ["/".join(map(str, row[1:])) for row in FIGURES]


def payments(law):
    for yen in (30_000, 999_990, 1_000_010):
        yield withholding(fee_yen=yen, travel_yen=0, travel_paid_to_carrier=False, law=law)


def careers(known):
    everything = (Stretch(SINCE, None),)
    for qualification in QUALIFICATIONS:
        yield certification(Career(qualification, SINCE, everything, everything, willing=True), ON, programmes=known)
    for last in (date(2018, 3, 30), date(2018, 3, 31), date(2020, 3, 30), date(2020, 3, 31)):
        some = (Stretch(SINCE, last),)
        yield certification(Career("grade_1", SINCE, some, some, willing=True), ON, programmes=known)
    for odd in (10, 11):
        days = Stretch(date(2021, 2, 1), date(2021, 1, 31) + timedelta(days=odd))
        broken = (Stretch(SINCE, date(2020, 3, 20)), days)
        yield certification(Career("grade_1", SINCE, broken, everything, willing=True), ON, programmes=known)
    yield renewal_dates(ON, term_years=5, programmes=known)
    yield from old_careers(known)


def old_careers(known):
    """By the rule of fifteen years, on its last day."""
    on, since = date(2022, 9, 30), date(2005, 4, 1)
    everything = (Stretch(since, None),)
    for qualification in QUALIFICATIONS:
        yield certification(Career(qualification, since, everything, (), willing=True), on, programmes=known)
    for last in (date(2020, 3, 30), date(2020, 3, 31)):
        yield certification(Career("grade_1", since, (Stretch(since, last),), (), willing=True), on, programmes=known)
    for odd in (10, 11):
        days = Stretch(date(2021, 2, 1), date(2021, 1, 31) + timedelta(days=odd))
        broken = (Stretch(since, date(2020, 3, 20)), days)
        yield certification(Career("grade_1", since, broken, (), willing=True), on, programmes=known)


def visits(known):
    for host in HOSTS:
        yield visit_limit(host, done=0, planned=0, programmes=known)
    for minutes in (59, 60, 180, 181):
        yield session_length(0, minutes, break_minutes=0, programmes=known)


def answers(tables, law):
    return [
        bare(result)
        for probe in ((payments,) if law else (careers, visits, wards, archives))
        for result in probe(tables)
    ]


def wards(known):
    yield term(ON, programmes=known)
    yield link_term(ON, programmes=known)
    yield host_word(ON, programmes=known)
    yield cancel_notice(ON, programmes=known)
    yield required_trainings(ON, programmes=known).names
    yield fee(90, ON, programmes=known)
    for yen in (5_999, 6_000, 6_001):
        yield materials(yen, people=3, on=ON, programmes=known)
    for votes in range(5):
        yield board_outcome(approving=votes, declining=0, on=ON, programmes=known)
    for prefecture in ("東京都", "岡山県", "山形県"):
        yield plan_lead(prefecture, ON, programmes=known)


def archives(known):
    yield review(ON, programmes=known)
    yield film_kept(ON, programmes=known)
    yield report_by(ON, programmes=known)
    for aim in AIMS:
        yield places(aim, taken=3, on=ON, programmes=known)
        for cost in (1_999, 200_500, 5_000_000):
            yield support(aim, cost_yen=cost, on=ON, programmes=known)
            yield fixed(aim, spent_yen=cost, decided_yen=90_000, on=ON, programmes=known)


BEFORE = {id(tables): answers(tables, tables is EDITIONS[0]) for tables in EDITIONS}


def is_noticed(tables, row, value):
    try:
        return answers(altered(tables, *row, value), tables is EDITIONS[0]) != BEFORE[id(tables)]
    except (FactError, ValueError):
        return True


@pytest.mark.parametrize(("tables", "table", "name", "n"), FIGURES, ids=NAMES)
def test_changing_a_figure_is_noticed(tables, table, name, n):
    found = tables.by_name[table].figures[name][n]

    assert any(is_noticed(tables, (table, name, n), value) for value in other_values(found))


@pytest.mark.parametrize(("tables", "table", "name", "n"), FIGURES, ids=NAMES)
def test_each_figure_says_where_it_is_from_and_until_when_it_was_looked_up(tables, table, name, n):
    found = tables.by_name[table].figures[name][n]

    assert found.source
    assert found.label
    assert found.verified_until >= found.effective_from


def test_own_files_are_parsed_once():
    assert current_law() is current_law()
    assert set(current_law().by_name) == {path.stem for path in LAW.glob("*.toml")}
    assert set(current_programmes().by_name) == {path.stem for path in PROGRAMMES.glob("*.toml")}
