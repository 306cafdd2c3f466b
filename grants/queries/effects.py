"""What moving a lesson would do to plans that are filed, and until when the office must hear of it."""

from dataclasses import dataclass
from datetime import date

from courses.models import Lesson
from firms.acting import Acting
from grants.models import GrantCase, PlanVersion
from grants.rules import Notice, change_notice
from grants.states import CaseState

BOUND = (CaseState.FILED, CaseState.CLAIM_READY)


@dataclass(frozen=True)
class LessonEffect:
    """`cases` are those one may see; of all others the number of firms alone is told."""

    cases: list[GrantCase]
    firm_count: int
    notice: Notice
    is_late: bool


def lesson_effect(lesson: Lesson, acting: Acting, *, on: date) -> LessonEffect | None:
    """None where no filed plan holds the lesson. Two queries, and one more for who has cases."""
    plans = PlanVersion.objects.filter(case__run=lesson.run_id, case__state__in=BOUND, filing__isnull=False)
    latest = {plan.case_id: plan for plan in plans.select_related("case__establishment").order_by("number")}
    bound = [plan for plan in latest.values() if holds(plan, lesson)]
    if not bound:
        return None
    seen = GrantCase.objects.visible_to(acting).filter(pk__in=[plan.case_id for plan in bound])
    notice = change_notice(lesson.on, lesson.on)
    return LessonEffect(
        cases=list(seen.select_related("establishment__organisation")),
        firm_count=len({plan.case.firm_id for plan in bound}),
        notice=notice,
        is_late=notice.due is not None and on > notice.due,
    )


def holds(plan: PlanVersion, lesson: Lesson) -> bool:
    return any(planned["id"] == lesson.pk for planned in plan.facts["training"]["lessons"])


def firms_with_a_plan(run_id: int) -> int:
    """How many firms filed a plan for a run and have not yet had their decision: no more than that for the college."""
    filed = GrantCase.objects.filter(run=run_id, state__in=BOUND)
    return filed.order_by().values("establishment__organisation").distinct().count()
