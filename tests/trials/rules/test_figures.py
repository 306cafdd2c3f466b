"""Every figure of trials/law and trials/programmes is sourced, and changing any one of them is noticed."""

from datetime import date, timedelta

import pytest

from firms.rules.calendar import end_of_period
from tests.worked import altered, bare, figures_of, other_values
from trials.rules import (
    FactError,
    Limits,
    Placed,
    Worked,
    accident_report,
    agreement_fault,
    approval_due,
    approval_escalates,
    break_needed,
    clear_up_after,
    contract_term,
    conversion_rate,
    current_law,
    current_programmes,
    definition_on,
    direct_claim,
    direct_plan,
    direct_reminder,
    dismissal_notice,
    electronic_filing,
    evaluation_days,
    former_employer_bar,
    host_termination,
    injury_claim,
    intent_dates,
    is_elder,
    ledger_required,
    licence_lapse,
    link_days,
    longest_shift,
    minimum_wage,
    names_of_programmes,
    not_renewed_notice,
    open_programmes,
    overtime_days,
    programme,
    report_days,
    retention_dates,
    social_insurance,
    standard_number,
    trial_limits,
)
from trials.rules.tables import LAW, PROGRAMMES

DAY = date(2026, 6, 1)
EDITIONS = [current_law(), current_programmes()]
FIGURES = [(tables, *row) for tables in EDITIONS for row in figures_of(tables)]
NAMES = ["/".join(map(str, row[1:])) for row in FIGURES]


def dispatches(law):
    for days in (29, 30, 31):
        for exception in (None, "over_60", "day_student", "side_job", "secondary_earner", "listed_work"):
            yield contract_term(DAY, DAY + timedelta(days=days - 1), exception=exception, law=law)
    yield trial_limits(
        DAY, DAY, legal_kind="temp_to_perm", months_per_trial=9, trials_per_person=1, earlier_trials=0, law=law
    )
    for retired in (True, False):
        yield former_employer_bar(DAY, DAY, retired_over_60=retired, law=law)
    yield host_termination(DAY, DAY, law=law)
    for own in (4, 5):
        yield ledger_required(dispatched=1, own_employees=own, law=law)
    yield ledger_required(dispatched=1, own_employees=5, law=law).because


def endings(law):
    for months in (1, 2, 3):
        contract = {"employed_from": DAY, "contract_until": end_of_period(DAY, months)}
        yield dismissal_notice(DAY, DAY + timedelta(days=20), **contract, law=law)
    for times in (2, 3):
        yield not_renewed_notice(DAY, DAY + timedelta(days=20), employed_from=DAY, times_renewed=times, law=law)
    for last in (date(2027, 5, 31), date(2027, 6, 1)):
        yield not_renewed_notice(DAY, last, employed_from=DAY, times_renewed=0, law=law)
    yield licence_lapse([(DAY, DAY)], first=DAY, last=DAY + timedelta(days=1), law=law)


def accidents_and_insurance(law):
    for days in (3, 4):
        yield accident_report(DAY, days_off=days, commuting=False, law=law)
    for commuting in (True, False):
        yield injury_claim(DAY, commuting=commuting, law=law)
    for end in (date(2026, 7, 31), date(2026, 8, 1)):
        for renewed in (True, False):
            yield social_insurance(DAY, end, may_be_renewed=renewed, peers_renewed=False, law=law)


def working(law):
    yield longest_shift(DAY, law=law)
    for minutes in (360, 361, 480, 481):
        for told in (44, 45, 59, 60):
            yield break_needed(DAY, minutes=minutes, break_minutes=told, law=law)
    week = [Worked(date(2026, 6, n), 481) for n in range(1, 7)]
    agreed = Limits(date(2026, 4, 1), date(2027, 3, 31), day_minutes=600, month_minutes=607, year_minutes=21_600)
    yield overtime_days(week, agreements=[agreed], law=law)
    yield overtime_days(week, law=law)
    for month, year, special in ((2_700, 21_600, 5_999), (2_701, 21_600, None), (2_700, 21_601, None), (1, 1, 6_000)):
        yield agreement_fault(on=DAY, month_minutes=month, year_minutes=year, special_month_minutes=special, law=law)
    for days in (approval_due, approval_escalates, link_days, clear_up_after):
        yield days(DAY, law=law)
    yield electronic_filing(DAY, law=law)
    for age in (59, 60, 61):
        yield is_elder(age, on=DAY, law=law)


def wages(law):
    for name, dated in current_law().by_name["minimum_wage"].figures.items():
        for figure in dated:
            yield minimum_wage(name, figure.effective_from, hourly_yen=1100, law=law)


def programmes_of(known):
    for on in (date(2023, 4, 1), date(2025, 6, 1), DAY):
        yield [found.name for found in open_programmes(on, programmes=known)]
        for name in names_of_programmes(known):
            if known.find(name, "open", on):
                yield programme(name, on, programmes=known)
    for name in (
        "answer.working_days",
        "answer.escalates_after",
        "retention.answer_days",
        "counts.least_shown",
        "absence.alert_after",
    ):
        yield standard_number(name, DAY, programmes=known)
    yield definition_on("ward", DAY, programmes=known)
    for window in (direct_plan, direct_claim, direct_reminder):
        yield window(DAY, programmes=known)
    yield report_days(date(2025, 6, 1), DAY, programmes=known)
    yield intent_dates(DAY, programmes=known)
    yield retention_dates(DAY, programmes=known)
    yield evaluation_days(DAY, DAY + timedelta(days=60), programmes=known)
    yield conversion_rate([Placed(True, True, DAY, DAY + timedelta(days=n)) for n in (90, 91)], programmes=known)


def answers(tables, law):
    probes = (dispatches, endings, accidents_and_insurance, working, wages) if law else (programmes_of,)
    return [bare(result) for probe in probes for result in probe(tables)]


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
    assert found.effective_to is None or found.verified_until <= found.effective_to


def test_own_files_are_parsed_once():
    assert current_law() is current_law()
    assert set(current_law().by_name) == {path.stem for path in LAW.glob("*.toml")}
    assert set(current_programmes().by_name) == {path.stem for path in PROGRAMMES.glob("*.toml")}


def test_minimum_wage_stands_for_every_prefecture():
    assert len(current_law().by_name["minimum_wage"].figures) == 47
