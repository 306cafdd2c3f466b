"""The papers of the steps, made from the data, read back from their PDF, in versions, taken in by whom they are for."""

import io
from datetime import date, timedelta

import pypdfium2
import pytest

from firms.errors import Refused
from firms.models import JournalEntry, Notification
from tests.trials.playing import FIRST, LAST, PAY
from tests.trials.test_records import accident, values
from tests.trials.working import MONDAY, TUESDAY
from trials.actions.agreement import terms
from trials.actions.working import papers
from trials.actions.working.records import issue
from trials.models import AccidentDetail, EndNotice, PaperReceipt, PayInformation, TrialPaper
from trials.papers.kinds import KINDS
from trials.papers.sheets import sheet_pdf
from trials.states import Party

pytestmark = pytest.mark.django_db

COMPARED = {
    "kind": "compared",
    "comparator": "旋盤工（正社員）。配置の変更は本社工場の範囲。期間の定めなし",
    "chosen_because": "業務の内容と責任の程度が同じ",
    "pay": "基本給 月240,000円、賞与 年2回、昇給 年1回、退職手当 なし",
    "purpose": "基本給は職務の遂行の対価",
    "considered": "能力、経験",
    "training": "旋盤の操作の研修",
    "facilities": "休憩室、更衣室",
}
SAFETY = {
    "kind": "hired",
    "held_on": FIRST,
    "minutes": 120,
    "content": "旋盤の危険と保護具",
    "teacher": "班長 池上 二",
}
GRADES = {"safety": 4, "work": 2, "understanding": 2, "teamwork": 3, "attitude": 4}
DETAIL = {
    "insurance_number": "13101000001000",
    "trade": "金属製品製造業",
    "employees": 18,
    "occupation": "旋盤の補助",
    "months_of_practice": 0,
    "doing": "旋盤で丸棒を削り、切りくずを取り除いているとき",
    "thing": "回転中のチャックと切りくず",
    "danger": "機械を止めずに手で払った",
    "result": "右手人差し指を切った",
}


def hand_of(trial, party):
    return {Party.WORKER: trial.trialist, Party.HOST: trial.manager, Party.AGENCY: trial.adviser}[party]


def printed(trial, kind, *, party=None, on=MONDAY):
    side = party or KINDS[kind].sides[0]
    return issue(trial.placement, kind=kind, by=hand_of(trial, side).acting(on))


def read_back(paper):
    with pypdfium2.PdfDocument(io.BytesIO(sheet_pdf(paper.lifted, number=paper.number))) as document:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
    return "".join(text.split())


# --- 待遇情報 ---


def test_what_the_host_told_of_its_pay_by_agreement_is_two_items(trial):
    trial.drafted()

    facts = printed(trial, "pay_information").facts

    assert values(facts, "対象")["派遣労働者を協定対象に限るか"] == "限る"
    assert list(values(facts, "提供する情報")) == ["業務に必要な能力を付ける教育訓練", "給食施設・休憩室・更衣室"]


def test_by_comparison_every_item_of_the_rule_is_printed(trial):
    trial.drafted()
    papers.tell_pay_again(trial.placement, COMPARED, by=trial.manager.acting())

    text = read_back(printed(trial, "pay_information"))

    for words in (
        "比較対象労働者の待遇等に関する情報提供",
        "施行規則24条の3・24条の4",
        "変更",
        *list(COMPARED.values())[1:],
    ):
        assert "".join(words.split()) in text


def test_pay_told_again_is_a_further_version_and_the_agency_hears_of_it(trial):
    trial.drafted()
    assert papers.tell_pay_again(trial.placement, PAY, by=trial.manager.acting()).number == 1

    assert papers.tell_pay_again(trial.placement, COMPARED, by=trial.manager.acting()).number == 2

    body = Notification.objects.get(person=trial.adviser.person, subject="待遇情報が変わりました").body
    assert "労働者派遣法26条10項" in body


def test_pay_is_told_first_with_the_bar(trial):
    trial.terms_pending()
    with pytest.raises(Refused, match="はじめに抵触日の通知といっしょに"):
        papers.tell_pay_again(trial.placement, COMPARED, by=trial.manager.acting())

    terms.notify_agency(trial.placement, bar_on=date(2028, 4, 1), pay=PAY, by=trial.manager.acting())
    assert PayInformation.objects.get().training == PAY["training"]


def test_form_asks_for_what_the_way_of_equal_pay_needs(trial):
    trial.terms_pending()
    page = f"/trials/placements/{trial.placement.pk}/notify/"
    given = {"bar_on": "2028-04-01", **PAY, "kind": "compared"}

    answer = trial.manager.client().post(page, given)

    assert set(answer.context["form"].errors) == {"comparator", "chosen_because", "pay", "purpose", "considered"}
    assert trial.now.bar_told_on is None
    trial.manager.client().post(page, {**given, **COMPARED})
    assert (trial.now.bar_on, PayInformation.objects.get().pay) == (date(2028, 4, 1), COMPARED["pay"])


