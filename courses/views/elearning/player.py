"""One unit on the page, learned or tried: what is shown of it, and every button on it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST, require_safe

from courses.actions.elearning.learning import (
    fetch_file,
    finish_reading,
    has,
    open_unit,
    seen_of,
    tell_dead_video,
    watch,
)
from courses.actions.elearning.ledgers import Ledger, OwnLog, Tried
from courses.actions.elearning.quizzes import answer_quiz, start_quiz
from courses.forms.elearning.learning import StretchForm, answers_in
from courses.learning.kinds import KINDS, Event, reading_time
from courses.learning.markup import as_html
from courses.models import Course, Enrolment, Unit
from courses.models.elearning.learning import EventKind, UnitKind
from courses.policies import may_try_units
from courses.views.elearning.quiz import quiz_context
from firms.errors import Refused
from firms.film.addresses import policy_for
from firms.film.chapters import clock
from firms.film.stretches import HEARTBEAT
from firms.web.http import Request, require, row_number
from firms.words.saying import said as _


@dataclass(frozen=True)
class Place:
    """A ledger and where its pages are."""

    ledger: Ledger
    name: str
    args: tuple[int, ...]

    @property
    def unit(self) -> Unit:
        return self.ledger.unit

    @property
    def path(self) -> str:
        return reverse(f"courses:{self.name}", args=self.args)

    def act(self, verb: str) -> str:
        return reverse(f"courses:{self.name}_act", args=(*self.args, verb))

    def media(self, what: str) -> str:
        return reverse(f"courses:{self.name}_media", args=(*self.args, what))


def learned(request: Request, enrolment_pk: int, unit_pk: int) -> Place:
    """One's own enrolment alone, whatever one is besides, and the units of its run; what one has begun stays to be read."""
    own = Enrolment.objects.filter(person=request.person).select_related("run__course__college")
    enrolment = get_object_or_404(own, pk=enrolment_pk)
    units = Unit.objects.filter(course=enrolment.run.course_id).select_related("course", "file", "captions")
    unit = get_object_or_404(units, pk=unit_pk)
    if not unit.is_in(enrolment.run) and not enrolment.events.filter(unit=unit).exists():
        raise Http404
    return Place(OwnLog(enrolment, unit), "learn_unit", (enrolment_pk, unit_pk))


def tried(request: Request, unit_pk: int) -> Place:
    courses = Course.objects.offered_by(request.acting)
    units = Unit.objects.filter(course__in=courses).select_related("course", "file", "captions")
    unit = get_object_or_404(units, pk=unit_pk)
    require(may_try_units(request.acting, unit.course))
    return Place(Tried(request.person, unit), "unit_try", (unit_pk,))


@require_safe
def learn_unit(request: Request, pk: int, unit: int) -> HttpResponse:
    return page(request, learned(request, pk, unit))


@require_safe
def unit_try(request: Request, unit: int) -> HttpResponse:
    return page(request, tried(request, unit))


def page(request: Request, place: Place) -> HttpResponse:
    gate = place.ledger.gate(on=request.acting.today)
    context = {"unit": place.unit, "course": place.unit.course, "place": place, "gate": gate}
    context |= {"enrolment": getattr(place.ledger, "enrolment", None)}
    if not gate.opens:
        return render(request, "courses/elearning/learn_closed.html", context, status=403)
    shown = csp_override(policy_for(place.unit.video_url))(render)
    answer: HttpResponse = shown(
        request, "courses/elearning/learn_unit.html", context | unit_context(place, place.ledger.events())
    )
    return answer


def unit_context(place: Place, events: list[Event]) -> dict[str, object]:
    """What every kind is shown with, and what only some need."""
    unit = place.unit
    context: dict[str, object] = {
        "behaviour": KINDS[unit.kind],
        "opened": has(events, EventKind.OPENED),
        "done": has(events, EventKind.COMPLETED),
        "fetched": has(events, EventKind.FETCHED),
        "body": as_html(unit.body),
        "reading_minutes": -(-int(reading_time(unit).total_seconds()) // 60),
        "urls": {verb: place.act(verb) for verb in ACTS},
    }
    if unit.kind == UnitKind.VIDEO:
        context |= {"seen": seen_of(unit, events), "heartbeat": HEARTBEAT, "source": source_of(place)}
        context |= {"captions": place.media("captions") if unit.captions_id else ""}
        context |= {"chapters": [(one["at"], clock(one["at"]), one["title"]) for one in unit.chapters]}
    if unit.kind == UnitKind.FILE:
        context |= {"download": place.media("file")}
    if unit.kind == UnitKind.QUIZ:
        context |= quiz_context(unit, events)
    return context


def source_of(place: Place) -> str:
    return place.media("video") if place.unit.file_id else place.unit.video_url


@require_POST
def learn_act(request: Request, pk: int, unit: int, verb: str) -> HttpResponse:
    return act(request, learned(request, pk, unit), verb)


@require_POST
def try_act(request: Request, unit: int, verb: str) -> HttpResponse:
    return act(request, tried(request, unit), verb)


def act(request: Request, place: Place, verb: str) -> HttpResponse:
    if verb not in ACTS:
        raise Http404
    try:
        return ACTS[verb](request, place)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect(place.path)


def opened(request: Request, place: Place) -> HttpResponse:
    open_unit(place.ledger, at=timezone.now())
    return redirect(place.path)


def watched(request: Request, place: Place) -> HttpResponse:
    """The player asks without leaving the page: the bar of progress, or the sentence that refuses."""
    form = StretchForm(request.POST)
    if not form.is_valid():
        return render(
            request,
            "courses/elearning/learn_video.html#refused",
            {"sentence": _("動画の位置が読み取れません。")},
            status=400,
        )
    start, end = form.stretch()
    try:
        seen = watch(place.ledger, start=start, end=end, at=timezone.now())
    except Refused as refusal:
        return render(request, "courses/elearning/learn_video.html#refused", {"sentence": refusal.sentence}, status=409)
    return render(request, "courses/elearning/learn_video.html#seen", {"seen": seen})


def finished(request: Request, place: Place) -> HttpResponse:
    finish_reading(place.ledger, at=timezone.now())
    messages.success(request, _("この教材を終えました。"))
    return redirect(place.path)


def fetched(request: Request, place: Place) -> HttpResponse:
    fetch_file(place.ledger, at=timezone.now())
    return redirect(place.media("file"))


def quiz_started(request: Request, place: Place) -> HttpResponse:
    start_quiz(place.ledger, at=timezone.now())
    return redirect(place.path)


def quiz_answered(request: Request, place: Place) -> HttpResponse:
    attempt = row_number(request.POST.get("attempt", ""))
    answer_quiz(place.ledger, attempt=attempt, answers=answers_in(request.POST), at=timezone.now())
    return redirect(f"{place.path}#result")


def dead(request: Request, place: Place) -> HttpResponse:
    is_first = tell_dead_video(place.ledger, at=timezone.now(), by=request.acting)
    told = _("連携校に知らせました。直ると続きを見られます。")
    known = _("今日はもう連携校に知らせてあります。直るまでお待ちください。")
    messages.success(request, told if is_first else known)
    return redirect(place.path)


ACTS: dict[str, Callable[[Request, Place], HttpResponse]] = {
    "open": opened,
    "watched": watched,
    "finish": finished,
    "fetch": fetched,
    "start": quiz_started,
    "answer": quiz_answered,
    "dead": dead,
}
