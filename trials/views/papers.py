"""The papers of a trial: what may be printed, what was, and each as PDF; and the notes the ledgers are filled from."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms.queries.signing import current_version
from firms.web.http import Request, refusing, require, saying_no
from firms.words.saying import said as _
from trials.actions.working.records import issue, write_note
from trials.forms.records import NoteForm
from trials.models import Placement, TrialPaper
from trials.papers import CONTRACT, NOTICE
from trials.papers.kinds import KINDS, SIGNED, Kind, signed_facts
from trials.papers.sheets import sheet_pdf
from trials.policies import may_keep_records, may_print, party_of, side_of
from trials.queries.records import notes_of
from trials.rules import evaluation_days
from trials.states import AT_WORK, BEFORE_HIRE, Party

# Of the two signed texts, the words that stand in addresses.
SIGNED_KINDS = {"contract": CONTRACT, "notice": NOTICE}


def seen_placement(request: Request, pk: int) -> Placement:
    found = get_object_or_404(Placement.objects.visible_to(request.acting).with_sides(), pk=pk)
    if found.posting is None:
        raise Http404
    return found


def pdf_answer(pdf: bytes, *, name: str, number: int) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    filename = _("%(name)s_第%(number)s版.pdf") % {"name": name, "number": number}
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=filename) or ""
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def papers(request: Request, pk: int) -> HttpResponse:
    found = seen_placement(request, pk)
    party = party_of(request.acting, found)
    made = list(found.papers.select_related("made_by").prefetch_related("receipts__taken_by").order_by("-number"))
    signed = [(word, current_version(found, kind=kind)) for word, kind in SIGNED_KINDS.items() if party in SIGNED[kind]]
    notes = notes_of(found)
    side = side_of(request.acting, found)
    context = {
        "placement": found,
        "kinds": [
            {
                "code": code,
                "label": kind.label,
                "stands": kind.stands(found),
                "made": [one for one in made if one.kind == code],
                "waits_for": waiting_paper([one for one in made if one.kind == code], kind, party),
            }
            for code, kind in KINDS.items()
            if party in kind.sides
        ],
        "signed": [(word, version) for word, version in signed if version],
        "notes": [(Party.HOST.label, notes.host), (Party.AGENCY.label, notes.agency)],
        "side": side,
        "party": party,
        "evaluation_days": evaluation_days(found.started_on, found.last_on)
        if found.started_on and found.last_on
        else None,
        "keeps_pay": party == Party.HOST and found.pay_information.exists(),
        "may_be_taught": found.starts_on is not None,
        "is_going_on": found.state in (*AT_WORK, *BEFORE_HIRE),
        "own_note": (notes.host if side == Party.HOST else notes.agency) if side else None,
        "back_label": "trials:mine" if party == Party.WORKER else "trials:placements",
    }
    return render(request, "trials/working/papers.html", context)


def waiting_paper(made: list[TrialPaper], kind: Kind, party: Party | None) -> TrialPaper | None:
    """The newest version, where this side has still to say that it has it."""
    if not made or party not in kind.takers or any(one.side == party for one in made[0].receipts.all()):
        return None
    return made[0]


@require_POST
def paper_issue(request: Request, pk: int, kind: str) -> HttpResponse:
    """Issued from the data as they stand, and shown; the same facts again are the version there is."""
    found = seen_placement(request, pk)
    if kind not in KINDS:
        raise Http404
    require(may_print(request.acting, found, KINDS[kind].sides))
    with saying_no(request):
        made = issue(found, kind=kind, by=request.acting)
        messages.success(request, _("第%(n)s版を発行しました。") % {"n": made.number})
    return redirect("trials:papers", pk)


@require_safe
def paper(request: Request, pk: int) -> HttpResponse:
    seen = TrialPaper.objects.filter(placement__in=Placement.objects.visible_to(request.acting))
    made = get_object_or_404(seen, pk=pk)
    require(may_print(request.acting, seen_placement(request, made.placement_id), KINDS[made.kind].sides))
    return pdf_answer(sheet_pdf(made.lifted, number=made.number), name=str(KINDS[made.kind].label), number=made.number)


@require_safe
def paper_signed(request: Request, pk: int, word: str) -> HttpResponse:
    """The frozen text with its hash and the signatures under it."""
    found = seen_placement(request, pk)
    if word not in SIGNED_KINDS:
        raise Http404
    require(may_print(request.acting, found, SIGNED[SIGNED_KINDS[word]]))
    version = current_version(found, kind=SIGNED_KINDS[word])
    if version is None:
        raise Http404
    return pdf_answer(
        sheet_pdf(signed_facts(version, found), number=version.number),
        name=version.document.title,
        number=version.number,
    )


@require_http_methods(["GET", "POST"])
def ledger_note(request: Request, pk: int) -> HttpResponse:
    found = seen_placement(request, pk)
    require(may_keep_records(request.acting, found))
    side = side_of(request.acting, found)
    assert side is not None
    notes = notes_of(found)
    form = NoteForm(request.POST or None, side=side, instance=notes.host if side == Party.HOST else notes.agency)
    if form.is_valid():
        with refusing(form):
            write_note(found, side=side, given=form.cleaned_data, by=request.acting)
            messages.success(request, _("台帳の記載事項を記入しました。"))
            return redirect("trials:papers", pk)
    context = {"form": form, "heading": _("台帳の記載事項"), "back": "trials:papers", "back_pk": pk}
    return render(request, "trials/form.html", context)
