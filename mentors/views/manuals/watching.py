"""The list with its search, one manual to watch, its film in pieces, its questions, and who has watched."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST, require_safe

from firms.files import store as files
from firms.film.addresses import policy_for
from firms.film.captions import Cue, as_vtt
from firms.film.chapters import clock
from firms.film.ranges import ranged
from firms.film.stretches import HEARTBEAT
from firms.models import StoredFile
from firms.web.http import Request, page_of, require, row_number, saying_no, searched
from mentors.actions.manuals.watching import answer_questions, right_of, watch_manual
from mentors.forms.manuals.people import ApprovalAnswerForm
from mentors.models import Appearance, ManualVersion, SkillManual, StepMark
from mentors.oneself import oneself
from mentors.policies import (
    may_answer_approval,
    may_carry_away,
    may_list_subsidies,
    may_make_manual,
    may_see_watchers,
    may_write_manual,
)
from mentors.queries.manuals import (
    PAGE,
    asked_now,
    found_in,
    has_left,
    is_down,
    matching,
    passed_by,
    turn_of,
    waiting_approvals,
    watchers_of,
)
from mentors.states import OPEN_VERSIONS, ManualState
from mentors.views.manuals import has_cover, manual_url, shown_page, shown_version

LONGEST = 1_000_000.0
MEDIA = ("film", "captions", "still")


@require_safe
def manuals(request: Request) -> HttpResponse:
    """What one may watch; with words, the seconds at which they are said."""
    words = searched(request)
    context: dict[str, Any] = {
        "words": words,
        "may_make": may_make_manual(request.acting),
        "may_list_subsidies": may_list_subsidies(request.acting),
    }
    if words:
        context |= found_page(request, words)
    else:
        open_ones = ManualVersion.objects.filter(manual=OuterRef("pk"), state__in=OPEN_VERSIONS)
        shown = ManualVersion.objects.filter(manual=OuterRef("pk"), state=ManualState.PUBLISHED)
        seen = SkillManual.objects.visible_to(request.acting).select_related("firm", "keeper")
        rows = seen.annotate(is_written=Exists(open_ones), is_published=Exists(shown)).order_by("-pk")
        context |= {"page": page_of(rows, request), "waiting": waiting_approvals(request.acting)}
        context |= {"asked": unanswered(request)}
    return render(request, "mentors/manuals/manuals.html", context)


def found_page(request: Request, words: str) -> dict[str, Any]:
    """One look through the texts for all that match, then the places in those of one page."""
    seen = matching(ManualVersion.objects.published().visible_to(request.acting), words)
    keys = list(seen.order_by("-published_at", "-pk").values_list("pk", flat=True))
    page = Paginator(keys, PAGE).get_page(request.GET.get("page"))
    rows = ManualVersion.objects.select_related("manual__firm").in_bulk(list(page.object_list))
    return {"found_page": page, "found": found_in([rows[key] for key in page.object_list if key in rows], words)}


def unanswered(request: Request) -> list[Appearance]:
    """Where one is in the picture and has not said whether that is well."""
    mine = Appearance.objects.filter(person=request.person, until_version=None, consents=None)
    return list(mine.select_related("manual__firm"))


@require_safe
def manual(request: Request, pk: int) -> HttpResponse:
    version = shown_page(request, pk)
    link = version.film.link if version.film else ""
    shown = csp_override(policy_for(link))(render) if link else render
    answer: HttpResponse = shown(request, "mentors/manuals/manual.html", page_of_version(request, version))
    return answer


def page_of_version(request: Request, version: ManualVersion) -> dict[str, Any]:
    acting, may_write = request.acting, may_write_manual(request.acting, version.manual)
    asked = asked_now(version) if version.state == ManualState.REVIEWING else []
    steps = list(version.steps.all())
    questions, now = list(version.questions.all()), turn_of(asked)
    return {
        "version": version,
        "manual": version.manual,
        "steps": steps,
        "has_cover": has_cover(version, steps),
        "captions": version.captions.all(),
        "chapters": [(one["at"], clock(one["at"]), one["title"]) for one in version.chapters],
        "drawings": version.drawings.all(),
        "is_down": version.is_taken_down,  # type: ignore[attr-defined]
        "counts": version.state == ManualState.PUBLISHED,
        "starts_at": second_of(request),
        "heartbeat": HEARTBEAT,
        "questions": questions,
        "answer": passed_by(version, request.person) if questions and version.state == ManualState.PUBLISHED else None,
        "may_write": may_write,
        "may_answer": now if now and may_answer_approval(acting, now) else None,
        "answer_form": ApprovalAnswerForm(),
        "may_carry": may_carry_away(acting, version),
        "may_see_watchers": may_see_watchers(acting, version.manual),
        "own_appearance": version.own_appearance,  # type: ignore[attr-defined]
        **(written_about(request, version, asked) if may_write else {}),
    }


def written_about(request: Request, version: ManualVersion, asked: list[Any]) -> dict[str, Any]:
    """What only the writers are told: what is being written of it, and that somebody has left."""
    today, firm = request.acting.today, version.manual.firm_id
    opened: Any = version
    return {
        "left": [one for one in asked if one.said is None and has_left(one.approver, firm, on=today)],
        "keeper_left": not opened.is_kept,
        "open_number": opened.open_number,
        "open_state": ManualState(opened.open_state).label if opened.open_state else "",
        "review_is_due": version.manual.review_on <= today and version.state == ManualState.PUBLISHED,
    }


def second_of(request: Request) -> int:
    """?t=75: where the film begins."""
    return row_number(request.GET.get("t", "")) if len(request.GET.get("t", "")) < 7 else 0


# --- media ---


@require_safe
def manual_media(request: Request, pk: int, number: int, what: str) -> HttpResponseBase:
    """The film in pieces, its captions, its picture. Where a consent was taken back, nothing of it."""
    seen = ManualVersion.objects.visible_to(request.acting).select_related("film__file", "film__still", "manual")
    version = get_object_or_404(seen, manual=pk, number=number)
    if what not in MEDIA:
        raise Http404
    if what == "captions":
        return as_media(HttpResponse(captions_of(version), content_type="text/vtt; charset=utf-8"), "captions.vtt")
    if is_down(version) or version.film is None:
        raise Http404
    stored = {"film": version.film.file, "still": version.film.still or first_still(version)}[what]
    if stored is None:
        raise Http404
    if what == "film":
        return as_media(ranged(stored, request.headers.get("Range", "")), version.film.name)
    return picture(stored)


def first_still(version: ManualVersion) -> StoredFile | None:
    """The cover of a film from which nothing here could take a picture."""
    step = version.steps.exclude(still=None).select_related("still").first()
    return step.still if step else None


@require_safe
def step_still(request: Request, pk: int, number: int, step: int) -> HttpResponseBase:
    version = get_object_or_404(ManualVersion.objects.visible_to(request.acting), manual=pk, number=number)
    shown = get_object_or_404(version.steps.select_related("still").exclude(still=None), pk=step)
    if is_down(version) or shown.still is None:
        raise Http404
    return picture(shown.still)


def picture(stored: StoredFile) -> HttpResponseBase:
    return as_media(HttpResponse(files.read(stored), content_type=stored.media_type), "still")


def captions_of(version: ManualVersion) -> str:
    return as_vtt(Cue(one.starts_ms, one.ends_ms, one.text) for one in version.captions.all())


def as_media(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response.headers["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def step_label(request: Request, code: str) -> HttpResponse:
    """What a label on a machine opens: the step's second in what is published now; a step that is gone, the manual."""
    mark = get_object_or_404(StepMark.objects.select_related("manual"), code=code.upper())
    seen = ManualVersion.objects.visible_to(request.acting).filter(manual=mark.manual_id)
    version = seen.filter(state=ManualState.PUBLISHED).first()
    if version is None:
        if not SkillManual.objects.visible_to(request.acting).filter(pk=mark.manual_id).exists():
            raise Http404
        return render(request, "mentors/manuals/label_gone.html", {"manual": mark.manual}, status=404)
    step = version.steps.filter(mark=mark).first()
    address = manual_url(mark.manual_id)
    return redirect(f"{address}?t={step.at}#step-{step.number}" if step else f"{address}?gone=1")


