"""The figures that hold for one menu on the day its plan was filed, gathered once and kept."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from firms.rules.figures import Figure
from grants.rules.editions import COMMON, Schemes, of_scheme
from grants.rules.facts import EMPLOYMENTS, ONLINE_METHODS

# That the firm bears the whole fee, and pays it before it claims / that learning apart is finished within the period.
PAID_SOURCE = "リスキリング支給要領R7.4.1 0401; 人材育成支給要領R7.4.1 06021"
COMPLETED_SOURCE = "リスキリング支給要領R7.4.1 0407ロ; 人材育成支給要領R7.4.1 06025"
BANDS = ("first", "second", "third")


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """None where the menu has no such aid."""

    title: str
    rates: dict[str, Figure]
    uplift_rate: Figure | None
    wage: Figure | None
    uplift_wage: Figure | None
    ojt: Figure | None
    uplift_ojt: Figure | None
    limits: dict[str, Figure]
    second_band: Figure
    third_band: Figure
    minimum_hours: Figure
    minimum_months: Figure
    attendance: Figure
    wage_hours: Figure
    times: Figure
    online_times: Figure | None
    times_ever: Figure | None
    rounding: Figure
    lecturer_hour: Figure
    travel: Figure
    travel_closed: Figure
    paid_source: str
    completed_source: str
    conversion: Figure | None
    form_steps: Figure | None

    def limit(self, hours: int | None) -> Figure:
        if hours is None:
            return self.limits["unknown"]
        if hours >= self.third_band.whole:
            return self.limits["third"]
        return self.limits["second" if hours >= self.second_band.whole else "first"]


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a menu takes plans filed on a day."""

    opens: Figure | None
    closes: Figure | None
    is_open: bool


@lru_cache(maxsize=1024)
def opening(schemes: Schemes, scheme: str, menu: str, edition: date) -> Opening:
    opens = first_known(schemes, scheme, menu, "opens")
    closes = first_known(schemes, scheme, menu, "closes")
    too_early = opens is not None and edition < opens.day
    too_late = closes is not None and edition > closes.day
    return Opening(opens, closes, not too_early and not too_late)


def first_known(schemes: Schemes, scheme: str, menu: str, name: str) -> Figure | None:
    figures = schemes.by_name[scheme].figures
    dated = figures.get(f"{menu}.{name}") or figures.get(name)
    return dated[-1] if dated else None


@lru_cache(maxsize=4096)
def terms_of(
    schemes: Schemes, scheme: str, menu: str, edition: date, *, sme: bool, method: str, specialized: bool = False
) -> Terms:
    size = "sme" if sme else "large"

    def maybe(name: str) -> Figure | None:
        return schemes.find(scheme, f"{menu}.{name}", edition) or schemes.find(scheme, name, edition)

    def need(name: str) -> Figure:
        return maybe(name) or schemes.get(scheme, name, edition)

    def shared(name: str) -> Figure:
        return of_scheme(schemes, schemes.get(COMMON, name, edition), scheme)

    conversion, form_steps = maybe("conversion_required"), maybe("form_steps")
    return Terms(
        title=schemes.by_name[scheme].menus[menu],
        rates={e: maybe(f"expense_rate.{e}.{size}") or need(f"expense_rate.{size}") for e in EMPLOYMENTS},
        uplift_rate=maybe(f"uplift_rate.{size}"),
        wage=None if method in ONLINE_METHODS else maybe(f"wage.{size}"),
        uplift_wage=None if method in ONLINE_METHODS else maybe(f"uplift_wage.{size}"),
        ojt=maybe(f"ojt.{size}"),
        uplift_ojt=maybe(f"uplift_ojt.{size}"),
        limits=dict.fromkeys((*BANDS, "unknown"), need(f"specialized_limit.{size}"))
        if specialized
        else limits(schemes, scheme, menu, edition, size=size, online=method in ONLINE_METHODS),
        second_band=shared("band.second_hours"),
        third_band=shared("band.third_hours"),
        minimum_hours=shared("minimum_hours"),
        minimum_months=shared("minimum_months"),
        attendance=shared("attendance.percent"),
        wage_hours=need("specialized_wage_hours" if specialized else "wage_hours"),
        times=need("times_per_year"),
        online_times=maybe("times_per_year_e_learning") if method == "e_learning" else None,
        times_ever=maybe("times_ever"),
        rounding=shared("rounding"),
        lecturer_hour=need("lecturer_hour_limit"),
        travel=shared("lecturer_travel.limit"),
        travel_closed=shared("lecturer_travel.closed"),
        paid_source=schemes.quoted(PAID_SOURCE, scheme),
        completed_source=schemes.quoted(COMPLETED_SOURCE, scheme),
        conversion=conversion if conversion and conversion.value is True else None,
        form_steps=form_steps if form_steps and form_steps.value is True else None,
    )


def limits(schemes: Schemes, scheme: str, menu: str, edition: date, *, size: str, online: bool) -> dict[str, Figure]:
    """経費助成限度額 by band; online courses have their own, and one where only 標準学習期間 is known."""
    found = {}
    for band in (*BANDS, "unknown") if online else BANDS:
        usual = f"limit.{'first' if band == 'unknown' else band}.{size}"
        special = (f"{menu}.online_limit.{band}.{size}", f"online_limit.{band}.{size}") if online else ()
        names = (*special, f"{menu}.{usual}", usual)
        figures = (schemes.find(scheme, name, edition) for name in names)
        found[band] = next((f for f in figures if f), None) or schemes.get(scheme, usual, edition)
    return found
