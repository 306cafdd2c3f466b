"""The training as the labour office has it: the filed plan with every change it was told of in time."""

from collections.abc import Iterable
from datetime import date

from grants.facts.change import Change
from grants.facts.online import agreed_online
from grants.facts.plan import window
from grants.rules import claim_window
from grants.shapes import Agreed, LessonFacts, PlanFacts, PlanTraining, RealityFacts, WindowFacts, days_planned


def agreed_lessons(plan: RealityFacts, now: RealityFacts, changes: Iterable[Change]) -> list[LessonFacts]:
    """A lesson counts as it was told last; one nobody was told of as the plan has it, or not at all."""
    told = {change.subject for change in changes if change.is_told}
    held = {name_of(lesson): lesson for lesson in now["training"]["lessons"]}
    planned = {name_of(lesson): lesson for lesson in plan["training"]["lessons"]}
    kept = {name: lesson for name, lesson in planned.items() if name not in told}
    lessons = kept | {name: lesson for name, lesson in held.items() if name in told}
    return sorted(lessons.values(), key=lambda lesson: (lesson["on"], lesson["starts_at"]))


def name_of(lesson: LessonFacts) -> str:
    return f"lesson-{lesson['id']}"


def agreed_training(plan: RealityFacts, now: RealityFacts, changes: Iterable[Change]) -> PlanTraining:
    if plan["training"]["units"] is not None:
        return agreed_online(plan["training"], now["training"], changes)
    lessons = agreed_lessons(plan, now, changes)
    days = [lesson["on"] for lesson in lessons]
    return {
        "starts_on": min(days, default=plan["training"]["starts_on"]),
        "ends_on": max(days, default=plan["training"]["ends_on"]),
        "total_minutes": sum(lesson["minutes"] for lesson in lessons),
        "planned_minutes": sum(lesson["counted_minutes"] for lesson in lessons),
        "standard_hours": None,
        "lessons": lessons,
        "has_lessons": bool(lessons),
        "units": None,
    }


def agreed_claim_window(training: Agreed, plan: PlanFacts, *, all_completed_on: date | None = None) -> WindowFacts:
    """訓練終了日 is the last day the office knows of: a lesson put off without a notice gives no more time.

    Of eラーニング the first day comes earlier once everybody has finished."""
    _starts_on, ends_on = days_planned(training)
    method, scheme = plan["course"]["method"], plan["scheme"]["code"]
    return window(
        claim_window("training_end", ends_on, method=method, all_completed_on=all_completed_on, scheme=scheme)
    )
