"""The numbers of a programme: from one row a trial to groups, rates and what of them may be shown without telling who it is."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from firms.rules.calendar import ONE_DAY, add_months
from firms.rules.figures import sources
from trials.rules.outcome import TENTH_OF_PERCENT, hired_within, standard
from trials.rules.tables import Programmes

DENOMINATORS = ("started", "finished", "answered")
LEAVINGS = ("voluntary", "dismissal", "mutual", "unknown")
# 地方自治法208条1項: a fiscal year ends with March.
YEAR_ENDS = 3
Groups = Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Definition:
    """How a round's numbers are counted; frozen on the day the round is opened and printed beside each figure."""

    within_days: int
    target_percent: int
    target_of: str
    retained_months: int
    least_shown: int
    source: str


@dataclass(frozen=True, slots=True)
class TrialRow:
    """One trial of a round. `left_because` is empty while nobody said that somebody left."""

    key: int
    person: int
    started_on: date | None
    finished: bool
    answered: bool
    trial_end: date | None
    hired_on: date | None
    is_retained: bool
    left_on: date | None
    left_because: str


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`, each None where it may not be shown; per cent with one decimal, half up."""

    part: int | None
    whole: int | None

    @property
    def percent(self) -> Decimal | None:
        if not self.whole or self.part is None:
            return None
        return (Decimal(100 * self.part) / self.whole).quantize(TENTH_OF_PERCENT, ROUND_HALF_UP)


def definition_on(name: str, on: date, *, programmes: Programmes | None = None) -> Definition:
    """As the programme's own file says that day, or what is common to all."""
    keys = {
        "within_days": "conversion.within_days",
        "target_percent": "conversion.target_percent",
        "target_of": "conversion.target_of",
        "retained_months": "retention.counted_months",
        "least_shown": "counts.least_shown",
    }
    figures = {key: standard(figure, on, programme=name, programmes=programmes) for key, figure in keys.items()}
    return Definition(
        within_days=figures["within_days"].whole,
        target_percent=int(figures["target_percent"].ratio * 100),
        target_of=figures["target_of"].word,
        retained_months=figures["retained_months"].whole,
        least_shown=figures["least_shown"].whole,
        source=sources(*figures.values()),
    )


def report_days(first: date, on: date, *, programmes: Programmes | None = None) -> tuple[date, ...]:
    """Ends of quarters that are over, from a round's first day on, the newest first; the fiscal year ends with the last."""
    every = standard("results.every_months", first, programmes=programmes).whole
    ends = (
        date(n // 12, n % 12 + 1, 1) - ONE_DAY for n in range(first.year * 12 + first.month, on.year * 12 + on.month)
    )
    return tuple(sorted((day for day in ends if (day.month - YEAR_ENDS) % every == 0), reverse=True))


def is_converted_by(row: TrialRow, definition: Definition) -> bool:
    return hired_within(row.hired_on, row.trial_end, days=definition.within_days)


def lasting(row: TrialRow, definition: Definition, *, on: date) -> str:
    """Empty before the day of the last check; whoever neither stayed nor left for all we know is unknown."""
    if row.hired_on is None or (due := add_months(row.hired_on, definition.retained_months)) > on:
        return ""
    if row.left_on is not None and row.left_on < due:
        return row.left_because if row.left_because in LEAVINGS else "unknown"
    return "retained" if row.is_retained or row.left_on is not None else "unknown"


def groups_of(rows: Iterable[TrialRow], definition: Definition, *, on: date) -> dict[str, frozenset[int]]:
    """Every group by its name, as the keys of its trials, what matters most first; a person counts by the last that started."""
    known = list(rows)
    begun = [row for row in known if row.started_on is not None]
    last: dict[int, TrialRow] = {}
    for row in sorted(begun, key=lambda row: (row.started_on or date.min, row.key)):
        last[row.person] = row
    stages = {
        "started": keys_of(begun),
        "converted": keys_of(row for row in begun if is_converted_by(row, definition)),
        "finished": keys_of(row for row in begun if row.finished),
        "answered": keys_of(row for row in begun if row.answered),
    }
    people = keys_of(last.values())
    lasts = {row.key: lasting(row, definition, on=on) for row in begun if row.key in stages["converted"]}
    due = frozenset(key for key, how in lasts.items() if how)
    return {
        **stages,
        **{f"people_{name}": keys & people for name, keys in stages.items()},
        **{f"converted_{name}": stages["converted"] & stages[name] for name in DENOMINATORS},
        **{f"people_converted_{name}": stages["converted"] & stages[name] & people for name in DENOMINATORS},
        "due": due,
        **{name: frozenset(key for key in due if lasts[key] == name) for name in ("retained", *LEAVINGS)},
    }


def keys_of(rows: Iterable[TrialRow]) -> frozenset[int]:
    return frozenset(row.key for row in rows)


def shown_counts[Name: Hashable](
    groups: Mapping[Name, frozenset[int]], *, least: int, size: Callable[[frozenset[int]], int] = len
) -> dict[Name, int | None]:
    """In the order given, each group as long as nothing small can be worked out of it and those shown before.

    The groups shown cut the trials into pieces; whatever one can reckon from their sizes is a sum of such pieces. So a
    group joins only where every piece then has nobody or at least so many, and no sum or difference tells of fewer.
    `size` says how many people stand behind keys, where that is not one behind each.
    """
    pieces: list[frozenset[int]] = []
    outside = frozenset[int]().union(*groups.values())
    shown: dict[Name, int | None] = {}
    for name, keys in groups.items():
        cut = [part for piece in pieces for part in (piece & keys, piece - keys) if part]
        if fresh := keys & outside:
            cut.append(fresh)
        if any(size(piece) < least for piece in cut):
            shown[name] = None
            continue
        pieces, outside, shown[name] = cut, outside - keys, size(keys)
    return shown


def share(counts: Mapping[str, int | None], part: str, whole: str) -> Share:
    return Share(counts[part], counts[whole])


def median_shown(values: Iterable[int], *, least: int) -> int | None:
    """The middle one, half up; None of fewer than may be shown."""
    known = list(values)
    if not known or len(known) < least:
        return None
    return int(Decimal(median(known)).quantize(Decimal(1), ROUND_HALF_UP))
