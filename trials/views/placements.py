"""The placements of an agency or a host, one placement's page, and its steps."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.models import SignatureRequest
from firms.web.http import Request, attempt, page_of, refusing, require, searched
from firms.words.saying import said as _
from trials.actions.outcome.ending import clear_up
from trials.actions.working.lapses import advice
from trials.models import Intent, JobSeeker, Placement, PrivateWords, RetentionCheck
from trials.policies import (
    may_clear_up,
    may_invite_seeker,
    may_keep_agreements,
    may_post,
    may_see_placements,
    may_take,
    party_of,
)
from trials.queries.lapses import GOING_ON, lapses_of
from trials.queries.matching import suggestions
from trials.queries.outcome import days_of_intent
from trials.queries.steps import OPTIONAL, TURNS, open_events
from trials.states import BEFORE_WORK, BY_CODE, SIGNING, WITHOUT_HIRE, Party, PlacementState
from trials.views.steps import STEPS


@require_safe
def placements(request: Request) -> HttpResponse:
    """What goes on stands first; for an agency with whom it was invited and who has not answered."""
    require(may_see_placements(request.acting))
    seen = Placement.objects.visible_to(request.acting).with_sides()
    is_mine, shows_closed = "mine" in request.GET, "closed" in request.GET
    seen = seen.filter(state=PlacementState.CLOSED) if shows_closed else seen.open()
    if is_mine:
        seen = seen.filter(seeker__adviser=request.person)
    words = searched(request)
    if words:
        seen = seen.found(words, acting=request.acting)
    invited = JobSeeker.objects.visible_to(request.acting).filter(joined_at=None).select_related("round")
    page = page_of(seen.order_by("last_on", "pk"), request)
    context = {
        "page": page,
        "rows": [row_of(one, request) for one in page],
        "is_agency": may_invite_seeker(request.acting),
        "may_keep_agreements": may_keep_agreements(request.acting),
        "is_host": may_post(request.acting),
        "is_mine": is_mine,
        "shows_closed": shows_closed,
        "words": words,
        "invited": invited if may_invite_seeker(request.acting) else [],
    }
    return render(request, "trials/placements.html", context)


def row_of(found: Placement, request: Request) -> dict[str, object]:
    # Every row here is one's own to see: who leads a firm is its host, but in their own trial.
    is_host = may_post(request.acting) and found.person_id != request.person.pk
    name = found.name_for_host if is_host else found.person.full_name
    return {"placement": found, "name": name, "turns": turns_in_words(found)}


def turns_in_words(found: Placement) -> str:
    return "・".join(str(party.label) for party in TURNS[found.state])


def seen_placement(request: Request, pk: int) -> Placement:
    return get_object_or_404(Placement.objects.visible_to(request.acting).with_sides(), pk=pk)


@require_safe
def placement(request: Request, pk: int) -> HttpResponse:
    ends = ("offer", "termination", "back_out")
    rows = Placement.objects.visible_to(request.acting).with_sides().select_related(*ends)
    found = get_object_or_404(rows, pk=pk)
    party = party_of(request.acting, found)
    today = request.acting.today
    # Asked for only where there may be any: most trials have said nothing and hired nobody yet.
    has_wishes, is_hired = found.intent_opened_on is not None, found.hired_on is not None
    learns = party == Party.WORKER or (party == Party.AGENCY and found.state in BEFORE_WORK)
    documents = documents_to_sign(found, request) if found.state in SIGNING else []
    events = open_events(found, party, on=today)
    context = {
        "placement": found,
        "party": party,
        "is_agency": party == Party.AGENCY,
        "is_host": party == Party.HOST,
        "name": found.name_for_host if party == Party.HOST else found.person.full_name,
        "events": events,
        "waits": not documents and all(event.code in OPTIONAL for event in events),
        "turns": turns_in_words(found),
        "optional": OPTIONAL,
        "documents": documents,
        "proposals": found.proposals.select_related("posting").prefetch_related("answers", "viewings"),
        "intents": Intent.objects.visible_to(request.acting).filter(placement=found) if has_wishes else [],
        "private": PrivateWords.objects.visible_to(request.acting).filter(placement=found).first()
        if has_wishes
        else None,
        "intent_days": days_of_intent(found)
        if found.state in (PlacementState.ACTIVE, PlacementState.INTENT_OPEN)
        else None,
        "offer": getattr(found, "offer", None),
        "termination": getattr(found, "termination", None),
        "assigns": party == Party.AGENCY and found.state in BEFORE_WORK,
        "learns": learns and found.closed_on is None,
        "assigned": found.assignments.select_related("assigned_by") if learns else [],
        "lapses": lapse_banners(found, party, request),
        "back_out": getattr(found, "back_out", None),
        "checks": RetentionCheck.objects.visible_to(request.acting).filter(placement=found) if is_hired else [],
        "clears_up": may_clear_up(request.acting, found) and is_left_behind(found),
        "suggested": suggestions(found.seeker)
        if party == Party.AGENCY and found.state == PlacementState.PREPARED
        else [],
    }
    return render(request, "trials/placement.html", context)


def lapse_banners(found: Placement, party: Party | None, request: Request) -> list[dict[str, object]]:
    """What a licence that ends within the trial asks of whoever reads the page."""
    if party is None or found.state not in GOING_ON:
        return []
    shown = lapses_of(found, found.agency.licences.all(), on=request.acting.today)
    return [{"shown": one, "advice": advice(one)[party]} for one in shown]


def is_left_behind(found: Placement) -> bool:
    """Whether accounts and keys of a trial without a hire are still about, also after it was closed."""
    is_over = found.state in WITHOUT_HIRE or (found.state == PlacementState.CLOSED and found.hired_on is None)
    return is_over and found.started_on is not None and found.cleared_on is None


def documents_to_sign(found: Placement, request: Request) -> list[SignatureRequest]:
    waiting = SignatureRequest.objects.visible_to(request.acting).unanswered()
    asked = waiting.filter(version__document__subject_type="trials.placement", version__document__subject_id=found.pk)
    return [one for one in asked.select_related("version__document") if is_current(one)]


def is_current(asked: SignatureRequest) -> bool:
    return not asked.version.document.versions.filter(number__gt=asked.version.number).exists()


@require_http_methods(["GET", "POST"])
def step(request: Request, pk: int, code: str) -> HttpResponse:
    """One event of the table; who is not named there for it gets no page."""
    if code not in STEPS:
        raise Http404
    found = seen_placement(request, pk)
    require(may_take(request.acting, found, code))
    party = party_of(request.acting, found)
    assert party is not None
    if BY_CODE[code] not in open_events(found, party, on=request.acting.today):
        messages.error(request, _("いまは「%(event)s」を行えません。") % {"event": BY_CODE[code].label})
        return redirect("trials:placement", pk)
    given = request.POST if request.method == "POST" else None
    form = STEPS[code].form(given, placement=found, party=party, today=request.acting.today)
    if form.is_valid():
        with refusing(form):
            done = STEPS[code].act(found, party, form.cleaned_data, request.acting)
            messages.success(request, str(STEPS[code].done))
            return redirect("trials:placement", done.pk if isinstance(done, Placement) else pk)
    context = {"form": form, "placement": found, "event": BY_CODE[code], "is_host": party == Party.HOST}
    shown = {
        "suggested": suggestions(found.seeker) if code == "propose" else [],
        "offer": getattr(found, "offer", None),
    }
    return render(request, "trials/step.html", context | shown)


@require_POST
def clear(request: Request, pk: int) -> HttpResponse:
    found = seen_placement(request, pk)
    require(may_clear_up(request.acting, found))
    back = reverse("trials:placement", args=[pk])
    return attempt(request, lambda: clear_up(found, by=request.acting), done=_("片付けを記録しました。"), back=back)
