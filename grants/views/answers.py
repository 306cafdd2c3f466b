"""The questionnaire of the requirements only the firm can state."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from firms.errors import Refused
from firms.web.http import Request, require
from firms.words.saying import said as _
from grants.actions.statements import Said, answer_all, first_day_to_say, is_outlived
from grants.claims.checks import source_of
from grants.facts import edition_of, newest_answers
from grants.forms.cases import AnswerForm
from grants.models import Answer, GrantCase
from grants.policies import may_prepare
from grants.subjects import Declared
from grants.subjects.questions import LOG_RECEIVED
from grants.time.learning import is_online
from grants.views.cases import fetch


@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_prepare(request.acting, case))
    newest = newest_answers(case)
    forms = {declared: form_of(case, declared, newest.get(declared.code), request) for declared in questions(case)}
    validity = {form.is_valid() for form in forms.values()}  # every form is asked, so that each shows its errors
    if request.method == "POST" and validity == {True} and saved(case, forms, request):
        messages.success(request, _("要件の回答を保存しました。"))
        return redirect("grants:case", pk)
    today = request.acting.today
    sources = edition_of(case, on=today).sources
    rows = [
        row_of(case, one, form, newest.get(one.code), source=source_of(one, sources), today=today)
        for one, form in forms.items()
    ]
    parts = [
        {"title": _("計画届の前に確かめること"), "rows": [row for row in rows if row.declared.at_plan]},
        {"title": _("支給申請の前に確かめること"), "rows": [row for row in rows if not row.declared.at_plan]},
    ]
    return render(request, "grants/answers.html", {"case": case, "parts": parts, "has_errors": has_errors(forms)})


def questions(case: GrantCase) -> tuple[Declared, ...]:
    has_log = not is_online(case.run) or case.run.course.units.filter(retired_at=None).exists()
    asked = case.entry.questions
    return asked if has_log else (*asked, LOG_RECEIVED)


@dataclass(frozen=True)
class Row:
    """One question on the page: `first` where it can be answered with 「はい」 only from that day on."""

    declared: Declared
    form: AnswerForm
    last: Answer | None
    first: date | None
    is_outlived: bool
    source: str


def row_of(
    case: GrantCase, declared: Declared, form: AnswerForm, last: Answer | None, *, source: str, today: date
) -> Row:
    first = first_day_to_say(case, declared, today=today)
    return Row(declared, form, last, first, bool(last and is_outlived(case, last)), source)


def form_of(case: GrantCase, declared: Declared, last: Answer | None, request: Request) -> AnswerForm:
    """An answer that no longer counts is asked anew, so that saying the same again is an answer."""
    initial = {"value": Answer.Value.UNKNOWN, "note": last.note if last else ""}
    if last and not is_outlived(case, last):
        initial["value"] = last.value
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return AnswerForm(data, files, prefix=declared.code, initial=initial)


def saved(case: GrantCase, forms: dict[Declared, AnswerForm], request: Request) -> bool:
    """All answers of the page or none of them; untouched questions make no rows."""
    changed = {declared.code: form for declared, form in forms.items() if form.has_changed()}
    given = {
        code: Said(form.cleaned_data["value"], form.cleaned_data["note"], form.cleaned_data["file"])
        for code, form in changed.items()
    }
    try:
        answer_all(case, given, by=request.acting)
    except Refused as refused:
        code, _dash, field = (refused.field or "").partition("-")
        if code in changed:
            changed[code].add_error(field, refused.sentence)
        else:
            messages.error(request, refused.sentence)
        return False
    return True


def has_errors(forms: dict[Declared, AnswerForm]) -> bool:
    return any(form.is_bound and form.errors for form in forms.values())
