"""The second factor on another phone, and without one for who has lost it; the rest of an account is allauth's."""

import base64

from allauth.account.adapter import get_adapter as account_adapter
from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import clear_totp_secret
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from firms.actions.second_factors import replace_totp, reset_second_factor
from firms.forms.accounts import SecondFactorResetForm
from firms.policies import may_reset_second_factor
from firms.web.http import Request, refusing, require
from firms.words.saying import said as _


@never_cache
@reauthentication_required(app="allauth.mfa")
@require_http_methods(["GET", "POST"])
def second_factor_replace(request: Request) -> HttpResponse:
    """The old phone opens the site until the new one has shown its first code."""
    if not Authenticator.objects.filter(user=request.person, type=Authenticator.Type.TOTP).exists():
        return redirect("mfa_activate_totp")
    form = ActivateTOTPForm(request.POST or None, user=request.person)
    if form.is_valid():
        replace_totp(request.person, form.secret, by=request.acting)
        clear_totp_secret(request)
        account_adapter(request).send_notification_mail("mfa/email/totp_activated", request.person)
        messages.success(request, _("認証アプリを登録し直しました。前のスマートフォンと回復コードは使えません。"))
        return redirect("mfa_view_recovery_codes")
    picture = get_adapter().build_totp_svg(get_adapter().build_totp_url(request.person, form.secret))
    encoded = base64.b64encode(picture.encode()).decode()
    context = {"form": form, "totp_svg_data_uri": f"data:image/svg+xml;base64,{encoded}"}
    return render(request, "firms/second_factor_replace.html", context)


@require_http_methods(["GET", "POST"])
def second_factor_reset(request: Request) -> HttpResponse:
    require(may_reset_second_factor(request.acting))
    form = SecondFactorResetForm(request.POST or None, initial={"email": request.GET.get("email", "")})
    if form.is_valid():
        with refusing(form):
            person = reset_second_factor(by=request.acting, **form.cleaned_data)
            messages.success(
                request, _("%(name)sさんの二段階認証を解除し、本人に知らせました。") % {"name": person.full_name}
            )
            return redirect("firms:second_factor_reset")
    return render(
        request,
        "firms/form.html",
        {
            "title": _("二段階認証の解除"),
            "lead": _(
                "スマートフォンも回復コードもなくした人を、パスワードだけでログインできるようにします。電話などで本人と確かめてから行ってください。"
            ),
            "form": form,
            "submit": _("解除する"),
            "back": reverse("home"),
        },
    )
