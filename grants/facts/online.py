"""E-learning where it left the filed plan: its days of access, its units, their standard time."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from firms.words.amounts import minutes_words
from firms.words.saying import said as _
from grants.facts.canonical import digest
from grants.facts.change import Change, noticed, shortened
from grants.rules import Notice
from grants.shapes import Agreed, PlanTraining, UnitFacts, days_planned
from grants.time.learning import MINUTES_OF_HOUR

Told = Mapping[str, str]
PERIOD, STANDARD = "period", "standard"
TO = "〜"


def online_changes(plan: PlanTraining, now: PlanTraining, told: Told, start: Notice | None) -> Iterable[Change]:
    """要領06: content, days of access and standard time of e-learning are told before they change, like a lesson."""
    if plan["units"] is None or now["units"] is None:
        return
    yield from period_changes(plan, now, told, start)
    yield from unit_changes(plan, plan["units"], now["units"], told)
    if not plan["units"] and not now["units"] and plan["planned_minutes"] != now["planned_minutes"]:
        label = _("標準学習時間が %(old)s から %(new)s に変わりました") % {
            "old": minutes_words(plan["planned_minutes"]),
            "new": minutes_words(now["planned_minutes"]),
        }
        yield undated(STANDARD, label, f"{now['planned_minutes']}分", plan)


def period_of(training: Agreed) -> str:
    return f"{training['starts_on']}{TO}{training['ends_on']}"


def period_changes(plan: PlanTraining, now: PlanTraining, told: Told, start: Notice | None) -> Iterable[Change]:
    planned, held = period_of(plan), period_of(now)
    known = told.get(PERIOD, planned)
    if planned == held == known or not now["starts_on"]:
        return
    before = planned if known == held else known
    label = _("学習できる期間が %(old)s から %(new)s に変わりました") % {"old": before, "new": held}
    was, now_is = ([date.fromisoformat(day) for day in said.split(TO)] for said in (before, held))
    moved = [(old, new) for old, new in zip(was, now_is, strict=True) if old != new]
    # The earliest of the days concerned decides by when the office must know.
    planned_on, new_on = min(moved, key=min)
    yield noticed(PERIOD, label, held, planned_on, new_on, start=start)


def unit_changes(
    plan: PlanTraining, planned: Iterable[UnitFacts], units: Iterable[UnitFacts], told: Told
) -> Iterable[Change]:
    taken = set()
    for unit in planned:
        subject = subject_of(unit)
        known = told.get(subject, state_of(unit))
        held = follower(unit, units)
        if held is None:
            label = _("教材「%(title)s」がなくなりました") % {"title": unit["title"]}
            yield undated(subject, label, "removed", plan)
            continue
        taken.add(held["id"])
        if not state_of(held) == state_of(unit) == known:
            yield undated(subject, changed_label(unit, held), state_of(held), plan)
    for unit in units:
        if unit["id"] not in taken:
            said = {"title": unit["title"], "minutes": minutes_words(unit["minutes"])}
            label = _("計画にない教材「%(title)s」（%(minutes)s）が増えました") % said
            yield undated(subject_of(unit), label, state_of(unit), plan)


def follower(unit: UnitFacts, units: Iterable[UnitFacts]) -> UnitFacts | None:
    """The unit of today that is this one or a later version of it."""
    return next((one for one in units if unit["id"] in one["versions"]), None)


def subject_of(unit: UnitFacts) -> str:
    """The oldest version names the unit, so that a notice covers it however often it is replaced."""
    return f"unit-{unit['versions'][-1]}"


def state_of(unit: UnitFacts) -> str:
    """A new version has other content, even where its title and time are the same."""
    return shortened(
        f"{unit['minutes']}分 {unit['title']}", digest([unit["id"], unit["kind"], unit["title"], unit["minutes"]])
    )


def changed_label(planned: UnitFacts, held: UnitFacts) -> str:
    if planned["minutes"] != held["minutes"]:
        return _("教材「%(title)s」の標準学習時間が %(old)s から %(new)s に変わりました") % {
            "title": held["title"],
            "old": minutes_words(planned["minutes"]),
            "new": minutes_words(held["minutes"]),
        }
    return _("教材「%(title)s」の内容が計画と変わりました") % {"title": held["title"]}


def undated(subject: str, label: str, event: str, plan: Agreed) -> Change:
    """Units have no day of their own: the first day they can be opened is the one that counts."""
    start, _last = days_planned(plan)
    found = noticed(subject, label, event, start, start)
    because = _(
        "%(rule)s教材には日付がないため、学習できる最初の日で数えています。"
        "その日を過ぎた変更の扱いは要領に明文がないので、労働局に確かめてください。"
    )
    return replace(found, because=because % {"rule": found.because})


def agreed_online(plan: PlanTraining, now: PlanTraining, changes: Iterable[Change]) -> PlanTraining:
    """What the office knows of: a period nobody was told of stays the planned one; a unit that changed untold
    is still asked of the learner where it exists, and its time is not counted."""
    found = {change.subject: change for change in changes}
    untold = {subject for subject, change in found.items() if not change.is_settled}
    period = now if PERIOD in found and PERIOD not in untold else plan
    units = [one | {"counts": subject_of(one) not in untold} for one in asked_units(plan, now, untold)]
    minutes = (
        sum(one["minutes"] for one in units if one["counts"]) if plan["units"] else standard_minutes(plan, now, untold)
    )
    return {
        "starts_on": period["starts_on"],
        "ends_on": period["ends_on"],
        "total_minutes": minutes,
        "planned_minutes": minutes,
        "standard_hours": minutes // MINUTES_OF_HOUR,
        "lessons": [],
        "has_lessons": False,
        "units": units,
    }


def asked_units(plan: PlanTraining, now: PlanTraining, untold: set[str]) -> list[UnitFacts]:
    """Those of today but one added without a word: whoever learns cannot be asked for what is gone."""
    planned = {subject_of(unit) for unit in plan["units"] or ()}
    return [unit for unit in now["units"] or () if subject_of(unit) in planned or subject_of(unit) not in untold]


def standard_minutes(plan: PlanTraining, now: PlanTraining, untold: set[str]) -> int:
    """A standard time that changed untold counts as the less of the two."""
    both = plan["planned_minutes"], now["planned_minutes"]
    return int(min(both) if STANDARD in untold else both[1])
