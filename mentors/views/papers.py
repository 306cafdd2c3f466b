"""Papers of sessions and money, printed when they are asked for: each is the same from the same frozen facts."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from firms.web.http import Request, require
from firms.words.saying import said as _
from mentors.models import MentoringRequest, SessionLog, Statement
from mentors.papers.money import invoice_paper, statement_paper, year_paper
from mentors.papers.visits import activity_report, host_report
from mentors.policies import may_pay
from mentors.queries.sessions import host_request, statements_of_year
from mentors.states import SessionState
from mentors.views.moving import shown_session


def pdf_answer(content: bytes, *, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=f"{name}.pdf") or ""
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def session_report(request: Request, pk: int) -> HttpResponse:
    """マイスター活動報告書 of the telling that stands."""
    shown = shown_session(request, pk)
    log = get_object_or_404(shown.logs.current().filter(frozen__isnull=False).select_related("frozen"))
    asked = host_request(shown)
    note = shown.because if shown.state == SessionState.STANDS else _("派遣先の確認を待っています。")
    content = activity_report(log.frozen, asked.standing if asked else None, note=note)
    return pdf_answer(content, name=_("活動報告書-%(day)s") % {"day": f"{shown.on:%Y%m%d}"})


@require_safe
def request_report(request: Request, pk: int) -> HttpResponse:
    """実施結果報告書 of the host: every session that was told."""
    shown = get_object_or_404(MentoringRequest.objects.visible_to(request.acting), pk=pk)
    told = SessionLog.objects.current().filter(session__request=shown, frozen__isnull=False)
    logs = list(told.select_related("frozen").order_by("session__starts_at", "pk"))
    if not logs:
        raise Http404
    return pdf_answer(host_report(logs), name=_("実施結果報告書-%(n)s") % {"n": shown.pk})


def shown_statement(request: Request, pk: int) -> Statement:
    seen = Statement.objects.visible_to(request.acting).filter(frozen__isnull=False)
    return get_object_or_404(seen.select_related("frozen"), pk=pk)


@require_safe
def statement_invoice(request: Request, pk: int) -> HttpResponse:
    shown = shown_statement(request, pk)
    return pdf_answer(invoice_paper(shown), name=_("謝金等請求書-%(month)s") % {"month": f"{shown.month:%Y%m}"})


@require_safe
def statement_pdf(request: Request, pk: int) -> HttpResponse:
    shown = shown_statement(request, pk)
    return pdf_answer(statement_paper(shown), name=_("謝金支払明細書-%(month)s") % {"month": f"{shown.month:%Y%m}"})


@require_safe
def own_year(request: Request, year: int) -> HttpResponse:
    """What was paid to oneself in a calendar year."""
    own = list(statements_of_year(year).filter(mentor=request.acting.person))
    return year_answer(request, own, year=year, back="mentors:statements")


@require_safe
def ward_year(request: Request, year: int) -> HttpResponse:
    """The same of everybody the ward has paid, a sheet each."""
    require(may_pay(request.acting))
    paid = list(statements_of_year(year).filter(ward=request.acting.organisation_id))
    return year_answer(request, paid, year=year, back="mentors:payments")


def year_answer(request: Request, statements: list[Statement], *, year: int, back: str) -> HttpResponse:
    if not statements:
        messages.error(request, _("%(year)s年に支払いの日が来たものは、ありません。") % {"year": year})
        return redirect(back)
    return pdf_answer(year_paper(statements, year=year), name=_("支払調書の記載事項-%(year)s") % {"year": year})
