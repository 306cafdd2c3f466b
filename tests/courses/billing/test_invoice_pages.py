"""Invoices on the page: who sees and touches them, and what the lists ask of the database."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from courses.actions.billing.invoices import issue_invoice
from courses.models import Invoice, InvoiceLine, Run
from courses.policies import may_invoice, may_invoice_run, may_see_invoices
from courses.queries.billing.invoices import billable, runs_to_invoice
from courses.states import InvoiceState

TODAY = localdate()
LATER = TODAY + timedelta(days=40)


def issue(run, firm, coordinator):
    return issue_invoice(run, firm, due_on=LATER, by=coordinator.acting(TODAY))


# --- who may ---


def test_only_the_coordinator_of_the_college_invoices(
    run, coordinator, instructor, manager, officer, advisor, stranger
):
    others = (instructor, manager, officer, advisor, stranger)

    assert (may_invoice(coordinator.acting()), may_invoice_run(coordinator.acting(), run)) == (True, True)
    assert [one for one in others if may_invoice(one.acting()) or may_invoice_run(one.acting(), run)] == []


def test_those_who_may_have_invoices_see_the_list(coordinator, instructor, manager, advisor, trainee, officer):
    seeing = [may_see_invoices(one.acting()) for one in (coordinator, instructor, manager, advisor)]

    assert (seeing, may_see_invoices(trainee.acting()), may_see_invoices(officer.acting())) == (
        [True] * 4,
        False,
        False,
    )


def test_no_is_said_with_its_true_reason_and_no_advice_that_helps_nobody(run, officer, trainee):
    pages = [
        officer.client().get(reverse("courses:invoices")),
        trainee.client().get(reverse("courses:invoices")),
        officer.client().post(reverse("courses:run_invoices", args=[run.pk])),
    ]

    assert [one.status_code for one in pages] == [403] * 3
    shown = [one.content.decode() for one in pages]
    told = ["請求書を見られるのは", "請求書を見られるのは", "連携校の事務担当だけです"]
    assert [words in page for words, page in zip(told, shown, strict=True)] == [True] * 3
    assert [page for page in shown if "役割の変更を頼んで" in page or "見ることはできますが" in page] == []


def test_invoice_is_seen_by_both_sides_and_the_advisor_alone(
    held, seated, firm, coordinator, manager, advisor, trainee, officer, stranger
):
    seated(held, 1)
    made = issue(held, firm, coordinator)

    answers = {
        one.person.family_name: one.client().get(f"/courses/invoices/{made.pk}/").status_code
        for one in (coordinator, manager, advisor, trainee, officer, stranger)
    }

    assert answers == {"学務": 200, "大森": 200, "労務": 200, "矢口": 404, "区役": 404, "無縁": 404}


@pytest.mark.parametrize("what", ["paid", "cancel"])
def test_the_firm_reads_and_does_not_touch(held, seated, firm, coordinator, manager, stranger, what):
    seated(held, 1)
    made = issue(held, firm, coordinator)
    form = {"paid_on": TODAY.isoformat(), "reason": "x"}

    answers = [
        one.client().post(f"/courses/invoices/{made.pk}/{what}/", form).status_code for one in (manager, stranger)
    ]

    made.refresh_from_db()
    assert (answers, made.state) == ([403, 404], InvoiceState.ISSUED)


# --- pages ---


def test_coordinator_issues_pays_and_opens_the_paper_in_the_browser(held, seated, firm, coordinator):
    seated(held, 2)
    browser = coordinator.client()

    sent = browser.post(f"/courses/runs/{held.pk}/invoices/", {"firm": firm.pk, "due_on": LATER.isoformat()})
    made = Invoice.objects.get()
    paper = browser.get(f"/courses/invoices/{made.pk}/pdf/")
    browser.post(f"/courses/invoices/{made.pk}/paid/", {"paid_on": TODAY.isoformat()})

    made.refresh_from_db()
    assert (sent["Location"], made.state) == (f"/courses/invoices/{made.pk}/", InvoiceState.PAID)
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_wrong_day_stands_at_its_field(held, seated, firm, coordinator):
    seated(held, 1)

    answer = coordinator.client().post(f"/courses/runs/{held.pk}/invoices/", {"firm": firm.pk, "due_on": "2月30日"})

    assert answer.context["form"].errors["due_on"] == ["日付を 2027-04-30 の形で入れてください。"]
    assert not Invoice.objects.exists()


def test_list_names_runs_not_invoiced_yet(held, coming, seated, coordinator):
    seated(held, 1)
    seated(coming, 1)

    assert runs_to_invoice(held.course.college_id, on=TODAY) == [held]
    assert coordinator.client().get("/courses/invoices/").context["waiting"] == [held]


def test_a_run_free_of_charge_asks_for_nothing(held, seated):
    Run.objects.update(fee_yen=0)
    held.refresh_from_db()
    seated(held, 1)

    assert (billable(held), runs_to_invoice(held.course.college_id, on=TODAY)) == ([], [])


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_with_more_invoices(
    rows, held, seated, firm, coordinator, django_assert_num_queries
):
    for _number in range(rows):
        seated(held, 1)
        issue(held, firm, coordinator)
    browser = coordinator.client()

    with django_assert_num_queries(7):
        browser.get("/courses/invoices/")


@pytest.mark.parametrize("rows", [1, 3])
def test_run_page_takes_the_same_queries_with_more_people(rows, held, seated, coordinator, django_assert_num_queries):
    seated(held, rows)
    browser = coordinator.client()

    with django_assert_num_queries(7):
        browser.get(f"/courses/runs/{held.pk}/invoices/")


# --- what the database holds ---


def test_database_holds_invoice_line_once_in_force(held, seated, firm, coordinator):
    (person,) = seated(held, 1)
    made = issue(held, firm, coordinator)

    with pytest.raises(IntegrityError, match=r"invoice_line_once_in_force|UNIQUE"), transaction.atomic():
        InvoiceLine.objects.create(invoice=made, enrolment=person, yen=1)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("invoice_due_after_issue", {"due_on": TODAY - timedelta(days=400)}),
        ("invoice_paid_with_day", {"paid_on": TODAY}),
        ("invoice_paid_with_day", {"state": "paid"}),
    ],
)
def test_database_refuses(held, seated, firm, coordinator, name, fields):
    seated(held, 1)
    made = issue(held, firm, coordinator)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Invoice.objects.filter(pk=made.pk).update(**fields)
