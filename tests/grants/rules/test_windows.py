"""Dates explain themselves: event, first day, nominal last day, and why it moved."""

from datetime import date

from firms.rules.calendar import why_closed
from grants.rules import (
    Notice,
    Window,
    add_months,
    change_notice,
    claim_window,
    current_schemes,
    end_of_period,
    fiscal_year,
    is_open,
    next_open_day,
    plan_window,
    subscription_period,
)
from tests.grants.rules.worked import altered


def test_plan_window_says_why_its_last_day_moved():
    assert plan_window(date(2026, 6, 3), scheme="reskilling") == Window(
        first=date(2025, 12, 3),
        last_nominal=date(2026, 5, 3),
        last=date(2026, 5, 7),
        because="訓練開始日 2026年6月3日（水） の6か月前から1か月前の応当日（応当日がない月はその末日）まで、"
        "すなわち2025年12月3日（水）から2026年5月3日（日）まで。5月3日は祝日（憲法記念日）、5月4日は祝日（みどりの日）、"
        "5月5日は祝日（こどもの日）、5月6日は祝日（憲法記念日 振替休日）で閉庁のため、翌開庁日の2026年5月7日（木）が期限です。"
        "この日までに届く（到達する）必要があります。",
        rule="計画届の受付開始（訓練開始日の何か月前）・計画届の提出期限（訓練開始日の何か月前）",
        source="リスキリング支給要領R7.4.1 0502; 民法140条・141条・143条; 行政機関の休日に関する法律1条・2条",
    )


def test_claim_window_of_early_finishers_says_both_reasons():
    found = claim_window("training_end", date(2026, 9, 30), method="e_learning", all_completed_on=date(2026, 7, 15))

    assert found.because == (
        "訓練終了日 2026年9月30日（水） の翌日 2026年10月1日（木） から起算して2か月、"
        "ただし対象者全員が修了した日の翌日 2026年7月16日（木） から申請でき、"
        "すなわち2026年7月16日（木）から2026年11月30日（月）まで。この日までに届く（到達する）必要があります。"
    )


def test_window_holds_its_first_and_its_last_day_and_no_other():
    found = plan_window(date(2026, 9, 30))

    assert [found.contains(date(2026, *day)) for day in ((3, 29), (3, 30), (8, 31), (9, 1))] == [
        False,
        True,
        True,
        False,
    ]


def test_offices_close_on_weekends_holidays_and_over_new_year():
    closed = [date(2026, 12, 29), date(2027, 1, 1), date(2027, 1, 3), date(2026, 11, 22), date(2026, 11, 23)]

    assert [why_closed(day) for day in closed] == [
        "年末年始の閉庁日",
        "年末年始の閉庁日",
        "年末年始の閉庁日",
        "日曜日",
        "祝日（勤労感謝の日）",
    ]
    assert is_open(date(2026, 12, 28))
    assert next_open_day(date(2026, 12, 29)) == date(2027, 1, 4)


def test_months_are_counted_as_the_civil_code_says():
    assert add_months(date(2026, 8, 31), -6) == date(2026, 2, 28)
    assert add_months(date(2028, 8, 31), -6) == date(2028, 2, 29)
    assert end_of_period(date(2026, 7, 1), 2) == date(2026, 8, 31)
    assert end_of_period(date(2025, 12, 31), 2) == date(2026, 2, 28)
    assert end_of_period(date(2026, 10, 2), 5) == date(2027, 3, 1)


def test_fiscal_year_turns_in_april():
    assert [fiscal_year(date(2026, *day)) for day in ((3, 31), (4, 1))] == [2025, 2026]


def test_notice_without_a_reason_is_the_ordinary_one_of_any_day():
    moved = date(2026, 9, 1), date(2027, 9, 1)

    assert change_notice(*moved) == change_notice(*moved, reason="ordinary", is_training_start=False)
    assert change_notice(*moved).due == date(2026, 8, 31)
    assert isinstance(change_notice(*moved), Notice)


def test_subscription_asks_the_figures_it_was_given():
    contract = date(2025, 4, 1), date(2026, 3, 31)
    now = current_schemes()
    earlier = altered(now, "hrd_common", "plan_window.last_months", 0, 2)
    shorter = altered(now, "hrd_common", "plan_window.subscription_longest", 0, 6)

    found = [
        subscription_period(*contract, plan_filed=date(2025, 3, 3), schemes=known) for known in (now, earlier, shorter)
    ]

    assert [(one.supported_from, one.supported_to) for one in found] == [
        contract,
        (date(2025, 4, 3), date(2026, 3, 31)),
        (date(2025, 4, 1), date(2025, 9, 30)),
    ]