# --- 安全衛生教育 ---


def teach(trial, side=Party.HOST, on=FIRST, **given):
    return papers.record_teaching(
        trial.placement, side=side, given={**SAFETY, **given}, by=hand_of(trial, side).acting(on)
    )


def test_safety_record_lists_what_each_side_taught(trial):
    trial.active()
    teach(trial)
    teach(trial, Party.AGENCY, kind="special", content="クレーンの特別教育")

    text = read_back(printed(trial, "safety"))

    for words in ("安全衛生教育の記録", "旋盤の危険と保護具", "2時間", "班長池上二", "特別教育", "労働安全衛生法59条"):
        assert words in text


def test_teaching_is_of_a_day_that_has_come_after_the_contract(trial):
    trial.drafted()
    with pytest.raises(Refused, match="契約を結んでから"):
        teach(trial)
    trial.sign("host", "agency")
    with pytest.raises(Refused, match=r"これからの教育は、終わってから.*労働安全衛生法59条"):
        teach(trial, on=FIRST - timedelta(days=1))


# --- 評価 ---


def evaluated(trial, side, point="middle", on=TUESDAY, words="材料を自分で取り付けられる", **grades):
    given = {"point": point, "words": words, **GRADES, **grades}
    return papers.evaluate(trial.placement, side=side, given=given, by=hand_of(trial, side).acting(on))


def test_evaluation_sheet_sets_the_three_sides_side_by_side(trial):
    trial.active()
    evaluated(trial, Party.WORKER, safety=2)
    evaluated(trial, Party.HOST)
    evaluated(trial, Party.HOST, safety=3, words="段取りに進める")

    facts = printed(trial, "evaluation", party=Party.HOST).facts

    middle = next(one for one in facts["sections"] if one["heading"] == "中間の評価")
    assert middle["columns"] == ["項目", "本人", "受入企業", "派遣元"]
    assert middle["table"][0] == ["安全・衛生の決まり", "助けがあればできる", "少しの助けでできる", "未記入"]
    assert "段取りに進める" in read_back(TrialPaper.objects.get())


def test_each_of_the_others_hears_of_an_evaluation(trial):
    trial.active()
    evaluated(trial, Party.HOST)

    heard = Notification.objects.filter(subject="評価が記入されました").values_list("person__family_name", flat=True)
    assert sorted(heard) == ["志望", "相談"]


def test_nobody_is_evaluated_before_they_work(trial):
    trial.ready()
    with pytest.raises(Refused, match="就労を始めてから"):
        evaluated(trial, Party.HOST)


# --- 解雇予告・雇止め予告 ---


def notify_end(trial, *, on=MONDAY, **given):
    told = {"kind": "dismissal", "noticed_on": on, "last_on": on, "reason": "受入企業の破産", "pays": False}
    return papers.notify_end(trial.placement, by=trial.adviser.acting(on), **{**told, **given})


def test_dismissal_from_a_longer_contract_is_paid_for_where_notice_is_short(trial):
    terms_of_round = trial.placement.seeker.round
    terms_of_round.terms["months_per_trial"] = 4
    terms_of_round.save(update_fields=["terms"])
    trial.active(last=date(2027, 2, 28))
    with pytest.raises(Refused, match=r"予告は0日（30日必要）。足りない30日分以上の平均賃金.*労働基準法20条"):
        notify_end(trial)

    notice = notify_end(trial, pays=True)

    assert (notice.missing_days, notice.pays) == (30, True)
    text = read_back(printed(trial, "end_notice"))
    for words in ("解雇予告通知書", "受入企業の破産", "30日分の平均賃金を支払う", "労働基準法20条"):
        assert words in text
    told = Notification.objects.get(person=trial.placement.person, subject="解雇予告の通知があります")
    assert "雇用の最後の日は2026年12月7日" in told.body


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"noticed_on": TUESDAY}, "今日までの、雇用の最後の日より後でない"),
        ({"last_on": MONDAY - timedelta(days=1)}, "雇用の最後の日より後でない"),
        ({"last_on": LAST + timedelta(days=1)}, "2026年12月1日から2027年1月31日まで"),
        ({"kind": "not_renewed", "last_on": LAST - timedelta(days=1)}, "契約の最後の日（2027年1月31日）"),
    ],
    ids=["notice to come", "dismissal before the notice", "after the contract", "not renewed on another day"],
)
def test_impossible_days_of_a_notice_are_refused(trial, given, sentence):
    trial.active()

    with pytest.raises(Refused, match=sentence):
        notify_end(trial, **given)
    assert not EndNotice.objects.exists()


