"""What a plan freezes: everything its papers print, as it stands on one day."""

from datetime import date

from django.utils import timezone

from firms.words.tongues import in_japanese
from grants.facts.ground import Ground, ground_of
from grants.facts.parties import parties
from grants.facts.stated import stated_for_plan
from grants.facts.training import course, learned_online, training_of, training_of_lessons
from grants.facts.workers import enrolments_of, worker
from grants.models import Answer, ConversionPlan, GrantCase, ReskillingPlan
from grants.rules import Window, claim_window
from grants.shapes import (
    SHAPE,
    AnswerFacts,
    ConversionFacts,
    PlanFacts,
    PlanTraining,
    RealityFacts,
    ReskillingFacts,
    SchemeFacts,
    WindowFacts,
    days_planned,
)
from grants.subjects.questions import BY_CODE
from grants.time.windows import plan_window_of


def scheme(case: GrantCase) -> SchemeFacts:
    entry = case.entry
    return {"code": entry.scheme, "menu": entry.menu, "label": entry.label, "grant": entry.grant}


def form_edition(case: GrantCase, window: WindowFacts | None, *, on: date) -> str:
    """Of the first day on which the plan can be filed: the forms follow its filing."""
    opens = date.fromisoformat(window["first"]) if window else on
    return case.entry.edition_on(max(on, opens)).name


def reskilling_plan(case: GrantCase) -> ReskillingFacts | None:
    try:
        stated = case.reskilling_plan
    except ReskillingPlan.DoesNotExist:
        return None
    return {
        "purpose": stated.purpose,
        "purpose_label": str(stated.get_purpose_display()),
        "from_on": stated.from_on.isoformat(),
        "to_on": stated.to_on.isoformat() if stated.to_on else None,
        "business": stated.business,
        "change": stated.change,
        "task_link": stated.task_link,
    }


def conversion_plan(case: GrantCase) -> ConversionFacts | None:
    """None where nobody has said whether the plan is to stand in for a キャリアアップ計画書."""
    stated: ConversionPlan | None = getattr(case, "conversion_plan", None)
    return (
        None
        if stated is None
        else {
            "is_wanted": stated.is_wanted,
            "manager_name": stated.manager_name,
            "is_conversion": stated.is_conversion,
            "month": stated.month.isoformat() if stated.month else None,
        }
    )


def answers(newest: dict[str, Answer]) -> dict[str, AnswerFacts]:
    return {
        code: {
            "label": str(BY_CODE[code].label) if code in BY_CODE else code,
            "value": answer.value,
            "note": answer.note,
            "answered_by": answer.answered_by.full_name,
            "answered_on": timezone.localdate(answer.answered_at).isoformat(),
            "answered_at": timezone.localtime(answer.answered_at).isoformat(),
        }
        for code, answer in sorted(newest.items())
    }


def window(found: Window) -> WindowFacts:
    return {
        "first": found.first.isoformat(),
        "last_nominal": found.last_nominal.isoformat(),
        "last": found.last.isoformat(),
        "because": found.because,
        "source": found.source,
    }


def windows(training: PlanTraining, *, scheme: str, method: str) -> tuple[WindowFacts | None, WindowFacts | None]:
    """Of the plan and of the claim. None for a run without days; what is missing says so before anything is frozen."""
    if not training["starts_on"]:
        return None, None
    starts_on, ends_on = days_planned(training)
    return window(plan_window_of(scheme, starts_on)), window(
        claim_window("training_end", ends_on, method=method, scheme=scheme)
    )


@in_japanese
def gather_reality(case: GrantCase) -> RealityFacts:
    """The parts of a plan that reality can leave: when, where, what and who."""
    enrolled = enrolments_of(case.run, case.establishment)
    return {
        "course": course(case.run),
        "training": training_of(case.run),
        "workers": [worker(enrolment) for enrolment in enrolled],
    }


@in_japanese
def gather_plan(case: GrantCase, *, on: date, filed_on: date | None = None, ground: Ground | None = None) -> PlanFacts:
    """`filed_on` is told where the plan has reached the office already: the forms are those of that day."""
    ground = ground or ground_of(case, on=on)
    training = learned_online(ground.online) if ground.online else training_of_lessons(ground.lessons)
    plan_window, claim_window = windows(training, scheme=case.scheme, method=case.run.course.method)
    return {
        "shape": SHAPE,
        "frozen_on": on.isoformat(),
        "form_edition": form_edition(case, plan_window, on=filed_on or on),
        "scheme": scheme(case),
        **parties(case, ground.parties),
        "course": course(case.run),
        "training": training,
        "reskilling_plan": reskilling_plan(case),
        "conversion_plan": conversion_plan(case),
        **stated_for_plan(case, ground.stated),
        "workers": [worker(enrolment) for enrolment in ground.enrolled],
        "answers": answers(ground.answers),
        "plan_window": plan_window,
        "claim_window": claim_window,
    }
