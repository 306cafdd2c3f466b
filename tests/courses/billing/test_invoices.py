"""Invoices: who stands on them, what they sum to, and what the paper says."""

from datetime import date, timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from courses.actions.billing.invoices import cancel_invoice, issue_invoice, mark_paid
from courses.billing import InvoiceItem, RateSum, sums_by_rate
from courses.models import Course, Invoice, Run
from courses.papers.invoice import invoice_paper
from courses.queries.billing.invoices import billable, fiscal_year
from courses.states import EnrolmentState, InvoiceState, RunState
from firms.errors import Refused
from firms.models import JournalEntry, Notification, Organisation

TODAY = localdate()
LATER = TODAY + timedelta(days=40)


@pytest.fixture
def college(college):
    college.invoice_number = "T7000000000017"
    college.bank_account = "架空銀行 大森支店 普通 1234567 トウトコウカカレッジ"
    college.save()
    return college


def issue(run, firm, coordinator, **fields):
    return issue_invoice(run, firm, due_on=LATER, by=coordinator.acting(TODAY), **fields)


# --- the reckoning ---


def test_tax_is_rounded_down_once_for_each_rate():
    items = [InvoiceItem("a", 333, 10), InvoiceItem("b", 333, 10), InvoiceItem("c", 333, 10), InvoiceItem("d", 500, 0)]

    assert [(one.tax_percent, one.total_yen, one.tax_yen) for one in sums_by_rate(items)] == [
        (10, 999, 90),
        (0, 500, 0),
    ]


@given(st.lists(st.tuples(st.integers(0, 500_000), st.sampled_from([0, 8, 10])), max_size=40))
def test_rates_add_up_to_the_lines_and_tax_never_exceeds_its_share(lines):
    items = [InvoiceItem("", yen, rate) for yen, rate in lines]

    found = sums_by_rate(items)

    assert sum(one.total_yen for one in found) == sum(yen for yen, _rate in lines)
    assert all(one.tax_yen * (100 + one.tax_percent) <= one.total_yen * one.tax_percent for one in found)
    assert sums_by_rate(reversed(items)) == found


def test_a_rate_of_ten_percent_inside_22000_yen_is_2000_yen():
    assert RateSum(10, 22_000).tax_yen == 2_000


@pytest.mark.parametrize(
    ("day", "year"), [(date(2027, 3, 31), 2026), (date(2027, 4, 1), 2027), (date(2027, 1, 1), 2026)]
)
def test_fiscal_year_begins_in_april(day, year):
    assert fiscal_year(day) == year


# --- issuing ---


def test_invoice_takes_everybody_of_the_firm_who_stands_on_none(held, seated, firm, coordinator):
    seated(held, 2)
    seated(held, 1, state=EnrolmentState.CANCELLED)
    seated(held, 1, state=EnrolmentState.COMPLETED)

    made = issue(held, firm, coordinator)

    assert (made.total_yen, made.lines.count()) == (held.fee_yen * 3, 3)
    assert made.facts["rates"] == [
        {"tax_percent": 10, "total_yen": held.fee_yen * 3, "tax_yen": held.fee_yen * 3 * 10 // 110}
    ]
    assert made.facts["issuer"]["registration_number"] == "T7000000000017"
    assert billable(held) == []


def test_textbook_not_in_the_fee_is_a_line_of_its_own(held, seated, firm, coordinator):
    Course.objects.update(textbook_yen=1_650)
    held.refresh_from_db()
    seated(held, 1)

    made = issue(held, firm, coordinator)

    assert [line["yen"] for line in made.facts["lines"]] == [held.fee_yen, 1_650]
    assert (made.total_yen, made.lines.get().yen) == (held.fee_yen + 1_650, held.fee_yen + 1_650)


def test_numbers_count_within_college_and_fiscal_year_and_are_never_given_again(held, seated, firm, coordinator):
    seated(held, 1)
    first = issue(held, firm, coordinator)
    cancel_invoice(first, reason="宛名の誤り", by=coordinator.acting(TODAY))

    second = issue(held, firm, coordinator)

    prefix = f"{held.course.college_id}-{fiscal_year(TODAY)}-"
    assert [first.number, second.number] == [f"{prefix}0001", f"{prefix}0002"]


def test_a_second_click_finds_nobody_left(held, seated, firm, coordinator):
    seated(held, 1)
    issue(held, firm, coordinator)

    with pytest.raises(Refused, match="まだ請求していない受講者がいません"):
        issue(held, firm, coordinator)

    assert Invoice.objects.count() == 1


def test_who_joins_later_comes_on_an_invoice_of_their_own(held, seated, firm, coordinator):
    seated(held, 1)
    issue(held, firm, coordinator)
    seated(held, 1)

    assert issue(held, firm, coordinator).lines.count() == 1


def test_another_firm_stands_on_another_invoice(held, seated, firm, stranger, coordinator):
    seated(held, 1)

    with pytest.raises(Refused, match="まだ請求していない受講者がいません"):
        issue(held, stranger.organisation, coordinator)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [(RunState.CANCELLED, "中止した開講の受講料は請求できません"), (RunState.PREPARING, "募集を始めていない開講です")],
)
def test_a_run_that_is_not_held_is_not_invoiced(held, seated, firm, coordinator, state, sentence):
    seated(held, 1)
    Run.objects.update(state=state)

    with pytest.raises(Refused, match=sentence):
        issue(held, firm, coordinator)


