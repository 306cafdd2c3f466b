"""A conversion, from the plan to both claims: the firm tells what it was, its advisor files, decided and paid period by period."""

from datetime import date

import pytest

from firms.files import store as files
from firms.models import Employment
from grants.models import GrantCase
from grants.subjects.careerup import questions_of_period
from tests.factories import EmploymentFactory, MandateFactory, PersonFactory
from tests.grants.papers.conftest import read_back, squeezed
from tests.stories.desk import sit_down
from tests.stories.test_course_to_claim import at_nine

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(browser, browser_context_args, live_server):
    return lambda cast: sit_down(browser, browser_context_args, base=live_server.url, cast=cast)


@pytest.fixture
def advisor(advisor_without_mandate, office, firm):
    scopes = ["training_grants", "career_up"]
    MandateFactory(office=office, firm=firm, advisor=advisor_without_mandate.person, scopes=scopes)
    return advisor_without_mandate


@pytest.fixture
def worker(establishment, pattern) -> Employment:
    """有期 for four years."""
    return EmploymentFactory(
        person=PersonFactory(family_name="蒲田", given_name="架空", family_kana="カマタ"),
        establishment=establishment,
        pattern=pattern,
        contract="fixed_term",
        insured_number="5001-000009-2",
        started_on=date(2022, 12, 1),
    )


def case_of(period: int) -> GrantCase:
    return GrantCase.objects.whole().get(period=period)


def test_conversion_is_planned_claimed_twice_and_paid(desk, manager, advisor, worker):
    with at_nine(date(2026, 11, 20)):
        manager_opens_and_tells(desk, manager, worker)
        advisor_freezes_the_plan(desk, advisor)
    with at_nine(date(2026, 11, 24)):
        advisor_records_the_plan(desk, advisor)
    with at_nine(date(2027, 6, 16)):
        manager_tells_the_pay(desk, manager, 1, before="1200000", after="1236000", paid_on="2027-06-15")
        advisor_claims(desk, advisor, 1, day="2027-06-16")
    with at_nine(date(2027, 9, 20)):
        decision_and_payment(desk, advisor)
    with at_nine(date(2027, 12, 16)):
        manager_tells_the_pay(desk, manager, 2, before="1236000", after="1236000", paid_on="2027-12-15")
        advisor_claims(desk, advisor, 2, day="2027-12-16")
        the_whole_story_can_be_read(desk, manager)
    assert [(one.period, one.state, one.claims.get().total_yen) for one in GrantCase.objects.order_by("period")] == [
        (1, "closed", 400_000),
        (2, "claimed", 400_000),
    ]


def manager_opens_and_tells(desk, manager, worker):
    with desk(manager) as at:
        at.open("grants:cases")
        at.press("正社員化の案件をつくる")
        at.fill(employment=str(worker.pk))
        at.picture("conversion-new")
        at.press("案件をつくる")
        at.sees("足りないもの3件をうめる")
        pk = case_of(1).pk
        at.open("grants:careerup_plan", pk)
        at.fill(starts_on="2026-11-25", ends_on="2029-11-24", manager_name="大森 花", manager_since="2026-11-01")
        at.fill(worker_name="雑色 進", heard="meeting", people="2", month="2026-12")
        at.page.locator("main [name='for_fixed_term']").check()
        at.picture("careerup-plan")
        at.press("保存する")
        at.open("grants:conversion_facts", pk)
        at.fill(converted_on="2026-12-01", origin="fixed_term", since="2022-12-01", priority="none")
        at.fill(has_probation="no", form="regular", closing_day="31", pay_day="15", pay_months_later="1")
        at.picture("conversion-facts")
        at.press("保存する")
        at.sees("キャリアアップ計画書を確定する", "2026年11月24日")


def advisor_freezes_the_plan(desk, advisor):
    case = case_of(1)
    with desk(advisor) as at:
        at.open("grants:case", case.pk)
        at.press("計画書を確定する")
        at.sees("キャリアアップ計画書を労働局へ出す")
        at.open("grants:papers", case.pk)
        at.press("様式をつくる")
        at.open("grants:papers", case.pk)
        at.sees("様式第1号 キャリアアップ計画書")
    assert squeezed("キャリアアップ管理者　大森 花") in printed(case, "careerup-1")


def printed(case: GrantCase, form: str) -> str:
    return read_back(files.read(case.papers.get(form=form).file)).run_on


def advisor_records_the_plan(desk, advisor):
    with desk(advisor) as at:
        at.open("grants:case", case_of(1).pk)
        at.press("提出したので届出日を記録する")
        at.fill(filed_on="2026-11-24", receipt_number="東キ-8-21")
        at.press("保存する")
        at.sees("6か月働き、賃金を支払う", "2027年6月16日", "2027年8月16日")
        at.picture("conversion-waiting")
        at.open("grants:desk")
        at.sees("6か月働き、賃金を支払う")


def manager_tells_the_pay(desk, manager, period, *, before, after, paid_on):
    case = case_of(period)
    with desk(manager) as at:
        at.open("grants:case", case.pk)
        at.press("賃金を入力する")
        at.fill(before_yen=before, after_yen=after, before_weekly="40", after_weekly="40", last_paid_on=paid_on)
        at.fill(worked_days="20、18、19、21、20、19")
        at.picture(f"period-pay-{period}")
        at.press("保存する")
        at.open("grants:conversion_answers", case.pk)
        for one in questions_of_period(period, case.conversion.origin):
            at.page.locator(f"main [name='{one.code}-value'][value='yes']").check()
        at.picture(f"conversion-answers-{period}")
        at.press("回答を保存する")
        at.sees("支給申請を確かめて確定する", "400,000円")


def advisor_claims(desk, advisor, period, *, day):
    case = case_of(period)
    with desk(advisor) as at:
        at.open("grants:case", case.pk)
        at.picture(f"conversion-claim-{period}")
        at.press("支給申請を確定する")
        at.sees("支給申請を労働局へ出す")
        at.open("grants:papers", case.pk)
        at.press("様式をつくる")
        at.open("grants:papers", case.pk)
        at.sees("様式第3号 別添様式1-2", "支給要件確認申立書")
        at.picture(f"conversion-papers-{period}")
        at.open("grants:period_file", case.pk)
        at.fill(filed_on=day, receipt_number=f"支キ-{period}")
        at.press("保存する")
        at.sees("支給申請済み")
        if period == 1:
            at.press("第2期の案件をつくる")
            at.sees("第2期", "2027年12月16日")
    months = {1: "6か月分の賃金の支給日 令和9年6月15日", 2: "12か月分の賃金の支給日 令和9年12月15日"}
    assert squeezed(months[period]) in printed(case, "careerup-3-1-2")


def decision_and_payment(desk, advisor):
    case = case_of(1)
    with desk(advisor) as at:
        at.open("grants:decision", case.pk)
        at.fill(decided_on="2027-09-01", is_approved="yes", amount_yen="400000", notice_number="東労発（架空）第2号")
        at.press("決定を記録する")
        at.open("grants:payment", case.pk)
        at.fill(paid_on="2027-09-15", amount_yen="400000")
        at.press("入金を記録する")
        at.sees("完了", "400,000円")
        at.picture("conversion-paid")


def the_whole_story_can_be_read(desk, manager):
    with desk(manager) as at:
        at.open("grants:case_journal", case_of(1).pk)
        at.sees("計画を確定", "東キ-8-21", "支給申請", "決定", "入金", "400,000円", "労務")
        at.open("grants:cases")
        at.sees("正社員化：蒲田 架空 第1期", "正社員化：蒲田 架空 第2期")
        at.picture("cases")
