"""Where reality left the filed plan, and the change notice each departure asks for."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial

from firms.words.saying import said as _
from firms.words.tongues import in_japanese
from grants.facts.canonical import digest
from grants.facts.change import VENUE, Change, noticed, shortened
from grants.facts.online import online_changes
from grants.facts.plan import gather_reality
from grants.models import Deadline, GrantCase, PlanFiling, PlanVersion
from grants.rules import Notice, change_notice, current_schemes
from grants.shapes import LessonFacts, PlanFacts, PlanWorker, RealityFacts, days_planned
from grants.states import DeadlineState
from grants.subjects import edition_in

Told = dict[str, str]


def told_events(case: GrantCase) -> Told:
    """The last change notice filed of each subject: since then that is what the office has as planned."""
    return told_in(case.deadlines.filter(code=Deadline.Code.CHANGE_NOTICE, state=DeadlineState.MET))


def told_in(rows: Iterable[Deadline]) -> Told:
    met = [row for row in rows if row.code == Deadline.Code.CHANGE_NOTICE and row.state == DeadlineState.MET]
    return {row.subject: row.event for row in sorted(met, key=lambda row: row.pk)}


def drift_of(case: GrantCase, plan: PlanVersion) -> list[Change]:
    return changes_between(plan.lifted, gather_reality(case), told=told_events(case), filed_on=filing_day(plan))


def filing_day(plan: PlanVersion) -> date | None:
    filing: PlanFiling | None = getattr(plan, "filing", None)
    return filing.filed_on if filing else None


@in_japanese
def changes_between(plan: PlanFacts, now: RealityFacts, *, told: Told, filed_on: date | None = None) -> list[Change]:
    start = start_notice(plan, now, filed_on)
    found = [
        *lesson_changes(plan, now, told, start),
        *online_changes(plan["training"], now["training"], told, start),
        *place_changes(plan, now),
        *worker_changes(plan, now),
    ]
    quote = partial(current_schemes().quoted, scheme=plan["scheme"]["code"])
    return [
        replace(change, is_told=told.get(change.subject) == change.event, source=quote(change.source))
        for change in found
    ]


def start_notice(plan: RealityFacts, now: RealityFacts, filed_on: date | None) -> Notice | None:
    """What moving the first day of the whole training asks for, where a change notice is not enough."""
    held = now["training"]["starts_on"]
    if held is None or held == plan["training"]["starts_on"]:
        return None
    old, new = days_planned(plan["training"])[0], date.fromisoformat(held)
    notice = change_notice(old, new, is_training_start=True, plan_filed=filed_on)
    return None if notice.action == "change_notice" else notice


def lesson_changes(plan: RealityFacts, now: RealityFacts, told: Told, start: Notice | None) -> Iterable[Change]:
    held = {lesson["id"]: lesson for lesson in now["training"]["lessons"]}
    planned = {lesson["id"]: lesson for lesson in plan["training"]["lessons"]}
    first = days_planned(plan["training"])[0].isoformat()
    for key, lesson in planned.items():
        known = told.get(f"lesson-{key}", state_of(lesson))
        if key not in held:
            yield removed_lesson(lesson)
        elif not state_of(held[key]) == state_of(lesson) == known:
            is_start = lesson["on"] == first or held[key]["on"] < first
            yield moved_lesson(lesson, held[key], known, start=start if is_start else None)
    for key, lesson in held.items():
        if key not in planned:
            known = told.get(f"lesson-{key}", state_of(lesson))
            yield added_lesson(lesson, known, start=start if lesson["on"] < first else None)


def time_of(lesson: LessonFacts) -> str:
    return f"{lesson['on']} {lesson['starts_at']}–{lesson['ends_at']}"


def state_of(lesson: LessonFacts) -> str:
    """Begins with its day, fits the deadline's column, and differs whenever a part that must be told differs."""
    must_be_told = [
        lesson["topic"],
        lesson["on"],
        lesson["starts_at"],
        lesson["ends_at"],
        lesson["breaks"],
        lesson["room"],
    ]
    return shortened(f"{time_of(lesson)} {lesson['topic']}", digest(must_be_told))


def day_of(state: str) -> date:
    return date.fromisoformat(state[:10])


def moved_lesson(planned: LessonFacts, held: LessonFacts, known: str, *, start: Notice | None) -> Change:
    """`known` is what the office has of it; it counts as the original once a notice was filed."""
    is_moved = time_of(planned) != time_of(held)
    label = (
        _("第%(n)s回が %(old)s から %(new)s に変わりました")
        % {"n": held["number"], "old": time_of(planned), "new": time_of(held)}
        if is_moved
        else _("第%(n)s回の内容・休憩・教室が計画と変わりました") % {"n": held["number"]}
        if state_of(planned) != state_of(held)
        else _("第%(n)s回が、変更届を出した後に元の計画（%(old)s）に戻りました")
        % {"n": held["number"], "old": time_of(planned)}
    )
    return noticed(f"lesson-{planned['id']}", label, state_of(held), day_of(known), day_of(held["on"]), start=start)


def removed_lesson(planned: LessonFacts) -> Change:
    day = date.fromisoformat(planned["on"])
    label = _("第%(n)s回（%(time)s）がなくなりました") % {"n": planned["number"], "time": time_of(planned)}
    return noticed(f"lesson-{planned['id']}", label, "removed", day, day)


def added_lesson(held: LessonFacts, known: str, *, start: Notice | None) -> Change:
    label = _("計画にないコマ（第%(n)s回 %(time)s）が増えました") % {"n": held["number"], "time": time_of(held)}
    return noticed(f"lesson-{held['id']}", label, state_of(held), day_of(known), day_of(held["on"]), start=start)


def place_changes(plan: RealityFacts, now: RealityFacts) -> Iterable[Change]:
    old, new = (f"{facts['course']['venue']} {facts['course']['venue_address']}" for facts in (plan, now))
    if old != new:
        start, _last = days_planned(plan["training"])
        label = _("会場が「%(old)s」から「%(new)s」に変わりました") % {"old": old, "new": new}
        yield noticed(VENUE, label, shortened(new, digest(new)), start, start)


def worker_changes(plan: PlanFacts, now: RealityFacts) -> Iterable[Change]:
    start, _last = days_planned(plan["training"])
    for worker in plan["workers"]:
        if listed(worker, now["workers"]) is None:
            yield left_worker(worker, start, source=edition_in(plan).sources["fewer"])
    for worker in now["workers"]:
        if listed(worker, plan["workers"]) is None:
            label = _("計画にない%(name)sさんが受講者に加わりました") % {"name": worker["name"]}
            yield noticed(f"worker-{worker['key']}", label, "added", start, start)


def listed[Worker: PlanWorker](worker: PlanWorker, others: Iterable[Worker]) -> Worker | None:
    """The same person on the other list: who cancelled and came back has another enrolment, not another number."""
    number = worker["insured_number"]
    return next(
        (one for one in others if one["key"] == worker["key"] or (number and one["insured_number"] == number)), None
    )


def left_worker(worker: PlanWorker, start: date, *, source: str) -> Change:
    return Change(
        subject=f"worker-{worker['key']}",
        label=_("%(name)sさんが受講をやめました") % {"name": worker["name"]},
        event="left",
        event_on=start,
        due=None,
        action="none",
        because=_("対象者が減るときは変更届は要りません。支給申請では対象者から外れます。"),
        source=source,
    )
