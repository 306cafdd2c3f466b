"""Which rounds take people who come by themselves."""

from datetime import date

from django.db.models import Exists, OuterRef

from trials.models import Intake, Round
from trials.models.matching import RoundQuerySet


def open_rounds(*, on: date) -> RoundQuerySet:
    """Open that day, with an agency that takes people."""
    taking = Intake.objects.shown_on(on).filter(round=OuterRef("pk"))
    return Round.objects.open_on(on).filter(Exists(taking)).select_related("ward")
