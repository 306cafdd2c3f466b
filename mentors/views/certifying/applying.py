"""The applicant's pages: what is one's own, the application with its proofs and recommendations."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.models import Evidence
from firms.states import EvidenceState
from firms.web.http import Request, attempt, file_answer, refusing, require, row_number
from firms.words.saying import said as _
from mentors.actions.certifying.applying import (
    add_proof,
    begin_application,
    edit_application,
    remove_proof,
    submit_application,
    withdraw_application,
)
from mentors.actions.certifying.recommending import ask_recommendation
from mentors.forms.certifying import (
    ApplicationForm,
    AskRecommendationForm,
    BecauseForm,
    ProofForm,
    StretchForm,
    career_forms,
)
from mentors.forms.certifying.trainings import TrainingForm
from mentors.models import Application, Certification
from mentors.oneself import oneself
from mentors.policies import may_apply, may_edit_application, may_review, may_withdraw_application
from mentors.queries.certifying import applications_shown, board_of, certifications_shown, judged, the_ward, unmet_words
from mentors.queries.certifying.trainings import trainings_of
from mentors.queries.requesting import moves_to_answer, sessions_unlogged, waiting_for

PEOPLE = ("person", "ward")


def shown_application(request: Request, pk: int) -> Application:
    return get_object_or_404(Application.objects.visible_to(request.acting).select_related(*PEOPLE), pk=pk)


@require_safe
def mine(request: Request) -> HttpResponse:
    """What a craftsman has here: certifications and applications of their own."""
    own = {"person": request.acting.person}
    today = request.acting.today
    certifications = certifications_shown(Certification.objects.filter(**own))
    to_log, ahead = sessions_unlogged(request.acting.person.pk, now=timezone.now())
    context = {
        "certifications": [(one, one.standing_on(today)) for one in certifications],
        "applications": applications_shown(Application.objects.filter(**own)),
        "waiting": waiting_for(request.acting.person.pk),
        "moves": moves_to_answer(request.acting.person.pk),
        "to_log": to_log,
        "sessions": ahead,
        "may_apply": may_apply(request.acting),
    }
    return render(request, "mentors/certifying/mine.html", context)


@require_http_methods(["GET", "POST"])
def application_new(request: Request) -> HttpResponse:
    """Empty, or with what stood in the application one wants to renew (?from=)."""
    require(may_apply(request.acting))
    ward = the_ward(on=request.acting.today)
    if ward is None:
        raise Http404
    before = application_before(request)
    form, lines = application_forms(request, before)
    if are_valid(form, lines):
        with refusing(form):
            facts = {**form.cleaned_data, "stretches": filled(lines)}
            made = begin_application(ward=ward, by=oneself(request.acting), **facts)
            messages.success(request, _("申請を作りました。次に、書類と推薦をそろえてください。"))
            return redirect("mentors:application", made.pk)
    return render(request, "mentors/certifying/application_form.html", {"form": form, "lines": lines})


def application_before(request: Request) -> Application | None:
    own = Application.objects.filter(person=request.acting.person)
    return own.filter(pk=row_number(request.GET.get("from", ""))).first()


def application_forms(request: Request, shown: Application | None) -> tuple[ApplicationForm, list[StretchForm]]:
    kept = list(shown.stretches.values("kind", "place", "first_on", "last_on")) if shown else []
    initial = {name: getattr(shown, name) for name in ApplicationForm.Meta.fields} if shown else None
    form = ApplicationForm(request.POST or None, initial=initial)
    return form, career_forms(request.POST or None, kept=kept)


def are_valid(form: ApplicationForm, lines: list[StretchForm]) -> bool:
    return all([form.is_valid(), *(line.is_valid() for line in lines)])


def filled(lines: list[StretchForm]) -> list[dict[str, Any]]:
    return [line.cleaned_data for line in lines if line.is_filled]


@require_http_methods(["GET", "POST"])
def application_edit(request: Request, pk: int) -> HttpResponse:
    shown = shown_application(request, pk)
    require(may_edit_application(request.acting, shown))
    form, lines = application_forms(request, shown)
    if are_valid(form, lines):
        with refusing(form):
            facts = {**form.cleaned_data, "stretches": filled(lines)}
            edit_application(shown, by=oneself(request.acting), **facts)
            messages.success(request, _("申請の内容を保存しました。"))
            return redirect("mentors:application", pk)
    context = {"form": form, "lines": lines, "application": shown}
    return render(request, "mentors/certifying/application_form.html", context)


@require_safe
def application(request: Request, pk: int) -> HttpResponse:
    shown = shown_application(request, pk)
    return render(request, "mentors/certifying/application.html", page_of_application(request, shown))


def page_of_application(request: Request, shown: Application, **forms: Any) -> dict[str, Any]:
    """One page for the applicant and the desk; each is given what it may do."""
    acting, may_desk = request.acting, may_review(request.acting, shown)
    found = judged(shown, on=shown.decided_on or acting.today)
    trainings = trainings_of(shown.person, shown.ward_id, on=acting.today)
    return {
        "application": shown,
        "judged": found,
        "unmet": unmet_words(found),
        "stretches": shown.stretches.all(),
        "proofs": shown.proofs.select_related("evidence"),
        "recommendations": shown.recommendations.all(),
        "board": board_of(shown, on=acting.today) if may_desk else None,
        "certification": Certification.objects.filter(application=shown).first(),
        "trainings": trainings,
        "has_missing": any(one.completed_on is None for one in trainings),
        "training_form": TrainingForm(),
        "is_own": shown.person_id == acting.person.pk,
        "may_edit": may_edit_application(acting, shown),
        "may_withdraw": may_withdraw_application(acting, shown),
        "may_review": may_desk,
        "proof_form": ProofForm(),
        "ask_form": AskRecommendationForm(),
        "because_form": BecauseForm(),
        **forms,
    }


@require_POST
def proof_add(request: Request, pk: int) -> HttpResponse:
    shown = shown_application(request, pk)
    require(may_edit_application(request.acting, shown))
    form = ProofForm(request.POST, request.FILES)
    if form.is_valid():
        with refusing(form):
            add_proof(shown, form.cleaned_data["file"], by=oneself(request.acting))
            messages.success(request, _("書類を受け取りました。"))
            return redirect("mentors:application", pk)
    context = page_of_application(request, shown, proof_form=form)
    return render(request, "mentors/certifying/application.html", context)


@require_POST
def proof_remove(request: Request, pk: int, proof: int) -> HttpResponse:
    shown = shown_application(request, pk)
    require(may_edit_application(request.acting, shown))
    kept = get_object_or_404(shown.proofs.select_related("evidence", "application"), pk=proof)
    back = shown_url(pk)
    return attempt(
        request, lambda: remove_proof(kept, by=oneself(request.acting)), done=_("書類を外しました。"), back=back
    )


def shown_url(pk: int) -> str:
    return redirect("mentors:application", pk).url


@require_safe
def proof_file(request: Request, pk: int, proof: int) -> HttpResponse:
    """To the applicant and the ward, once it was checked."""
    shown = shown_application(request, pk)
    kept = get_object_or_404(shown.proofs.select_related("evidence__file", "evidence__picture"), pk=proof)
    evidence: Evidence = kept.evidence
    if evidence.state != EvidenceState.CLEAN:
        return render(request, "firms/evidence.html", {"evidence": evidence}, status=409)
    stored = evidence.picture or evidence.file
    return file_answer(stored, name=evidence.name if stored == evidence.file else f"{evidence.name}.jpg")


@require_POST
def recommendation_ask(request: Request, pk: int) -> HttpResponse:
    shown = shown_application(request, pk)
    require(may_edit_application(request.acting, shown))
    form = AskRecommendationForm(request.POST)
    if form.is_valid():
        with refusing(form):
            ask_recommendation(shown, by=oneself(request.acting), **form.cleaned_data)
            messages.success(request, _("%(name)sさんに、推薦のリンクを送ります。") % form.cleaned_data)
            return redirect("mentors:application", pk)
    context = page_of_application(request, shown, ask_form=form)
    return render(request, "mentors/certifying/application.html", context)


@require_POST
def application_submit(request: Request, pk: int) -> HttpResponse:
    shown = shown_application(request, pk)
    require(may_edit_application(request.acting, shown))
    done = _("申請を提出しました。審査の結果をお待ちください。")
    return attempt(
        request, lambda: submit_application(shown, by=oneself(request.acting)), done=done, back=shown_url(pk)
    )


@require_POST
def application_withdraw(request: Request, pk: int) -> HttpResponse:
    shown = shown_application(request, pk)
    require(may_withdraw_application(request.acting, shown))
    done = _("申請を取り下げました。")
    return attempt(
        request, lambda: withdraw_application(shown, by=oneself(request.acting)), done=done, back=shown_url(pk)
    )
