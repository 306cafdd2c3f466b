"""The ward's pages: what was handed in, the board, and who is invited to apply."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.web.http import Request, attempt, page_of, refusing, require
from firms.words.saying import said as _
from mentors.actions.certifying.board import appoint, dismiss
from mentors.actions.certifying.joining import invite_craftsman
from mentors.actions.certifying.reviewing import ask_to_vote, decide, put_to_board, return_application
from mentors.forms.certifying import BecauseForm, BoardMemberForm, CraftsmanForm
from mentors.models import Application, BoardMember, Certification
from mentors.policies import may_keep_board, may_review
from mentors.queries.certifying import applications_shown, certifications_shown
from mentors.views.certifying.applying import page_of_application, shown_application, shown_url


@require_safe
def applications(request: Request) -> HttpResponse:
    """What waits stands first."""
    require(may_keep_board(request.acting))
    handed_in = applications_shown(Application.objects.visible_to(request.acting).exclude(submitted_at=None))
    waiting = list(handed_in.waiting().order_by("submitted_at"))
    over = handed_in.exclude(pk__in=[one.pk for one in waiting]).order_by("-submitted_at")
    context = {"waiting": waiting, "page": page_of(over, request)}
    return render(request, "mentors/certifying/applications.html", context)


@require_safe
def certifications(request: Request) -> HttpResponse:
    """Every certification the ward gave, with what it is worth today."""
    require(may_keep_board(request.acting))
    given = certifications_shown(Certification.objects.visible_to(request.acting).order_by("last_on", "pk"))
    page = page_of(given, request)
    rows = [(one, one.standing_on(request.acting.today)) for one in page]
    return render(request, "mentors/certifying/certifications.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
def board(request: Request) -> HttpResponse:
    require(may_keep_board(request.acting))
    form = BoardMemberForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            assert request.acting.organisation
            appoint(ward=request.acting.organisation, by=request.acting, **form.cleaned_data)
            messages.success(request, _("委員を登録しました。"))
            return redirect("mentors:board")
    members = BoardMember.objects.visible_to(request.acting)
    return render(request, "mentors/certifying/board.html", {"form": form, "members": members})


@require_POST
def board_dismiss(request: Request, pk: int) -> HttpResponse:
    member = get_object_or_404(BoardMember.objects.visible_to(request.acting), pk=pk)
    require(may_keep_board(request.acting))
    done = _("委員の退任を記録しました。")
    return attempt(request, lambda: dismiss(member, by=request.acting), done=done, back=reverse("mentors:board"))


@require_http_methods(["GET", "POST"])
def craftsman_invite(request: Request) -> HttpResponse:
    require(may_keep_board(request.acting))
    form = CraftsmanForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            assert request.acting.organisation
            invite_craftsman(ward=request.acting.organisation, by=request.acting, **form.cleaned_data)
            messages.success(request, _("%(name)sさんに、登録のリンクを送ります。") % form.cleaned_data)
            return redirect("mentors:applications")
    context = {
        "title": _("職人に申請を案内"),
        "lead": _("勤め先のない方も、届いたリンクから登録して、認定を申請できます。"),
        "form": form,
        "submit": _("案内を送る"),
        "back": reverse("mentors:applications"),
    }
    return render(request, "firms/form.html", context)


@require_POST
def application_return(request: Request, pk: int) -> HttpResponse:
    shown = shown_application(request, pk)
    require(may_review(request.acting, shown))
    form = BecauseForm(request.POST)
    if form.is_valid():
        with refusing(form):
            return_application(shown, because=form.cleaned_data["because"], by=request.acting)
            messages.success(request, _("理由を添えて差し戻しました。"))
            return redirect("mentors:application", pk)
    context = page_of_application(request, shown, because_form=form)
    return render(request, "mentors/certifying/application.html", context)


@require_POST
def application_review(request: Request, pk: int) -> HttpResponse:
    shown = shown_application(request, pk)
    require(may_review(request.acting, shown))
    done = _("審査会の委員に、判断のリンクを送ります。")
    return attempt(request, lambda: put_to_board(shown, by=request.acting), done=done, back=shown_url(pk))


@require_POST
def ballot_again(request: Request, pk: int, ballot: int) -> HttpResponse:
    shown = shown_application(request, pk)
    require(may_review(request.acting, shown))
    asked = get_object_or_404(shown.ballots.select_related("application__ward", "member", "vote"), pk=ballot)
    done = _("リンクを送り直します。前のリンクは使えなくなりました。")
    return attempt(request, lambda: ask_to_vote(asked, by=request.acting), done=done, back=shown_url(pk))


@require_POST
def application_decide(request: Request, pk: int) -> HttpResponse:
    shown = shown_application(request, pk)
    require(may_review(request.acting, shown))
    done = _("審査の結果を記録し、申請者に知らせました。")
    return attempt(request, lambda: decide(shown, by=request.acting), done=done, back=shown_url(pk))
