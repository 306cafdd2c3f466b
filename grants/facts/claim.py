"""What a claim freezes: the filed plan, who attended what, what was paid, and the facts the rules reckon with."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from courses.models import Enrolment
from grants.facts.agreed import agreed_claim_window, agreed_training, name_of
from grants.facts.basis import claimed_enrolments
from grants.facts.change import Change
from grants.facts.drift import changes_between, listed, told_events
from grants.facts.ground import Ground, ground_of
from grants.facts.learners import all_completed_on, learners
from grants.facts.money import already_drawn, costs_of, grant_cost
from grants.facts.plan import answers, gather_plan
from grants.facts.workers import FROM_PLAN, Records, attended_lesson, records_of, worker
from grants.models import Answer, Cost, Excuse, GrantCase, PlanVersion
from grants.models.claims import NEVER_HELD
from grants.queries.drawn import Drawn
from grants.rules import Attendance, attendance
from grants.time.lessons import CountedLesson

Facts = dict[str, Any]
AGREED = ("starts_on", "ends_on", "total_minutes", "planned_minutes")
AGREED_ONLINE = (*AGREED, "standard_hours", "units")


def filed_plan(case: GrantCase) -> PlanVersion | None:
    return case.plans.filter(filing__isnull=False).select_related("filing").order_by("-number").first()


def gather_claim(case: GrantCase, as_of: date) -> Facts:
    """Asks for a case whose plan was filed."""
    return gather_with_changes(case, as_of)[0]


def gather_with_changes(case: GrantCase, as_of: date, *, ground: Ground | None = None) -> tuple[Facts, list[Change]]:
    """The claim's facts together with the departures from the plan they were gathered under."""
    plan = filed_plan(case)
    if plan is None:
        raise LookupError(f"{case.number} has no filed plan")
    ground = ground or ground_of(case, on=as_of)
    now = gather_plan(case, on=as_of, ground=ground)
    changes = changes_between(plan.facts, now, told=told_events(case), filed_on=plan.filing.filed_on)
    agreed = agreed_training(plan.facts, now, changes)
    enrolled = claimed_enrolments(plan.facts, now, changes, ground.enrolled)
    records = records_of(enrolled, case.establishment)
    newest, costs, excuses = ground.answers, costs_of(case), held_excuses(case)
    drawn = already_drawn(case, as_of=as_of)
    if "units" in agreed:
        found = learners(enrolled, plan.facts, agreed, records, changes, on=as_of)
        trained, first_on = found.workers, found.first_on
    else:
        trained = trained_workers(
            enrolled, plan.facts, agreed, Reality(ground, changes, records, excused_minutes(excuses))
        )
        first_on = records.first_attended_on
    facts = {
        "as_of": as_of.isoformat(),
        "plan_number": plan.number,
        "plan": plan.facts,
        "filed_on": plan.filing.filed_on.isoformat(),
        "receipt_number": plan.filing.receipt_number,
        **{part: now[part] for part in ("firm", "establishment", "contact", "agent")},
        "training": {part: agreed[part] for part in (AGREED_ONLINE if "units" in agreed else AGREED)}
        | {"first_attended_on": first_on, "recorded_at": records.recorded_at},
        "grant": grant_facts(
            case, plan, trained, agreed, drawn=drawn, costs=costs, stated=newest, as_of=as_of, sme=now["firm"]["sme"]
        ),
        "workers": trained,
        "outside": list(drawn.outside.ground),
        "costs": [cost_facts(cost) for cost in costs],
        "answers": answers(newest),
        "evidence": evidence(newest, costs, excuses),
        "claim_window": agreed_claim_window(
            agreed, plan.facts["course"]["method"], all_completed_on=all_completed_on(trained)
        ),
    }
    return facts, changes


@dataclass(frozen=True)
class Reality:
    """What was held, where it left the plan, and who was there."""

    ground: Ground
    changes: Sequence[Change]
    records: Records
    excused: dict[int, int]


def trained_workers(enrolled: Iterable[Enrolment], plan: Facts, agreed: Facts, real: Reality) -> list[Facts]:
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
            listed(worker(enrolment), plan["workers"]) or {},
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
    enrolment: Enrolment, lesson: Facts, held: dict[int, CountedLesson], untold: set[str], records: Records
) -> Facts:
    """One that moved without notice keeps its planned minutes and counts none as attended."""
    found, counts = held.get(lesson["id"]), name_of(lesson) not in untold
    if found is None:
        return never_held(lesson)
    row = attended_lesson(enrolment, found, records, counts=counts)
    return row if counts else row | {"planned_minutes": lesson["counted_minutes"]}


