"""The queue for a seat: who stands where."""

from collections.abc import Collection
from itertools import groupby

from django.db.models import Max

from courses.models import Enrolment, Run
from courses.states import EnrolmentState


def queue_places(runs: Collection[int]) -> dict[int, int]:
    """By enrolment id, the place in its run's queue, counted from 1. One query, none without runs."""
    if not runs:
        return {}
    waiting = Enrolment.objects.filter(run__in=runs, state=EnrolmentState.WAITLISTED)
    rows = waiting.order_by("run", "queue_rank", "pk").values_list("run", "pk")
    return {
        pk: place for _run, held in groupby(rows, key=lambda row: row[0]) for place, (_same, pk) in enumerate(held, 1)
    }


def next_rank(run: Run) -> int:
    """The rank of who joins the queue now: behind everybody who ever stood in it."""
    last: int | None = run.enrolments.aggregate(last=Max("queue_rank"))["last"]
    return (last or 0) + 1
