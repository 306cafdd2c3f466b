"""From the application to the payment: in the order of arrival, within the year's places, and counted when it is fixed."""

from datetime import date

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from firms.errors import Refused
from firms.models import Notification
from mentors import policies
from mentors.actions.subsidies.asking import (
    apply_subsidy,
    prove_subsidy,
    report_subsidy,
    withdraw_subsidy,
    write_subsidy,
)
from mentors.actions.subsidies.deciding import (
    decide_subsidy,
    fix_subsidy,
    pay_subsidy,
    refuse_subsidy,
    return_report,
)
from mentors.models import Subsidy
from mentors.queries.subsidies import firms_supported, places_of
from mentors.rules import fixed as fixed_by_rule
from mentors.rules import places, support
from tests.conftest import TODAY, cast
from tests.factories import OrganisationFactory
from tests.firms.makers import PDF
from tests.mentors.manuals.makers import published, work_waiting, written
from tests.mentors.subsidies.makers import FACTS, applied, begun, decided, fixed, fresh, proved, reported

YEAR = 2026


@pytest.fixture(autouse=True)
def files_here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def text_of(content):
    document = pypdfium2.PdfDocument(content)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


# --- rules ---


@pytest.mark.parametrize(
    ("aim", "cost", "yen"),
    [
        ("archive", 1_999, 0),
        ("archive", 2_000, 1_000),
        ("archive", 599_999, 299_000),
        ("archive", 600_000, 300_000),
        ("archive", 5_000_000, 300_000),
        ("pr_film", 500_900, 200_000),
        ("pr_film", 100_000, 40_000),
        ("knowledge", 100_999, 30_000),
    ],
)
def test_a_share_of_the_cost_up_to_the_cap_in_whole_thousands(aim, cost, yen):
    assert support(aim, cost_yen=cost, on=TODAY).yen == yen


def test_figures_nobody_has_confirmed_are_named():
    assert any("助成率" in one for one in support("archive", cost_yen=1, on=TODAY).unsure)


@pytest.mark.parametrize(("decided_yen", "yen"), [(200_000, 192_000), (150_000, 150_000)])
def test_what_is_fixed_is_never_more_than_was_decided(decided_yen, yen):
    assert fixed_by_rule("pr_film", spent_yen=480_000, decided_yen=decided_yen, on=TODAY).yen == yen


@pytest.mark.parametrize(("taken", "left"), [(0, 20), (19, 1), (20, 0), (21, 0)])
def test_places_of_a_year(taken, left):
    assert (places("archive", taken=taken, on=TODAY).most, places("archive", taken=taken, on=TODAY).left) == (20, left)


# --- the firm ---


def test_the_whole_way(manager, officer):
    made = fixed(manager, officer, aim="archive", manuals=[published(manager, has_film=False)])
    pay_subsidy(made, paid_on=date(2026, 12, 10), by=officer.acting())
    made = fresh(made)

    assert (made.state, made.asked_yen, made.decided_yen, made.spent_yen, made.fixed_yen) == (
        *("paid", 250_000, 250_000),
        *(480_000, 240_000),
    )
    assert list(made.papers.values_list("form", flat=True)) == ["application", "decision", "report", "fixing"]
    assert firms_supported(officer.organisation.pk, year=YEAR) == 1


def test_a_firm_is_counted_from_the_day_the_amount_is_fixed(manager, officer):
    made = reported(manager, officer, aim="archive", manuals=[published(manager, has_film=False)])
    assert firms_supported(officer.organisation.pk, year=YEAR) == 0
    fix_subsidy(made, by=officer.acting())
    assert firms_supported(officer.organisation.pk, year=YEAR) == 1


def test_one_of_a_kind_a_year_unless_the_first_came_to_nothing(manager, ward):
    first = begun(manager, ward)
    with pytest.raises(Refused, match="今年度すでに申請しています"):
        begun(manager, ward)
    begun(manager, ward, aim="knowledge")
    withdraw_subsidy(first, because="やめる", by=manager.acting())
    assert begun(manager, ward).state == "draft"


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"finish_on": date(2026, 11, 19)}, "今日からの日にしてください"),
        ({"finish_on": date(2027, 4, 1)}, "今年度のうちに終わる事業"),
    ],
)
def test_what_is_over_or_ends_next_year_is_refused(manager, ward, facts, sentence):
    with pytest.raises(Refused, match=sentence):
        begun(manager, ward, **facts)


def test_a_cost_that_draws_nothing_is_not_applied_for(manager, ward):
    with pytest.raises(Refused, match="この経費では助成額が出ません"):
        applied(manager, ward, cost_yen=2_000)


def test_what_was_handed_in_is_not_written_over(manager, ward):
    made = begun(manager, ward)
    write_subsidy(made, by=manager.acting(), **{**FACTS, "cost_yen": 100_000})
    apply_subsidy(fresh(made), by=manager.acting())
    assert fresh(made).asked_yen == 40_000
    with pytest.raises(Refused, match="申請したあとは直せません"):
        write_subsidy(made, by=manager.acting(), **FACTS)
    with pytest.raises(Refused):
        apply_subsidy(fresh(made), by=manager.acting())


