"""What an answer says beside its days and sums."""

from datetime import date

from mentors.rules import (
    Career,
    PlanDue,
    Stretch,
    VisitLimit,
    certification,
    plan_due,
    renewal_dates,
    visit_limit,
    withholding,
)


def test_certification_tells_the_years_it_counted():
    since = date(2020, 4, 1)
    career = Career("grade_1", since, (Stretch(since, None),), (Stretch(since, date(2021, 9, 30)),), willing=True)

    found = certification(career, date(2026, 11, 28))

    assert found.unmet == ("instruction",)
    assert found.because == (
        "2026年11月28日（土）の時点で、資格取得から実務経験6年7か月（5年以上）、実技指導経験1年6か月（3年以上）。"
    )


def test_plan_due_on_a_closed_day_is_not_moved_and_says_so():
    assert plan_due(date(2027, 2, 20), days=50) == PlanDue(
        due=date(2027, 1, 1),
        because="最初の訪問日2027年2月20日（土）の50日前の2027年1月1日（金）までに実技指導計画書を出します。",
        source="地域技能振興コーナーの派遣案内（都道府県ごと）",
        note="期限の日は年末年始の閉庁日です。翌開庁日に延びると決まっていないため、早い日のままにしています。"
        "前の開庁日までに届けてください。",
    )
    assert plan_due(date(2027, 2, 15), months=1).note == ""


def test_withholding_shows_both_rates_and_where_the_travel_money_went():
    assert withholding(fee_yen=990_000, travel_yen=60_000, travel_paid_to_carrier=False).because == (
        "本人に渡す交通費を含め1,050,000円に10.21%（1,000,000円を超える部分は20.42%）、"
        "1円未満切捨てで112,310円を源泉徴収し、937,690円を支払います。"
    )
    assert withholding(fee_yen=30_000, travel_yen=1_480, travel_paid_to_carrier=True).because.startswith(
        "交通機関へ直接払う交通費を除き30,000円に10.21%、"
    )


def test_visits_say_the_limit():
    assert visit_limit("school", done=9, planned=2) == VisitLimit(
        allowed=False,
        left=1,
        because="1校への派遣の回数の上限は10回。済み9回・予定2回は上限を超えます。",
        source="地域技能振興コーナー（岡山・島根ほか）の派遣案内",
    )


def test_renewal_reminds_in_the_order_of_the_programme():
    assert renewal_dates(date(2026, 12, 1), term_years=5).reminders == ((6, date(2031, 5, 30)), (1, date(2031, 10, 30)))
