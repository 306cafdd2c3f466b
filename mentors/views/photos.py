"""Pages of the photographs of a session: adding one, looking at one, taking a consent back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from firms.files import store as files
from firms.web.http import Request, refusing, require
from firms.words.saying import said as _
from mentors.actions.sessions.photos import add_photo, withdraw_consent
from mentors.forms.certifying import BecauseForm
from mentors.forms.photos import PhotoForm
from mentors.models import PhotoPerson, SessionPhoto
from mentors.policies import may_add_photo, may_withdraw_consent
from mentors.views.moving import by_of, session_url, shown_session


@require_http_methods(["GET", "POST"])
def photo_add(request: Request, pk: int) -> HttpResponse:
    shown = shown_session(request, pk)
    require(may_add_photo(request.acting, shown))
    names = [shown.mentor.full_name, *(one.name for one in shown.request.learners.all())]
    form = PhotoForm(request.POST or None, request.FILES or None, names=names)
    if form.is_valid():
        with refusing(form):
            given = form.cleaned_data
            add_photo(shown, given["file"], caption=given["caption"], people=form.people, by=by_of(request, shown))
            messages.success(request, _("写真を加えました。"))
            return redirect(session_url(shown))
    return render(request, "mentors/sessions/photo_form.html", {"session": shown, "form": form})


@require_safe
def photo(request: Request, pk: int) -> HttpResponse:
    """The picture itself; one whose consent was taken back is found by nobody."""
    shown = get_object_or_404(SessionPhoto.objects.visible_to(request.acting).shown().select_related("picture"), pk=pk)
    response = HttpResponse(files.read(shown.picture), content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "POST"])
def consent_withdraw(request: Request, pk: int) -> HttpResponse:
    seen = PhotoPerson.objects.filter(photo__in=SessionPhoto.objects.visible_to(request.acting))
    shown = get_object_or_404(seen.select_related("photo__session__request__host", "photo__session__mentor"), pk=pk)
    session = shown.photo.session
    require(may_withdraw_consent(request.acting, session))
    form = BecauseForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            withdraw_consent(shown, because=form.cleaned_data["because"][:200], by=by_of(request, session))
            messages.success(request, _("同意の取下げを記録しました。この写真は、もう表示されません。"))
            return redirect(session_url(session))
    context = {
        "title": _("写真への同意の取下げ"),
        "lead": _("%(name)sさん（%(photo)s）。写真は、すぐに表示されなくなります。")
        % {"name": shown.name, "photo": shown.photo.caption},
        "form": form,
        "submit": _("取り下げる"),
        "back": reverse("mentors:session", args=[session.pk]),
    }
    return render(request, "firms/form.html", context)
