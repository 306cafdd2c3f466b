"""A forecast names every scheme that could pay, with days, conflicts and the best first."""

from dataclasses import replace
from datetime import date

from grants.rules import Conflict, CourseProfile, FirmProfile, forecast

FIRM = FirmProfile("manufacturing", 10_000_000, 28, 20, 4, ward="ward_shinagawa")
COURSE = CourseProfile(date(2026, 1, 20), date(2026, 1, 21), "class", 22_000, planned_minutes=720, seats=3)
ON = date(2025, 11, 20)


def named(prospects):
    return {(p.scheme, p.menu): p.amount for p in prospects}


def test_forecast_ranks_every_scheme_that_could_pay():
    assert [(p.scheme, p.amount) for p in forecast(FIRM, COURSE, on=ON)] == [
        ("reskilling", 85_500),
        ("hrd_support", 58_500),
        ("tokyo_dx_reskilling", 49_500),
        ("tokyo_skillup_external", 33_000),
        ("ward_shinagawa", 9_900),
    ]


def test_forecast_names_the_days_to_file():
    found = {p.scheme: (p.first, p.last, p.missed) for p in forecast(FIRM, COURSE, on=ON)}

    assert found["reskilling"] == (date(2025, 7, 20), date(2025, 12, 22), False)
    assert found["tokyo_dx_reskilling"] == (date(2025, 3, 1), date(2026, 1, 19), False)


def test_missed_schemes_come_last():
    late = forecast(FIRM, COURSE, on=date(2025, 12, 23))

    assert [(p.scheme, p.missed) for p in late][-2:] == [("reskilling", True), ("hrd_support", True)]


def test_conflicts_say_why_two_schemes_do_not_go_together():
    first = forecast(FIRM, COURSE, on=ON)[0]

    assert first.conflicts[:2] == (
        Conflict(
            "hrd_support",
            "by_table",
            "人材開発支援助成金 人材育成支援コースと同じ経費・賃金について重ねて受けられません。",
        ),
        Conflict(
            "tokyo_dx_reskilling",
            "exclusive",
            "東京しごと財団 DXリスキリング助成金と同じ訓練で重ねて受けられません。どちらかを選びます。",
        ),
    )
    assert "ward_shinagawa" not in {c.scheme for c in first.conflicts}


def test_ward_that_subtracts_other_aid_says_so():
    found = forecast(replace(FIRM, ward="ward_edogawa"), COURSE, on=ON)[0]

    assert (
        Conflict(
            "ward_edogawa",
            "deductive",
            "江戸川区 ものづくり人材育成支援事業助成金で受ける額が対象経費から差し引かれます。",
        )
        in found.conflicts
    )


def test_firm_outside_tokyo_hears_of_national_schemes_only():
    assert set(named(forecast(replace(FIRM, in_tokyo=False), COURSE, on=ON))) == {
        ("reskilling", "reskilling"),
        ("hrd_support", "general"),
    }


def test_large_firm_hears_of_no_scheme_for_small_ones():
    large = replace(FIRM, capital_yen=400_000_000, regular_employees=400)

    assert set(named(forecast(large, COURSE, on=ON))) == {("reskilling", "reskilling"), ("hrd_support", "general")}


def test_conversion_and_trial_follow_behind_the_course():
    firm = replace(FIRM, regular_workers=0, trial_hires=2)
    found = [p for p in forecast(firm, COURSE, on=ON) if p.pays_for == "employment"]

    assert [(p.scheme, p.amount) for p in found] == [("careerup", 2_400_000), ("trial", 240_000)]
    assert (
        Conflict(
            "trial", "exclusive", "トライアル雇用助成金 一般トライアルコースとは同じ人について要件が両立しません。"
        )
        in found[0].conflicts
    )


def test_advanced_digital_course_is_offered_its_menu():
    found = named(forecast(FIRM, replace(COURSE, is_advanced_digital=True, is_dx=False), on=ON))

    assert found[("invest_in_people", "advanced_digital")] == 85_500
    assert ("reskilling", "reskilling") not in found


def test_short_course_is_left_to_the_city():
    short = replace(COURSE, planned_minutes=240, is_dx=False)

    assert named(forecast(FIRM, short, on=ON)) == {
        ("tokyo_skillup_external", "training"): 33_000,
        ("tokyo_skillup_internal", "training"): 9_120,
        ("ward_shinagawa", "training"): 6_600,
    }


def test_firm_without_people_hears_of_nothing():
    assert forecast(replace(FIRM, regular_workers=0, fixed_term_workers=0), COURSE, on=ON) == ()


def test_old_round_is_marked_by_its_day_of_verification():
    found = {p.scheme: p.verified_until for p in forecast(FIRM, COURSE, on=ON)}

    assert found["tokyo_skillup_external"] == date(2026, 3, 31)
