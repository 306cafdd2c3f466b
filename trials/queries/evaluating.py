"""Which evaluations are still to be written, and by whom."""

from dataclasses import dataclass
from datetime import date

from trials.models import EvaluationPoint, Placement
from trials.rules import evaluation_days
from trials.states import THREE, Party, PlacementState

# Nobody evaluates work that stands still or is over.
EVALUATED = (PlacementState.ACTIVE, PlacementState.INTENT_OPEN)


@dataclass(frozen=True)
class Asked:
    point: EvaluationPoint
    side: Party
    due: date


def evaluations_ahead(placement: Placement) -> list[Asked]:
    """Those nobody has written, while the work goes on; `evaluations` are read once, so prefetch them for many."""
    if placement.state not in EVALUATED or placement.started_on is None or placement.last_on is None:
        return []
    written = {(one.point, one.side) for one in placement.evaluations.all()}
    days = evaluation_days(placement.started_on, placement.last_on)
    return [
        Asked(point, Party(side), due)
        for point, due in zip(EvaluationPoint, days, strict=True)
        for side in THREE
        if (point, side) not in written
    ]


def evaluations_due(placement: Placement, *, on: date) -> list[Asked]:
    """From its day on, to the trial's last; once the last evaluation is due the one in the middle is let be."""
    if placement.last_on is None or on > placement.last_on:
        return []
    due = [one for one in evaluations_ahead(placement) if one.due <= on]
    final = evaluation_days(placement.started_on, placement.last_on)[1] if placement.started_on else on
    return [one for one in due if one.point == EvaluationPoint.FINAL or on < final]


def trials_to_evaluate(*, on: date) -> list[Placement]:
    """Two queries, however many go on."""
    going_on = Placement.objects.filter(state__in=EVALUATED, started_on__isnull=False, last_on__gte=on).with_sides()
    rows = going_on.prefetch_related("evaluations").order_by("pk")
    return [one for one in rows if evaluations_due(one, on=on)]
