"""The page on which what was said in a session from afar becomes steps of a draft."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from firms.web.http import Request, refusing, row_number
from firms.words.saying import said as _
from mentors.actions.manuals.clips import clip_remarks
from mentors.forms.manuals.clips import ClipsForm
from mentors.models import ManualVersion, Remark, Session, SkillManual
from mentors.queries.manuals import sessions_to_clip
from mentors.views.manuals import draft_of, own_manual
from mentors.views.manuals.writing import no_draft

SHOWN = 20


@require_http_methods(["GET", "POST"])
def manual_clips(request: Request, pk: int) -> HttpResponse:
    """The newest session first, or the one chosen; what is a step already is not offered again."""
    manual = own_manual(request, pk)
    version = draft_of(manual)
    if version is None:
        return no_draft(request, manual)
    sessions = list(sessions_to_clip(manual)[:SHOWN])
    session = chosen_of(request, sessions)
    form = ClipsForm(request.POST or None, remarks=left(version, session))
    if session and form.is_valid():
        with refusing(form):
            return clipped(request, manual, session, form)
    context = {"manual": manual, "version": version, "sessions": sessions, "session": session, "form": form}
    return render(request, "mentors/manuals/clips.html", {**context, "current": "steps"})


def clipped(request: Request, manual: SkillManual, session: Session, form: ClipsForm) -> HttpResponse:
    made = clip_remarks(manual, session, form.chosen, starts_at=form.cleaned_data["starts_at"], by=request.acting)
    messages.success(request, _("%(n)s個の手順を加えました。名前と順番を確かめてください。") % {"n": len(made)})
    return redirect("mentors:manual_steps", manual.pk)


def chosen_of(request: Request, sessions: list[Session]) -> Session | None:
    asked = row_number(request.GET.get("session", "") or request.POST.get("session", ""))
    first = sessions[0] if sessions else None
    return next((one for one in sessions if one.pk == asked), first)


def left(version: ManualVersion, session: Session | None) -> list[Remark]:
    if session is None:
        return []
    return list(session.remarks.exclude(pk__in=version.steps.filter(remark__isnull=False).values("remark")))
