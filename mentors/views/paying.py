"""Money: one's account and statements; for the ward the month, its closing, and the file for the bank."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.errors import Refused
from firms.rules.calendar import add_months
from firms.web.http import Request, refusing, require
from firms.words.saying import said as _
from mentors.actions.sessions.paying import bytes_of, close_month, give_account, give_payer_account, transfer_of
from mentors.actions.sessions.ruling import rule_on_log
from mentors.forms.sessions import AccountForm, CloseForm, PayerAccountForm, RulingForm
from mentors.models import BankAccount, Statement
from mentors.models.sessions.rulings import Ruling
from mentors.oneself import oneself
from mentors.policies import may_pay
from mentors.queries.sessions import flagged_logs, open_carries, owed, paid_before, unpaid_logs, year_total
from mentors.rules import unverified

SHAPE = "%Y-%m"


@require_safe
def statements(request: Request) -> HttpResponse:
    """A マイスター's own money: each month with its lines, and the sums of the year that the tax office asks for."""
    own = Statement.objects.filter(mentor=request.acting.person)
    rows = own.prefetch_related("lines__log__session__request__host").order_by("-month")
    year = request.acting.today.year
    context = {
        "statements": rows,
        "account": BankAccount.objects.filter(person=request.acting.person).first(),
        "year": year,
        "total": year_total(request.acting.person.pk, year=year),
    }
    return render(request, "mentors/sessions/statements.html", context)


@require_http_methods(["GET", "POST"])
def account(request: Request) -> HttpResponse:
    form = AccountForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            give_account(by=oneself(request.acting), **form.cleaned_data)
            messages.success(request, _("口座を届け出ました。次の振込から、この口座に入ります。"))
            return redirect("mentors:statements")
    context = {
        "title": _("振込先の口座"),
        "lead": _("通帳を見ながら入力してください。"),
        "form": form,
        "submit": _("届け出る"),
        "back": reverse("mentors:statements"),
    }
    return render(request, "firms/form.html", context)


@require_http_methods(["GET", "POST"])
def payer_account(request: Request) -> HttpResponse:
    require(may_pay(request.acting))
    form = PayerAccountForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            assert request.acting.organisation
            give_payer_account(ward=request.acting.organisation, by=request.acting, **form.cleaned_data)
            messages.success(request, _("区の振込元の口座を登録しました。"))
            return redirect("mentors:payments")
    context = {
        "title": _("区の振込元の口座"),
        "lead": _("総合振込のデータの先頭に入ります。"),
        "form": form,
        "submit": _("登録する"),
        "back": reverse("mentors:payments"),
    }
    return render(request, "firms/form.html", context)


def month_asked(request: Request) -> date:
    """?month=2027-01; without it the last month that is over."""
    asked = request.POST.get("month") or request.GET.get("month") or ""
    try:
        return date.fromisoformat(f"{asked}-01") if len(asked) == len("2027-01") else last_month(request)
    except ValueError:
        return last_month(request)


def last_month(request: Request) -> date:
    return add_months(request.acting.today.replace(day=1), -1)


@require_safe
def payments(request: Request) -> HttpResponse:
    require(may_pay(request.acting))
    return render(request, "mentors/sessions/payments.html", page_of_month(request, month_asked(request)))


def page_of_month(request: Request, month: date, form: CloseForm | None = None) -> dict[str, object]:
    ward = request.acting.organisation_id
    logs = list(unpaid_logs(ward, month=month))
    before = paid_before(one.session_id for one in logs)
    closed = list(Statement.objects.visible_to(request.acting).filter(month=month, ward=ward).select_related("mentor"))
    return {
        "month": month,
        "earlier": add_months(month, -1),
        "later": add_months(month, 1),
        "owed": [owed(one, before=before) for one in logs],
        "without_account": sorted(without_account({one.session.mentor_id: str(one.session.mentor) for one in logs})),
        "flagged": flagged_logs(ward),
        "carries": open_carries(ward),
        "year": month.year,
        "unsure": unverified(request.acting.today),
        "statements": closed,
        "total": sum(one.paid_yen for one in closed),
        "pay_days": sorted({one.pay_on for one in closed}),
        "payer": BankAccount.objects.filter(ward=ward).first(),
        "form": form or CloseForm(initial={"month": f"{month:{SHAPE}}", "pay_on": request.acting.today}),
    }


def without_account(people: dict[int, str]) -> list[str]:
    known = set(BankAccount.objects.filter(person__in=people).order_by().values_list("person", flat=True))
    return [name for pk, name in people.items() if pk not in known]


@require_POST
def month_close(request: Request) -> HttpResponse:
    require(may_pay(request.acting))
    month, form = month_asked(request), CloseForm(request.POST)
    if form.is_valid():
        with refusing(form):
            assert request.acting.organisation
            made = close_month(
                request.acting.organisation, month, pay_on=form.cleaned_data["pay_on"], by=request.acting
            )
            messages.success(request, _("%(n)s人の支払明細を作り、本人に知らせました。") % {"n": len(made)})
            return redirect(f"{reverse('mentors:payments')}?month={month:{SHAPE}}")
    return render(request, "mentors/sessions/payments.html", page_of_month(request, month, form))


@require_http_methods(["GET", "POST"])
def log_rule(request: Request, pk: int) -> HttpResponse:
    """A log told of a day without certification: paid or not, with the reason."""
    require(may_pay(request.acting))
    shown = get_object_or_404(flagged_logs(request.acting.organisation_id).filter(ruling=None), pk=pk)
    form = RulingForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            given = form.cleaned_data
            rule_on_log(shown, Ruling(given["choice"]), because=given["because"], by=request.acting)
            messages.success(request, _("判断を記録し、マイスターに知らせました。"))
            return redirect("mentors:payments")
    told = {"standing": shown.get_standing_display(), "session": shown.session, "name": shown.session.mentor.full_name}
    context = {
        "title": _("認定のない日の記録"),
        "lead": _("%(name)sさん　%(session)s　この日の認定は「%(standing)s」でした。") % told,
        "form": form,
        "submit": _("判断を記録する"),
        "back": reverse("mentors:payments"),
    }
    return render(request, "firms/form.html", context)


@require_safe
def transfer(request: Request, day: str) -> HttpResponse:
    """The file of one day of payment, as banks' programs read it."""
    require(may_pay(request.acting))
    try:
        pay_on = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    ward = request.acting.organisation
    assert ward
    due = list(Statement.objects.filter(ward=ward, pay_on=pay_on).select_related("account", "mentor").order_by("pk"))
    if not due:
        raise Http404
    try:
        content = bytes_of(transfer_of(due, ward=ward, pay_on=pay_on))
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("mentors:payments")
    answer = HttpResponse(content, content_type="text/plain")
    answer["Content-Disposition"] = f'attachment; filename="furikomi-{pay_on:%Y%m%d}.txt"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def statement(request: Request, pk: int) -> HttpResponse:
    shown = get_object_or_404(Statement.objects.visible_to(request.acting).select_related("mentor", "account"), pk=pk)
    lines = shown.lines.select_related("log__session__request__host")
    is_own = shown.mentor_id == request.acting.person.pk
    return render(
        request,
        "mentors/sessions/statement.html",
        {
            "statement": shown,
            "lines": lines,
            "carries": shown.carries.all(),
            "is_own": is_own,
        },
    )
