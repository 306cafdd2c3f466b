"""What a claim freezes: the filed plan, who attended what, what was paid, and the facts the rules reckon with."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from courses.models import Enrolment
from firms.words.tongues import in_japanese
from grants.facts.agreed import agreed_claim_window, agreed_training, name_of
from grants.facts.basis import claimed_enrolments
from grants.facts.change import Change
from grants.facts.drift import changes_between, listed, told_events
from grants.facts.ground import Ground, ground_of
from grants.facts.learners import all_completed_on, learners
from grants.facts.money import already_drawn, costs_of, grant_cost
from grants.facts.plan import answers, gather_plan
from grants.facts.stated import stated_for_claim
from grants.facts.workers import Records, as_planned, attended_lesson, records_of, worker
from grants.models import Answer, Cost, Excuse, GrantCase, PlanVersion
from grants.models.claims import NEVER_HELD
from grants.queries.after_trial import in_direct_trial
from grants.queries.drawn import Drawn
from grants.rules import Attendance, attendance
from grants.shapes import (
    SHAPE,
    ClaimFacts,
    ClaimTraining,
    CostFacts,
    EvidenceFile,
    GrantFacts,
    GrantWorker,
    LessonFacts,
    Minutes,
    PlanFacts,
    PlanTraining,
    PlanWorker,
    Times,
    TrainedLesson,
    TrainedWorker,
    TrainingTime,
    days_planned,
)
from grants.subjects import Edition, edition_in
from grants.time.lessons import CountedLesson


def filed_plan(case: GrantCase) -> PlanVersion | None:
    return case.plans.filter(filing__isnull=False).select_related("filing").order_by("-number").first()


def edition_of(case: GrantCase, *, on: date) -> Edition:
    """Of the plan as it was filed; before that the one a plan of the day would have."""
    plan = filed_plan(case)
    return edition_in(plan.lifted) if plan else case.entry.edition_on(on)


@in_japanese
def gather_claim(case: GrantCase, as_of: date) -> ClaimFacts:
    """Asks for a case whose plan was filed."""
    return gather_with_changes(case, as_of)[0]


@in_japanese
def gather_with_changes(
    case: GrantCase, as_of: date, *, ground: Ground | None = None
) -> tuple[ClaimFacts, list[Change]]:
    """The claim's facts together with the departures from the plan they were gathered under."""
    plan = filed_plan(case)
    if plan is None:
        raise LookupError(f"{case.number} has no filed plan")
    ground = ground or ground_of(case, on=as_of)
    now = gather_plan(case, on=as_of, ground=ground)
    changes = changes_between(plan.lifted, now, told=told_events(case), filed_on=plan.filing.filed_on)
    agreed = agreed_training(plan.lifted, now, changes)
    enrolled = claimed_enrolments(plan.lifted, now, changes, ground.enrolled)
    records = records_of(enrolled, case.establishment)
    newest, costs, excuses = ground.answers, costs_of(case), held_excuses(case)
    drawn = already_drawn(case, as_of=as_of)
    if agreed["units"] is not None:
        found = learners(enrolled, plan.lifted, agreed, records, changes, on=as_of)
        trained, first_on = found.workers, found.first_on
    else:
        trained = trained_workers(
            enrolled, plan.lifted, agreed, Reality(ground, changes, records, excused_minutes(excuses))
        )
        first_on = records.first_attended_on
    facts: ClaimFacts = {
        "shape": SHAPE,
        "as_of": as_of.isoformat(),
        "plan_number": plan.number,
        "plan": plan.lifted,
        "filed_on": plan.filing.filed_on.isoformat(),
        "receipt_number": plan.filing.receipt_number,
        "firm": now["firm"],
        "establishment": now["establishment"],
        "contact": now["contact"],
        "agent": now["agent"],
        "training": claimed_training(agreed, first_on, records),
        "grant": grant_facts(
            case, plan, trained, agreed, drawn=drawn, costs=costs, stated=newest, as_of=as_of, sme=now["firm"]["sme"]
        ),
        "workers": trained,
        "outside": list(drawn.outside.ground),
        "costs": [cost_facts(cost) for cost in costs],
        "answers": answers(newest),
        "evidence": evidence(newest, costs, excuses),
        **stated_for_claim(case, ground.stated),
        "claim_window": agreed_claim_window(agreed, plan.lifted, all_completed_on=all_completed_on(trained)),
    }
    return facts, changes


