"""The people of a case: who is planned, and what each attended of each lesson."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from courses.models import AttendanceMark, Enrolment, Run
from firms.models import Employment, Establishment
from firms.models.employments import Contract
from firms.queries import hired_on
from firms.queries.prepared import Prepared
from firms.working_time import working_intervals
from grants.facts.training import clock
from grants.shapes import PlanWorker, TrainedLesson
from grants.time.lessons import CountedLesson
from grants.time.spans import Span, minutes, within


def enrolments_of(run: Run, establishment: Establishment) -> list[Enrolment]:
    """The accepted ones this establishment sends, in the order of their names."""
    return enrolments_by_place([(run.pk, establishment.pk)])[run.pk, establishment.pk]


def enrolments_by_place(places: Collection[tuple[int, int]]) -> dict[tuple[int, int], list[Enrolment]]:
    """By run and establishment. Two queries however many of them."""
    runs, houses = {run for run, _house in places}, {house for _run, house in places}
    found: dict[tuple[int, int], list[Enrolment]] = defaultdict(list)
    for one in accepted_in(tuple(runs), tuple(houses)):
        assert one.employment is not None  # asked for by its establishment
        found[one.run_id, one.employment.establishment_id].append(one)
    return found


@Prepared
def accepted_in(runs: tuple[int, ...], houses: tuple[int, ...]) -> QuerySet[Enrolment]:
    rows = Enrolment.objects.accepted().filter(run__in=runs, employment__establishment__in=houses)
    rows = rows.select_related("person", "employment__person").prefetch_related("employment__person__employments")
    return rows.order_by("person__family_kana", "pk")


def worker(enrolment: Enrolment) -> PlanWorker:
    employment = enrolment.employment
    assert employment is not None  # enrolments_of asks for the establishment of the employment
    return {
        "key": str(enrolment.pk),
        "name": enrolment.person.full_name,
        "kana": enrolment.person.full_kana,
        "insured_number": employment.insured_number,
        "contract": employment.contract,
        "contract_label": str(employment.get_contract_display()),
        # 有期契約労働者等 takes in everyone who is not regular (支給要領 06023).
        "employment": "regular" if employment.contract == Contract.REGULAR else "fixed_term",
        "hired_on": hired_on(employment).isoformat(),
        "job_title": employment.job_title,
    }


def as_planned(now: PlanWorker, planned: PlanWorker | None) -> PlanWorker:
    """A worker converted in mid-training still counts as the plan has them (支給要領 06023 注)."""
    if planned is None:
        return now
    return {
        **now,
        "contract": planned["contract"],
        "contract_label": planned["contract_label"],
        "employment": planned["employment"],
    }


@dataclass(frozen=True)
class Records:
    """Marks by enrolment and lesson, and each person's employments, read once for the whole case."""

    marks: Mapping[tuple[int, int], AttendanceMark]
    employments: Mapping[int, list[Employment]]

    def employment(self, enrolment: Enrolment, found: CountedLesson) -> Employment | None:
        """The terms in force on the day of the lesson."""
        return self.terms_on(enrolment, found.lesson.on)

    def terms_on(self, enrolment: Enrolment, day: date) -> Employment | None:
        held = self.employments.get(enrolment.person_id, [])
        return next((terms for terms in held if terms.lasts_on(day)), None)

    def not_employed_on(self, enrolment: Enrolment, days: Iterable[str]) -> str:
        """The first day of the training on which the person is not at the establishment; empty where there is none."""
        return next((day for day in days if self.terms_on(enrolment, date.fromisoformat(day)) is None), "")

    def no_hours_on(self, enrolment: Enrolment, days: Iterable[str]) -> str:
        """The first day on which nobody entered when the person works: their wage aid is not known, rather than none."""
        held = ((day, self.terms_on(enrolment, date.fromisoformat(day))) for day in days)
        return next((day for day, terms in held if terms and terms.pattern is None), "")

    def learned_on_leave(self, enrolment: Enrolment, rows: Iterable[TrainedLesson]) -> str:
        """The first day of leave on which the person attended; empty where there is none."""
        days = [row["on"] for row in rows if row["attended_minutes"]]
        held = ((day, self.terms_on(enrolment, date.fromisoformat(day))) for day in days)
        return next((day for day, terms in held if terms and terms.leave_on(date.fromisoformat(day))), "")

    @property
    def first_attended_on(self) -> str | None:
        """Of any lesson of the run, planned or not: one before the plan's first day spoils the whole claim."""
        days = [mark.lesson.on.isoformat() for mark in self.marks.values() if mark.came_at]
        return min(days, default=None)

    @property
    def recorded_at(self) -> str | None:
        """When the newest of them was written."""
        newest = max((mark.recorded_at for mark in self.marks.values()), default=None)
        return timezone.localtime(newest).isoformat() if newest else None


def records_of(enrolments: Iterable[Enrolment], establishment: Establishment) -> Records:
    people = [enrolment.person_id for enrolment in enrolments]
    marks = AttendanceMark.objects.current().filter(enrolment__in=[e.pk for e in enrolments]).select_related("lesson")
    employments: dict[int, list[Employment]] = {}
    held = Employment.objects.filter(establishment=establishment, person__in=people).select_related(
        "establishment", "person"
    )
    for terms in held.prefetch_related("person__leaves", "pattern__hours", "establishment__holidays").order_by(
        "-started_on"
    ):
        employments.setdefault(terms.person_id, []).append(terms)
    return Records({(mark.enrolment_id, mark.lesson_id): mark for mark in marks}, employments)


def attended_spans(mark: AttendanceMark | None, found: CountedLesson) -> list[Span]:
    return within(mark.spans, found.counted) if mark else []


def wage_spans(attended: list[Span], employment: Employment | None, found: CountedLesson) -> list[Span]:
    """Inside 所定労働時間 alone: overtime and days off draw nothing even where they are paid (要領 0406)."""
    if employment is None:
        return []
    return within(attended, working_intervals(employment, found.lesson.on, employment.establishment.holidays.all()))


def attended_lesson(enrolment: Enrolment, found: CountedLesson, records: Records, *, counts: bool) -> TrainedLesson:
    """`counts=False`: held at another time than planned and no notice was filed, so it is as if nobody came."""
    mark = records.marks.get((enrolment.pk, found.lesson.pk))
    attended = attended_spans(mark, found) if counts else []
    paid = wage_spans(attended, records.employment(enrolment, found), found)
    return {
        "id": found.lesson.pk,
        "number": found.lesson.number,
        "on": found.lesson.on.isoformat(),
        "topic": found.lesson.topic,
        "starts_at": clock(found.lesson.starts_at),
        "ends_at": clock(found.lesson.ends_at),
        "excluded_minutes": found.excluded_minutes,
        "planned_minutes": found.counted_minutes,
        "came_at": clock(mark.came_at) if mark and mark.came_at else "",
        "left_at": clock(mark.left_at) if mark and mark.left_at else "",
        "attended_minutes": minutes(attended),
        "wage_minutes": minutes(paid),
        "lecturer": found.lesson.instructor.full_name if found.lesson.instructor else "",
        "source": mark.source if mark else "",
        "mark_id": mark.pk if mark else None,
        "away": [[clock(start), clock(end)] for start, end in mark.away] if mark else [],
    }
