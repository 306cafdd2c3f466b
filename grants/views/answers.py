"""The questionnaire of the requirements only the firm can state."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from firms.errors import Refused
from firms.http import Request, require
from grants.actions.statements import Said, answer_all
from grants.checks import DECLARED, Declared
from grants.facts import newest_answers
from grants.forms import AnswerForm
from grants.models import Answer, GrantCase
from grants.policies import may_prepare
from grants.views.cases import fetch


@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: Request, pk: int) -> HttpResponse:
    case = fetch(request, pk)
    require(may_prepare(request.acting, case))
    newest = newest_answers(case)
    forms = {declared: form_of(declared, newest.get(declared.code), request) for declared in DECLARED}
    validity = {form.is_valid() for form in forms.values()}  # every form is asked, so that each shows its errors
    if request.method == "POST" and validity == {True} and saved(case, forms, request):
        messages.success(request, _("要件の回答を保存しました。"))
        return redirect("grants:case", pk)
    rows = [(one, form, newest.get(one.code)) for one, form in forms.items()]
    parts = [
        {"title": _("計画届の前に確かめること"), "rows": [row for row in rows if row[0].at_plan]},
        {"title": _("支給申請の前に確かめること"), "rows": [row for row in rows if not row[0].at_plan]},
    ]
    return render(request, "grants/answers.html", {"case": case, "parts": parts, "has_errors": has_errors(forms)})


def form_of(declared: Declared, last: Answer | None, request: Request) -> AnswerForm:
    initial = {"value": last.value, "note": last.note} if last else {"value": Answer.Value.UNKNOWN}
    posted: dict[str, Any] = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    return AnswerForm(prefix=declared.code, initial=initial, **posted)


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
