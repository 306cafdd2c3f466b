"""What stands on each form, read back from the PDF and held against the frozen data."""

import pytest

from grants.papers import forms_of_claim, forms_of_plan
from tests.grants.papers import facts
from tests.grants.papers.conftest import read_back, squeezed, unsaved_claim, unsaved_plan


def missing(printed, *said):
    return [text for text in said if squeezed(text) not in printed.run_on]


def test_plan_opens_with_the_checklist_and_has_its_forms():
    assert [spec.name for spec in forms_of_plan(unsaved_plan())] == [
        "計画届チェックリスト",
        "様式第1-1号 職業訓練実施計画届",
        "様式第1-3号 事業展開等実施計画",
        "様式第3-1号 対象労働者一覧",
        "様式第11号 事前確認書",
        "共通要領様式第2号 提出代行等に関する証明書",
    ]


def test_plan_of_another_course_has_no_reskilling_plan():
    assert [spec.code for spec in forms_of_plan(unsaved_plan(reskilling_plan=None))] == [
        *("checklist", "1-1", "3-1", "11", "common-2")
    ]


def test_claim_opens_with_the_checklist_and_reports_each_worker_claimed():
    assert [spec.name for spec in forms_of_claim(unsaved_claim())] == [
        "支給申請チェックリスト",
        "様式第4-2号 支給申請書",
        "様式第5号 賃金助成及びOJT実施助成の内訳",
        "様式第6-2号 経費助成の内訳",
        "様式第8-1号 OFF-JT実施状況報告書（髙﨑 優）",
        "様式第8-1号 OFF-JT実施状況報告書（濵口 𠮷之助）",
        "様式第13号 事業所確認票",
        "様式第28号 受講料等の価格設定に関する疎明書",
        "共通要領様式第1号 支給要件確認申立書",
        "支払方法・受取人住所届",
        "共通要領様式第2号 提出代行等に関する証明書",
    ]


def test_claim_by_e_learning_has_neither_wage_sheet_nor_reports_by_the_day():
    claim = unsaved_claim()
    claim.facts["plan"] = facts.plan_facts(course={**facts.COURSE, "method": "e_learning"})

    assert [spec.code for spec in forms_of_claim(claim)] == [
        *("checklist", "4-2", "6-2", "13", "28", "common-1", "payee", "common-2")
    ]
    assert (
        "様式第5号"
        not in read_back(forms_of_claim(claim)[0].pdf()).text.partition("添える書類")[0].partition("提出する様式")[2]
    )


@pytest.mark.parametrize("code", ["1-1", "1-3", "3-1"])
def test_plan_forms_name_office_firm_agent_and_capacity(plan_papers, code):
    assert (
        missing(
            plan_papers[code],
            f"様式第{code}号",
            "東京労働局長 殿",
            "〒144-0035　東京都大田区架空一丁目23番4号",
            "（架空）大森機械製作所株式会社",
            "オオモリキカイセイサクショ",
            "代表取締役　大森 𠮷郎",
            "法人番号 5700000000001",
            "（架空）蒲田社会保険労務士事務所",
            "社会保険労務士　濵田 労一（登録番号 13200001）",
            "☐ 代理人 ☑ 提出代行者 ☐ 事務代理者",
            "計画 第1版　sha256 " + "ab" * 32,
        )
        == []
    )


@pytest.mark.parametrize(
    ("capacity", "said"),
    [
        ("filing", "☐ 代理人 ☑ 提出代行者 ☐ 事務代理者"),
        ("clerical", "☐ 代理人 ☐ 提出代行者 ☑ 事務代理者"),
        ("proxy", "☑ 代理人 ☐ 提出代行者 ☐ 事務代理者"),
    ],
)
def test_capacity_of_the_mandate_is_ticked(capacity, said):
    spec = forms_of_plan(unsaved_plan(agent={**facts.AGENT, "capacity": capacity}))[3]

    assert missing(read_back(spec.pdf()), said) == []


def test_firm_that_files_itself_leaves_the_agent_empty():
    spec = forms_of_plan(unsaved_plan(agent=None, contact=None))[1]

    assert missing(read_back(spec.pdf()), "☐ 代理人 ☐ 提出代行者 ☐ 事務代理者") == []


def test_plan_notice_holds_its_numbered_boxes(plan_papers):
    assert (
        missing(
            plan_papers["1-1"],
            "1 雇用保険適用事業所の名称 （架空）大森機械製作所 本社工場",
            "2 雇用保険適用事業所番号 1301-234567-8",
            "電話　03-0000-0003 メール　hana@example.jp",
            "☐ 人への投資促進コース ☑ 事業展開等リスキリング支援コース",
            "6 訓練コースの名称 現場IoT: センサで設備の稼働を見る",
            "7 受講予定者数 3人",
            "初日　令和9年2月3日 最終日　令和9年2月10日",
            "☑ 通学制 ☐ 同時双方向型の通信訓練",
            "総訓練時間数　12時間 うちOFF-JT（実訓練時間数）　12時間",
            "☐ 事業内訓練 ☑ 事業外訓練",
            "理事長 学園 守",
            "☑ 教育訓練機関等から訓練経費の負担軽減につながる金銭の提供を受けないことを確認しました",
            "令和9年2月10日 10:00～17:00 休憩 12:00～13:00 稼働データの収集と見える化",
            "様式第1-1号 1 / 2",
        )
        == []
    )


def test_reskilling_plan_states_kind_time_and_change(plan_papers):
    stated = facts.plan_facts()["reskilling_plan"]

    assert (
        missing(
            plan_papers["1-3"],
            "☐ ① 事業展開 ☑ ② デジタル・デジタルトランスフォーメーション（DX）化",
            "開始（予定）　令和9年3月1日 終了（予定）　令和10年2月29日",
            stated["change"],
            stated["task_link"],
        )
        == []
    )


def test_worker_list_names_everybody_with_number_contract_and_day(plan_papers):
    assert (
        missing(
            plan_papers["3-1"],
            "タカサキ ユウ 髙﨑 優 5001-000101-2 ☑ 正規 ☐ 有期等",
            "ハマグチ ヨシノスケ 濵口 𠮷之助 5001-000102-0 ☐ 正規 ☑ 有期等",
            "令和6年10月1日",
            "平成31年4月1日",
            "対象労働者の人数 3人",
        )
        == []
    )


def test_claim_form_asks_for_the_frozen_amount(claim_papers):
    assert (
        missing(
            claim_papers["4-2"],
            "令和　　　年　　　月　　　日",
            "1 計画届受付番号 東京8-リ-001234",
            "届出日　令和8年12月14日",
            "2 主たる事業 金属部品の切削加工",
            "28人",
            "10,000,000円 ☑ 中小企業",
            "☐ 該当する ☑ 該当しない",
            "支給申請額 56,500円",
            "経費助成（様式第6-2号） 33,000円",
            "賃金助成（様式第5号） 23,500円",
            "対象労働者数 2人",
            "支給申請 第2版　sha256 " + "cd" * 32,
        )
        == []
    )


def test_wage_sheet_adds_minutes_and_cuts_as_the_outcome_says(claim_papers):
    printed = claim_papers["5"]

    assert (
        missing(
            printed,
            "髙﨑 優 5001-000101-2",
            "1回 12時間",
            "1回 11時間35分",
            "合計 23時間35分",
            "23時間35分 × 1,000円、100円未満切捨て = 23,500円",
        )
        == []
    )
    assert "矢口" not in printed.text


def test_cost_sheet_shows_fee_share_arithmetic_and_payment(claim_papers):
    assert (
        missing(
            claim_papers["6-2"],
            "入学料・受講料・教科書代（1人当たり） 22,000円",
            "16,500円",
            "受講料等 22,000円 × 75% = 16,500円 × 2人、100円未満切捨て = 33,000円",
            "令和9年2月26日 申請事業主 振込通知書.pdf 66,000円",
            "☑ 全額を申請事業主が負担し、支払を終えている",
            "☑ 返金・協力金・割引など、負担を軽くする金銭を受けていない",
        )
        == []
    )


def test_report_of_a_worker_shows_each_day_the_sums_and_three_signatures(claim_papers):
    assert (
        missing(
            claim_papers["8-1102"],
            "ハマグチ ヨシノスケ 濵口 𠮷之助 被保険者番号 5001-000102-0",
            "令和9年2月3日 10:00～17:00 10:25～17:00 1時間 6時間 5時間35分 5時間35分",
            "講師　講元 太郎",
            "合計 12時間 11時間35分 11時間35分",
            "96％",
            "訓練実施者の証明",
            "事業主の証明",
            "受講者の確認（本人が自筆で署名）",
        )
        == []
    )


def test_report_writes_absence_and_missing_marks_in_words():
    claim = unsaved_claim()
    lessons = claim.facts["workers"][0]["lessons"]
    lessons[0] |= {"came_at": "", "left_at": "", "attended_minutes": 0, "wage_minutes": 0}
    lessons[1] |= {"came_at": "", "left_at": "", "mark_id": None}

    printed = read_back(forms_of_claim(claim)[4].pdf())

    assert missing(printed, "10:00～17:00 欠席 1時間", "10:00～17:00 記録なし 1時間") == []


def test_report_of_many_days_repeats_its_head_and_sums_once():
    claim = unsaved_claim()
    worker = claim.facts["workers"][0]
    worker["lessons"] = [{**worker["lessons"][0], "number": n} for n in range(1, 41)]

    pages = read_back(forms_of_claim(claim)[4].pdf()).pages

    found = [("訓練の内容・講師" in page, "合計 12時間" in page) for page in pages]
    assert found == [(True, False), (True, True), (False, False)]


def test_checklist_shows_window_counter_documents_requirements_and_people(claim_papers):
    assert (
        missing(
            claim_papers["checklist"],
            "令和9年2月11日 ～ 令和9年4月12日",
            "令和9年4月10日 は土曜日のため、次の開庁日まで。",
            "東京労働局 ハローワーク助成金事務センター　電話 03-5332-6926",
            "労働局の様式そのものではありません",
            "様式第4-2号 支給申請書 1通",
            "様式第8-1号 OFF-JT実施状況報告書 2通",
            "要準備",
            "あり 振込通知書.pdf",
            "？ 計画を労働者に周知している 回答がまだありません。",
            "○ 訓練時間が10時間以上",
            "× 矢口 誠 50％",
            "出席率 50%（1%未満切捨て）で80%未満のため、支給対象者になりません。",
            "満たしていない、または未確認の要件が 2件あります",
        )
        == []
    )


def test_checklist_outside_tokyo_names_the_labour_office_alone():
    elsewhere = {**facts.ESTABLISHMENT, "prefecture": "北海道"}

    printed = read_back(forms_of_claim(unsaved_claim(establishment=elsewhere))[0].pdf())

    assert missing(printed, "提出先 北海道労働局（助成金の窓口）、または雇用関係助成金ポータル") == []


def test_checklist_warns_of_figures_past_their_day():
    claim = unsaved_claim()
    claim.outcome["lines"][0]["verified_until"] = "2027-03-01"

    printed = read_back(forms_of_claim(claim)[0].pdf())

    assert missing(printed, "出典が弱いか、確認の期限を過ぎています", "経費助成（確認期限 令和9年3月1日）") == []
