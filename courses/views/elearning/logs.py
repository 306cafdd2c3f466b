"""The learning log of one enrolment and of a whole run: as a page, as CSV, as PDF."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from courses.models import Enrolment, Run
from courses.papers.logs import CODES, CP932, UTF8, log_csv, log_pdf, tries
from courses.policies import may_see_attendance
from courses.queries.elearning.logs import LearningLog, logs_of
from firms.web.http import Request


@require_safe
def learning_log(request: Request, pk: int) -> HttpResponse:
    enrolment = seen(request, pk)
    (log,) = logs_of(enrolment.run, [enrolment], on=request.acting.today)
    context = {
        "enrolment": enrolment,
        "run": enrolment.run,
        "course": enrolment.run.course,
        "log": log,
        "rows": [(one, tries(one)) for one in log.units],
    }
    return render(request, "courses/elearning/log.html", context)


@require_safe
def learning_log_csv(request: Request, pk: int) -> HttpResponse:
    enrolment = seen(request, pk)
    return csv_answer(
        request,
        enrolment.run,
        logs_of(enrolment.run, [enrolment], on=request.acting.today),
        name=f"{enrolment.run.code}-{pk}",
    )


@require_safe
def learning_log_pdf(request: Request, pk: int) -> HttpResponse:
    enrolment = seen(request, pk)
    return pdf_answer(
        request,
        enrolment.run,
        logs_of(enrolment.run, [enrolment], on=request.acting.today),
        name=f"{enrolment.run.code}-{pk}",
    )


def seen(request: Request, pk: int) -> Enrolment:
    """The trainee, the firm that sends them, its office under mandate and the college that teaches; nobody else."""
    found = Enrolment.objects.visible_to(request.acting).accepted().select_related(*WITH)
    return get_object_or_404(found, pk=pk)


WITH = ("person", "run__course__college", "employment__establishment__organisation")


@require_safe
def run_log(request: Request, pk: int) -> HttpResponse:
    run = seen_run(request, pk)
    context = {"run": run, "course": run.course, "logs": run_logs(request, run)}
    return render(request, "courses/elearning/log_run.html", context)


@require_safe
def run_log_csv(request: Request, pk: int) -> HttpResponse:
    run = seen_run(request, pk)
    return csv_answer(request, run, run_logs(request, run), name=run.code)


@require_safe
def run_log_pdf(request: Request, pk: int) -> HttpResponse:
    run = seen_run(request, pk)
    return pdf_answer(request, run, run_logs(request, run), name=run.code)


def seen_run(request: Request, pk: int) -> Run:
    run = get_object_or_404(Run.objects.visible_to(request.acting).select_related("course__college"), pk=pk)
    if not may_see_attendance(request.acting, run):
        raise Http404
    return run


def run_logs(request: Request, run: Run) -> list[LearningLog]:
    """Each sees the people they may see of it: the college all, a firm its own."""
    people = Enrolment.objects.visible_to(request.acting).accepted().filter(run=run).select_related(*WITH)
    found = list(people.order_by("person__family_kana", "person__given_kana", "pk"))
    for one in found:
        one.run = run
    return logs_of(run, found, on=request.acting.today)


def csv_answer(request: Request, run: Run, logs: Sequence[LearningLog], *, name: str) -> HttpResponse:
    code = request.GET.get("code", UTF8)
    content = log_csv(run, logs, code=code if code in CODES else UTF8)
    charset = "Shift_JIS" if code == CP932 else UTF8
    return download(content, f"text/csv; charset={charset}", f"学習ログ_{name}.csv")


def pdf_answer(request: Request, run: Run, logs: Sequence[LearningLog], *, name: str) -> HttpResponse:
    return download(log_pdf(run, logs, on=request.acting.today), "application/pdf", f"学習ログ_{name}.pdf")


def download(content: bytes, content_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
