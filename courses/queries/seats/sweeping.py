"""What the sweeps look at: rows whose day has come."""

from datetime import date, datetime, time

from django.db.models import F, QuerySet
from django.utils import timezone

from courses.models import Enrolment, Run, SeatQuota
from courses.states import OPEN_ENROLMENTS, SEATED, EnrolmentState, RunState

STILL_OPEN = [state for state in OPEN_ENROLMENTS if state not in SEATED]


def departing_before_begin(*, on: date) -> QuerySet[Enrolment]:
    """Open enrolments in runs not begun whose employment has an end; whether that is a leaving the action decides."""
    coming = Run.objects.filter(state=RunState.OPEN).not_begun(on=on)
    ending = Enrolment.objects.filter(state__in=OPEN_ENROLMENTS, employment__ended_on__isnull=False)
    return ending.filter(run__in=coming.order_by().values("pk")).select_related("run").order_by("pk")


def offers_to_lapse(*, on: date) -> QuerySet[Enrolment]:
    midnight = timezone.make_aware(datetime.combine(on, time.min))
    late = Enrolment.objects.filter(state=EnrolmentState.OFFERED, answer_until__lt=midnight)
    return late.select_related("run").order_by("pk")


def quotas_to_release(*, on: date) -> QuerySet[SeatQuota]:
    return SeatQuota.objects.open().filter(name_until__lt=on).select_related("run")


def runs_with_too_few(*, on: date) -> QuerySet[Run]:
    """Applications are over, the run has not begun, and nobody has said yet that too few have a seat."""
    waiting = Run.objects.filter(state=RunState.OPEN, apply_until__lt=on, min_missed_at=None).not_begun(on=on)
    return waiting.with_seats().filter(min_seats__gt=F("taken")).order_by("pk")


def queues_to_close(*, on: date) -> QuerySet[Run]:
    """Runs that have begun while somebody still waits for a seat or an answer."""
    left_over = Enrolment.objects.filter(state__in=STILL_OPEN).order_by().values("run")
    return Run.objects.filter(state=RunState.OPEN, pk__in=left_over).begun(on=on).order_by("pk")
