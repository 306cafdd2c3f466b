"""Who was employed on a day, when somebody came first, and the windows of a plan, from rows that are never stored."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from courses.models import Enrolment
from firms.models import Employment, Organisation, WorkingPattern
from grants.facts.parties import is_small
from grants.facts.plan import windows
from grants.facts.training import training_of_lessons
from grants.facts.workers import Records, attended_spans, wage_spans

PATTERN = WorkingPattern(pk=1)
LATER = Employment(started_on=date(2027, 3, 1), pattern=PATTERN)
EARLIER = Employment(started_on=date(2027, 2, 1), ended_on=date(2027, 2, 10), pattern=None)
WHO = Enrolment(pk=5, person_id=7)
RECORDS = Records({}, {7: [LATER, EARLIER]})


@pytest.mark.parametrize(
    ("day", "terms"),
    [
        (date(2027, 1, 31), None),
        (date(2027, 2, 1), EARLIER),
        (date(2027, 2, 10), EARLIER),
        (date(2027, 2, 11), None),
        (date(2027, 2, 28), None),
        (date(2027, 3, 1), LATER),
    ],
)
def test_terms_hold_from_their_first_day_to_their_last(day, terms):
    assert RECORDS.terms_on(WHO, day) is terms
    assert Records({}, {}).terms_on(WHO, day) is None
    assert RECORDS.employment(WHO, SimpleNamespace(lesson=SimpleNamespace(on=day))) is terms


@pytest.mark.parametrize(
    ("days", "not_employed", "no_hours"),
    [
        (["2027-03-01", "2027-03-02"], "", ""),
        (["2027-03-01", "2027-02-11", "2027-02-12"], "2027-02-11", ""),
        (["2027-03-01", "2027-02-10", "2027-02-01"], "", "2027-02-10"),
        ([], "", ""),
    ],
)
def test_first_day_without_employment_or_hours_is_named(days, not_employed, no_hours):
    assert (RECORDS.not_employed_on(WHO, days), RECORDS.no_hours_on(WHO, days)) == (not_employed, no_hours)


def mark(day, came, recorded):
    return SimpleNamespace(
        lesson=SimpleNamespace(on=date(2027, 2, day)),
        came_at=came,
        recorded_at=datetime(2027, 2, recorded, 3, tzinfo=UTC),
    )


def test_first_day_is_the_first_somebody_came_and_the_record_is_as_new_as_its_newest_mark():
    marks = {(1, 1): mark(3, None, 20), (1, 2): mark(10, "10:00", 11), (1, 3): mark(5, "10:00", 12)}

    assert Records(marks, {}).first_attended_on == "2027-02-05"
    assert Records(marks, {}).recorded_at == "2027-02-20T12:00:00+09:00"
    assert (Records({}, {}).first_attended_on, Records({}, {}).recorded_at) == (None, None)


def test_who_left_no_mark_or_has_no_terms_draws_nothing():
    assert attended_spans(None, SimpleNamespace(counted=[])) == []
    assert wage_spans([(1, 2)], None, SimpleNamespace()) == []


def test_windows_of_a_plan_follow_its_first_and_its_last_day():
    found = windows({"starts_on": "2026-06-03", "ends_on": "2026-06-30"}, scheme="reskilling", method="class")

    assert [(one["first"], one["last_nominal"], one["last"]) for one in found] == [
        ("2025-12-03", "2026-05-03", "2026-05-07"),
        ("2026-07-01", "2026-08-31", "2026-08-31"),
    ]
    assert set(found[0]) == {"first", "last_nominal", "last", "because", "source"}


def test_run_without_days_has_no_windows_and_no_minutes():
    nothing = training_of_lessons([])

    assert nothing == {
        **{"starts_on": None, "ends_on": None, "total_minutes": 0, "planned_minutes": 0, "lessons": []},
        **{"has_lessons": False, "standard_hours": None, "units": None},
    }
    assert windows(nothing, scheme="reskilling", method="class") == (None, None)


@pytest.mark.parametrize(
    ("industry", "employees", "is_sme"),
    [
        ("manufacturing", 300, True),
        ("manufacturing", 301, False),
        ("manufacturing", None, None),
        ("", 1, None),
        ("", None, None),
    ],
)
def test_size_is_unknown_until_industry_and_people_are_entered(industry, employees, is_sme):
    firm = Organisation(industry=industry, regular_employees=employees, capital_yen=None)

    assert is_small(firm) is is_sme
