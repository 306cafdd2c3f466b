"""The open page behind a link that acts without an account, and the list of those one's organisation gave."""

from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.actions.links import found_link, last_use, revoke_link, usable_link, use_link
from firms.errors import Refused
from firms.forms.links import GuestForm
from firms.links.purposes import purpose_of
from firms.models import ActionLink
from firms.policies import may_revoke_link
from firms.web.http import Request, file_answer, page_of, require, saying_no, unlisted
from firms.words.saying import said as _

# An office behind one address opens some links a minute; somebody who tries addresses opens thousands.
RATES = {"act": "60/m/ip"}


def is_too_often(request: HttpRequest) -> bool:
    """Counted in the cache by the visitor's address, as attempts to sign in are."""
    return consume(request, app="firms", action="act", config=RATES, limit_get=True) is None


def guest_page(template: str, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    """Rendered without the request: no account, no session and no token of one has a part in these pages."""
    text = render_to_string(template, {"settings_demo": settings.DEMO, **context})
    return unlisted(HttpResponse(text, status=status))


def closed(sentence: str, *, status: int = 410) -> HttpResponse:
    return guest_page("firms/guest/closed.html", {"sentence": sentence}, status=status)


def busy() -> HttpResponse:
    sentence = _("短い時間に何度も開かれたため、しばらく止めています。1分ほど待ってから、もう一度開いてください。")
    return closed(sentence, status=429)


@login_not_required
@csrf_exempt  # the right to act stands in the address itself; no cookie of a browser lends it
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, token: str) -> HttpResponse:
    """Shows for whom the link is, what it is about and until when; a POST does it once and leads to the receipt."""
    if is_too_often(request):
        return busy()
    link = found_link(token) if request.method == "POST" else None
    if link is None:
        return shown(token)
    form = purpose_of(link).form(request.POST, request.FILES, link=link)
    if not form.is_valid():
        return shown(token, form)
    given = form.cleaned_data
    try:
        use_link(token, use=given["use"], name=given["name"], position=given["position"], given=form.facts)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return shown(token, form)
    return redirect("firms:acted", token)


def shown(token: str, form: GuestForm | None = None) -> HttpResponse:
    """The page of a link that is good, with what was typed and refused; of any other the sentence why it is not."""
    try:
        link = usable_link(token)
    except Refused as refused:
        return closed(refused.sentence)
    purpose = purpose_of(link)
    form = form or purpose.form(link=link)
    context = {"link": link, "purpose": purpose, "form": form, "token": token, **purpose.shown(link)}
    return guest_page("firms/guest/act.html", context)


@login_not_required
@require_safe
def acted(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt: who did what and when. It stays readable after the link was used up."""
    if is_too_often(request):
        return busy()
    link = found_link(token)
    if link is None or not link.uses:
        return redirect("firms:act", token)
    context = {"link": link, "purpose": purpose_of(link), "last": last_use(link), "token": token}
    return guest_page("firms/guest/acted.html", context)


@login_not_required
@require_safe
def act_file(request: HttpRequest, token: str) -> HttpResponse:
    """The file the link is about, as long as the link is good."""
    if is_too_often(request):
        return busy()
    try:
        link = usable_link(token)
    except Refused as refused:
        return closed(refused.sentence)
    found = purpose_of(link).file(link)
    if found is None:
        raise Http404
    return unlisted(file_answer(found, name=link.subject_label))


@require_safe
def links(request: Request) -> HttpResponse:
    """What was given for one's organisation, the newest first."""
    given = ActionLink.objects.visible_to(request.acting).select_related("given_by")
    return render(request, "firms/links.html", {"page": page_of(given, request), "now": timezone.now()})


@require_POST
def link_revoke(request: Request, pk: int) -> HttpResponse:
    link = get_object_or_404(ActionLink.objects.visible_to(request.acting), pk=pk)
    require(may_revoke_link(request.acting, link))
    with saying_no(request):
        revoke_link(link, by=request.acting)
        messages.success(request, _("リンクを取り消しました。送ったリンクはもう使えません。"))
    return redirect("firms:links")
