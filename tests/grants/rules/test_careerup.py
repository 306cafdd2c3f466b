"""What follows from the facts of a conversion, and what must be said."""

from datetime import date

import pytest

from firms.rules.reading import FactError
from grants.rules.careerup import (
    CareerUp,
    Dispatch,
    careerup_grant,
    careerup_paydays,
    careerup_raise,
    is_priority,
    months_needed,
)
from grants.rules.questions import answer

CONVERSION = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("years", "follows"), [(2, None), (3, True), (5, True), (6, None)], ids=["two", "three", "five", "six"]
)
def test_years_of_fixed_term_make_a_priority_worker_from_three_to_five(years, follows):
    assert is_priority(CONVERSION, origin="fixed_term", employed_years=years) is follows


def test_somebody_dispatched_is_a_priority_worker():
    assert is_priority(CONVERSION, origin="dispatched", employed_years=0) is True
    assert is_priority(CONVERSION, origin="indefinite", employed_years=4) is None


def test_priority_that_does_not_follow_must_be_said():
    facts = {"conversion": "2026-06-01", "sme": True, "from": "fixed_term", "employed_years": 6}

    with pytest.raises(FactError, match="priority"):
        answer("careerup_grant", facts)


def test_facts_of_a_dispatch_belong_to_somebody_dispatched():
    facts = {"conversion": "2026-06-01", "sme": True, "from": "fixed_term", "employed_years": 4, "same_unit": True}

    with pytest.raises(FactError, match="same_unit"):
        answer("careerup_grant", facts)


@pytest.mark.parametrize(
    ("worked", "months"),
    [((), 6), ((11,) * 6, 6), ((10,) + (11,) * 6, 7), ((10, 10), 8)],
    ids=["nobody told", "just enough", "one short", "two short"],
)
def test_months_with_too_few_days_do_not_count(worked, months):
    assert months_needed(6, worked, 11) == months


def test_lines_of_a_conversion_name_why_and_how_much():
    found = careerup_grant(
        CONVERSION, sme=True, origin="fixed_term", priority=True, employed_years=4, additions=["disclosure"]
    )

    assert [(row.code, row.label, row.amount, row.because) for row in found.lines] == [
        ("period_1", "第1期", 400_000, "有期から正規（中小企業・1期） 400,000円"),
        ("period_2", "第2期", 400_000, "重点支援対象者の第2期 400,000円"),
        (
            "addition_disclosure",
            "加算：情報公表（中小企業・1事業所1回）",
            200_000,
            "加算：情報公表（中小企業・1事業所1回） 200,000円",
        ),
    ]


def test_barred_dispatch_draws_nothing_and_says_everything_against_it():
    dispatch = Dispatch(
        first=date(2026, 6, 2), last=date(2026, 11, 30), same_unit=False, contracted_on=date(2026, 12, 1)
    )

    found = careerup_grant(
        date(2027, 1, 1), sme=True, origin="dispatched", priority=True, employed_years=1, dispatch=dispatch
    )

    assert found == CareerUp(0, 0, 0, 0, found.lines)
    assert [(row.code, row.label, row.amount, row.because) for row in found.lines] == [
        (
            "period_1",
            "第1期",
            0,
            "派遣の受入れが6か月に満たないため対象になりません。同じ組織単位で続けて受け入れていないため対象になりません。"
            "労働契約の締結か申込みが派遣の終わりより後のため対象になりません。"
            "働き始めが派遣の終わった日の翌日から1か月を過ぎているため対象になりません。",
        )
    ]


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"origin": "fixed_term", "employed_years": 5}, ""),
        ({"origin": "fixed_term", "employed_years": 6}, "（通算5年を超える有期は無期とみなす）"),
        ({"origin": "indefinite", "employed_years": 6}, ""),
        (
            {"origin": "fixed_term", "employed_years": 1, "probation_to": date(2026, 8, 31)},
            "（転換後に試用期間があるため、無期からの転換とみなす）",
        ),
        (
            {"origin": "dispatched", "employed_years": 1, "dispatch": Dispatch(is_indefinite=True)},
            "（派遣元に無期雇用されていたため、無期からの転換とみなす）",
        ),
        ({"origin": "dispatched", "employed_years": 1, "dispatch": Dispatch(is_indefinite=False)}, ""),
        ({"origin": "dispatched", "employed_years": 1}, ""),
    ],
)
def test_amount_of_indefinite_says_why(told, why):
    row = careerup_grant(CONVERSION, sme=True, priority=False, **told).lines[0]

    usual = told["origin"] != "indefinite" and not why
    assert row.because.split(" ")[0].endswith(why or "1期）")
    assert row.amount == (400_000 if usual else 200_000)


@pytest.mark.parametrize("hours", [(0, 1040), (1040, 0)], ids=["before", "after"])
def test_hours_of_nothing_are_refused(hours):
    before, after = hours

    with pytest.raises(FactError, match="0より大きい時間"):
        careerup_raise(1, 1, before_hours=before, after_hours=after)


def test_raise_from_nothing_is_refused():
    with pytest.raises(FactError, match="before_total は1以上"):
        careerup_raise(0, 1)


def test_hours_of_one_side_alone_compare_the_sums():
    for hours in ({"before_hours": 10}, {"after_hours": 10}):
        found = careerup_raise(1000, 1030, **hours)

        assert (found.before_per_hour, found.after_per_hour) == (None, None)
        assert found.because.startswith("6か月の合計 1,000円 → 1,030円")


PAY = {"closing_day": 31, "pay_day": 15, "pay_month_offset": 1}


def test_probation_ends_on_the_day_of_conversion_at_the_soonest():
    assert careerup_paydays(CONVERSION, probation_to=CONVERSION, **PAY).treated_as_converted_on == date(2026, 6, 2)
    with pytest.raises(FactError, match="probation_to が conversion より前"):
        careerup_paydays(CONVERSION, probation_to=date(2026, 5, 31), **PAY)


def test_sixth_pay_day_lies_in_the_period_at_the_soonest():
    assert careerup_paydays(CONVERSION, sixth_paid_on=CONVERSION, **PAY).sixth_payday == CONVERSION
    with pytest.raises(FactError, match="sixth_paid_on が6か月の対象期間より前"):
        careerup_paydays(CONVERSION, sixth_paid_on=date(2026, 5, 31), **PAY)


@pytest.mark.parametrize(
    ("paid_on", "is_late", "sixth"),
    [
        (date(2026, 12, 14), True, date(2026, 12, 14)),
        (date(2026, 12, 15), True, date(2026, 12, 15)),
        (date(2026, 12, 16), True, date(2026, 12, 15)),
        (date(2026, 12, 16), False, date(2026, 12, 16)),
    ],
    ids=["sooner", "on the day", "merely late", "later by the rules"],
)
def test_day_of_the_rules_stays_where_the_firm_pays_late(paid_on, is_late, sixth):
    found = careerup_paydays(CONVERSION, sixth_paid_on=paid_on, is_paid_late=is_late, **PAY)

    assert found.sixth_payday == sixth
    assert is_late or careerup_paydays(CONVERSION, sixth_paid_on=paid_on, **PAY) == found


def test_pay_days_are_written_out():
    assert careerup_paydays(date(2026, 4, 1), **PAY).because == (
        "転換とみなす日 2026年4月1日（水）、対象の6か月は 2026年4月1日（水）から2026年9月30日（水）まで、"
        "その最後の賃金の支払日は 2026年10月15日（木）です。"
    )