def claimed_training(agreed: PlanTraining, first_on: str | None, records: Records) -> ClaimTraining:
    return {
        "starts_on": agreed["starts_on"],
        "ends_on": agreed["ends_on"],
        "total_minutes": agreed["total_minutes"],
        "planned_minutes": agreed["planned_minutes"],
        "standard_hours": agreed["standard_hours"],
        "units": agreed["units"],
        "first_attended_on": first_on,
        "recorded_at": records.recorded_at,
    }


@dataclass(frozen=True)
class Reality:
    """What was held, where it left the plan, and who was there."""

    ground: Ground
    changes: Sequence[Change]
    records: Records
    excused: dict[int, int]


def trained_workers(
    enrolled: Iterable[Enrolment], plan: PlanFacts, agreed: PlanTraining, real: Reality
) -> list[TrainedWorker]:
    held = {found.lesson.pk: found for found in real.ground.lessons}
    untold = {change.subject for change in real.changes if not change.is_settled}
    if any(change.loses_all for change in real.changes):
        untold |= {name_of(lesson) for lesson in agreed["lessons"]}
    days = [lesson["on"] for lesson in agreed["lessons"]]
    rows = {
        enrolment.pk: [lesson_row(enrolment, lesson, held, untold, real.records) for lesson in agreed["lessons"]]
        for enrolment in enrolled
    }
    return [
        trained(
            enrolment,
            listed(worker(enrolment), plan["workers"]),
            rows[enrolment.pk],
            plan,
            excused=real.excused.get(enrolment.pk, 0),
        )
        | {
            "not_employed_on": real.records.not_employed_on(enrolment, days),
            "no_hours_on": real.records.no_hours_on(enrolment, days),
            "learned_on_leave": real.records.learned_on_leave(enrolment, rows[enrolment.pk]),
        }
        for enrolment in enrolled
    ]


def lesson_row(
    enrolment: Enrolment, lesson: LessonFacts, held: dict[int, CountedLesson], untold: set[str], records: Records
) -> TrainedLesson:
    """One that moved without notice keeps its planned minutes and counts none as attended."""
    found, counts = held.get(lesson["id"]), name_of(lesson) not in untold
    if found is None:
        return never_held(lesson)
    row = attended_lesson(enrolment, found, records, counts=counts)
    return row if counts else {**row, "planned_minutes": lesson["counted_minutes"]}


def never_held(lesson: LessonFacts) -> TrainedLesson:
    return {
        "id": lesson["id"],
        "number": lesson["number"],
        "on": lesson["on"],
        "topic": lesson["topic"],
        "starts_at": lesson["starts_at"],
        "ends_at": lesson["ends_at"],
        "excluded_minutes": lesson["minutes"] - lesson["counted_minutes"],
        "planned_minutes": lesson["counted_minutes"],
        "came_at": "",
        "left_at": "",
        "attended_minutes": 0,
        "wage_minutes": 0,
        "lecturer": lesson["instructor"],
        "source": NEVER_HELD,
        "mark_id": None,
        "away": [],
    }


def excused_minutes(excuses: Iterable[Excuse]) -> dict[int, int]:
    """By enrolment."""
    found: Counter[int] = Counter()
    for excuse in excuses:
        found[excuse.enrolment_id] += excuse.minutes
    return found


def trained(
    enrolment: Enrolment, planned: PlanWorker | None, rows: list[TrainedLesson], plan: PlanFacts, *, excused: int
) -> TrainedWorker:
    sums = sums_of(rows, excused=excused)
    share = share_of(sums, method=plan["course"]["method"], on=days_planned(plan["training"])[1])
    return {
        **as_planned(worker(enrolment), planned),
        **sums,
        "lessons": rows,
        "percent": share.percent if share else 0,
        "passes": share.passes if share else False,
        "not_employed_on": "",
        "no_hours_on": "",
        "learned_on_leave": "",
        "log": None,
        "completed": None,
        "completed_on": None,
        "certificate": "",
        "outside_hours": [],
    }


def sums_of(rows: Iterable[TrainedLesson], *, excused: int) -> Minutes:
    """No more is forgiven than was missed."""
    planned, attended = (sum(row["planned_minutes"] for row in rows), sum(row["attended_minutes"] for row in rows))
    return {
        "planned_minutes": planned,
        "attended_minutes": attended,
        "wage_minutes": sum(row["wage_minutes"] for row in rows),
        "excused_minutes": min(excused, planned - attended),
    }


