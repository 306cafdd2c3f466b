"""A programme as it stands on a day, and whom it admits."""

from dataclasses import replace
from datetime import date

import pytest

from trials.rules import LEGAL_KINDS, FactError, admits, names_of_programmes, open_programmes, programme

DAY = date(2025, 6, 1)


def test_programme_is_read_with_what_is_common_to_all():
    found = programme("stabilisation", DAY)

    assert (found.legal_kind, found.months_per_trial, found.trials_per_person) == ("dispatch", 2, 3)
    assert (found.intent_days_before, found.retention_months) == ((21, 14, 10), (1, 3, 6))
    assert (found.statuses, found.feeds) == (("not_regular",), ())
    assert found.unverified == ("派遣の種類",)
    assert found.verified_until == date(2026, 3, 31)


def test_national_trial_is_no_dispatch_and_names_no_number_of_trials():
    found = programme("national", DAY)

    assert (found.legal_kind, found.months_per_trial, found.trials_per_person) == ("fixed_term", 3, None)
    assert (found.weekly_hours, found.feeds) == (30, ("トライアル雇用助成金",))


def test_programme_is_verified_up_to_its_earliest_day_and_only_where_all_was_confirmed():
    found = programme("national", DAY)

    assert found.is_verified(found.verified_until)
    assert not found.is_verified(date(2027, 4, 1))
    assert not programme("monozukuri", DAY).is_verified(DAY)


def test_grants_a_programme_feeds_follow_the_day():
    found = [programme("monozukuri", date(*day)).feeds for day in ((2024, 3, 31), (2024, 4, 1), (2025, 4, 1))]

    assert found == [("採用・定着促進助成金",), (), ("若者世代職場定着促進助成金",)]


def test_programmes_open_one_after_the_other():
    def names(*day):
        return [found.name for found in open_programmes(date(*day))]

    assert names(2021, 4, 30) == []
    assert names(2021, 5, 1) == ["stabilisation"]
    assert names(2026, 3, 31) == ["monozukuri", "national", "stabilisation"]
    assert names(2026, 4, 1) == ["monozukuri", "national", "stabilisation", "ward"]


def test_every_programme_is_of_a_known_legal_kind():
    kinds = {programme(name, date(2026, 6, 1)).legal_kind for name in names_of_programmes()}

    assert kinds == set(LEGAL_KINDS)


@pytest.mark.parametrize("name", ["common", "weather", ""])
def test_unknown_programme_is_refused_by_name(name):
    with pytest.raises(FactError, match=rf"programme「{name}」は monozukuri・national"):
        programme(name, DAY)


def test_programme_before_it_opened_is_refused():
    with pytest.raises(FactError, match="2026-03-31の時点で有効な数値「ward / open」"):
        programme("ward", date(2026, 3, 31))


@pytest.mark.parametrize(
    ("age", "status", "admitted"),
    [
        (17, "not_regular", False),
        (18, "not_regular", True),
        (29, "not_regular", True),
        (30, "not_regular", False),
        (20, "regular", False),
    ],
)
def test_admission_asks_age_on_both_sides_and_status(age, status, admitted):
    young = replace(programme("stabilisation", DAY), least_age=18, greatest_age=29)

    assert admits(young, age=age, status=status).admitted is admitted


def test_programme_without_rules_admits_everybody():
    assert admits(programme("national", DAY), age=70, status="regular").admitted


def test_refused_admission_says_why():
    assert admits(programme("stabilisation", DAY), age=20, status="regular").because == (
        "雇用創出・安定化支援事業に参加できる就業状況ではありません。"
    )
