"""Rows of money: what grants of the state were expected, claimed, decided, paid or refused, and the ward's own subsidies."""

from typing import TYPE_CHECKING

from firms.rules.calendar import fiscal_year
from firms.words.saying import said as _
from grants.models import Decision, GrantCase
from grants.queries.money import AHEAD, CLAIMED, DECIDED, EXPECTED, PAID, expected_of, told_of
from grants.states import CaseState
from grants.subjects import scheme_label
from lms.kpi.frames import begin, frame, placed
from mentors.models import Subsidy
from mentors.models.subsidies.subsidies import Aim
from mentors.states import PLACED

if TYPE_CHECKING:
    from pandas import DataFrame

ARCHIVE = "archive"
SUBSIDY = ("who", "firm", "state", "fixed_on", "yen")
STAGES = (EXPECTED, CLAIMED, DECIDED, PAID)


def grants(year: int, known: "DataFrame") -> "DataFrame":
    """One row a sum of a case; a refusal is a row without yen."""
    cases = GrantCase.objects.order_by()
    entries = [*expected_of(cases.filter(state__in=AHEAD)), *told_of(cases.exclude(state=CaseState.WITHDRAWN))]
    sums = [(one.firm_id, one.firm_id, one.scheme, one.stage, one.yen) for one in entries if is_of(one.on, year)]
    refused = [(firm, firm, scheme, "refused", 0) for firm, scheme, _outcome in refusals_of(year)]
    # A refusal was decided too, of nothing: it is counted, not summed.
    told = [row for row in sums if row[3] != DECIDED or row[4]]
    rows = frame([*told, *refused], ("who", "firm", "programme", "stage", "yen"))
    for name in (*STAGES, "refused"):
        rows[name] = rows["stage"] == name
    rows["programme"] = rows["programme"].map({name: scheme_label(name) for name in set(rows["programme"])})
    return placed(rows, known)


def is_of(day: object, year: int) -> bool:
    return day is not None and fiscal_year(day) == year  # type: ignore[arg-type]


def refusals_of(year: int) -> list[tuple[int, str, dict[str, list[dict[str, str]]]]]:
    """The firm, the scheme and the frozen outcome of each claim refused that year."""
    refused = Decision.objects.filter(
        is_approved=False, decided_on__gte=begin(year).date(), decided_on__lt=begin(year + 1).date()
    )
    case = "claim__case__"
    return list(refused.order_by().values_list(f"{case}establishment__organisation", f"{case}scheme", "claim__outcome"))


def causes(year: int, known: "DataFrame") -> "DataFrame":
    """One row a refused claim and a requirement it did not meet for certain; the letters' own words stay with the firm."""
    told = ((firm, firm, cause) for firm, _scheme, outcome in refusals_of(year) for cause in causes_in(outcome))
    rows = frame(told, ("who", "firm", "programme"))
    rows["refused"] = True
    return placed(rows, known)


def causes_in(outcome: dict[str, list[dict[str, str]]]) -> list[str]:
    labels = dict.fromkeys(one["label"] for one in outcome["conditions"] if one["state"] != "met")
    return list(labels) or [_("申請のときは要件をすべて満たしていた")]


def archives(year: int, ward_id: int, known: "DataFrame") -> "DataFrame":
    """One row a firm that asked for the ward's help with an archive of its skills."""
    told = Subsidy.objects.filter(ward=ward_id, year=year, aim=ARCHIVE).order_by()
    known_of = told.values_list("firm", "state", "fixed_on", "fixed_yen")
    rows = frame(((firm, firm, state, on, yen or 0) for firm, state, on, yen in known_of), SUBSIDY)
    rows["programme"] = str(Aim.ARCHIVE.label)
    rows["fixed"] = rows["fixed_on"].notna()
    rows["decided"] = rows["state"].isin([str(one) for one in PLACED])
    return placed(rows, known)