# --- watched, answered ---


@require_POST
def manual_watched(request: Request, pk: int) -> HttpResponse:
    """The player tells a stretch without leaving the page; of a version that is only being written nothing is kept."""
    version = shown_version(request, pk)
    try:
        start, end = (min(max(float(request.POST.get(name, "")), 0.0), LONGEST) for name in ("start", "end"))
    except ValueError:
        return HttpResponse(status=400)
    if version.state == ManualState.PUBLISHED and start == start and end == end:
        watch_manual(version, start=start, end=end, at=timezone.now(), by=acting_on(request, version))
    return HttpResponse(status=204)


def acting_on(request: Request, version: ManualVersion) -> Any:
    return request.acting if request.acting.organisation else oneself(request.acting)


@require_POST
def manual_answer(request: Request, pk: int) -> HttpResponse:
    version = shown_version(request, pk)
    require(version.state == ManualState.PUBLISHED)
    answers = {one.pk: chosen(request, one.pk) for one in version.questions.all()}
    with saying_no(request):
        answer_questions(version, answers, by=acting_on(request, version))
    return redirect(f"{reverse('mentors:manual_result', args=[pk])}")


def chosen(request: Request, question: int) -> list[int]:
    return sorted({int(value) for value in request.POST.getlist(f"q{question}") if value in {"0", "1", "2", "3"}})


@require_safe
def manual_result(request: Request, pk: int) -> HttpResponse:
    """One's newest answers, with the second of the film where each answer is."""
    version = shown_version(request, pk)
    answer = passed_by(version, request.person)
    given = answer.answers if answer else {}
    rows = [
        (one, given.get(str(one.pk)) == right_of(one.choices), clock(one.at))
        for one in version.questions.all()
        if answer
    ]
    context = {"version": version, "manual": version.manual, "answer": answer, "rows": rows}
    return render(request, "mentors/manuals/result.html", context)


@require_safe
def manual_watchers(request: Request, pk: int) -> HttpResponse:
    version = shown_version(request, pk)
    require(may_see_watchers(request.acting, version.manual))
    of_firm = None if may_write_manual(request.acting, version.manual) else request.acting.organisation_id
    context = {"version": version, "manual": version.manual, "watchers": watchers_of(version, of_firm=of_firm)}
    return render(request, "mentors/manuals/watchers.html", context)
