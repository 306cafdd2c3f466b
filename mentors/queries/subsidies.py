"""Who came before whom, how many places of a year are left, and how many firms the ward has supported."""

from datetime import date

from django.db.models import Count

from mentors.models import Subsidy
from mentors.rules import AIMS, Places, places
from mentors.states import SubsidyState


def earlier(subsidy: Subsidy) -> Subsidy | None:
    """The first that waits before this one for the same places."""
    same = Subsidy.objects.filter(ward=subsidy.ward_id, aim=subsidy.aim, year=subsidy.year, state=SubsidyState.APPLIED)
    return same.filter(order__lt=subsidy.order or 0).order_by("order").first()


def places_of(ward_id: int, aim: str, *, on: date, year: int) -> Places:
    taken = Subsidy.objects.filter(ward=ward_id, aim=aim, year=year).placed().count()
    return places(aim, taken=taken, on=on)


def places_of_year(ward_id: int, *, on: date, year: int) -> dict[str, Places]:
    """Of every aim, in one query."""
    rows = Subsidy.objects.filter(ward=ward_id, year=year).placed().order_by()
    taken = dict(rows.values_list("aim").annotate(n=Count("pk")))
    return {aim: places(aim, taken=taken.get(aim, 0), on=on) for aim in AIMS}


def firms_supported(ward_id: int, *, year: int, aim: str = "archive") -> int:
    """技能アーカイブ支援実施企業数: firms whose amount was fixed, of the year it was applied for."""
    found = Subsidy.objects.filter(ward=ward_id, aim=aim, year=year).fixed()
    return found.order_by().values("firm").distinct().count()
