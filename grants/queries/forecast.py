"""What sending these people to this run may draw, until when to file, and what could spoil it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects

from courses.models import Run
from firms.models import Employment, Establishment
from firms.models.employments import Contract
from firms.working_time import working_intervals
from grants.queries.drawn import Drawn, drawn_in_year
from grants.queries.outside import Outside
from grants.queries.size import is_small
from grants.queries.spoilers import Spoiler, spoilers
from grants.rules import (
    Line,
    Outcome,
    TrainingFacts,
    Window,
    assess,
    claim_window,
    training_facts,
)
from grants.subjects import Training, first_entry, trainings_for
from grants.time.learning import MINUTES_OF_HOUR, is_online, online_training
from grants.time.lessons import CountedLesson, lessons_of
from grants.time.spans import minutes, within
from grants.time.windows import plan_window_of


@dataclass(frozen=True)
class Ahead:
    """The training as it is to be: its days, and the minutes it takes; an online one has no lessons."""

    first: date
    last: date
    minutes: int
    lessons: list[CountedLesson]
    is_online: bool

    @property
    def days(self) -> tuple[date, date]:
        return self.first, self.last

    @property
    def in_lessons(self) -> int | None:
        """Minutes of lessons; None where it is learned online."""
        return None if self.is_online else self.minutes

    @property
    def time(self) -> dict[str, object]:
        if self.is_online:
            return {"standard_hours": self.minutes // MINUTES_OF_HOUR}
        return {"planned_minutes": self.minutes}


def ahead(run: Run) -> Ahead | None:
    """None while it has no days yet."""
    if is_online(run):
        found = online_training(run)
        if found.first is None or found.last is None:
            return None
        return Ahead(found.first, found.last, found.standard_minutes, [], True)
    lessons = lessons_of(run)
    if not lessons:
        return None
    minutes = sum(found.counted_minutes for found in lessons)
    return Ahead(lessons[0].lesson.on, lessons[-1].lesson.on, minutes, lessons, False)


@dataclass(frozen=True)
class Forecast:
    """Everything the enrol page says about money; `outcome` carries the conditions behind it.

    `entry` is the menu it is reckoned by; `untold_people`: of how many nobody has said what they drew outside Takumi
    in the year of the claim."""

    entry: Training
    plan_window: Window
    claim_window: Window
    fee_total: int
    spoilers: tuple[Spoiler, ...]
    facts: TrainingFacts
    outcome: Outcome
    establishment_id: int
    outside: Outside
    untold_people: int

    @property
    def people(self) -> int:
        return len(self.facts.workers)

    @property
    def expense_aid(self) -> int:
        return self.outcome.expense_aid

    @property
    def wage_aid(self) -> int:
        return self.outcome.wage_aid

    @property
    def total(self) -> int:
        return self.outcome.total

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.outcome.lines

    @property
    def left_to_pay(self) -> int:
        """What the firm bears in the end, wage aid set against it too."""
        return max(0, self.fee_total - self.total)

    @property
    def can_be_filed(self) -> bool:
        return not any(found.is_fatal for found in self.spoilers)


def forecast(
    run: Run,
    establishment: Establishment,
    employments: Sequence[Employment],
    on: date,
    *,
    entry: Training | None = None,
    keys: Mapping[int, str] | None = None,
) -> Forecast | None:
    """None where there is nothing to reckon with: nobody chosen, or no day yet. `keys` names the workers otherwise,
    `entry` the menu: where none is named, the first that takes the course."""
    training = ahead(run)
    if training is None or not employments:
        return None
    entry = entry or first_entry(run.course)
    to_file = plan_window_of(entry.scheme, training.first)
    to_claim = claim_window("training_end", training.last, method=run.course.method, scheme=entry.scheme)
    paid = paid_minutes(employments, training.lessons)
    filed_on = filing_day(to_file, on)
    claimed_on, sources = max(to_claim.first, filed_on), entry.edition_on(filed_on).sources
    drawn = drawn_in_year(establishment.pk, entry.scheme, as_of=claimed_on)
    facts = training_facts(
        {"scheme": entry.scheme, "menu": entry.menu}
        | expected(run, establishment, training, filed_on=filed_on, claimed_on=claimed_on, drawn_yen=drawn.yen)
        | {"workers": expected_workers(employments, training, drawn, paid=paid, keys=keys or {})}
    )
    outcome = assess(facts)
    return Forecast(
        entry=entry,
        plan_window=to_file,
        claim_window=to_claim,
        fee_total=run.price_yen * len(employments),
        spoilers=spoilers(
            run,
            establishment,
            paid,
            employments,
            days=training.days,
            planned=training.in_lessons,
            window=to_file,
            outcome=outcome,
            sources=sources,
            on=on,
        ),
        facts=facts,
        outcome=outcome,
        establishment_id=establishment.pk,
        outside=drawn.outside,
        untold_people=sum(one.person_id not in drawn.outside.times for one in employments),
    )


def forecasts(
    run: Run, establishment: Establishment, employments: Sequence[Employment], on: date
) -> tuple[Forecast, ...]:
    """One for each menu that takes the course: what can still be filed first, then the larger sum."""
    found = [forecast(run, establishment, employments, on, entry=one) for one in trainings_for(run.course)]
    known = [one for one in found if one]
    return tuple(sorted(known, key=lambda one: (not one.can_be_filed, -one.total)))


def filing_day(window: Window, on: date) -> date:
    """The edition of the rules follows the day of filing: today, or the first day that is possible."""
    return max(window.first, on)


def paid_minutes(employments: Sequence[Employment], lessons: Sequence[CountedLesson]) -> dict[int, int]:
    """By employment, those within its working hours."""
    prefetch_related_objects(list(employments), "person__leaves", "pattern__hours", "establishment__holidays")
    return {one.pk: wage_minutes(one, lessons) for one in employments}


def wage_minutes(employment: Employment, lessons: Sequence[CountedLesson]) -> int:
    holidays = employment.establishment.holidays.all()
    return sum(
        minutes(within(found.counted, working_intervals(employment, found.lesson.on, holidays))) for found in lessons
    )


def expected(
    run: Run, establishment: Establishment, training: Ahead, *, filed_on: date, claimed_on: date, drawn_yen: int
) -> dict[str, object]:
    """As if the firm pays the whole fee in time."""
    return {
        "plan_filed": filed_on.isoformat(),
        "claim_filed": claimed_on.isoformat(),
        # Where nobody can tell, the lower rates of large firms are told.
        "sme": bool(is_small(establishment.organisation)),
        "method": run.course.method,
        **training.time,
        "cost": {
            "kind": "external",
            "fee_per_person": run.price_yen,
            "paid_partly_by": "nobody",
            "provider_rebate": False,
            "paid_on": claimed_on.isoformat(),
        },
        "already_granted_in_claim_year": drawn_yen,
    }


def expected_workers(
    employments: Sequence[Employment],
    training: Ahead,
    drawn: Drawn,
    *,
    paid: Mapping[int, int],
    keys: Mapping[int, str],
) -> list[dict[str, object]]:
    """As if everybody attends everything."""
    planned = training.minutes
    return [
        {
            "key": keys.get(one.pk, str(one.pk)),
            "employment": "regular" if one.contract == Contract.REGULAR else "fixed_term",
            "in_trial_support_period": False,
            "grants_this_year": drawn.times.get(one.person_id, 0),
            "e_learning_grants_this_year": drawn.e_learning.get(one.person_id, 0),
            **(
                {"completed": True}
                if training.is_online
                else {"attended_minutes": planned, "wage_minutes": paid[one.pk]}
            ),
        }
        for one in employments
    ]
