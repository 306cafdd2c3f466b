"""The rows the indicators of a fiscal year are counted from, as frames: one query or two each, however many people."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from courses.queries.catalogue.catalogue import municipality
from firms.models import Organisation
from firms.models.organisations import Industry
from firms.words.saying import said as _
from lms.kpi.definitions import definition
from lms.kpi.reckoning import DIMENSIONS

if TYPE_CHECKING:
    from pandas import DataFrame


def begin(year: int) -> datetime:
    return timezone.make_aware(datetime.combine(date(year, 4, 1), time.min))


def frame(rows: Iterable[Sequence[Any]], names: Sequence[str]) -> "DataFrame":
    from pandas import DataFrame

    return DataFrame(list(rows), columns=list(names))


def firms(year: int) -> "DataFrame":
    """Where each firm is, what it makes and how large it is, by its id."""
    bands = definition("size.bands", year).wholes
    told = Organisation.objects.order_by().values_list("pk", "address", "industry", "regular_employees")
    rows = (
        (pk, municipality(address) or _("わからない"), industry_word(industry), size_word(count, bands))
        for pk, address, industry, count in told
    )
    return frame(rows, ["firm", "area", "industry", "size"]).set_index("firm")


def industry_word(industry: str) -> str:
    return str(Industry(industry).label) if industry else _("わからない")


def size_word(count: int | None, bands: Sequence[int]) -> str:
    """The class a number of workers lies in; `bands` are where the next one begins."""
    if count is None:
        return _("わからない")
    below = [band for band in bands if band <= count]
    above = [band for band in bands if band > count]
    if not below:
        return _("%(most)s人以下") % {"most": bands[0] - 1}
    if not above:
        return _("%(least)s人以上") % {"least": below[-1]}
    return _("%(least)s～%(most)s人") % {"least": below[-1], "most": above[0] - 1}


def placed(rows: "DataFrame", known: "DataFrame") -> "DataFrame":
    """Beside each row where its firm is; whoever takes part without one has a line of their own."""
    whole = rows.join(known, on="firm")
    for name in DIMENSIONS:
        whole[name] = whole[name].astype(object).where(whole[name].notna(), _("企業によらない")).astype(str)
    return whole