def test_a_report_takes_a_receipt_days_in_order_and_a_published_manual(manager, officer):
    made = decided(manager, officer, aim="archive")
    told = {"finished_on": TODAY, "spent_yen": 1, "result": "a", "by": manager.acting()}
    draft = written(manager)
    shown = published(manager, has_film=False)

    with pytest.raises(Refused, match="領収書などの写し"):
        report_subsidy(made, manuals=[shown], **told)
    proved(made, manager)
    with pytest.raises(Refused, match="技能マニュアルを選んでください"):
        report_subsidy(made, manuals=[], **told)
    with pytest.raises(Refused, match="は公開されていません"):
        report_subsidy(made, manuals=[draft], **told)
    for day, sentence in ((date(2026, 11, 19), "交付決定の日より前"), (date(2026, 11, 21), "今日までの日")):
        with pytest.raises(Refused, match=sentence):
            report_subsidy(made, manuals=[shown], **{**told, "finished_on": day})
    report_subsidy(made, manuals=[shown], **told)
    with pytest.raises(Refused, match="実績を報告するまで"):
        prove_subsidy(made, SimpleUploadedFile("後.pdf", PDF), by=manager.acting())


# --- the ward ---


def others(n):
    return [cast("manager", OrganisationFactory(kind="firm"), f"他{number}") for number in range(n)]


def test_whoever_came_first_is_decided_first(manager, officer, stranger):
    first, second = applied(manager, officer.organisation), applied(stranger, officer.organisation)
    assert (first.order, second.order) == (1, 2)

    with pytest.raises(Refused, match="先に届いた申請（受付1番）"):
        decide_subsidy(second, by=officer.acting())
    refuse_subsidy(first, because="対象の経費ではないため", by=officer.acting())
    decide_subsidy(second, by=officer.acting())
    assert [fresh(one).state for one in (first, second)] == ["refused", "decided"]
    told = Notification.objects.filter(person=manager.person).latest("pk")
    assert told.body == "対象の経費ではないため"


def test_with_the_last_place_gone_nobody_is_decided_until_one_is_free(manager, officer, stranger):
    ward = officer.organisation
    held = [decided(one, officer) for one in others(10)]
    late = applied(manager, ward)
    assert places_of(ward.pk, "pr_film", on=TODAY, year=YEAR).left == 0
    with pytest.raises(Refused, match="残り0件です。 枠が空くのを待つか"):
        decide_subsidy(late, by=officer.acting())
    withdraw_subsidy(held[3], because="人が足りないため", by=others(1)[0].acting())
    decide_subsidy(late, by=officer.acting())

    assert fresh(late).state == "decided"


def test_a_report_goes_back_with_a_reason_and_comes_again(manager, officer):
    made = reported(manager, officer)
    return_report(made, because="領収書の宛名が違うため", by=officer.acting())
    again = fresh(made)
    assert (again.state, again.because) == ("decided", "領収書の宛名が違うため")
    told = {"finished_on": TODAY, "spent_yen": 300_000, "result": "a", "manuals": []}
    report_subsidy(again, by=manager.acting(), **told)
    fix_subsidy(fresh(made), by=officer.acting())

    assert (fresh(made).fixed_yen, fresh(made).because) == (120_000, "")
    assert fresh(made).papers.filter(form="report").count() == 2


def test_nothing_is_paid_before_it_is_fixed(manager, officer):
    with pytest.raises(Refused):
        pay_subsidy(reported(manager, officer), paid_on=TODAY, by=officer.acting())


def test_the_day_of_payment_is_not_before_the_fixing(manager, officer):
    with pytest.raises(Refused, match="額の確定の日からの日"):
        pay_subsidy(fixed(manager, officer), paid_on=date(2026, 11, 19), by=officer.acting())


def test_what_stands_reported_is_not_withdrawn(manager, officer):
    with pytest.raises(Refused):
        withdraw_subsidy(reported(manager, officer), because="a", by=manager.acting())


# --- papers and pages ---


def test_each_paper_says_what_was_frozen(manager, officer):
    made = fixed(manager, officer)
    Subsidy.objects.filter(pk=made.pk).update(title="あとで変えた名前")
    client = manager.client()
    papers = {}
    for one in made.papers.all():
        answer = client.get(reverse("mentors:subsidy_paper", args=[made.pk, one.pk]))
        papers[one.form] = text_of(answer.content).replace("\r\n", "\n")

    assert set(papers) == {"application", "decision", "report", "fixing"}
    assert all("旋盤の技能の動画化" in text and "あとで変えた名前" not in text for text in papers.values())
    assert "交付申請額　金200,000円" in papers["application"]
    assert "交付決定額　金200,000円" in papers["decision"]
    assert "対象経費の実績額　金480,000円" in papers["report"]
    assert "確定額　金192,000円" in papers["fixing"]
    assert "令和8年11月20日" in papers["fixing"]


