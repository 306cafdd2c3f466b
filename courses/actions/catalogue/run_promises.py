"""What a run promised whoever is in it: kept where it must not move, and told to everybody where it may."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Max, Min
from django.utils import timezone

from courses.actions.catalogue.timetable import said
from courses.actions.seats.seats import is_drawn
from courses.actions.telling import open_enrolments, run_path, tell_college, tell_firms, tell_trainee
from courses.models import LearningEvent, Run
from courses.queries import is_over
from courses.states import GAVE_UP, SEATED, RunState
from firms.acting import Acting
from firms.errors import Refused
from firms.models import Organisation
from firms.words.saying import said as _

# The door of an online room is said to those alone who may go through it.
LINK = "link"
TOLD = ("venue", "venue_address", LINK, "learn_from", "learn_until", "apply_until")
Given = Mapping[str, Any]


def has_people(run: Run) -> bool:
    """Somebody applied, takes part, took part or reserved seats."""
    return run.enrolments.exclude(state__in=GAVE_UP).exists() or run.quotas.open().exists()


def guard_promises(run: Run, facts: Given, *, on: date) -> None:
    """Fee, way of choosing and cancel day stand for those who applied or reserved; the application day for what is drawn."""
    guard_deadline(run, facts, on=on)
    if not has_people(run):
        return
    if facts["fee_yen"] != run.fee_yen:
        raise Refused(
            _("申込みがある開講の受講料は変えられません。新しい受講料の開講を別に登録してください。"), field="fee_yen"
        )
    if facts.get("selection", run.selection) != run.selection:
        raise Refused(_("申込みがある開講の受講者の決め方は変えられません。"), field="selection")
    if is_earlier(facts.get("cancel_until", run.cancel_until), run.cancel_until):
        raise Refused(_("申込みがある開講では、取消しができる最後の日を早めることはできません。"), field="cancel_until")
    guard_building(run, facts, on=on)
    guard_learning_days(run, facts, on=on)


def is_earlier(new: date | None, old: date | None) -> bool:
    """No day at all means the day before the run begins, the latest there is."""
    return new is not None and (old is None or new < old)


def guard_deadline(run: Run, facts: Given, *, on: date) -> None:
    """Nobody finds applications closed who was told there were days left; a draw waits for its day."""
    new = facts["apply_until"]
    if new == run.apply_until:
        return
    if is_drawn(run):
        raise Refused(_("抽選を終えた開講の申込締切日は変えられません。"), field="apply_until")
    if run.state == RunState.OPEN and new < on:
        raise Refused(
            _("募集中の開講の申込締切日は、今日（%(today)s）以後の日にしてください。") % {"today": said(on)},
            field="apply_until",
        )


def guard_building(run: Run, facts: Given, *, on: date) -> None:
    """Where a run was held is part of what is recorded of it."""
    place = {name: facts.get(name, getattr(run, name)) for name in ("venue", "venue_address")}
    is_moved = any(getattr(run, name) != new for name, new in place.items())
    if is_moved and is_over(run, run.lessons.all(), on=on):
        raise Refused(_("終わった開講の会場は変えられません。受けた場所の記録だからです。"), field="venue")


def guard_learning_days(run: Run, facts: Given, *, on: date) -> None:
    """What was learned stays within the days, and a day somebody still counts on does not become past."""
    days = {name: facts.get(name, getattr(run, name)) for name in ("learn_from", "learn_until")}
    first, last = learned_days(run)
    if first and last:
        if days["learn_from"] is None or days["learn_from"] > first:
            raise Refused(
                _("%(day)sの学習の記録があります。学習を始められる日は、その日以前にしてください。")
                % {"day": said(first)},
                field="learn_from",
            )
        if days["learn_until"] < last:
            raise Refused(
                _("%(day)sの学習の記録があります。学習を終える日は、その日以後にしてください。") % {"day": said(last)},
                field="learn_until",
            )
    new = days["learn_until"]
    if new and new != run.learn_until and new < on:
        raise Refused(
            _("申込みがある開講の学習を終える日は、今日（%(today)s）以後の日にしてください。") % {"today": said(on)},
            field="learn_until",
        )


def learned_days(run: Run) -> tuple[date, date] | tuple[None, None]:
    """The first and the last day anything was learned; only of runs with days of learning."""
    if run.learn_from is None:
        return None, None
    found = LearningEvent.objects.filter(enrolment__run=run).aggregate(first=Min("at"), last=Max("at"))
    if found["first"] is None:
        return None, None
    return timezone.localdate(found["first"]), timezone.localdate(found["last"])


def tell_changes(run: Run, before: Given, *, by: Acting) -> list[Organisation]:
    """Trainees, their firms, firms with reserved seats and the college; answers with the firms. Nothing moved, nobody told."""
    lines = lines_of(run, before)
    if not lines or not has_people(run):
        return []
    subject, body = _("開講の変更: %(run)s") % {"run": run}, "\n".join(lines)
    opens = run.link if run.link != before[LINK] else ""
    held = open_enrolments(run)
    for enrolment in held:
        door = _("新しい入室先: %(link)s") % {"link": opens} if opens and enrolment.state in SEATED else ""
        tell_trainee(enrolment, subject=subject, body="\n".join(filter(None, [body, door])))
    firms = tell_firms(run, held, subject=subject, body=body, by=by)
    tell_college(run.course, subject=subject, body=body, by=by, path=run_path(run))
    return firms


def lines_of(run: Run, before: Given) -> list[str]:
    """One for each promised fact that is not as before."""
    return [line_of(run, name, before) for name in TOLD if before[name] != getattr(run, name)]


def line_of(run: Run, name: str, before: Given) -> str:
    label = str(Run._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    if name == LINK:
        return _("%(label)sが変わりました。席が決まった人には、新しい入室先が届きます。") % {"label": label}
    return _("%(label)s: %(before)s → %(after)s") % {
        "label": label,
        "before": in_words(before[name]),
        "after": in_words(getattr(run, name)),
    }


def in_words(value: object) -> str:
    return said(value) if isinstance(value, date) else str(value or _("なし"))
