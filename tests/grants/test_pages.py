"""The pages by hand: what they say, what they refuse, and how many questions they ask the database."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from firms.models import Evidence, Job
from grants.actions.cases import open_case
from grants.claims.checks import DECLARED
from grants.models import Deadline, GrantCase
from tests.factories import EmploymentFactory, EnrolmentFactory, LessonFactory, RunFactory
from tests.grants.conftest import fresh

TODAY = timezone.localdate()


def page(client, name, *args):
    return client.get(reverse(f"grants:{name}", args=args))


def text(answer):
    return answer.content.decode()


@pytest.fixture
def send(establishment, pattern):
    """Sends one employee to a new run that begins so many days from the real today."""

    def to_run(days):
        run = RunFactory()
        LessonFactory(run=run, day=TODAY + timedelta(days=days))
        LessonFactory(run=run, number=2, day=TODAY + timedelta(days=days + 1))
        EnrolmentFactory(run=run, employment=EmploymentFactory(establishment=establishment, pattern=pattern))
        return run

    return to_run


@pytest.mark.parametrize("rows", [1, 3])
def test_case_list_of_a_firm_asks_the_same_for_one_and_three(
    manager, establishment, send, django_assert_num_queries, rows
):
    for n in range(rows):
        open_case(send(60 + n), establishment, by=manager.acting(TODAY))
        send(80 + n)
    client = manager.client()
    page(client, "cases")

    with django_assert_num_queries(18):
        answer = page(client, "cases")

    assert text(answer).count("で案件をつくる") == 2 * rows
    assert f"助成金案件（{rows}件）" in text(answer)


@pytest.mark.parametrize("rows", [1, 3])
def test_case_list_of_an_office_asks_the_same_for_one_and_three(
    advisor, manager, establishment, send, django_assert_num_queries, rows
):
    for n in range(rows):
        open_case(send(60 + n), establishment, by=manager.acting(TODAY))
    client = advisor.client()
    page(client, "cases")

    with django_assert_num_queries(21):
        answer = page(client, "cases")

    assert f"助成金案件（{rows}件）" in text(answer)


@pytest.mark.parametrize("rows", [1, 3])
def test_deadline_list_of_an_office_asks_the_same_for_one_and_three(
    advisor, manager, establishment, send, django_assert_num_queries, rows
):
    for n in range(rows):
        open_case(send(60 + n), establishment, by=manager.acting(TODAY))
    client = advisor.client()
    page(client, "deadlines")

    with django_assert_num_queries(19):
        answer = page(client, "deadlines")

    assert f"対応待ちの期限（{rows}件）" in text(answer)


def test_deadlines_come_nearest_first(advisor, manager, establishment, send):
    for days in (90, 45, 60):
        open_case(send(days), establishment, by=manager.acting(TODAY))

    rows = page(advisor.client(), "deadlines").context["page"].object_list

    assert [row.last_on for row in rows] == sorted(row.last_on for row in rows)


def test_case_list_filters_by_state(manager, establishment, send):
    open_case(send(60), establishment, by=manager.acting(TODAY))
    client = manager.client()

    assert len(client.get(reverse("grants:cases"), {"state": "preparing"}).context["rows"]) == 1
    assert client.get(reverse("grants:cases"), {"state": "filed"}).context["rows"] == []


def test_empty_lists_say_what_to_do_next(manager):
    client = manager.client()

    assert "案件はありません" in text(page(client, "cases"))
    assert "待っている期限はありません" in text(page(client, "deadlines"))


def test_training_too_near_is_no_candidate(manager, send):
    send(10)

    assert page(manager.client(), "cases").context["candidates"] == []


def test_case_is_opened_from_the_list(manager, establishment, send):
    run = send(60)

    answer = manager.client().post(reverse("grants:case_open"), {"run": run.pk, "establishment": establishment.pk})

    case = GrantCase.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("grants:case", args=[case.pk]))


def test_case_page_leads_to_what_is_missing(manager, establishment, send):
    case = open_case(send(60), establishment, by=manager.acting(TODAY))

    answer = text(page(manager.client(), "case", case.pk))

    assert "足りないものを見る" in answer
    assert reverse("grants:plan_facts", args=[case.pk]) in answer
    assert reverse("grants:answers", args=[case.pk]) in answer


def test_plan_facts_ask_for_what_their_kind_prints(manager, case):
    address = reverse("grants:plan_facts", args=[case.pk])
    given = {"purpose": "dx", "from_on": "2027-02-01", "to_on": "2027-01-01", "task_link": "旋盤"}

    refused = manager.client().post(address, given)
    kept = manager.client().post(address, given | {"to_on": "", "change": "センサをつける"})

    assert list(refused.context["form"].errors) == ["change", "to_on"]
    assert (kept.status_code, case.reskilling_plan.change) == (302, "センサをつける")


def answers_given(**changes):
    said = {f"{d.code}-value": "yes" if d.at_plan else "unknown" for d in DECLARED}
    given = said | {f"{d.code}-note": "" for d in DECLARED}
    return given | changes


def test_answers_are_saved_with_their_evidence(manager, case):
    upload = SimpleUploadedFile("選任届.pdf", b"%PDF-1.7\n%%EOF\n", content_type="application/pdf")

    answer = manager.client().post(
        reverse("grants:answers", args=[case.pk]), answers_given(**{"promoter-file": upload})
    )

    assert answer.status_code == 302
    assert case.answers.count() == len([one for one in DECLARED if one.at_plan])
    assert case.answers.get(code="promoter").evidence == Evidence.objects.get()


def test_answers_with_an_upload_that_lies_are_refused_whole(manager, case):
    upload = SimpleUploadedFile("選任届.pdf", b"MZ\x90\x00 not a pdf", content_type="application/pdf")

    answer = manager.client().post(
        reverse("grants:answers", args=[case.pk]), answers_given(**{"promoter-file": upload})
    )

    assert answer.status_code == 200
    assert "一致しません" in text(answer)
    assert not case.answers.exists()


def test_cost_is_recorded_and_taken_back(manager, case):
    client = manager.client()
    address = reverse("grants:costs", args=[case.pk])

    client.post(address, {"amount_yen": "66000", "paid_on": "2026-11-05", "payer": "firm"})
    cost = case.costs.get()
    client.post(reverse("grants:cost_void", args=[cost.pk]))

    assert "取消済み" in text(client.get(address))
    assert case.costs.count() == 2


def test_cost_below_one_yen_is_refused_at_the_field(manager, case):
    answer = manager.client().post(
        reverse("grants:costs", args=[case.pk]), {"amount_yen": "0", "paid_on": "2026-11-05", "payer": "firm"}
    )

    assert list(answer.context["form"].errors) == ["amount_yen"]


def test_paper_of_a_case_without_a_frozen_plan_gets_a_sentence(manager, case):
    client = manager.client()

    answer = client.post(reverse("grants:papers_make", args=[case.pk]), follow=True)

    assert "計画が確定していないため、様式をつくれません" in text(answer)
    assert not Job.objects.filter(kind="grants.papers").exists()
    assert "まだ様式をつくれません" in text(page(client, "papers", case.pk))


def test_papers_are_asked_once_however_often_one_clicks(manager, planned):
    client = manager.client()

    for _click in range(2):
        answer = client.post(reverse("grants:papers_make", args=[planned.pk]))

    assert answer["Location"] == reverse("grants:papers", args=[planned.pk])
    assert Job.objects.filter(kind="grants.papers").get().payload == {"plan": planned.plans.get().pk}


def test_papers_progress_is_asked_for_alone(manager, planned):
    client = manager.client()
    client.post(reverse("grants:papers_make", args=[planned.pk]))

    part = client.get(reverse("grants:papers", args=[planned.pk]), headers={"HX-Request": "true"})

    assert text(part).lstrip().startswith('<div id="progress"')
    assert "順番を待っています" in text(part)
    assert "0 / 0" not in text(part)


def test_freeze_says_what_is_missing(manager, case):
    answer = manager.client().post(reverse("grants:plan_freeze", args=[case.pk]), follow=True)

    assert "計画を確定するには、次が足りません" in text(answer)


def test_plan_filing_outside_the_window_is_refused_at_the_field(advisor, planned):
    answer = advisor.client().post(
        reverse("grants:plan_file", args=[planned.pk]),
        {"filed_on": "2026-08-02", "receipt_number": "1", "channel": "paper"},
    )

    assert answer.context["form"].errors["filed_on"] == [
        "計画届を出せるのは 2026年8月3日 から 2027年1月4日 までです。届出日（到達日）を確かめてください。"
    ]


def test_claim_page_before_the_plan_is_filed_gets_a_sentence(manager, planned):
    answer = manager.client().get(reverse("grants:claim", args=[planned.pk]), follow=True)

    assert "計画届の提出を記録した後に見られます" in text(answer)


def test_claim_page_shows_amounts_window_and_who_falls_out(advisor, frozen):
    answer = text(page(advisor.client(), "claim", frozen.pk))

    assert "57,000円" in answer
    assert "受講料等 22,000円 × 75% = 16,500円 × 2人、100円未満切捨て = 33,000円" in answer
    assert "2027年2月11日（木） から 2027年4月12日（月） まで" in answer
    assert "出席率 50%（1%未満切捨て）で80%未満のため、支給対象者になりません。" in answer


@pytest.mark.parametrize("state", ["case", "planned", "filed", "paid", "frozen", "claimed", "approved"])
def test_every_page_opens_in_every_state(request, state, manager):
    found = request.getfixturevalue(state)
    client = manager.client()
    names = "case case_journal case_drop plan_facts answers costs plan_file claim claim_file decision payment papers"

    codes = {name: page(client, name, found.pk).status_code for name in names.split()}

    assert set(codes.values()) <= {200, 302}
    assert [name for name, code in codes.items() if code == 302] in ([], ["claim"], ["case_drop"])


def test_contact_is_changed_on_the_case_page(manager, trainee, case):
    answer = manager.client().post(reverse("grants:case", args=[case.pk]), {"contact": trainee.person.pk})

    assert answer.status_code == 302
    assert fresh(case).contact == trainee.person


def test_dropping_asks_for_a_reason_and_closes_the_deadlines(manager, case):
    client = manager.client()
    address = reverse("grants:case_drop", args=[case.pk])

    assert list(client.post(address, {"reason": ""}).context["form"].errors) == ["reason"]
    client.post(address, {"reason": "受講をやめた"})

    assert fresh(case).state == "dropped"
    assert not Deadline.objects.open().exists()
    entries = page(client, "case_journal", case.pk).context["entries"]
    assert "受講をやめた" in str([entry.details for entry in entries])


@pytest.mark.parametrize("people", [1, 3])
def test_case_page_asks_the_same_for_one_and_three_people(manager, filed, enrolled, django_assert_num_queries, people):
    for enrolment in enrolled[people:]:
        type(enrolment).objects.filter(pk=enrolment.pk).update(state="cancelled")
    client = manager.client()
    page(client, "case", filed.pk)

    with django_assert_num_queries(35):
        page(client, "case", filed.pk)


def test_run_page_offers_a_case_to_the_manager_and_not_to_employees(manager, trainee, send):
    address = reverse("courses:run", args=[send(60).pk])

    assert "案件をつくる" in text(manager.client().get(address))
    assert "案件をつくる" not in text(trainee.client().get(address))


def test_changed_plan_is_frozen_anew_before_it_is_handed_in(manager, planned, run):
    run.lessons.last().delete()

    answer = text(page(manager.client(), "case", planned.pk))

    assert "計画を確定し直す" in answer
    assert "第2回（2027年2月10日 10:00–17:00）がなくなりました" in answer