def test_a_due_day_in_the_past_is_refused(held, seated, firm, coordinator):
    seated(held, 1)

    with pytest.raises(Refused, match="今日以降") as refusal:
        issue_invoice(held, firm, due_on=TODAY - timedelta(days=1), by=coordinator.acting(TODAY))

    assert refusal.value.field == "due_on"


def test_managers_are_told_and_both_journals_say_it(held, seated, firm, manager, coordinator):
    seated(held, 1)

    made = issue(held, firm, coordinator)

    told = Notification.objects.get(person=manager.person)
    assert (told.path, f"{made.total_yen:,}円" in told.body) == (f"/courses/invoices/{made.pk}/", True)
    entries = JournalEntry.objects.filter(verb="invoice.issue")
    assert {entry.concerns_id for entry in entries} == {firm.pk, held.course.college_id}


def test_what_was_asked_stays_when_course_and_firm_change(held, seated, firm, coordinator):
    seated(held, 1)
    made = issue(held, firm, coordinator)
    name = firm.name
    Organisation.objects.filter(pk=firm.pk).update(name="（架空）改名製作所")
    Course.objects.update(title="別の講座")

    made.refresh_from_db()
    text = read(invoice_paper(made))

    assert (name in text, "改名製作所" in text, "別の講座" in text) == (True, False, False)


# --- paid and cancelled ---


def test_payment_is_recorded_once(held, seated, firm, coordinator):
    seated(held, 1)
    made = issue(held, firm, coordinator)

    mark_paid(made, paid_on=TODAY, by=coordinator.acting(TODAY))
    mark_paid(made, paid_on=TODAY, by=coordinator.acting(TODAY))

    made.refresh_from_db()
    assert (made.state, made.paid_on) == (InvoiceState.PAID, TODAY)
    assert JournalEntry.objects.filter(verb="invoice.pay").count() == 1


@pytest.mark.parametrize("days", [-1, 1])
def test_payment_before_the_invoice_or_tomorrow_is_refused(held, seated, firm, coordinator, days):
    seated(held, 1)
    made = issue(held, firm, coordinator)

    with pytest.raises(Refused, match="発行日から今日まで"):
        mark_paid(made, paid_on=TODAY + timedelta(days=days), by=coordinator.acting(TODAY))


def test_cancelling_frees_the_people_and_tells_the_firm(held, seated, firm, manager, coordinator):
    seated(held, 2)
    made = issue(held, firm, coordinator)

    cancel_invoice(made, reason="人数の誤り", by=coordinator.acting(TODAY))
    cancel_invoice(made, reason="人数の誤り", by=coordinator.acting(TODAY))

    made.refresh_from_db()
    assert (made.state, [len(one.enrolments) for one in billable(held)]) == (InvoiceState.CANCELLED, [2])
    assert Notification.objects.filter(person=manager.person, body__contains="人数の誤り").count() == 1


def test_a_paid_invoice_is_not_cancelled(held, seated, firm, coordinator):
    seated(held, 1)
    made = issue(held, firm, coordinator)
    mark_paid(made, paid_on=TODAY, by=coordinator.acting(TODAY))

    with pytest.raises(Refused, match="の状態からは行えません"):
        cancel_invoice(made, reason="誤り", by=coordinator.acting(TODAY))


def test_cancelling_asks_for_a_reason(held, seated, firm, coordinator):
    seated(held, 1)
    made = issue(held, firm, coordinator)

    with pytest.raises(Refused, match="取り消す理由"):
        cancel_invoice(made, reason=" ", by=coordinator.acting(TODAY))


# --- the paper ---


def read(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", "")


def test_paper_has_every_item_of_a_qualified_invoice(held, seated, firm, coordinator):
    (person,) = seated(held, 1)

    text = read(invoice_paper(issue(held, firm, coordinator)))

    wanted = [
        firm.name,
        held.course.college.name,
        "T7000000000017",
        "10%対象",
        f"{held.fee_yen:,}円",
        f"{held.fee_yen * 10 // 110:,}円",
        person.person.full_name,
        "取引年月日",
    ]
    assert [word for word in wanted if word.replace(" ", "") not in text.replace(" ", "")] == []


def test_paper_without_a_number_says_that_it_is_no_qualified_invoice(held, seated, firm, coordinator):
    Organisation.objects.filter(pk=held.course.college_id).update(invoice_number="")
    seated(held, 1)

    text = read(invoice_paper(issue(held, firm, coordinator)))

    assert ("適格請求書ではありません" in text, "登録番号　" in text) == (True, False)


def test_exempt_fees_carry_no_tax(held, seated, firm, coordinator):
    Course.objects.update(tax_percent=0)
    held.refresh_from_db()
    seated(held, 1)

    made = issue(held, firm, coordinator)

    assert made.facts["rates"] == [{"tax_percent": 0, "total_yen": held.fee_yen, "tax_yen": 0}]
    assert "非課税" in read(invoice_paper(made))


def test_a_cancelled_paper_says_so_and_equal_data_give_equal_bytes(held, seated, firm, coordinator):
    seated(held, 1)
    made = issue(held, firm, coordinator)
    before = invoice_paper(made)
    assert invoice_paper(made) == before

    cancel_invoice(made, reason="誤り", by=coordinator.acting(TODAY))
    made.refresh_from_db()

    assert "支払いには使えません" in read(invoice_paper(made))
