"""The paper of an invoice, as 適格請求書 where the college is registered (消費税法57条の4第1項)."""

from datetime import date
from typing import Any

from courses.models import Invoice
from courses.states import InvoiceState
from firms.papers.press import render


def invoice_paper(invoice: Invoice) -> bytes:
    return render("courses/papers/invoice.html", context_of(invoice))


def context_of(invoice: Invoice) -> dict[str, Any]:
    facts = invoice.lifted
    is_qualified = bool(facts["issuer"]["registration_number"])
    return {
        "facts": facts,
        "number": invoice.number,
        "issued_on": invoice.issued_on,
        "due_on": invoice.due_on,
        "total_yen": invoice.total_yen,
        "is_cancelled": invoice.state == InvoiceState.CANCELLED,
        "title": "請求書（適格請求書）" if is_qualified else "請求書",
        "is_qualified": is_qualified,
        "first_on": day(facts["first_on"]),
        "last_on": day(facts["last_on"]),
        "foot": f"請求書番号 {invoice.number}",
    }


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
