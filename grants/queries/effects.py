"""What moving a lesson or a run's place and days would do to plans that are filed, and until when the office must hear of it."""

from dataclasses import dataclass
from datetime import date

from courses.models import Lesson, Run
from firms.acting import Acting
from firms.models import Establishment
from grants.models import GrantCase, PlanVersion
from grants.rules import Notice, change_notice
from grants.shapes import days_planned
from grants.states import CaseState

BOUND = (CaseState.FILED, CaseState.CLAIM_READY)


@dataclass(frozen=True)
class LessonEffect:
    """`cases` are those one may see; of all others the number of firms alone is told."""

    cases: list[GrantCase]
    firm_count: int
    notice: Notice
    is_late: bool


@dataclass(frozen=True)
class RunEffect:
    """The same of a whole run: `first` is the notice of its place and first day, `last` that of its last day."""

    cases: list[GrantCase]
    firm_count: int
    first: Notice
    last: Notice
    is_late: bool


def lesson_effect(lesson: Lesson, acting: Acting, *, on: date) -> LessonEffect | None:
    """None where no filed plan holds the lesson. Two queries, and one more for who has cases."""
    bound = [plan for plan in filed_plans(lesson.run_id) if holds(plan, lesson)]
    if not bound:
        return None
    notice = change_notice(lesson.on, lesson.on)
    return LessonEffect(seen_cases(bound, acting), firms_of(bound), notice, is_late(notice, on=on))


def run_effect(run: Run, acting: Acting, *, on: date) -> RunEffect | None:
    """None where no filed plan is of the run, or none knows its days. As many queries as for a lesson."""
    bound = [plan for plan in filed_plans(run.pk) if plan.lifted["training"]["starts_on"]]
    if not bound:
        return None
    days = [days_planned(plan.lifted["training"]) for plan in bound]
    starts, ends = (min(found) for found in zip(*days, strict=True))
    first, last = change_notice(starts, starts), change_notice(ends, ends)
    return RunEffect(seen_cases(bound, acting), firms_of(bound), first, last, is_late(first, on=on))


def people_effect(run: Run, establishment: Establishment, acting: Acting, *, on: date) -> LessonEffect | None:
    """What adding people asks for where this establishment's plan is filed: they stand in no list the office has."""
    bound = [plan for plan in filed_plans(run.pk) if plan.case.establishment_id == establishment.pk]
    bound = [plan for plan in bound if plan.lifted["training"]["starts_on"]]
    if not bound:
        return None
    starts = min(days_planned(plan.lifted["training"])[0] for plan in bound)
    notice = change_notice(starts, starts)
    return LessonEffect(seen_cases(bound, acting), 1, notice, is_late(notice, on=on))


def filed_plans(run_id: int) -> list[PlanVersion]:
    """The last filed plan of each case of the run that still waits for its claim."""
    plans = PlanVersion.objects.filter(case__run=run_id, case__state__in=BOUND, filing__isnull=False)
    latest = {plan.case_id: plan for plan in plans.select_related("case__establishment").order_by("number")}
    return list(latest.values())


def seen_cases(plans: list[PlanVersion], acting: Acting) -> list[GrantCase]:
    seen = GrantCase.objects.visible_to(acting).filter(pk__in=[plan.case_id for plan in plans])
    return list(seen.select_related("establishment__organisation"))


def firms_of(plans: list[PlanVersion]) -> int:
    return len({plan.case.firm_id for plan in plans})


def is_late(notice: Notice, *, on: date) -> bool:
    return notice.due is not None and on > notice.due


def holds(plan: PlanVersion, lesson: Lesson) -> bool:
    return any(planned["id"] == lesson.pk for planned in plan.lifted["training"]["lessons"])


def firms_with_a_plan(run_id: int) -> int:
    """How many firms filed a plan for a run and have not yet had their decision: no more than that for the college."""
    filed = GrantCase.objects.filter(run=run_id, state__in=BOUND)
    return filed.order_by().values("establishment__organisation").distinct().count()
