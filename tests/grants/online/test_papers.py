"""The papers of e-learning and correspondence, read back."""

from datetime import date

import time_machine

from grants.actions.statements import add_cost, answer
from grants.papers import forms_of_claim, forms_of_plan
from tests.grants.conftest import freeze_anyway, fresh, say_at_the_claim
from tests.grants.online.conftest import CLAIM_DAY, certify, moment
from tests.grants.papers.conftest import read_back, squeezed
from tests.grants.papers.test_boxes import empty_boxes

AFTER_THE_REPORTS = ("13", "28", "common-1", "payee", "common-2")


def test_forms_of_an_e_learning_claim(paid, advisor):
    claim = freeze_anyway(paid, by=advisor.acting(CLAIM_DAY))

    assert [(spec.code, spec.person) for spec in forms_of_claim(claim)] == [
        ("checklist", ""),
        ("4-2", ""),
        ("6-2", ""),
        ("8-3", "糀谷 太郎"),
        ("log", "糀谷 太郎"),
        ("8-3", "雑色 太郎"),
        ("log", "雑色 太郎"),
        *((code, "") for code in AFTER_THE_REPORTS),
    ]


def test_report_prints_the_log_and_leaves_the_learner_their_own_words(paid, enrolled, advisor):
    certify(enrolled[0], on=date(2027, 3, 1))
    forms = forms_of_claim(freeze_anyway(paid, by=advisor.acting(CLAIM_DAY)))

    report, log = (read_back(spec.pdf()) for spec in forms[3:5])
    assert list(empty_boxes(forms[3])) == []

    for words in (
        "様式第8-3号",
        "eラーニング訓練実施結果報告書",
        "2027年2月12日 09:00:07",
        "2027年2月12日 11:30:59",
        "12時間40分（12時間）",
        "12時間40分 100％",
        "修了 令和9年2月12日",
        "C-1",
        "☐ 労働時間中に受講しました。 ☐ 訓練の費用を負担していません。",
    ):
        assert squeezed(words) in report.run_on
    assert len(report.pages) == 1
    assert squeezed("1 三面図 動画 5時間 2027年2月12日 09:00:07 2027年2月12日 11:30:59 100％ 修了") in log.run_on


def test_checklist_asks_for_certificate_and_log_and_not_for_time_cards(paid, advisor):
    checklist = read_back(forms_of_claim(freeze_anyway(paid, by=advisor.acting(CLAIM_DAY)))[0].pdf()).run_on

    assert squeezed("様式第8-3号の原本") in checklist
    assert squeezed("修了証の写し") in checklist
    assert squeezed("LMSの記録の写し") in checklist
    assert squeezed("出勤簿またはタイムカード") not in checklist
    assert squeezed("様式第8-1号の原本") not in checklist


def test_correspondence_has_its_own_report(letters, filed, enrolled, manager, advisor):
    certify(enrolled[0], on=date(2027, 3, 1))
    add_cost(filed, amount_yen=66_000, paid_on=date(2027, 3, 1), payer="firm", by=manager.acting(CLAIM_DAY))
    say_at_the_claim(filed, manager, on=CLAIM_DAY)
    with time_machine.travel(moment(CLAIM_DAY, "09:00")):
        answer(fresh(filed), "log_received", value="yes", by=manager.acting(CLAIM_DAY))
    forms = forms_of_claim(freeze_anyway(fresh(filed), by=advisor.acting(CLAIM_DAY)))

    assert [spec.code for spec in forms] == ["checklist", "4-2", "6-2", "8-4", *AFTER_THE_REPORTS]
    assert squeezed("添削が返却された日") in read_back(forms[3].pdf()).run_on
    assert list(empty_boxes(forms[3])) == []


def test_plan_notice_lists_units_in_place_of_dates(planned):
    notice = read_back(forms_of_plan(planned.plans.get())[1].pdf()).run_on

    assert squeezed("標準学習時間 12時間40分（12時間）") in notice
    assert squeezed("別紙 教材と標準学習時間（全3件）") in notice
    assert squeezed("訓練の日程") not in notice


def test_claim_page_shows_the_units_of_each(paid, manager, advisor):
    freeze_anyway(paid, by=advisor.acting(CLAIM_DAY))

    page = manager.client().get(f"/grants/cases/{paid.pk}/claim/")

    assert "教材ごとの記録を見る" in page.content.decode()
    assert "賃金助成の対象時間" not in page.content.decode()
