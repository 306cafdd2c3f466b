"""A round up to the end of a quarter, as one agency reports it: nothing of it tells the ward of a few."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from trials.models import Placement, Round
from trials.queries.numbers import LASTING_WORDS, Counted, Rate, rate_of, trial_row
from trials.rules import DENOMINATORS, LEAVINGS, Share, TrialRow, groups_of, share, shown_counts


@dataclass(frozen=True)
class Results:
    begun: int | None
    rates: list[Rate]
    retention: Share
    lasting: list[Counted]


def results_of(round: Round, agency: int, *, until: date) -> Results:
    """Beside the ward's own figures and those of the other agencies, from which a small group might be subtracted."""
    groups = {
        (who, name): keys
        for who, rows in rows_until(round, until).items()
        for name, keys in groups_of(rows, round.counted_by, on=until).items()
    }
    shown = shown_counts(groups, least=round.counted_by.least_shown)
    counts: Mapping[str, int | None] = {name: number for (who, name), number in shown.items() if who == agency}
    if not counts:
        counts = dict.fromkeys(groups_of([], round.counted_by, on=until), 0)
    return Results(
        begun=counts["started"],
        rates=[rate_of(code, counts) for code in DENOMINATORS],
        retention=share(counts, "retained", "due"),
        lasting=[Counted(LASTING_WORDS[code], counts[code]) for code in ("retained", *LEAVINGS)],
    )


def rows_until(round: Round, until: date) -> dict[int, list[TrialRow]]:
    """Zero is the whole round, then each agency in the order of its number; the same for whoever reports."""
    said = Count("intents", filter=Q(intents__answered_at__date__lte=until), distinct=True)
    ended = Count("termination", filter=Q(termination__ended_on__lte=until), distinct=True)
    trials = Placement.objects.filter(seeker__round=round, started_on__lte=until).order_by("seeker__agency", "pk")
    found: dict[int, list[TrialRow]] = defaultdict(list)
    for one in trials.select_related("seeker").annotate(said=said, ended=ended):
        if one.hired_on is not None and one.hired_on > until:
            one.hired_on = None
        row = trial_row(one, on=until)
        for who in (0, one.seeker.agency_id):
            found[who].append(row)
    return {who: found[who] for who in sorted(found)}
