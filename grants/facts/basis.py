"""A case against its plan: what its page and its line in a list are both made from, read in bulk."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from courses.models import Enrolment
from courses.models.catalogue.courses import Method
from firms.queries.prepared import Prepared
from firms.words.tongues import in_japanese
from grants.facts.agreed import agreed_training
from grants.facts.change import Change
from grants.facts.drift import changes_between, filing_day, listed, told_in
from grants.facts.ground import Ground, grounds_of
from grants.facts.learners import Learned, learned_by, on_which_all_finished
from grants.facts.plan import gather_plan
from grants.models import Deadline, GrantCase, PlanVersion
from grants.shapes import PlanFacts, PlanTraining, RealityFacts


@dataclass(frozen=True)
class Basis:
    """`facts` are those a plan of today would freeze; `agreed` is the training as the labour office has it."""

    case: GrantCase
    facts: PlanFacts
    ground: Ground
    plan: PlanVersion | None
    changes: list[Change]
    agreed: PlanTraining
    deadlines: list[Deadline]
    finished_on: date | None


def basis_of(case: GrantCase, *, on: date) -> Basis:
    return bases_of([case], on=on)[case.pk]


@in_japanese
def bases_of(cases: Collection[GrantCase], *, on: date) -> dict[int, Basis]:
    """By case, with all that `CaseQuerySet.whole` brings; as many queries for one as for many."""
    grounds = grounds_of(cases, on=on)
    plans, deadlines = current_plans(cases), deadlines_by_case(cases)
    learned = learned_in(cases, grounds)
    return {
        case.pk: basis(case, grounds[case.pk], plans.get(case.pk), deadlines[case.pk], learned, on=on) for case in cases
    }


def basis(
    case: GrantCase,
    ground: Ground,
    plan: PlanVersion | None,
    deadlines: list[Deadline],
    learned: Learned,
    *,
    on: date,
) -> Basis:
    facts = gather_plan(case, on=on, ground=ground)
    if plan is None:
        return Basis(case, facts, ground, None, [], facts["training"], deadlines, None)
    filed_on = filing_day(plan)
    changes = changes_between(plan.lifted, facts, told=told_in(deadlines), filed_on=filed_on)
    agreed = agreed_training(plan.lifted, facts, changes) if filed_on else facts["training"]
    finished_on = None
    if filed_on and is_finished_alone(case) and agreed["units"] is not None:
        claimed = claimed_enrolments(plan.lifted, facts, changes, ground.enrolled)
        finished_on = on_which_all_finished(claimed, agreed, changes, learned, on=on)
    return Basis(case, facts, ground, plan, changes, agreed, deadlines, finished_on)


def is_finished_alone(case: GrantCase) -> bool:
    """Each at their own pace, so that all may have finished before the last day."""
    return bool(case.run.course.method == Method.E_LEARNING)


def finished_early(case: GrantCase, *, on: date) -> date | None:
    """The day the last trainee of an e-learning case finished: from the next on it may be claimed."""
    return basis_of(case, on=on).finished_on if is_finished_alone(case) else None


def current_plans(cases: Collection[GrantCase]) -> dict[int, PlanVersion]:
    return {plan.case_id: plan for plan in plans_in_force(tuple(case.pk for case in cases))}


@Prepared
def plans_in_force(cases: tuple[int, ...]) -> QuerySet[PlanVersion]:
    newest = PlanVersion.objects.filter(case=OuterRef("case")).current_first().values("pk")[:1]
    found = PlanVersion.objects.filter(case__in=cases, pk=Subquery(newest))
    return found.select_related("filing", "frozen_by")


def deadlines_by_case(cases: Collection[GrantCase]) -> Mapping[int, list[Deadline]]:
    """In the order of their days."""
    found: dict[int, list[Deadline]] = defaultdict(list)
    for row in deadlines_of(tuple(case.pk for case in cases)):
        found[row.case_id].append(row)
    return found


@Prepared
def deadlines_of(cases: tuple[int, ...]) -> QuerySet[Deadline]:
    return Deadline.objects.filter(case__in=cases).order_by("last_on", "pk")


def learned_in(cases: Collection[GrantCase], grounds: Mapping[int, Ground]) -> Learned:
    """Of all e-learning cases together; nothing is asked where there is none."""
    held = [grounds[case.pk] for case in cases if is_finished_alone(case)]
    units = {pk: unit for ground in held if ground.online for pk, unit in ground.online.known.items()}
    return learned_by([one for ground in held for one in ground.enrolled], units)


def claimed_enrolments(
    plan: RealityFacts, now: RealityFacts, changes: Iterable[Change], enrolled: Sequence[Enrolment]
) -> list[Enrolment]:
    """Those of the plan who still attend; whoever joined without a notice is a departure from the plan, not a trainee."""
    planned = {one["key"] for one in now["workers"] if listed(one, plan["workers"])}
    joined = {
        change.subject.removeprefix("worker-") for change in changes if change.event == "added" and change.is_told
    }
    return [enrolment for enrolment in enrolled if str(enrolment.pk) in planned | joined]
