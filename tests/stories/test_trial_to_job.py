"""A trial in a browser from the match to a job that has lasted six months, with what grants it could draw; and an accident in one."""

from datetime import date, timedelta

import pytest

from tests.stories.test_days_at_work import PHONE, WORKDAYS, at_clock, written_whole
from tests.stories.test_trials import at_ten, sign_everything
from tests.trials.playing import FIRST, LAST, PAY
from tests.trials.test_papers import DETAIL
from trials.models import Accident, Evaluation, TrialPaper
from trials.states import PlacementState as S

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HIRED = LAST + timedelta(days=1)


def step(desk, trial, label, **given):
    """The button on the page of the trial, its form, and the same word again."""
    desk.open("trials:placement", trial.placement.pk)
    desk.press(label)
    desk.fill(**given)
    desk.press(label)


def matched_and_contracted(sit, trial):
    with sit(trial.adviser) as desk:
        step(desk, trial, "面談・事前研修を終える", preparation="立ち仕事は問題ない")
        step(desk, trial, "求人を提示する", posting=str(trial.posting.pk))
    with sit(trial.trialist, **PHONE) as phone:
        step(phone, trial, "打診を受ける")
    with sit(trial.manager) as desk:
        step(desk, trial, "打診を受ける")
        told = {name: PAY[name] for name in ("kind", "training", "facilities")}
        step(desk, trial, "抵触日と待遇情報を通知する", bar_on="2028-04-01", **told)
    with sit(trial.adviser) as desk:
        days = {"starts_on": str(FIRST), "last_on": str(LAST)}
        step(desk, trial, "個別契約の条件を定める", **days, hourly_yen="1400")
    for hand in (trial.manager, trial.adviser, trial.trialist):
        with sit(hand) as desk:
            sign_everything(desk, trial)
    assert trial.state == S.READY


def worked(sit, trial):
    with at_ten(FIRST), sit(trial.manager) as desk:
        step(desk, trial, "開始する", safety_trained_on=str(FIRST))
        desk.sees("就労中")
    for day in WORKDAYS:
        written_whole(sit, trial, day)
    with at_ten(date(2026, 12, 15)), sit(trial.trialist, **PHONE) as phone:
        phone.open("trials:evaluation_new", trial.placement.pk)
        grades = dict.fromkeys(("safety", "work", "understanding", "teamwork", "attitude"), "3")
        phone.fill(point="middle", words="測定を覚えた", **grades)
        phone.press("保存する")
        phone.sees("評価を記入しました")
    assert Evaluation.objects.get().side == "worker"


def wished_and_hired(sit, trial):
    trial.sweep(LAST - timedelta(days=21))
    with at_ten(LAST - timedelta(days=15)):
        for hand in (trial.trialist, trial.manager):
            with sit(hand) as desk:
                step(desk, trial, "意向を答える", wish="yes")
        with sit(trial.manager) as desk:
            desk.open("trials:step", trial.placement.pk, "offer")
            desk.sees("採用したときに使えるかもしれない助成金", "キャリアアップ助成金")
            desk.fill(hire_on=str(HIRED))
            desk.page.get_by_label("期間の定めのない雇用である").check()
            desk.press("採用条件を明示する")
        with sit(trial.trialist) as desk:
            step(desk, trial, "採用を承諾する")
    trial.sweep(HIRED)
    assert trial.state == S.CONVERTED


def retained(sit, trial):
    for day in (date(2027, 3, 1), date(2027, 5, 1), date(2027, 8, 1)):
        trial.sweep(day)
        with at_ten(day):
            for hand in (trial.trialist, trial.manager):
                with sit(hand) as desk:
                    step(desk, trial, "在籍を答える", here="yes")


def test_match_contract_ten_days_both_yes_a_job_that_lasts_and_the_grants_it_could_draw(sit, trial):
    matched_and_contracted(sit, trial)
    worked(sit, trial)
    wished_and_hired(sit, trial)
    retained(sit, trial)

    assert trial.state == S.RETAINED_6M
    with at_ten(date(2027, 8, 2)), sit(trial.manager) as desk:
        desk.open("trials:placement", trial.placement.pk)
        desk.sees("6か月定着", "採用したときに使えるかもしれない助成金")
        desk.picture("trial-retained")


def test_an_accident_is_recorded_reported_by_both_and_written_out_for_the_electronic_form(sit, trial):
    trial.active()
    with at_clock(WORKDAYS[4], 15), sit(trial.manager) as desk:
        desk.open("trials:accident_new", trial.placement.pk)
        desk.fill(day=str(WORKDAYS[4]), clock="10:15", place="機械加工場", injury="右手人差し指の切創", days_off="4")
        desk.fill(story="旋盤の切りくずを手で払い、指を切った")
        desk.press("保存する")
        desk.sees("死傷病報告：遅滞なく（派遣先・派遣元のそれぞれ）", "電子申請で提出します")
        desk.press("報告・請求の記載事項")
        desk.fill(**{name: str(value) for name, value in DETAIL.items()})
        desk.press("保存する")
        desk.press("発行する 死傷病報告（派遣先）")
        desk.sees("第1版（PDF）")
        desk.open("trials:accident", Accident.objects.get().pk)
        desk.press("済みにする 死傷病報告を提出")
        desk.fill(receipt="E-2026-1")
        desk.press("保存する")
        desk.press("済みにする 報告の写しを派遣元に送付")
        desk.press("保存する")
        desk.sees("E-2026-1")
        desk.picture("trial-accident")
    with at_clock(WORKDAYS[4], 16), sit(trial.adviser) as desk:
        desk.open("trials:accident", Accident.objects.get().pk)
        desk.press("済みにする 死傷病報告を提出")
        desk.press("保存する")
        desk.press("トライアルを休止する")
        desk.fill(since=str(WORKDAYS[4]))
        desk.press("休止する")
        desk.sees("休止中")

    assert TrialPaper.objects.get().kind == "host_report"
    done = Accident.objects.get().steps.values_list("side", "what")
    assert set(done) == {("host", "file"), ("host", "copy"), ("agency", "file")}
