"""A change to a listed course: asked for by the college, looked at as a difference, decided by the ward."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.actions.catalogue.revisions import accept_revision, propose_revision, return_revision, take_back_revision
from courses.forms.catalogue.offering import CourseForm, RevisionReasonForm
from courses.models import Course, CourseRevision
from courses.policies import may_decide_revision, may_revise_course, may_take_back_revision
from courses.queries.catalogue.differences import fingerprint, lines_of, wanted_facts
from courses.states import RevisionState
from firms.web.http import Request, attempt, refusing, require
from firms.words.saying import said as _


@require_http_methods(["GET", "POST"])
def course_revise(request: Request, pk: int) -> HttpResponse:
    """The course's own form; what was changed in it becomes the revision."""
    course = get_object_or_404(Course.objects.offered_by(request.acting), pk=pk)
    require(may_revise_course(request.acting, course))
    form = CourseForm(request.POST or None, instance=Course.objects.get(pk=pk), initial=returned_facts(course))
    if form.is_valid():
        with refusing(form):
            revision = propose_revision(course, form.facts(), by=request.acting)
            return redirect("courses:revision", pk=revision.pk)
    waiting = CourseRevision.objects.waiting().filter(course=course).first()
    context = {"form": form, "course": course, "college_form": None, "is_revision": True, "waiting": waiting}
    return render(request, "courses/catalogue/course_form.html", context)


def returned_facts(course: Course) -> dict[str, Any]:
    """What the ward returned last, so that nobody writes it twice."""
    last = CourseRevision.objects.filter(course=course).first()
    return wanted_facts(last) if last and last.state == RevisionState.RETURNED else {}


@require_safe
def revision(request: Request, pk: int) -> HttpResponse:
    revision = fetched(request, pk)
    return render(request, "courses/catalogue/revision.html", page_of(request, revision, RevisionReasonForm()))


def fetched(request: Request, pk: int) -> CourseRevision:
    seen = CourseRevision.objects.visible_to(request.acting)
    return get_object_or_404(seen.select_related("course__college", "proposed_by", "decided_by"), pk=pk)


def page_of(request: Request, revision: CourseRevision, form: RevisionReasonForm) -> dict[str, object]:
    lines = lines_of(revision)
    is_open = revision.state == RevisionState.OPEN
    return {
        "revision": revision,
        "course": revision.course,
        "lines": lines,
        "has_moved": any(line.has_moved for line in lines),
        "seen": fingerprint(lines),
        "form": form,
        "may": {
            "decide": is_open and may_decide_revision(request.acting),
            "take_back": is_open and may_take_back_revision(request.acting, revision),
            "revise": revision.state == RevisionState.RETURNED and may_revise_course(request.acting, revision.course),
        },
    }


@require_POST
def revision_accept(request: Request, pk: int) -> HttpResponse:
    revision = fetched(request, pk)
    require(may_decide_revision(request.acting))
    seen = request.POST.get("seen", "")
    done = _("反映しました。掲載中の内容が新しくなりました。")
    back = reverse("courses:revision", args=[pk])
    return attempt(request, lambda: accept_revision(revision, seen=seen, by=request.acting), done=done, back=back)


@require_POST
def revision_return(request: Request, pk: int) -> HttpResponse:
    """Refused, the page comes back with what was written."""
    revision = fetched(request, pk)
    require(may_decide_revision(request.acting))
    form = RevisionReasonForm(request.POST)
    if form.is_valid():
        with refusing(form):
            return_revision(revision, reason=form.cleaned_data["reason"], by=request.acting)
            return redirect("courses:revision", pk=pk)
    return render(request, "courses/catalogue/revision.html", page_of(request, revision, form))


@require_POST
def revision_take_back(request: Request, pk: int) -> HttpResponse:
    revision = fetched(request, pk)
    require(may_take_back_revision(request.acting, revision))
    done = _("申請を取り下げました。掲載中の内容はそのままです。")
    back = reverse("courses:course", args=[revision.course_id])
    return attempt(request, lambda: take_back_revision(revision, by=request.acting), done=done, back=back)