def never_held(lesson: Facts) -> Facts:
    kept = {part: lesson[part] for part in ("id", "number", "on", "topic", "starts_at", "ends_at")}
    return kept | {
        "excluded_minutes": lesson["minutes"] - lesson["counted_minutes"],
        "planned_minutes": lesson["counted_minutes"],
        "came_at": "",
        "left_at": "",
        "attended_minutes": 0,
        "wage_minutes": 0,
        "lecturer": lesson["instructor"],
        "source": NEVER_HELD,
        "mark_id": None,
    }


def excused_minutes(excuses: Iterable[Excuse]) -> dict[int, int]:
    """By enrolment."""
    found: Counter[int] = Counter()
    for excuse in excuses:
        found[excuse.enrolment_id] += excuse.minutes
    return found


def trained(enrolment: Enrolment, planned: Facts, rows: list[Facts], plan: Facts, *, excused: int) -> Facts:
    """A worker converted in mid-training still counts as the plan has them (支給要領 06023 注)."""
    sums = {part: sum(row[part] for row in rows) for part in ("planned_minutes", "attended_minutes", "wage_minutes")}
    # No more is forgiven than was missed.
    sums["excused_minutes"] = min(excused, sums["planned_minutes"] - sums["attended_minutes"])
    share = share_of(sums, method=plan["course"]["method"], on=date.fromisoformat(plan["training"]["ends_on"]))
    return {
        **worker(enrolment),
        **{part: planned[part] for part in FROM_PLAN if part in planned},
        "lessons": rows,
        **sums,
        "percent": share.percent if share else 0,
        "passes": share.passes if share else False,
    }


def share_of(minutes: Facts, *, method: str, on: date) -> Attendance | None:
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
    trained: list[Facts],
    agreed: Facts,
    *,
    drawn: Drawn,
    costs: list[Cost],
    stated: dict[str, Answer],
    as_of: date,
    sme: bool | None,
) -> Facts:
    """In the vocabulary of `grants.rules.training_facts`; whoever is not known to be insured is not reckoned with."""
    nothing_else = said(stated, "first_this_year") is True
    rebate, trial = said(stated, "no_rebate"), said(stated, "not_in_trial")
    is_online = "units" in agreed
    return {
        "scheme": case.scheme,
        "menu": case.menu,
        "plan_filed": plan.filing.filed_on.isoformat(),
        "claim_filed": as_of.isoformat(),
        "sme": bool(sme),
        "method": plan.facts["course"]["method"],
        **time_facts(trained, agreed),
        "cost": grant_cost(costs, fee_yen=plan.facts["course"]["fee_yen"], people=len(trained), as_of=as_of)
        | ({} if rebate is None else {"provider_rebate": not rebate}),
        "workers": [
            {
                "key": one["key"],
                "employment": one["employment"],
                "attended_minutes": one["attended_minutes"],
                "wage_minutes": one["wage_minutes"],
                "excused_minutes": one["excused_minutes"],
                "in_trial_support_period": None if trial is None else not trial,
                **times_facts(drawn, int(one["key"]), nothing_else=nothing_else),
                **({"completed": one["completed"]} if is_online else {}),
            }
            for one in trained
            if one["insured_number"]
        ],
        "uplift": False,
        "already_granted_in_claim_year": drawn.yen if nothing_else or drawn.outside.yen is not None else None,
    }


def times_facts(drawn: Drawn, enrolment: int, *, nothing_else: bool) -> Facts:
    """None where the firm has said neither that it claimed nothing outside Takumi nor how often it did."""
    if not nothing_else and enrolment not in drawn.outside.times:
        return {"grants_this_year": None, "e_learning_grants_this_year": None}
    return {
        "grants_this_year": drawn.times.get(enrolment, 0),
        "e_learning_grants_this_year": drawn.e_learning.get(enrolment, 0),
    }


def time_facts(trained: list[Facts], agreed: Facts) -> Facts:
    """eラーニング・通信制 are reckoned by their standard hours, a class by its minutes."""
    if "units" in agreed:
        return {"standard_hours": agreed["standard_hours"]}
    return {"planned_minutes": max((one["planned_minutes"] for one in trained), default=0)}


def said(stated: dict[str, Answer], code: str) -> bool | None:
    answer = stated.get(code)
    return {"yes": True, "no": False}.get(answer.value) if answer else None


def cost_facts(cost: Cost) -> Facts:
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


def evidence(stated: dict[str, Answer], costs: list[Cost], excuses: list[Excuse]) -> list[Facts]:
    """The files named by the answers and payments that hold, each under what it proves."""
    proofs = [(code, answer.evidence) for code, answer in sorted(stated.items()) if answer.evidence]
    proofs += [("excuse", excuse.evidence) for excuse in excuses]
    proofs += [("payment", cost.evidence) for cost in costs if cost.evidence]
    return [{"kind": kind, "name": proof.name, "sha256": proof.file.sha256} for kind, proof in proofs]
