"""How one wants to hear, and how many notices leave in a week."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from firms.actions.letters import write_wishes
from firms.forms.letters import LetterWishesForm
from firms.policies import may_see_letter_volumes
from firms.post.notify import wishes_of
from firms.post.volume import WEEKS_BEFORE, volumes
from firms.web.http import Request, refusing, require
from firms.words.saying import said as _


@require_http_methods(["GET", "POST"])
def letter_wishes(request: Request) -> HttpResponse:
    form = LetterWishesForm(request.POST or None, wishes=wishes_of(request.person))
    if form.is_valid():
        hours = {name: form.cleaned_data[name] for name in ("quiet_from", "quiet_until")}
        with refusing(form):
            write_wishes(form.ways, **hours, by=request.acting)
            messages.success(request, _("お知らせの受け取り方を変えました。"))
            return redirect("firms:letter_wishes")
    return render(
        request,
        "firms/form.html",
        {
            "title": _("お知らせの受け取り方"),
            "lead": _(
                "今日が期限のものと、ログインと安全のお知らせは、いつでもすぐにメールで届きます。画面のお知らせには、すべて出ます。"
            ),
            "form": form,
            "submit": _("保存する"),
            "back": reverse("firms:notifications"),
        },
    )


@require_safe
def letter_volumes(request: Request) -> HttpResponse:
    """Counts alone: whom they went to is nobody's business here."""
    require(may_see_letter_volumes(request.acting))
    names = [_("%(weeks)s週前") % {"weeks": weeks} for weeks in range(WEEKS_BEFORE, 0, -1)] + [_("この7日間")]
    rows = [(volume, list(zip(names, volume.weeks, strict=True))) for volume in volumes(now=timezone.now())]
    return render(request, "firms/letter_volumes.html", {"names": names, "rows": rows})
