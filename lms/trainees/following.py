"""Everybody a firm sent to courses or took in on trial: where they are, how far, at what cost; the same queries however many."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.functional import Promise

from courses.models import AttendanceMark, Enrolment, Lesson, Run
from courses.models.catalogue.courses import Method
from courses.models.seats.enrolments import EnrolmentQuerySet
from courses.pace import Pace, pace_of
from courses.queries.attendance.paces import minutes_of
from courses.queries.elearning.learning import Progress, progress_of
from courses.queries.seats.people import leaves_of
from courses.states import EnrolmentState
from courses.terms import owed_for
from firms.acting import Acting
from firms.models import Leave
from grants.models import GrantCase
from grants.queries.money import with_sums
from grants.states import CaseState
from lms.homes.trials import asked_of
from trials.models import Placement
from trials.states import BY_CODE, Party

LESSONS = Prefetch("run__lessons", Lesson.objects.order_by("starts_at").prefetch_related("breaks"))


@dataclass(frozen=True)
class Trainee:
    """One person in one run: by minutes of lessons, or at the screen by units."""

    enrolment: Enrolment
    pace: Pace | None
    progress: Progress | None

    @property
    def is_worrying(self) -> bool:
        return self.enrolment.state == EnrolmentState.ACCEPTED and bool(self.pace and self.pace.is_worrying)


@dataclass(frozen=True)
class SentTo:
    """One run with those a firm sends: what they cost, and what its case draws. `next` is the lesson that comes."""

    run: Run
    trainees: list[Trainee]
    next: Lesson | None
    cost_yen: int
    cases: list[GrantCase]

    @property
    def is_over(self) -> bool:
        return self.next is None and not any(one.enrolment.state == EnrolmentState.ACCEPTED for one in self.trainees)


@dataclass(frozen=True)
class OnTrial:
    """`step` is what waits for the firm, with its day."""

    placement: Placement
    step: str | Promise
    due_on: date | None


def sent_by(acting: Acting) -> EnrolmentQuerySet:
    """With a seat, through employments of the firm acted for."""
    theirs = Enrolment.objects.accepted().filter(employment__establishment__organisation=acting.organisation_id)
    return theirs.select_related("person", "employment", "run__course__college").prefetch_related(LESSONS)


def sent_to(acting: Acting) -> list[SentTo]:
    """Runs with a lesson to come first, the next one first; those that are over last."""
    by_run: dict[int, list[Trainee]] = defaultdict(list)
    for one in trainees_of(sent_by(acting).order_by("run", "person__family_kana", "pk"), on=acting.today):
        by_run[one.enrolment.run_id].append(one)
    cases = cases_of(by_run, acting)
    found = [sent(people, cases.get(pk, [])) for pk, people in by_run.items()]
    return sorted(
        found,
        key=lambda one: (one.is_over, one.next is None, one.next.starts_at.timestamp() if one.next else -one.run.pk),
    )


def sent(people: list[Trainee], cases: list[GrantCase]) -> SentTo:
    run, now = people[0].enrolment.run, timezone.now()
    coming = next((lesson for lesson in run.lessons.all() if lesson.ends_at >= now), None)
    return SentTo(run, people, coming, owed_for(one.enrolment.terms for one in people), cases)


def trainees_of(rows: Iterable[Enrolment], *, on: date) -> list[Trainee]:
    held = list(rows)
    alone = [one for one in held if one.run.course.method == Method.E_LEARNING]
    units = progress_of(alone) if alone else {}
    minutes, leaves = attended(held), leaves_of(held)
    return [
        Trainee(one, None, units[one.pk])
        if one.pk in units
        else Trainee(one, pace(one, minutes[one.pk], leaves.get(one.pk, []), on=on), None)
        for one in held
    ]


def attended(held: Collection[Enrolment]) -> dict[int, dict[int, int]]:
    """Minutes in force by enrolment and lesson. One query."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    marks = AttendanceMark.objects.current().filter(enrolment__in=held).order_by()
    for enrolment, lesson, minutes in marks.values_list("enrolment", "lesson", "minutes"):
        found[enrolment][lesson] = minutes
    return found


def pace(one: Enrolment, minutes: Mapping[int, int], leaves: Collection[Leave], *, on: date) -> Pace:
    lessons = [minutes_of(lesson, minutes.get(lesson.pk), leaves, on=on) for lesson in one.run.lessons.all()]
    return pace_of(lessons, needed_percent=one.terms.needed_percent)


def cases_of(runs: Iterable[int], acting: Acting) -> dict[int, list[GrantCase]]:
    """Each with what it was claimed, planned and decided at."""
    found: dict[int, list[GrantCase]] = defaultdict(list)
    seen = GrantCase.objects.visible_to(acting).filter(run__in=runs).exclude(state=CaseState.DROPPED)
    for case in with_sums(seen.order_by("pk")):
        assert case.run_id
        found[case.run_id].append(case)
    return found


def on_trial(acting: Acting) -> list[OnTrial]:
    """Those whose next step is due first; a firm's own manager on trial elsewhere is no trial of the firm."""
    rows = (
        Placement.objects.visible_to(acting).open().exclude(person=acting.person).with_sides().select_related("offer")
    )
    found = [waited(one, on=acting.today) for one in rows.prefetch_related("proposals__answers", "intents", "checks")]
    return sorted(found, key=lambda one: (one.due_on is None, one.due_on or date.min, not one.step, one.placement.pk))


def waited(one: Placement, *, on: date) -> OnTrial:
    asked = asked_of(one, Party.HOST, on=on)
    return OnTrial(one, BY_CODE[asked[0]].label, asked[1]) if asked else OnTrial(one, "", None)
