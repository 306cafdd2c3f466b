"""The results of a run: who meets what, the instructor's word, the decision for all, and the table to take home."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.actions.completion.completion import Word, decide_completion, give_words
from courses.forms.completion.completion import PASSED, InstructorWordForm
from courses.models import Enrolment, Run
from courses.papers.results import MEDIA_TYPES, results_csv, results_xlsx
from courses.policies import may_decide_completion, may_give_word, may_see_attendance
from courses.queries.completion.completion import Completion, completions_of, newest_words, seated_in
from courses.states import RunState
from firms.acting import Acting
from firms.errors import Refused
from firms.queries.prepared import PreparedFor
from firms.web.http import Request, attempt, require
from firms.words.saying import said as _


def seen_run(request: Request, pk: int) -> Run:
    run = next(iter(run_seen(request.acting, pk)), None)
    if run is None or not may_see_attendance(request.acting, run):
        raise Http404
    return run


@PreparedFor
def run_seen(acting: Acting, pk: int) -> QuerySet[Run]:
    return Run.objects.visible_to(acting).filter(pk=pk).select_related("course__college")


def rows_for(request: Request, run: Run) -> list[Completion]:
    """The college sees everybody, a firm its own people, a trainee themselves."""
    return completions_of(run, people_seen(request.acting, run.pk), on=request.acting.today)


@PreparedFor
def people_seen(acting: Acting, run: int) -> QuerySet[Enrolment]:
    return seated_in(run).filter(pk__in=Enrolment.objects.visible_to(acting).values("pk"))


@require_safe
def completion(request: Request, pk: int) -> HttpResponse:
    run = seen_run(request, pk)
    rows = rows_for(request, run)
    decides = may_decide_completion(request.acting, run) and run.state != RunState.CANCELLED
    context = {
        "run": run,
        "course": run.course,
        "rows": rows,
        "labels": [one.label for one in rows[0].requirements] if rows else [],
        "counts": {
            "people": len(rows),
            "completed": sum(row.enrolment.state == "completed" for row in rows),
            "not_completed": sum(row.enrolment.state == "not_completed" for row in rows),
            "open": sum(not row.is_decided for row in rows),
        },
        "undecidable": [row for row in rows if not row.is_decidable],
        "overtaken": [row for row in rows if row.is_overtaken],
        "decides": decides,
        "is_own": request.acting.kind != "college",
        "gives_word": run.course.needs_word and may_give_word(request.acting, run) and run.state != RunState.CANCELLED,
    }
    return render(request, "courses/completion/completion.html", context)


@require_POST
def decide(request: Request, pk: int) -> HttpResponse:
    run = seen_run(request, pk)
    require(may_decide_completion(request.acting, run))
    return attempt(
        request,
        lambda: decide_completion(run, by=request.acting),
        done=_("修了の結果を決めました。修了した人には修了証を発行し、本人と企業に知らせました。"),
        back=reverse("courses:completion", args=[run.pk]),
    )


@require_http_methods(["GET", "POST"])
def words(request: Request, pk: int) -> HttpResponse:
    run = seen_run(request, pk)
    require(may_give_word(request.acting, run))
    people = list(seated_in(run))
    newest = newest_words(people)
    data = request.POST if request.method == "POST" else None
    forms = [InstructorWordForm(data, enrolment=one, newest=newest.get(one.pk)) for one in people]
    if data is not None and all(form.is_valid() for form in forms) and save_words(request, run, forms):
        return redirect("courses:completion", pk=run.pk)
    return render(
        request, "courses/completion/completion_words.html", {"run": run, "course": run.course, "forms": forms}
    )


def save_words(request: Request, run: Run, forms: list[InstructorWordForm]) -> bool:
    said = [
        Word(form.enrolment, form.cleaned_data["word"] == PASSED, form.cleaned_data["comment"])
        for form in forms
        if form.cleaned_data["word"]
    ]
    try:
        written = give_words(run, said, by=request.acting)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return False
    done = _("%(n)s人の判定を保存しました。") % {"n": len(written)} if written else _("変更はありません。")
    messages.success(request, done)
    return True


@require_safe
def export(request: Request, pk: int, kind: str) -> HttpResponse:
    """csv for the programmes of Japanese offices (CP932), xlsx with every sign as it is."""
    if kind not in MEDIA_TYPES:
        raise Http404
    run = seen_run(request, pk)
    rows = rows_for(request, run)
    content = results_csv(rows) if kind == "csv" else results_xlsx(rows)
    response = HttpResponse(content, content_type=MEDIA_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="results-{run.code}.{kind}"'
    return response
