"""Pages on which a manual is handed in, approved, published, shared, withdrawn, compared and carried away."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.web.http import Request, attempt, refusing, require
from firms.words.differences import difference
from firms.words.saying import said as _
from mentors.actions.manuals.approving import (
    answer_approval,
    hand_in_manual,
    name_approvers,
    publish_manual,
    put_off_review,
    replace_approver,
    withdraw_manual,
)
from mentors.actions.manuals.sharing import carry_away, end_share, hand_over, share_with, show_to
from mentors.forms.certifying import BecauseForm
from mentors.forms.manuals import ReviewForm
from mentors.forms.manuals.people import (
    ApprovalAnswerForm,
    ApproversForm,
    PersonForm,
    ReplaceForm,
    ShareForm,
    VisibilityForm,
)
from mentors.models import Approval, ManualShare, ManualVersion, SkillManual
from mentors.oneself import oneself
from mentors.papers.labels import labels_pdf
from mentors.papers.pack import pack_of
from mentors.policies import may_answer_approval, may_carry_away
from mentors.queries.manuals import asked_now, has_left, is_down, may_be_approvers, why_not_ready, with_page
from mentors.states import OPEN_VERSIONS, ManualState
from mentors.views.manuals import WITH, manual_url, own_manual, shown_version
from mentors.views.manuals.people import members
from mentors.views.manuals.watching import page_of_version


@require_http_methods(["GET", "POST"])
def manual_approval(request: Request, pk: int) -> HttpResponse:
    """Who approves in which order, how far it is, and the buttons to hand in and to publish."""
    manual = own_manual(request, pk)
    people = may_be_approvers(manual, on=request.acting.today)
    chosen = {f"a{one.number}": str(one.person_id) for one in manual.approvers.all()}
    form = ApproversForm(request.POST or None, people=people, initial=chosen)
    if form.is_valid():
        with refusing(form):
            name_approvers(manual, form.chosen, by=request.acting)
            messages.success(request, _("承認者を決めました。"))
            return redirect("mentors:manual_approval", pk)
    version = manual.versions.open().first() or manual.versions.order_by("-number").first()
    if version is None:
        raise Http404
    version.manual = manual
    asked = asked_now(version) if version.round else []
    context = {
        "manual": manual,
        "version": version,
        "form": form,
        "asked": [(one, has_left(one.approver, manual.firm_id, on=request.acting.today)) for one in asked],
        "not_ready": why_not_ready(version) if version.state in OPEN_VERSIONS else [],
        "current": "approval",
    }
    return render(request, "mentors/manuals/approval.html", context)


@require_POST
def manual_hand_in(request: Request, pk: int) -> HttpResponse:
    manual = own_manual(request, pk)
    done = _("承認に出しました。最初の承認者に知らせました。")
    back = manual_url(pk, "manual_approval")
    return attempt(request, lambda: hand_in_manual(manual, by=request.acting), done=done, back=back)


@require_POST
def manual_publish(request: Request, pk: int) -> HttpResponse:
    manual = own_manual(request, pk)
    done = _("公開しました。")
    back = manual_url(pk, "manual_approval")
    return attempt(request, lambda: publish_manual(manual, by=request.acting), done=done, back=back)


def seen_approval(request: Request, pk: int) -> Approval:
    seen = Approval.objects.visible_to(request.acting).current()
    return get_object_or_404(seen.select_related("version__manual__firm", "approver", "word"), pk=pk)


@require_POST
def approval_answer(request: Request, pk: int) -> HttpResponse:
    asked = seen_approval(request, pk)
    require(may_answer_approval(request.acting, asked))
    form = ApprovalAnswerForm(request.POST)
    by = request.acting if request.acting.organisation_id == asked.version.manual.firm_id else oneself(request.acting)
    if form.is_valid():
        with refusing(form):
            answer_approval(asked, by=by, **form.cleaned_data)
            messages.success(request, _("答えを届けました。"))
            return redirect("mentors:manuals")
    seen = with_page(ManualVersion.objects.visible_to(request.acting), request.acting).select_related(*WITH)
    version = get_object_or_404(seen, pk=asked.version_id)
    return render(request, "mentors/manuals/manual.html", page_of_version(request, version) | {"answer_form": form})


@require_http_methods(["GET", "POST"])
def approval_replace(request: Request, pk: int) -> HttpResponse:
    asked = seen_approval(request, pk)
    manual = own_manual(request, asked.version.manual_id)
    form = ReplaceForm(request.POST or None, people=may_be_approvers(manual, on=request.acting.today))
    if form.is_valid():
        with refusing(form):
            replace_approver(asked, form.chosen, because=form.cleaned_data["because"], by=request.acting)
            messages.success(request, _("承認者を替え、新しい承認者に知らせました。"))
            return redirect("mentors:manual_approval", manual.pk)
    context = {
        "title": _("承認者を替える"),
        "lead": _("%(name)sさんの代わりに承認する人を選んでください。") % {"name": asked.approver.full_name},
        "form": form,
        "submit": _("替える"),
        "back": manual_url(manual.pk, "manual_approval"),
    }
    return render(request, "firms/form.html", context)


@require_http_methods(["GET", "POST"])
def manual_withdraw(request: Request, pk: int) -> HttpResponse:
    manual = own_manual(request, pk)
    form = BecauseForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            withdraw_manual(manual, because=form.cleaned_data["because"], by=request.acting)
            messages.success(request, _("取り下げました。もう誰にも見られません。"))
            return redirect("mentors:manual", pk)
    context = {
        "title": _("マニュアルを取り下げる"),
        "lead": _("公開中の版と書きかけの版を、両方とも取り下げます。"),
        "form": form,
        "submit": _("取り下げる"),
        "back": manual_url(pk),
    }
    return render(request, "firms/form.html", context)


@require_http_methods(["GET", "POST"])
def manual_review(request: Request, pk: int) -> HttpResponse:
    """Looked at, and nothing to change: when next."""
    manual = own_manual(request, pk)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            put_off_review(manual, by=request.acting, **form.cleaned_data)
            messages.success(request, _("次に見直す日を決めました。"))
            return redirect("mentors:manual", pk)
    context = {
        "title": _("見直す日を決める"),
        "lead": _("いまのやり方と同じことを確かめてから、次に見直す日を決めてください。"),
        "form": form,
        "submit": _("決める"),
        "back": manual_url(pk),
    }
    return render(request, "firms/form.html", context)


# --- sharing ---


@require_http_methods(["GET", "POST"])
def manual_sharing(request: Request, pk: int) -> HttpResponse:
    manual = own_manual(request, pk)
    form = VisibilityForm(request.POST or None, initial={"visibility": manual.visibility})
    if form.is_valid():
        with refusing(form):
            show_to(manual, by=request.acting, **form.cleaned_data)
            messages.success(request, _("見られる人を変えました。"))
            return redirect("mentors:manual_sharing", pk)
    return render(request, "mentors/manuals/sharing.html", sharing_page(request, manual, form=form))


def sharing_page(request: Request, manual: SkillManual, **forms_shown: Any) -> dict[str, Any]:
    return {
        "manual": manual,
        "version": manual.versions.order_by("-number").first(),
        "shares": manual.shares.filter(ended_on=None).select_related("firm"),
        "form": VisibilityForm(initial={"visibility": manual.visibility}),
        "share_form": ShareForm(),
        "keeper_form": PersonForm(people=members(manual, request)),
        "current": "sharing",
        **forms_shown,
    }


@require_POST
def share_add(request: Request, pk: int) -> HttpResponse:
    manual = own_manual(request, pk)
    form = ShareForm(request.POST)
    if form.is_valid():
        with refusing(form):
            share_with(manual, number=form.cleaned_data["number"] or "", by=request.acting)
            messages.success(request, _("共有しました。"))
            return redirect("mentors:manual_sharing", pk)
    return render(request, "mentors/manuals/sharing.html", sharing_page(request, manual, share_form=form))


@require_POST
def share_end(request: Request, pk: int, share: int) -> HttpResponse:
    manual = own_manual(request, pk)
    kept = get_object_or_404(ManualShare.objects.select_related("firm", "manual"), pk=share, manual=manual)
    done = _("共有を終えました。")
    back = manual_url(pk, "manual_sharing")
    return attempt(request, lambda: end_share(kept, by=request.acting), done=done, back=back)


@require_POST
def keeper_change(request: Request, pk: int) -> HttpResponse:
    manual = own_manual(request, pk)
    form = PersonForm(request.POST, people=members(manual, request))
    if form.is_valid():
        with refusing(form):
            hand_over(manual, form.chosen, by=request.acting)
            messages.success(request, _("担当者を替えました。"))
            return redirect("mentors:manual", pk)
    return render(request, "mentors/manuals/sharing.html", sharing_page(request, manual, keeper_form=form))


# --- versions, labels, pack ---


@require_safe
def manual_versions(request: Request, pk: int) -> HttpResponse:
    """Each version with what it changed of the one before, word by word."""
    manual = own_manual(request, pk)
    rows = list(manual.versions.prefetch_related("steps", "captions").order_by("number"))
    texts = ["", *(one.text() for one in rows)]
    compared = [(one, difference(texts[n], texts[n + 1]) if n else []) for n, one in enumerate(rows)]
    context = {"manual": manual, "rows": list(reversed(compared)), "version": rows[-1]}
    return render(request, "mentors/manuals/versions.html", context)


@require_safe
def manual_labels(request: Request, pk: int) -> HttpResponse:
    """A page of labels to cut out and stick on the machine: one for each step of what is published."""
    version = shown_version(request, pk)
    if version.state != ManualState.PUBLISHED or not version.steps.exists():
        raise Http404
    content = labels_pdf(version, base=request.build_absolute_uri("/").rstrip("/"))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, f"{version.title}.pdf") or "inline"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def manual_pack(request: Request, pk: int) -> HttpResponseBase:
    """A zip that plays from a stick, sent as it is made."""
    version = shown_version(request, pk)
    require(may_carry_away(request.acting, version))
    if is_down(version):
        raise Http404
    carry_away(version, by=request.acting)
    answer = StreamingHttpResponse(pack_of(version), content_type="application/zip")
    name = content_disposition_header(True, f"{version.title}.zip")
    answer["Content-Disposition"] = name or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer
