"""What the ward says to everybody, and the page on which it writes that."""

from pathlib import Path

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from firms.actions.site_texts import write_text
from firms.forms.site_texts import SiteTextForm
from firms.models import SiteText, TextKind
from firms.policies import may_list_organisations
from firms.web.http import Request, refusing, require
from firms.words.saying import said as _


def kind_or_404(text: str) -> TextKind:
    if text not in TextKind.values:
        raise Http404
    return TextKind(text)


DRAFTS = Path(__file__).parent.parent / "words" / "drafts"


def draft_of(kind: TextKind) -> str:
    """What a ward begins with where a guide says what the text has to tell; its own facts stand in ［brackets］."""
    draft = DRAFTS / f"{kind}.txt"
    return draft.read_text(encoding="utf-8") if draft.exists() else ""


@login_not_required
@require_safe
def site_text(request: HttpRequest, kind: str) -> HttpResponse:
    wanted = kind_or_404(kind)
    acting = getattr(request, "acting", None)
    context = {
        "kind": wanted,
        "text": SiteText.objects.filter(kind=wanted).first(),
        "may_write": acting is not None and may_list_organisations(acting),
    }
    return render(request, "firms/site_text.html", context)


@require_http_methods(["GET", "POST"])
def site_text_edit(request: Request, kind: str) -> HttpResponse:
    require(may_list_organisations(request.acting))
    wanted = kind_or_404(kind)
    held = SiteText.objects.filter(kind=wanted).first()
    form = SiteTextForm(request.POST or None, initial={"body": held.body if held else draft_of(wanted)})
    if form.is_valid():
        with refusing(form):
            write_text(wanted, form.cleaned_data["body"], by=request.acting)
            messages.success(request, _("文章を公開しました。"))
            return redirect("firms:site_text", wanted)
    return render(
        request,
        "firms/form.html",
        {
            "title": _("「%(kind)s」の文章") % {"kind": wanted.label},
            "lead": _("保存すると、ログインしていない人にも見えます。"),
            "form": form,
            "submit": _("公開する"),
            "back": reverse("firms:site_text", args=[wanted]),
        },
    )