def test_a_refusal_on_paper_says_why(manager, officer):
    made = applied(manager, officer.organisation)
    refuse_subsidy(made, because="対象の経費ではないため", by=officer.acting())
    paper = made.papers.get(form="refusal")
    answer = manager.client().get(reverse("mentors:subsidy_paper", args=[made.pk, paper.pk]))

    assert "対象の経費ではないため" in text_of(answer.content)


def test_the_flow_by_the_pages(manager, officer):
    desk, ward = manager.client(), officer.client()
    form = {
        "aim": "pr_film",
        "title": "紹介動画",
        "plan": "工場の一日",
        "finish_on": "2027-02-26",
        "cost_yen": "300,000",
    }
    address = desk.post(reverse("mentors:subsidy_new"), form)["Location"]
    made = Subsidy.objects.get()

    def press(client, name, **given):
        answer = client.post(reverse(f"mentors:{name}", args=[made.pk]), given)
        assert answer.status_code == 302, (name, answer.content.decode()[:3000])

    assert "120,000円" in desk.get(address).content.decode()
    assert ward.get(address).status_code == 404
    press(desk, "subsidy_edit", **form | {"cost_yen": "200000"})
    press(desk, "subsidy_apply")
    assert "交付を決定する" in ward.get(address).content.decode()
    press(ward, "subsidy_decide")
    press(desk, "subsidy_prove", file=SimpleUploadedFile("領収書.pdf", PDF))
    work_waiting("check_evidence")
    press(desk, "subsidy_report", finished_on="2026-11-20", spent_yen="180000", result="一本できた")
    proof = made.proofs.get()
    assert ward.get(reverse("mentors:subsidy_proof", args=[made.pk, proof.pk])).status_code == 200
    press(ward, "subsidy_return", because="明細がない")
    press(desk, "subsidy_report", finished_on="2026-11-20", spent_yen="180000", result="明細を付けた")
    press(ward, "subsidy_fix")
    press(ward, "subsidy_pay", paid_on="2026-12-01")
    assert "支払済み" in desk.get(address).content.decode()
    assert fresh(made).fixed_yen == 72_000


def test_the_list_says_what_is_left_and_which_figures_are_not_sure(manager, officer):
    decided(manager, officer, aim="archive")
    shown = officer.client().get(reverse("mentors:subsidies")).content.decode()

    assert "交付決定1件、残り19件です。" in shown
    assert "仮の率と額" in shown
    assert "技能アーカイブ支援実施企業数（額の確定で数える）：0社" in shown


@pytest.mark.parametrize(("who", "queries"), [("officer", 10), ("manager", 9)])
def test_the_list_takes_as_many_queries_for_three_as_for_one(
    request, manager, officer, who, queries, django_assert_num_queries
):
    client, address = request.getfixturevalue(who).client(), reverse("mentors:subsidies")
    applied(manager, officer.organisation)
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)
    for aim in ("archive", "knowledge"):
        applied(manager, officer.organisation, aim=aim)
    with django_assert_num_queries(queries):
        assert client.get(address).context["page"].paginator.count == 3


NAMES = (
    *("subsidy", "subsidy_edit", "subsidy_apply", "subsidy_prove", "subsidy_report", "subsidy_withdraw"),
    *("subsidy_decide", "subsidy_refuse", "subsidy_return", "subsidy_fix", "subsidy_pay"),
)


def test_nobody_else_sees_or_presses_anything(manager, officer, stranger, worker_of_firm, coordinator, advisor):
    made = applied(manager, officer.organisation)
    paper = made.papers.get()
    for who in (stranger, worker_of_firm, coordinator, advisor):
        client = who.client()
        answers = {
            client.post(reverse(f"mentors:{name}", args=[made.pk]), {"because": "a"}).status_code for name in NAMES[1:]
        }
        assert answers <= {403, 404}
        assert client.get(reverse("mentors:subsidy", args=[made.pk])).status_code == 404
        assert client.get(reverse("mentors:subsidy_paper", args=[made.pk, paper.pk])).status_code == 404
    desk = manager.client()
    for name in ("subsidy_decide", "subsidy_refuse", "subsidy_fix", "subsidy_pay", "subsidy_return"):
        assert desk.post(reverse(f"mentors:{name}", args=[made.pk]), {"because": "a"}).status_code == 403
    assert fresh(made).state == "applied"


@pytest.fixture
def worker_of_firm(firm):
    return cast("employee", firm, "旋")


def test_who_may(manager, officer, stranger, worker_of_firm):
    made = applied(manager, officer.organisation)
    everybody = {"manager": manager, "officer": officer, "stranger": stranger, "worker": worker_of_firm}

    def those(ask):
        return {name for name, one in everybody.items() if ask(one.acting())}

    assert those(policies.may_ask_subsidy) == {"manager", "stranger"}
    assert those(policies.may_list_subsidies) == {"manager", "stranger", "officer"}
    assert those(lambda one: policies.may_write_subsidy(one, made)) == {"manager"}
    assert those(lambda one: policies.may_decide_subsidy(one, made)) == {"officer"}
