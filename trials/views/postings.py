"""Postings: a firm's own, and the open ones for agencies."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.web.http import Request, attempt, page_of, refusing, require
from firms.words.saying import said as _
from trials.actions.matching.postings import close_posting, edit_posting, open_posting, write_posting
from trials.forms.matching import PostingForm
from trials.models import Posting
from trials.policies import may_keep_posting, may_post, may_see_placements
from trials.queries.matching import answering_of
from trials.states import PostingState

DRAFT = gettext_lazy(
    "下書きは、事業所・名称・分野だけで保存できます。「公開に必要」の項目は、公開するまでに入力してください。"
)


def seen_posting(request: Request, pk: int) -> Posting:
    rows = Posting.objects.visible_to(request.acting).select_related("establishment__organisation")
    return get_object_or_404(rows, pk=pk)


@require_safe
def postings(request: Request) -> HttpResponse:
    require(may_see_placements(request.acting))
    found = Posting.objects.visible_to(request.acting).select_related("establishment__organisation")
    return render(
        request, "trials/postings.html", {"page": page_of(found, request), "may_post": may_post(request.acting)}
    )


@require_safe
def posting(request: Request, pk: int) -> HttpResponse:
    found = seen_posting(request, pk)
    names = (*PostingForm.Meta.fields[3:15], *PostingForm.Meta.fields[16:])
    rows = [(Posting._meta.get_field(name).verbose_name, getattr(found, name)) for name in names]  # type: ignore[union-attr]
    context = {
        "posting": found,
        "rows": [(label, _("未記入") if value in ("", None) else value) for label, value in rows],
        "keeps": may_keep_posting(request.acting, found),
        "missing": "、".join(found.missing),
        "is_draft": found.state == PostingState.DRAFT,
        "is_open": found.state == PostingState.OPEN,
        "may_show": found.state != PostingState.CLOSED,
        "sights": found.sights.filter(removed_at=None),
        "answering": answering_of(found.establishment.organisation_id),
    }
    return render(request, "trials/posting.html", context)


@require_http_methods(["GET", "POST"])
def posting_new(request: Request) -> HttpResponse:
    require(may_post(request.acting))
    form = PostingForm(request.POST or None, acting=request.acting)
    if form.is_valid():
        with refusing(form):
            written = write_posting(by=request.acting, **form.cleaned_data)
            messages.success(request, _("下書きを保存しました。内容を確かめて公開してください。"))
            return redirect("trials:posting", written.pk)
    return render(
        request,
        "trials/form.html",
        {"form": form, "heading": _("求人を作る"), "lead": DRAFT, "back": "trials:postings"},
    )


@require_http_methods(["GET", "POST"])
def posting_edit(request: Request, pk: int) -> HttpResponse:
    found = seen_posting(request, pk)
    require(may_keep_posting(request.acting, found))
    form = PostingForm(request.POST or None, instance=Posting.objects.get(pk=pk), acting=request.acting)
    if form.is_valid():
        with refusing(form):
            edit_posting(found, by=request.acting, **form.cleaned_data)
            messages.success(request, _("求人を変更しました。"))
            return redirect("trials:posting", pk)
    context = {"form": form, "heading": _("求人を変更"), "lead": DRAFT, "back": "trials:posting", "back_pk": pk}
    return render(request, "trials/form.html", context)


@require_POST
def posting_open(request: Request, pk: int) -> HttpResponse:
    found = seen_posting(request, pk)
    require(may_keep_posting(request.acting, found))
    back = reverse("trials:posting", args=[pk])
    return attempt(request, lambda: open_posting(found, by=request.acting), done=_("求人を公開しました。"), back=back)


@require_POST
def posting_close(request: Request, pk: int) -> HttpResponse:
    found = seen_posting(request, pk)
    require(may_keep_posting(request.acting, found))
    back = reverse("trials:posting", args=[pk])
    return attempt(request, lambda: close_posting(found, by=request.acting), done=_("募集を終えました。"), back=back)