def test_contract_not_renewed_is_told_with_whether_it_was_a_duty(trial):
    trial.active()

    notice = notify_end(trial, kind="not_renewed", last_on=LAST)

    assert (notice.missing_days, notice.pays) == (0, False)
    text = read_back(printed(trial, "end_notice"))
    assert "雇止め予告通知書" in text
    assert "義務ではありません" in text


# --- 死傷病報告 ---


def test_report_of_an_accident_is_written_out_for_the_electronic_form_by_each_side(trial):
    trial.active()
    one = accident(trial)
    papers.write_detail(one, side=Party.HOST, given=DETAIL, by=trial.manager.acting(MONDAY))

    text = read_back(printed(trial, "host_report"))

    for words in (
        *(str(value) for value in DETAIL.values()),
        "遅滞なく",
        "電子申請",
        "右手人差し指の切創",
        "1998年5月1日",
    ):
        assert "".join(words.split()) in text
    agency = printed(trial, "agency_report").facts
    assert values(agency, "災害の発生状況")["②どのような作業をしているときに"] == ""
    assert values(agency, "災害の発生状況")["①どのような場所で"] == "機械加工場"


def test_detail_written_again_is_a_further_row(trial):
    trial.active()
    one, by = accident(trial), trial.manager.acting(MONDAY)
    for given in (DETAIL, DETAIL, {**DETAIL, "employees": 19}):
        papers.write_detail(one, side=Party.HOST, given=given, by=by)

    assert list(AccidentDetail.objects.values_list("number", "employees")) == [(1, 18), (2, 19)]


def test_accident_without_a_report_has_no_such_paper(trial):
    trial.active()
    accident(trial, days_off=0)

    assert not KINDS["host_report"].stands(trial.now)


# --- receipts ---


def test_paper_is_taken_in_by_the_side_it_is_for_and_anew_in_a_new_version(trial):
    trial.active()
    teach(trial)
    first = printed(trial, "safety")
    assert "「安全衛生教育の記録」が発行されました" in list(
        Notification.objects.filter(person=trial.placement.person).values_list("subject", flat=True)
    )
    with pytest.raises(Refused, match="ほかの側が記録します"):
        papers.take_in(first, side=Party.AGENCY, by=trial.adviser.acting(MONDAY))
    for _click in range(2):
        papers.take_in(first, side=Party.WORKER, by=trial.trialist.acting(MONDAY))
    assert PaperReceipt.objects.count() == JournalEntry.objects.filter(verb="trialpaper.take").count() == 1

    teach(trial, kind="special")
    second = printed(trial, "safety")
    with pytest.raises(Refused, match="新しい版があります"):
        papers.take_in(first, side=Party.WORKER, by=trial.trialist.acting(MONDAY))
    papers.take_in(second, side=Party.WORKER, by=trial.trialist.acting(MONDAY))
    assert PaperReceipt.objects.count() == 2


def test_trialist_takes_a_paper_in_on_the_page_and_others_read_it_there(trial):
    trial.active()
    teach(trial)
    paper = printed(trial, "safety")
    page = f"/trials/placements/{trial.placement.pk}/papers/"
    client = trial.trialist.client()
    assert "第1版を受け取った" in client.get(page).content.decode()

    client.post(f"/trials/papers/{paper.pk}/take/")

    assert "第1版を受け取った" not in client.get(page).content.decode()
    assert "本人が受け取った" in trial.manager.client().get(page).content.decode()
    assert trial.manager.client().post(f"/trials/papers/{paper.pk}/take/").status_code == 403


@pytest.mark.parametrize(
    ("word", "party", "given", "model"),
    [
        ("teachings/new", Party.HOST, {**SAFETY, "held_on": "2026-11-20"}, "safety_teachings"),
        ("pay", Party.HOST, COMPARED, "pay_information"),
    ],
)
def test_records_are_written_on_their_pages(trial, word, party, given, model):
    trial.contracted()
    before = getattr(trial.placement, model).count()

    answer = hand_of(trial, party).client().post(f"/trials/placements/{trial.placement.pk}/{word}/", given)

    assert answer.status_code == 302
    assert getattr(trial.placement, model).count() == before + 1


@pytest.mark.parametrize(
    ("word", "party", "status"),
    [
        ("pay", Party.AGENCY, 403),
        ("pay", Party.WORKER, 403),
        ("teachings/new", Party.WORKER, 403),
        ("end-notices/new", Party.HOST, 403),
        ("end-notices/new", Party.WORKER, 403),
        ("evaluations/new", Party.WORKER, 200),
        ("calls/new", Party.HOST, 403),
        ("calls/new", Party.WORKER, 403),
        ("calls/new", Party.AGENCY, 200),
    ],
)
def test_each_record_is_the_business_of_its_side(trial, word, party, status):
    trial.contracted()

    page = f"/trials/placements/{trial.placement.pk}/{word}/"
    assert hand_of(trial, party).client().get(page).status_code == status
