"""Pages about people around a manual: in the picture and their consent, and drawings of third parties."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from firms.models import Membership, Person
from firms.web.http import Request, attempt, refusing, require
from firms.words.saying import said as _
from mentors.actions.manuals.people import (
    agree,
    ask_consent,
    consent_text,
    cut_out,
    name_appearance,
    say_nobody,
    take_back,
)
from mentors.actions.manuals.writing import mark_drawing, unmark_drawing
from mentors.forms.manuals.people import AppearanceForm, DrawingForm, ReachForm, TakeBackForm
from mentors.models import Appearance, Drawing, ManualVersion, SkillManual
from mentors.models.manuals.manuals import COVERED_BY, Visibility
from mentors.models.manuals.people import Way
from mentors.oneself import oneself
from mentors.policies import may_agree_picture
from mentors.queries.manuals import missing_consents
from mentors.views.manuals import draft_of, manual_url, own_manual


def newest_version(manual: SkillManual) -> ManualVersion:
    """The draft, or what is newest."""
    version = draft_of(manual) or manual.versions.order_by("-number").first()
    assert version
    version.manual = manual
    return version


def members(manual: SkillManual, request: Request) -> list[Person]:
    at_work = Membership.objects.on(request.acting.today).filter(organisation=manual.firm_id)
    found = Person.objects.filter(pk__in=at_work.order_by().values("person"), is_active=True)
    return list(found.order_by("family_kana", "given_kana", "pk"))


@require_http_methods(["GET", "POST"])
def manual_people(request: Request, pk: int) -> HttpResponse:
    manual = own_manual(request, pk)
    form = AppearanceForm(request.POST or None, people=members(manual, request))
    if form.is_valid():
        with refusing(form):
            name_appearance(manual, by=request.acting, **form.cleaned_data)
            messages.success(request, _("写っている人を挙げました。"))
            return redirect("mentors:manual_people", pk)
    return render(request, "mentors/manuals/people.html", people_page(request, manual, form=form))


def people_page(request: Request, manual: SkillManual, **forms_shown: Any) -> dict[str, Any]:
    version = newest_version(manual)
    missing = set(missing_consents(version).values_list("pk", flat=True))
    rows = Appearance.objects.in_version(version).prefetch_related("consents__end")
    return {
        "manual": manual,
        "version": version,
        "rows": [
            (one, one.pk not in missing, [each for each in one.consents.all() if not hasattr(each, "end")])
            for one in rows
        ],
        "drawings": version.drawings.all(),
        "drawing_form": DrawingForm(),
        "form": AppearanceForm(people=members(manual, request)),
        "back_form": TakeBackForm(),
        "current": "people",
        **forms_shown,
    }


@require_POST
def manual_nobody(request: Request, pk: int) -> HttpResponse:
    manual = own_manual(request, pk)
    done = _("人は写っていないと記録しました。")
    back = manual_url(pk, "manual_people")
    return attempt(request, lambda: say_nobody(manual, by=request.acting), done=done, back=back)


@require_POST
def appearance_act(request: Request, pk: int, verb: str) -> HttpResponse:
    """What the keepers do about somebody in the picture; `back` is at that person's wish."""
    shown = get_object_or_404(Appearance.objects.visible_to(request.acting).select_related("manual__firm"), pk=pk)
    shown.manual = own_manual(request, shown.manual_id)
    reach, form = shown.manual.visibility, TakeBackForm(request.POST)
    because = form.cleaned_data["because"] if form.is_valid() else ""
    acts = {
        "ask": (lambda: ask_consent(shown, by=request.acting), _("同意をお願いするメールを送りました。")),
        "paper": (
            lambda: agree(shown, shown_to=reach, way=Way.PAPER, by=request.acting),
            _("署名した紙で同意を受けたと記録しました。"),
        ),
        "cut": (lambda: cut_out(shown, by=request.acting), _("この版には写っていないことにしました。")),
        "back": (
            lambda: take_back(shown, because=because, by=request.acting),
            _("同意の取りやめを記録し、動画を止めました。"),
        ),
    }
    if verb not in acts:
        raise Http404
    act, done = acts[verb]
    return attempt(request, act, done=done, back=manual_url(shown.manual_id, "manual_people"))


@require_http_methods(["GET", "POST"])
def appearance(request: Request, pk: int) -> HttpResponse:
    """Who is in the picture agrees for themselves, and takes it back, here."""
    shown = get_object_or_404(Appearance.objects.visible_to(request.acting).select_related("manual__firm"), pk=pk)
    require(may_agree_picture(request.acting, shown))
    form = ReachForm(request.POST if "shown_to" in request.POST else None, appearance=shown)
    if form.is_valid():
        with refusing(form):
            agree(shown, shown_to=form.cleaned_data["shown_to"], way=Way.PAGE, by=oneself(request.acting))
            messages.success(request, _("同意しました。いつでも取りやめられます。"))
            return redirect("mentors:appearance", pk)
    consents = [one for one in shown.consents.select_related("end") if not hasattr(one, "end")]
    context = {
        "appearance": shown,
        "form": form,
        "consents": consents,
        "back_form": TakeBackForm(),
        "texts": [consent_text(shown, one) for one in COVERED_BY[Visibility(shown.manual.visibility)]],
    }
    return render(request, "mentors/manuals/appearance.html", context)


@require_POST
def appearance_back(request: Request, pk: int) -> HttpResponse:
    shown = get_object_or_404(Appearance.objects.visible_to(request.acting).select_related("manual__firm"), pk=pk)
    require(may_agree_picture(request.acting, shown))
    done = _("同意を取りやめました。動画は、もう誰にも見られません。")
    form = TakeBackForm(request.POST)
    because = form.cleaned_data["because"] if form.is_valid() else ""
    back = manual_url(pk, "appearance")
    return attempt(request, lambda: take_back(shown, because=because, by=oneself(request.acting)), done=done, back=back)


# --- drawings ---


@require_POST
def drawing_add(request: Request, pk: int) -> HttpResponse:
    manual = own_manual(request, pk)
    form = DrawingForm(request.POST)
    if form.is_valid():
        with refusing(form):
            mark_drawing(manual, by=request.acting, **form.cleaned_data)
            messages.success(request, _("第三者の図面に印を付けました。"))
            return redirect("mentors:manual_people", pk)
    return render(request, "mentors/manuals/people.html", people_page(request, manual, drawing_form=form))


@require_POST
def drawing_remove(request: Request, pk: int) -> HttpResponse:
    drawing = get_object_or_404(Drawing.objects.select_related("version__manual"), pk=pk)
    drawing.version.manual = own_manual(request, drawing.version.manual_id)
    back = manual_url(drawing.version.manual_id, "manual_people")
    done = _("印を外しました。")
    return attempt(request, lambda: unmark_drawing(drawing, by=request.acting), done=done, back=back)
