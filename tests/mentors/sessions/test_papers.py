"""The papers of sessions and money: read back from the PDF, they say what the frozen rows say and nothing newer."""

import io
import os
import re
from datetime import date, time
from pathlib import Path

import pypdfium2
import pytest
from django.urls import reverse

from firms.models import Organisation, Person
from mentors.actions.sessions.paying import close_month, give_account
from mentors.models import LogFacts, MentoringRequest, Statement
from mentors.papers.visits import activity_report
from tests.mentors.makers import agreed, countersign, log, seen_of, visit
from tests.mentors.sessions.test_paying import ACCOUNT, FEBRUARY, JANUARY, PAY_ON

YEN = re.compile(r"-?[\d,]+円")


def read(answer):
    """The text of a PDF without the breaks of its lines, and how many pages it has."""
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return read_bytes(answer.content)


def read_bytes(content):
    if folder := os.environ.get("TAKUMI_PAPERS"):
        name = f"{os.environ['PYTEST_CURRENT_TEST'].split('::')[1].split()[0]}-{len(content)}.pdf"
        (Path(folder) / name).write_bytes(content)
    with pypdfium2.PdfDocument(io.BytesIO(content)) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    return re.sub(r"\s", "", "".join(texts)), len(texts)


def missing(text, *said):
    return [one for one in said if re.sub(r"\s", "", one) not in text]


@pytest.fixture
def told(session, manager):
    log(session, materials="S45C 丸棒", materials_yen=1_200, comment="手が止まらなくなった。")
    countersign(session, manager)
    return session


@pytest.fixture
def paid(told, master, officer, clock):
    give_account(by=master.acting(), **ACCOUNT)
    clock.move_to("2027-02-01T10:00+09:00")
    (made,) = close_month(officer.organisation, JANUARY, pay_on=PAY_ON, by=officer.acting(date(2027, 2, 1)))
    return made


def report(session, who):
    return who.client().get(reverse("mentors:session_report", args=[session.pk]))


def test_activity_report_says_what_was_logged_and_who_signed(told, master, manager):
    text, pages = read(report(told, master))

    assert pages == 1
    assert not missing(
        text,
        "マイスター活動報告書", "匠 太郎", "M2026-001-9999", "（架空）大森機械製作所", "令和9年1月12日",
        "第1回（年度の上限20回）", "13:00–15:30", "指導2時間20分", "ねじ切り（一緒にやる）", "保護めがね、非常停止の位置",
        "S45C 丸棒", "材料費1,200円。出席2人の上限は4,000円（1人2,000円）で、収まります。", "640円",
        "2時間20分 × 1時間6,000円 = 14,000円", "若手 一郎", "若手 二郎", "まだできない", "一人でできる",
        "手が止まらなくなった。", "上のとおり指導を受けたことを確かめました。", manager.person.full_name,
    )  # fmt: skip


def test_activity_report_before_the_host_has_signed_says_so(session, master):
    log(session)

    assert not missing(read(report(session, master))[0], "派遣先の確認を待っています。")


def test_papers_keep_the_names_of_the_day(told, paid, master):
    before = read(report(told, master)), read(master.client().get(reverse("mentors:statement_pdf", args=[paid.pk])))
    Organisation.objects.filter(pk=told.request.host_id).update(name="（架空）改名した会社")
    Organisation.objects.filter(pk=told.request.ward_id).update(representative_name="別の 区長")
    Person.objects.filter(pk=master.person.pk).update(family_name="改姓")
    MentoringRequest.objects.update(place="別の場所", contact_name="別の担当")

    after = read(report(told, master)), read(master.client().get(reverse("mentors:statement_pdf", args=[paid.pk])))
    assert after == before


def test_the_same_facts_print_the_same_bytes(told):
    frozen = LogFacts.objects.get()
    assert activity_report(frozen, None, note="x") == activity_report(frozen, None, note="x")


def test_a_corrected_log_is_reported_in_its_new_words(told, master):
    log(told, seen=seen_of(told), topic="テーパ削り", because="内容を取り違えた")

    text, _pages = read(report(told, master))
    assert not missing(text, "テーパ削り", "内容を取り違えた", "記録 第2版")
    assert "ねじ切り" not in text


def test_host_report_adds_up_every_session_that_was_told(held, manager, clock):
    sessions = agreed(manager, held, visit(), visit(date(2027, 1, 13)), visit(date(2027, 1, 14)))
    clock.move_to("2027-01-13T18:00+09:00")
    learner = sessions[0].request.learners.first()
    log(sessions[0])
    log(sessions[1], topic="テーパ削り", **{f"l{learner.pk}-is_there": False, f"l{learner.pk}-minutes": None})

    answer = manager.client().get(reverse("mentors:request_report", args=[sessions[0].request_id]))

    text, _pages = read(answer)
    assert not missing(text, "実技指導実施結果報告書", "2回 4時間40分", "ねじ切り", "テーパ削り", "1回 2時間20分")
    assert not missing(text, "2回 4時間40分", "旋盤でねじを切れる人を育てたい")


def test_host_report_without_a_log_is_none(session, manager):
    assert manager.client().get(reverse("mentors:request_report", args=[session.request_id])).status_code == 404
    assert report(session, manager).status_code == 404


@pytest.mark.parametrize("name", ["statement_invoice", "statement_pdf"])
def test_money_on_paper_is_the_money_of_the_rows(name, paid, master):
    text, pages = read(master.client().get(reverse(f"mentors:{name}", args=[paid.pk])))

    assert pages == 1
    rows = {*sums_of(paid), *(yen(line.fee_yen) for line in paid.lines.all())}
    rows |= {yen(line.travel_yen) for line in paid.lines.all()}
    said = {paid.because, *(line.because for line in paid.lines.all())}
    assert not missing(text, *rows, *said)
    in_sentences = {found for sentence in said for found in YEN.findall(sentence)}
    assert set(YEN.findall(text)) == rows | in_sentences


def yen(amount):
    return f"{amount:,}円"


def sums_of(one):
    amounts = (one.fee_yen, one.travel_yen, one.withheld_yen, one.paid_yen, one.fee_yen + one.travel_yen)
    return {yen(amount) for amount in amounts}


def test_a_month_with_a_debt_prints_what_is_put_over(paid, told, manager, officer, master, clock):
    log(told, seen=seen_of(told), ends_at=time(14, 30), because="短かった")
    countersign(told, manager)
    clock.move_to("2027-03-01T10:00+09:00")
    on = date(2027, 3, 1)
    (made,) = close_month(officer.organisation, FEBRUARY, pay_on=date(2027, 3, 25), by=officer.acting(on))

    text, _pages = read(master.client().get(reverse("mentors:statement_pdf", args=[made.pk])))
    assert not missing(text, "-6,000円", "戻しが支払いを6,000円上回るため、次の明細に繰り越します", "第2版の記録")


def test_the_years_paper_is_the_sum_of_its_statements(paid, master, officer):
    own = read(master.client().get(reverse("mentors:own_year", args=[2027])))
    wards = read(officer.client().get(reverse("mentors:ward_year", args=[2027])))

    assert own == wards
    statements = Statement.objects.all()
    total = sum(one.fee_yen + one.travel_yen for one in statements)
    withheld = sum(one.withheld_yen for one in statements)
    assert not missing(
        own[0], f"支払金額{yen(total)}", f"源泉徴収税額{yen(withheld)}", "匠 太郎", "2027年（支払いの日による）"
    )


@pytest.mark.parametrize("year", [2026, 0, 99999])
def test_a_year_without_payments_says_so(year, paid, master, officer):
    for who, name in ((master, "own_year"), (officer, "ward_year")):
        page = who.client().get(reverse(f"mentors:{name}", args=[year]), follow=True).content.decode()
        assert "支払いの日が来たものは、ありません" in page


def test_papers_open_for_the_sides_and_the_ward_alone(told, paid, master, manager, officer, stranger, another, trainee):
    addresses = [
        reverse("mentors:session_report", args=[told.pk]),
        reverse("mentors:request_report", args=[told.request_id]),
        reverse("mentors:statement_invoice", args=[paid.pk]),
        reverse("mentors:statement_pdf", args=[paid.pk]),
        reverse("mentors:ward_year", args=[2027]),
    ]

    def opened(who):
        client = who.client()
        return [client.get(one).status_code for one in addresses]

    assert [opened(who) for who in (master, manager, officer)] == [
        [200, 200, 200, 200, 403],
        [200, 200, 404, 404, 403],
        [200] * 5,
    ]
    for who in (stranger, another, trainee):
        assert opened(who) == [404, 404, 404, 404, 403]


def test_the_longest_words_stay_on_their_pages(told):
    frozen = LogFacts.objects.get()
    frozen.facts |= {"topic": "内" * 200, "safety": "安" * 200, "comment": "言" * 400, "incident": "傷" * 400}
    frozen.facts["learners"] = [{**frozen.facts["learners"][0], "name": "長" * 40, "role": "役" * 60}] * 30

    text, pages = read_bytes(activity_report(frozen, None, note="x"))
    assert (text.count("長" * 40), pages <= 7) == (30, True)
