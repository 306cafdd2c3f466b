"""Rows of trials: stages and retention as `trials.rules` groups them under each round's own definition."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Count, F

from lms.kpi.frames import frame, placed
from trials.models import Placement, Round
from trials.queries.numbers import trial_row
from trials.rules import Definition, TrialRow, definition_on, groups_of

if TYPE_CHECKING:
    from pandas import DataFrame

STANDARD = "ward"
# What `trial_row` looks at: a trial has a hundred columns with its posting, and a year ten thousand trials.
READ = ("person", "started_on", "last_on", "hired_on", "left_on", "left_because", "state", "closed_with")
NAMES = ("key", "who", "firm", "programme")


def rounds_of(year: int, ward_id: int) -> list[Round]:
    return list(Round.objects.filter(ward=ward_id, budget_year=year).order_by("pk"))


def definition_of(year: int, rounds: Iterable[Round]) -> Definition:
    """What the year's page prints: of its first round, or where there is none what the file says of that year."""
    return next((one.counted_by for one in rounds), definition_on(STANDARD, date(year, 4, 1)))


def stages(rounds: list[Round], known: "DataFrame", *, on: date) -> "DataFrame":
    """One row a trial, with a truth for each group; rounds counted alike are grouped together."""
    trials = list(
        Placement.objects.filter(seeker__round__in=rounds)
        .only(*READ)
        .order_by()
        .annotate(
            said=Count("intents"),
            ended=Count("termination"),
            of_round=F("seeker__round"),
            firm=F("posting__establishment__organisation"),
        )
    )
    titles = {one.pk: one.title for one in rounds}
    rows = frame(((one.pk, one.person_id, one.firm, titles[one.of_round]) for one in trials), NAMES)
    told = {one.pk: trial_row(one, on=on) for one in trials}
    by_round = {one.pk: one.counted_by for one in rounds}
    groups = grouped(((by_round[one.of_round], told[one.pk]) for one in trials), on=on)
    for name, keys in groups.items():
        rows[name] = rows["key"].isin(keys)
    return placed(rows, known)


def grouped(rows: Iterable[tuple[Definition, TrialRow]], *, on: date) -> dict[str, set[int]]:
    """Each definition groups its own rows; the names are the same of all."""
    ordered = sorted(rows, key=lambda pair: repr(pair[0]))
    found: dict[str, set[int]] = {name: set() for name in groups_of([], definition_on(STANDARD, on), on=on)}
    for by, alike in groupby(ordered, key=lambda pair: pair[0]):
        for name, keys in groups_of((row for _by, row in alike), by, on=on).items():
            found[name] |= keys
    return found
