"""What a learner finds: the runs with units, and the units of one run with how far one is."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from courses.learning.kinds import KINDS
from courses.models import Enrolment
from courses.queries.elearning.learning import (
    Gate,
    Progress,
    UnitProgress,
    gate_of,
    gates,
    learning_enrolments,
    progress_of,
)
from firms.web.http import Request


@dataclass(frozen=True)
class Learning:
    """One run somebody learns in: until when, and how far."""

    enrolment: Enrolment
    gate: Gate
    progress: Progress


@require_safe
def learn(request: Request) -> HttpResponse:
    enrolments = learning_enrolments(request.person.pk)
    when = gates(enrolments, on=request.acting.today)
    how_far = progress_of(enrolments)
    rows = [Learning(one, when[one.pk], how_far[one.pk]) for one in enrolments]
    return render(request, "courses/elearning/learn.html", {"rows": rows, "today": request.acting.today})


@require_safe
def learn_run(request: Request, pk: int) -> HttpResponse:
    """Before the first day not even the names of the units are shown."""
    own = Enrolment.objects.filter(person=request.person).select_related(
        "run__course__college", "employment__establishment"
    )
    enrolment = get_object_or_404(own, pk=pk)
    gate = gate_of(enrolment, on=request.acting.today)
    progress = progress_of([enrolment])[enrolment.pk] if gate.opens else Progress(units=())
    context = {
        "enrolment": enrolment,
        "run": enrolment.run,
        "course": enrolment.run.course,
        "gate": gate,
        "progress": progress,
        "units": [(one, KINDS[one.unit.kind].icon) for one in progress.units],
        "next": next_of(progress),
        "today": request.acting.today,
    }
    return render(request, "courses/elearning/learn_run.html", context)


def next_of(progress: Progress) -> UnitProgress | None:
    """The unit begun and not done, else the first that is not done."""
    waiting = [one for one in progress.units if not one.is_done]
    return next((one for one in waiting if one.first_opened_at), waiting[0] if waiting else None)