def share_of(minutes: Minutes, *, method: str, on: date) -> Attendance | None:
    """None where every lesson of the plan was given up."""
    if not minutes["planned_minutes"]:
        return None
    return attendance(
        method=method,
        planned_minutes=minutes["planned_minutes"],
        attended_minutes=minutes["attended_minutes"],
        excused_minutes=minutes["excused_minutes"],
        on=on,
    )


def grant_facts(
    case: GrantCase,
    plan: PlanVersion,
    trained: list[TrainedWorker],
    agreed: PlanTraining,
    *,
    drawn: Drawn,
    costs: list[Cost],
    stated: dict[str, Answer],
    as_of: date,
    sme: bool | None,
) -> GrantFacts:
    """In the vocabulary of `grants.rules.training_facts`; whoever is not known to be insured is not reckoned with."""
    nothing_else = said(stated, "first_this_year") is True
    first, last = days_planned(agreed)
    marked = in_direct_trial((int(one["key"]) for one in trained), first=first, last=last)
    rebate, trial = said(stated, "no_rebate"), said(stated, "not_in_trial")
    return {
        "scheme": case.scheme,
        "menu": case.menu,
        "plan_filed": plan.filing.filed_on.isoformat(),
        "claim_filed": as_of.isoformat(),
        "sme": bool(sme),
        "method": plan.lifted["course"]["method"],
        **time_facts(trained, agreed),
        "cost": grant_cost(costs, fee_yen=plan.lifted["course"]["fee_yen"], people=len(trained), as_of=as_of)
        | ({} if rebate is None else {"provider_rebate": not rebate}),
        "workers": [
            worker_facts(
                one,
                times_facts(drawn, int(one["key"]), nothing_else=nothing_else),
                in_trial=int(one["key"]) in marked or (None if trial is None else not trial),
            )
            for one in trained
            if one["insured_number"]
        ],
        "uplift": False,
        "already_granted_in_claim_year": drawn.yen if nothing_else or drawn.outside.yen is not None else None,
    }


def worker_facts(one: TrainedWorker, times: Times, *, in_trial: bool | None) -> GrantWorker:
    found: GrantWorker = {
        "key": one["key"],
        "employment": one["employment"],
        "attended_minutes": one["attended_minutes"],
        "wage_minutes": one["wage_minutes"],
        "excused_minutes": one["excused_minutes"],
        "in_trial_support_period": in_trial,
        **times,
    }
    return found if one["log"] is None else {**found, "completed": one["completed"]}


def times_facts(drawn: Drawn, enrolment: int, *, nothing_else: bool) -> Times:
    """None where the firm has said neither that it claimed nothing outside Takumi nor how often it did."""
    if not nothing_else and enrolment not in drawn.outside.times:
        return {"grants_this_year": None, "e_learning_grants_this_year": None}
    return {
        "grants_this_year": drawn.times.get(enrolment, 0),
        "e_learning_grants_this_year": drawn.e_learning.get(enrolment, 0),
    }


def time_facts(trained: list[TrainedWorker], agreed: PlanTraining) -> TrainingTime:
    """eラーニング・通信制 are reckoned by their standard hours, a class by its minutes."""
    if agreed["units"] is not None:
        return {"standard_hours": agreed["standard_hours"]}
    return {"planned_minutes": max((one["planned_minutes"] for one in trained), default=0)}


def said(stated: dict[str, Answer], code: str) -> bool | None:
    answer = stated.get(code)
    return {"yes": True, "no": False}.get(answer.value) if answer else None


def cost_facts(cost: Cost) -> CostFacts:
    return {
        "amount_yen": cost.amount_yen,
        "paid_on": cost.paid_on.isoformat(),
        "payer": cost.payer,
        "payer_label": str(cost.get_payer_display()),
        "evidence": cost.evidence.name if cost.evidence else "",
    }


def held_excuses(case: GrantCase) -> list[Excuse]:
    """Neither voided nor voiding."""
    return list(case.excuses.filter(voids=None, voided_by=None).select_related("evidence__file").order_by("pk"))


def evidence(stated: dict[str, Answer], costs: list[Cost], excuses: list[Excuse]) -> list[EvidenceFile]:
    """The files named by the answers and payments that hold, each under what it proves."""
    proofs = [(code, answer.evidence) for code, answer in sorted(stated.items()) if answer.evidence]
    proofs += [("excuse", excuse.evidence) for excuse in excuses]
    proofs += [("payment", cost.evidence) for cost in costs if cost.evidence]
    return [{"kind": kind, "name": proof.name, "sha256": proof.file.sha256} for kind, proof in proofs]
