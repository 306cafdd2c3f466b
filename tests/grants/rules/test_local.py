"""The schemes of Tokyo and its wards on both sides of each of their limits."""

from dataclasses import replace
from datetime import date

import pytest

from grants.rules import current_schemes
from grants.rules.local import LOCAL, Local

COURSE = Local(
    known=current_schemes(),
    on=date(2025, 11, 20),
    starts_on=date(2026, 1, 20),
    method="class",
    hours=9,
    fee=40_000,
    regular=3,
    fixed_term=1,
    industry="services",
    employees=28,
    sme=True,
    is_dx=True,
)


def drawn(scheme, **told):
    row = LOCAL[scheme](replace(COURSE, **told))
    return row and row.amount


@pytest.mark.parametrize(
    ("scheme", "told", "amount"),
    [
        ("tokyo_dx_reskilling", {"fee": 99_999}, 4 * 74_999),
        ("tokyo_dx_reskilling", {"fee": 100_000}, 4 * 75_000),
        ("tokyo_dx_reskilling", {"fee": 100_004}, 4 * 75_000),
        ("tokyo_dx_reskilling", {"fee": 100_000, "regular": 12}, 975_000),
        ("tokyo_dx_reskilling", {"fee": 100_000, "regular": 13}, 1_000_000),
        ("tokyo_dx_reskilling", {"sme": False}, None),
        ("tokyo_dx_reskilling", {"is_dx": False}, None),
        ("tokyo_skillup_external", {"regular": 4}, 5 * 25_000),
        ("tokyo_skillup_external", {"fee": 30_000, "regular": 4}, 5 * 20_000),
        ("tokyo_skillup_external", {"fee": 30_000, "regular": 5}, 6 * 15_000),
        ("tokyo_skillup_external", {"fee": 30_000, "fixed_term": 0}, 3 * 15_000),
        ("tokyo_skillup_external", {"fee": 30_000, "fixed_term": 0, "employees": 20}, 3 * 15_000),
        (
            "tokyo_skillup_external",
            {"fee": 30_000, "fixed_term": 0, "employees": 20, "industry": "manufacturing"},
            3 * 20_000,
        ),
        (
            "tokyo_skillup_external",
            {"fee": 30_000, "fixed_term": 0, "employees": 21, "industry": "manufacturing"},
            3 * 15_000,
        ),
        ("tokyo_skillup_external", {"fee": 1_000, "regular": 80, "fixed_term": 20}, 100 * 666),
        ("tokyo_skillup_external", {"fee": 1_000, "regular": 81, "fixed_term": 20}, 101 * 500),
        ("tokyo_skillup_external", {"regular": 59}, 1_200_000),
        ("tokyo_skillup_external", {"fee": 50_000, "regular": 61}, 1_500_000),
        ("tokyo_skillup_external", {"sme": False}, None),
        ("tokyo_skillup_internal", {"hours": 2}, None),
        ("tokyo_skillup_internal", {"hours": 3}, 760 * 4 * 3),
        ("tokyo_skillup_internal", {"hours": 9}, 760 * 4 * 9),
        ("tokyo_skillup_internal", {"hours": 10}, None),
        ("tokyo_skillup_internal", {"method": "e_learning"}, None),
        ("tokyo_skillup_internal", {"method": "live_online"}, 760 * 4 * 9),
        ("tokyo_skillup_internal", {"sme": False}, None),
        ("tokyo_skillup_internal", {"regular": 218}, 760 * 219 * 9),
        ("tokyo_skillup_internal", {"regular": 219}, 1_500_000),
        ("ward_adachi", {}, 80_000),
        ("ward_adachi", {"fee": 125_001}, 250_000),
        ("ward_adachi", {"fee": 124_999}, 4 * 62_499),
        ("ward_adachi", {"sme": False}, None),
        ("ward_katsushika", {}, 4 * 13_333),
        ("ward_katsushika", {"fee": 376_000}, 500_000),
        ("ward_chuo", {}, 80_000),
        ("ward_chuo", {"fee": 50_002}, 100_000),
        ("ward_edogawa", {"industry": "manufacturing"}, 80_000),
        ("ward_edogawa", {}, None),
        ("ward_shinagawa", {}, 24_000),
        ("ward_shinagawa", {"is_dx": False}, 20_000),
        ("ward_shinagawa", {"fee": 100_000, "regular": 13}, 200_000),
        ("ward_shinagawa", {"fee": 50_000, "regular": 61, "is_dx": False}, 300_000),
        ("ward_shinagawa", {"sme": False}, None),
    ],
)
def test_local_scheme_pays_to_its_limits(scheme, told, amount):
    assert drawn(scheme, **told) == amount


@pytest.mark.parametrize(
    ("scheme", "starts_on", "days"),
    [
        ("tokyo_dx_reskilling", date(2026, 1, 20), (date(2025, 3, 1), date(2026, 1, 19))),
        ("tokyo_dx_reskilling", date(2026, 3, 1), (date(2025, 3, 1), date(2026, 2, 28))),
        ("tokyo_dx_reskilling", date(2026, 3, 2), (date(2025, 3, 1), date(2026, 2, 28))),
        ("tokyo_skillup_external", date(2026, 3, 2), (date(2025, 3, 1), date(2026, 2, 28))),
        ("tokyo_skillup_internal", date(2026, 3, 28), (date(2025, 3, 1), date(2026, 2, 28))),
        ("tokyo_skillup_internal", date(2026, 3, 27), (date(2025, 3, 1), date(2026, 2, 27))),
        ("ward_chuo", date(2026, 1, 20), (None, date(2026, 1, 5))),
        ("ward_katsushika", date(2026, 1, 20), (None, None)),
        ("ward_shinagawa", date(2026, 1, 20), (date(2025, 6, 1), None)),
    ],
)
def test_days_to_apply_end_with_the_round_or_before_the_course(scheme, starts_on, days):
    assert replace(COURSE, starts_on=starts_on).days_to_apply(scheme) == days


@pytest.mark.parametrize(
    ("scheme", "because"),
    [
        (
            "tokyo_dx_reskilling",
            "40,000円 × 75% × 4人（上限（1人1講座） 75,000円、上限（1社） 1,000,000円） = 120,000円",
        ),
        ("tokyo_skillup_internal", "760円 × 4人 × 9時間（上限 1,500,000円） = 27,360円"),
        ("ward_adachi", "40,000円 × 1/2 × 4人（上限（1社） 250,000円） = 80,000円"),
        ("ward_shinagawa", "東京しごと財団 DXリスキリング助成金 120,000円 × 1/5（上限 200,000円） = 24,000円"),
    ],
)
def test_local_line_is_written_out(scheme, because):
    row = LOCAL[scheme](COURSE)

    assert (row.code, row.label, row.because) == (scheme, COURSE.known.by_name[scheme].title, because)
