"""What an answer says beside its days: where the law leaves one open, the earlier stands and the answer says so."""

from datetime import date

from trials.rules import (
    AnswerDue,
    ContractTerm,
    TrialLimits,
    accident_report,
    answer_due,
    contract_term,
    former_employer_bar,
    intent_dates,
    minimum_wage,
    social_insurance,
    trial_limits,
)


def test_short_contract_says_that_it_is_daily_dispatch():
    assert contract_term(date(2026, 4, 1), date(2026, 4, 30)) == ContractTerm(
        days=30,
        allowed=False,
        because="2026年4月1日（水）から2026年4月30日（木）まで両端を入れて30日。"
        "30日以内のため日雇派遣に当たり、派遣できません。",
        source="労働者派遣法35条の4第1項; 労働者派遣法施行令4条",
    )


def test_excepted_contract_says_by_which_exception():
    found = contract_term(date(2026, 4, 1), date(2026, 4, 30), exception="day_student")

    assert found.because.endswith("30日以内ですが、例外（昼間学生）に当たるため派遣できます。")


def test_trial_says_which_limit_is_the_lower_and_all_that_speaks_against_it():
    found = trial_limits(
        date(2026, 1, 15),
        date(2026, 7, 15),
        legal_kind="temp_to_perm",
        months_per_trial=8,
        trials_per_person=3,
        earlier_trials=3,
    )

    assert found == TrialLimits(
        last_possible_day=date(2026, 7, 14),
        allowed=False,
        because="紹介予定派遣の上限6か月。2026年1月15日（木）を初日として数え、6か月後の応当日の前日の2026年7月14日（火）まで。"
        "予定の2026年7月15日（水）はこれを超えています。すでに3回トライアルをしており、1人3回までを使い切っています。",
        source="派遣先指針 第2の18(1); 民法140条・141条・143条",
    )


def test_programme_without_a_number_of_trials_allows_any():
    found = trial_limits(
        date(2026, 1, 15),
        date(2026, 3, 14),
        legal_kind="fixed_term",
        months_per_trial=3,
        trials_per_person=None,
        earlier_trials=99,
    )

    assert found.allowed


def test_year_from_leaving_is_counted_to_the_earlier_day_and_says_so():
    barred = former_employer_bar(date(2026, 1, 31), date(2027, 1, 31), retired_over_60=False)
    retired = former_employer_bar(date(2026, 1, 31), date(2026, 2, 1), retired_over_60=True)

    assert "離職の日を算入して" in barred.note
    assert (retired.clear_from, retired.note) == (None, "")


def test_quarter_that_ends_on_a_closed_day_is_not_moved_and_says_so():
    sunday = accident_report(date(2026, 11, 10), days_off=1, commuting=False)
    friday = accident_report(date(2026, 4, 10), days_off=1, commuting=False)
    at_once = accident_report(date(2026, 11, 10), days_off=4, commuting=False)

    assert sunday.note.startswith("期限の日は日曜日ですが")
    assert (friday.due, friday.note) == (date(2026, 7, 31), "")
    assert at_once.note.startswith("法令は日数を定めていません")


def test_insurance_names_the_reason_and_what_would_change_it():
    days = date(2026, 4, 1), date(2026, 5, 31)

    exempt = social_insurance(*days, may_be_renewed=False, peers_renewed=False)
    by_contract = social_insurance(*days, may_be_renewed=True, peers_renewed=True)
    by_peers = social_insurance(*days, may_be_renewed=False, peers_renewed=True)

    assert "途中で更新が見込まれる" in exempt.note
    assert by_contract.because.startswith("契約や就業規則に更新の定めがある")
    assert by_peers.because.startswith("同じ事業所で同様の契約の人が更新された実績がある")
    assert "早い日で答えています" in by_peers.note


def test_wage_past_the_last_known_figure_says_what_is_known():
    found = minimum_wage("東京都", date(2026, 11, 29), hourly_yen=1226)

    assert found.because == (
        "東京都の額は2026年9月30日（水）まで確かめています（1226円）。"
        "2026年11月29日（日）の額は改定を労働局の公表で確かめてください。"
    )


def test_intent_dates_that_are_all_told_rest_on_the_programme():
    found = intent_dates(date(2026, 12, 20), opens_before=30, due_before=20, escalates_before=15)

    assert found.source == "事業の要綱"


def test_answer_is_due_on_an_open_day():
    assert answer_due(date(2026, 12, 25), working_days=2) == AnswerDue(
        due=date(2027, 1, 4),
        because="2026年12月25日（金）の翌日から閉庁日を除いて2日目の2027年1月4日（月）まで。",
        source="民法140条; 行政機関の休日に関する法律1条・2条",
    )
