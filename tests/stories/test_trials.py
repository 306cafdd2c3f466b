"""Trials in a browser: a no with its reason and the next match, an early end, an extension of three, and the national track."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from tests.factories import TOKYO, EmploymentFactory
from tests.trials.playing import FIRST, LAST
from trials.models import DirectTrial, Placement
from trials.states import PlacementState

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def at_ten(day: date) -> time_machine.travel:
    return time_machine.travel(datetime(day.year, day.month, day.day, 10, 0, tzinfo=TOKYO), tick=True)


def sign_everything(at, trial):
    """Whatever waits for this side on the trial's page."""
    while True:
        at.open("trials:placement", trial.placement.pk)
        waiting = at.page.get_by_role("link", name="を読んで署名する")
        if not waiting.count():
            return
        waiting.first.click()
        at.page.get_by_label("文書を読み").check()
        at.press("署名する")


def test_host_says_no_with_a_reason_and_the_person_is_matched_again(sit, trial):
    trial.intent_open()
    with at_ten(LAST - timedelta(days=15)):
        with sit(trial.trialist) as at:
            at.open("trials:placement", trial.placement.pk)
            at.press("意向を答える")
            at.fill(wish="yes", words="続けたいが、図面が不安")
            at.press("意向を答える")
            at.sees("相手には、双方がそろうまで見えません")
        with sit(trial.manager) as at:
            at.open("trials:placement", trial.placement.pk)
            expect(at.page.locator("main")).not_to_contain_text("図面が不安")
            expect(at.page.locator("main")).not_to_contain_text("採用を希望する")
            at.press("意向を答える")
            at.fill(wish="no")
            at.press("意向を答える")
            at.sees("理由を入力してください", "労働者派遣法施行規則22条の2")
            at.fill(reason="図面を読む経験が足りない")
            at.press("意向を答える")
            at.sees("受入企業が見送り", "図面を読む経験が足りない")
            expect(at.page.locator("main")).not_to_contain_text("図面が不安")
        with sit(trial.adviser) as at:
            at.open("trials:placement", trial.placement.pk)
            at.sees("図面が不安")
            at.press("次の受入先を探す")
            at.press("次の受入先を探す")
            at.sees("準備完了", "合いそうな求人", "旋盤の補助")
    with at_ten(LAST), sit(trial.manager) as at:
        at.open("trials:placement", trial.placement.pk)
        at.press("片付けた")
        at.sees("片付けを記録しました")

    following = Placement.objects.get(before=trial.placement)
    assert (trial.now.closed_with, following.state) == ("rematch", PlacementState.PREPARED)


def test_host_ends_early_with_agreement_and_pays_for_the_days_without_notice(sit, trial):
    trial.active()
    day = FIRST + timedelta(days=20)
    with at_ten(day):
        with sit(trial.manager) as at:
            at.open("trials:step", trial.placement.pk, "end")
            at.fill(noticed_on=str(FIRST + timedelta(days=10)), ended_on=str(day), reason="受注が減ったため")
            at.press("途中で終える")
            at.sees("派遣元の同意が要ります", "派遣先指針 第2の6")
            at.page.get_by_label("派遣元の同意を得た").check()
            at.press("途中で終える")
            at.sees("予告は10日（30日必要）", "足りない20日分以上")
            at.page.get_by_label("予告に足りない日数の賃金").check()
            at.press("途中で終える")
            at.sees("途中で終了", "20日分以上の賃金に相当する額")
        with sit(trial.trialist) as at:
            at.open("trials:placement", trial.placement.pk)
            at.sees("受入企業の都合", "2026年12月21日", "受注が減ったため")

    assert (trial.now.state, trial.now.last_on, trial.now.termination.missing_days) == ("terminated", day, 20)


def test_extension_holds_once_all_three_have_agreed(sit, trial):
    trial.active(last=date(2026, 12, 31))
    with at_ten(date(2026, 12, 7)):
        with sit(trial.adviser) as at:
            at.open("trials:step", trial.placement.pk, "extend")
            at.fill(last_on="2027-02-28")
            at.press("延長の条件を定める")
            at.sees("2か月", "これを超えています")
            at.fill(last_on="2027-01-31")
            at.press("延長の条件を定める")
            sign_everything(at, trial)
            at.sees("2026年12月1日（火）〜2026年12月31日（木）")
        with sit(trial.manager) as at:
            sign_everything(at, trial)
            at.sees("2026年12月1日（火）〜2026年12月31日（木）")
        with sit(trial.trialist) as at:
            sign_everything(at, trial)
            at.sees("2026年12月1日（火）〜2027年1月31日（日）")

    assert trial.now.last_on == LAST


def test_national_trial_goes_from_the_hire_to_its_claim(sit, manager, establishment, pattern):
    hired = date(2026, 11, 20)
    EmploymentFactory(
        establishment=establishment,
        pattern=pattern,
        contract="fixed_term",
        started_on=hired,
        person__family_name="直雇",
    )
    with at_ten(hired), sit(manager) as at:
        at.open("trials:placements")
        at.press("国のトライアル雇用")
        at.press("雇い入れた人を登録する")
        at.page.locator("select[name='employment']").select_option(index=1)
        at.fill(office="ハローワーク大森", referred_on="2026-11-13", weekly_hours="25")
        at.press("保存する")
        at.sees("30時間以上が要件です")
        at.fill(weekly_hours="40")
        at.press("保存する")
        at.sees("雇入れ日を1日目として14日以内", "2026年12月3日", "120,000円", "賃金助成を重ねて受けられません")
    trial = DirectTrial.objects.get()
    with at_ten(date(2026, 12, 3)), sit(manager) as at:
        take(at, trial, "実施計画書を出した", filed_on="2026-12-03")
        at.sees("実施計画書を提出済み")
    with at_ten(date(2027, 2, 20)), sit(manager) as at:
        take(at, trial, "終わった・転換した", how="converted", on="2027-02-20")
        at.sees("正社員に転換した", "2027年2月20日（土）〜2027年4月19日（月）")
    with at_ten(date(2027, 4, 19)), sit(manager) as at:
        take(at, trial, "支給申請をした", claimed_on="2027-04-19")
        at.sees("支給申請を提出済み")
    with at_ten(date(2027, 6, 10)), sit(manager) as at:
        take(at, trial, "決定を記録する", decided_on="2027-06-09", paid_yen="120000")
        at.sees("支給済み", "120,000円")


def take(at, trial, label, **given):
    at.open("trials:direct", trial.pk)
    at.press(label)
    at.fill(**given)
    at.press("保存する")
