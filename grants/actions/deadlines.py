"""Deadlines follow their events: set, replaced when the event moves, closed when met or needless."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models, transaction
from django.db.models import Min, Prefetch
from django.urls import reverse
from django.utils import timezone

from courses.models import Run
from courses.states import RunState
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import move, record
from firms.post.notify import notify
from firms.queries import today
from firms.words.days import day_words
from firms.words.saying import said as _
from grants.actions.locking import locked, refuse_future
from grants.actions.reminding import people_to_remind
from grants.cases.careerup import claim_window_of, plan_window_of_conversion
from grants.claims.excused import CHANGE_REASONS, ORDINARY, last_day_to_tell
from grants.facts import (
    Change,
    agreed_training,
    changes_between,
    filed_plan,
    finished_early,
    gather_reality,
    told_events,
)
from grants.facts.careerup import converted_in
from grants.facts.subscriptions import (
    claim_window_of_subscription,
    first_filings,
    plan_window_of_subscription,
    supported,
)
from grants.models import Deadline, GrantCase, OfficeStep, PlanVersion
from grants.models.cases import Subject
from grants.rules import Window, claim_window
from grants.shapes import days_planned
from grants.states import CaseState, DeadlineState
from grants.time.learning import is_online
from grants.time.windows import plan_window_of

BEFORE_FILING = (CaseState.PREPARING, CaseState.PLANNED)
BEFORE_CLAIM = (CaseState.FILED, CaseState.CLAIM_READY)
# What the labour office asked for, by the state it leaves the case in.
ASKED = {
    CaseState.AMENDING: (OfficeStep.Kind.AMEND_ASKED, Deadline.Code.AMEND, "共通要領R8.4.8 0401ホ"),
    CaseState.REPAYING: (OfficeStep.Kind.REPAY_ASKED, Deadline.Code.REPAY, "共通要領R8.4.8 0801・0803"),
}
WITH_DEADLINES = (*BEFORE_FILING, *BEFORE_CLAIM, *ASKED)
SHOWN = ("event", "event_on", "first_on", "nominal_on", "last_on", "because", "source")

VERB_OF = {
    DeadlineState.MET: "deadline.meet",
    DeadlineState.REPLACED: "deadline.replace",
    DeadlineState.LAPSED: "deadline.lapse",
}


@dataclass(frozen=True)
class Wanted:
    """A deadline as the facts of today ask for it."""

    code: str
    subject: str
    event: str
    event_on: date
    first_on: date
    nominal_on: date
    last_on: date
    because: str
    source: str

    def fits(self, row: Deadline) -> bool:
        return all(getattr(row, part) == getattr(self, part) for part in SHOWN)


@transaction.atomic
def refresh(case: GrantCase, *, by: Acting | None) -> None:
    """Brings the open rows in line with the lessons of today; `by=None` is the sweep."""
    case = locked(case)
    wanted = by_key(wanted_of(case))
    held = {(row.code, row.subject): row for row in case.deadlines.open()}
    if held and is_cancelled(case) and case.state not in ASKED:
        close_cancelled(case, held.values(), by=by)
        return
    for key, row in held.items():
        if key not in wanted:
            close(row, DeadlineState.LAPSED, by=by)
        elif not wanted[key].fits(row):
            close(row, DeadlineState.REPLACED, by=by)
    for key, one in wanted.items():
        if key not in held or not one.fits(held[key]):
            Deadline.objects.create(case=case, **vars(one))


def wanted_of(case: GrantCase) -> Iterable[Wanted]:
    if other := WANTED_OF.get(Subject(case.subject)):
        return other(case)
    return wanted_deadlines(case, starts_on=first_day(case.run, first_lesson_at(case)))


def is_cancelled(case: GrantCase) -> bool:
    return case.is_training and case.run.state == RunState.CANCELLED


def by_key(found: Iterable[Wanted]) -> dict[tuple[str, str], Wanted]:
    return {(one.code, one.subject): one for one in found}


def to_sweep() -> models.QuerySet[GrantCase]:
    """Cases that can have a deadline, with all that tells whether it is in line still."""
    open_rows = Prefetch("deadlines", queryset=Deadline.objects.open(), to_attr="open_deadlines")
    found = GrantCase.objects.filter(state__in=WITH_DEADLINES).annotate(first_at=Min("run__lessons__starts_at"))
    return found.select_related(
        "establishment__organisation",
        "run__course__college",
        "conversion__person",
        "subscription",
        "conversion__plan",
        "period_pay",
    ).prefetch_related(open_rows)


def is_in_line(case: GrantCase) -> bool:
    """Of a case `to_sweep`: nearly all are, so this looks without a lock and one that is not is looked at again."""
    if other := WANTED_OF.get(Subject(case.subject)):
        wanted = by_key(other(case))
    else:
        starts_on = first_day(case.run, case.first_at)  # type: ignore[attr-defined]
        wanted = by_key(wanted_deadlines(case, starts_on=starts_on))
    held = {(row.code, row.subject): row for row in case.open_deadlines}  # type: ignore[attr-defined]
    return wanted.keys() == held.keys() and all(wanted[key].fits(row) for key, row in held.items())


def first_lesson_at(case: GrantCase) -> datetime | None:
    first: datetime | None = case.run.lessons.aggregate(first=Min("starts_at"))["first"]
    return first


def first_day(run: Run, first_at: datetime | None) -> date | None:
    """訓練開始日: of e-learning the first day of access, of a class that of its first lesson."""
    if is_online(run):
        return run.learn_from
    return timezone.localdate(first_at) if first_at else None


def wanted_deadlines(case: GrantCase, *, starts_on: date | None) -> Iterable[Wanted]:
    """None for a run that is cancelled: nothing of it can be filed any more."""
    if case.state in ASKED:
        yield of_step(case)
    if case.run.state == RunState.CANCELLED:
        return
    if case.state in BEFORE_FILING and starts_on:
        yield of_window(Deadline.Code.PLAN, _("訓練開始日"), starts_on, plan_window_of(case.scheme, starts_on))
    if case.state in BEFORE_CLAIM and (plan := filed_plan(case)):
        yield from before_claim(case, plan)


def wanted_of_conversion(case: GrantCase) -> Iterable[Wanted]:
    """Of the second period the claim alone; of the first its plan before."""
    if case.state in ASKED:
        yield of_step(case)
    found = case.conversion
    if found and found.converted_on and (window := plan_window_of_conversion(case)):
        yield of_window(Deadline.Code.PLAN, _("転換日"), found.converted_on, window)
    if found and found.converted_on and case.state in BEFORE_CLAIM:
        told = converted_in([case])[case.pk]
        if told and (window := claim_window_of(told)):
            yield of_window(Deadline.Code.CLAIM, _("転換日"), found.converted_on, window)


def wanted_of_subscription(case: GrantCase) -> Iterable[Wanted]:
    """A plan that comes late moves the first supported day and loses nothing else: its window is due all the same."""
    if case.state in ASKED:
        yield of_step(case)
    found = case.subscription
    if found and case.state in BEFORE_FILING:
        window = plan_window_of_subscription(case)
        yield of_window(Deadline.Code.PLAN, _("契約期間の初日"), found.contract_from, window)
    if found and case.state in BEFORE_CLAIM:
        filing = first_filings([case]).get(case.pk)
        due = claim_window_of_subscription(case, filing)
        if filing and due:
            ends_on = supported(found, filing.filed_on).supported_to or found.contract_to
            yield of_window(Deadline.Code.CLAIM, _("訓練終了日"), ends_on, due)


WANTED_OF = {Subject.CONVERSION: wanted_of_conversion, Subject.SUBSCRIPTION: wanted_of_subscription}


def before_claim(case: GrantCase, plan: PlanVersion) -> Iterable[Wanted]:
    now = gather_reality(case)
    changes = changes_between(plan.lifted, now, told=told_events(case), filed_on=plan.filing.filed_on)
    ends_on = days_planned(agreed_training(plan.lifted, now, changes))[1]
    finished_on = finished_early(case, on=ends_on)
    method = plan.lifted["course"]["method"]
    window = claim_window("training_end", ends_on, method=method, all_completed_on=finished_on, scheme=case.scheme)
    yield of_window(Deadline.Code.CLAIM, _("訓練終了日"), ends_on, window)
    for change in changes:
        if change.needs_notice and change.due:
            yield of_change(change, change.due, since=plan.filing.filed_on)


def of_window(code: str, event: str, event_on: date, window: Window) -> Wanted:
    return Wanted(
        code=code,
        subject="",
        event=event,
        event_on=event_on,
        first_on=window.first,
        nominal_on=window.last_nominal,
        last_on=window.last,
        because=window.because,
        source=window.source[:200],
    )


def of_step(case: GrantCase) -> Wanted:
    kind, code, source = ASKED[CaseState(case.state)]
    asked = case.office_steps.held().filter(kind=kind).latest("pk")
    due_on = asked.due_on or asked.on
    return Wanted(
        code=code,
        subject="",
        event=str(asked.get_kind_display()),
        event_on=asked.on,
        first_on=asked.on,
        nominal_on=due_on,
        last_on=due_on,
        because=_("労働局が%(day)sに求めました：%(note)s") % {"day": day_words(asked.on), "note": asked.note},
        source=source,
    )


def of_change(change: Change, due: date, *, since: date) -> Wanted:
    """A notice may be filed as soon as the plan is; the rules name its last day alone."""
    return Wanted(
        code=Deadline.Code.CHANGE_NOTICE,
        subject=change.subject,
        event=change.event,
        event_on=change.event_on,
        first_on=min(since, due),
        nominal_on=due,
        last_on=due,
        because=f"{change.label}。{change.because}",
        source=change.source[:200],
    )


def close(row: Deadline, to: DeadlineState, *, by: Acting | None, reason: str = "") -> None:
    verb, told = VERB_OF[to], {"reason": reason} if reason else None
    move(row, to, by=by, verb=verb, concerns=row.case.firm_id, told=told, closed_at=timezone.now())


def close_cancelled(case: GrantCase, rows: Iterable[Deadline], *, by: Acting | None) -> None:
    """A cancelled run leaves nothing to file. Of a plan that is filed courses/ told everybody when it was cancelled."""
    for row in rows:
        close(row, DeadlineState.LAPSED, by=by, reason=_("開講が中止になったため"))
    if case.state in BEFORE_CLAIM:
        return
    text = _("計画届はまだ出していません。案件を取りやめてください。")
    for person in people_to_remind(case, on=by.today if by else today()):
        notify(
            person,
            subject=_("開講が中止になりました：%(title)s") % {"title": case.run.course.title},
            body=f"{case.establishment.organisation}\n{case.run}\n\n{text}",
            path=reverse("grants:case", args=[case.pk]),
            organisation=case.establishment.organisation,
        )


def close_all(case: GrantCase, to: DeadlineState, *, by: Acting | None, code: str | None = None) -> None:
    for row in case.deadlines.open().select_related("case__establishment"):
        if code is None or row.code == code:
            close(row, to, by=by)


@transaction.atomic
def tell_change(row: Deadline, *, filed_on: date, by: Acting, reason: str = ORDINARY) -> None:
    """Records that the change notice arrived in time; from now on the new lesson counts.

    `reason`: illness or disaster leaves until seven days after the new day, told with a paper of its reason (要領 0604イ(ハ))."""
    locked(row.case)
    row = Deadline.objects.select_related("case__establishment").get(pk=row.pk)
    if row.code != Deadline.Code.CHANGE_NOTICE:
        raise Refused(_("この期限は計画変更届のものではありません。"))
    refuse_future(filed_on, today=by.today, field="filed_on")
    last = last_day_to_tell(row, reason)
    if filed_on > last:
        raise Refused(
            _("計画変更届の期限は %(day)s でした。期限の後の届出は認められず、この変更は計画と違うままになります。")
            % {"day": day_words(last)},
            field="filed_on",
        )
    if filed_on < row.first_on:
        raise Refused(
            _("計画届を出した %(day)s より前に変更届は出せません。日付を確かめてください。")
            % {"day": day_words(row.first_on)},
            field="filed_on",
        )
    close(row, DeadlineState.MET, by=by)
    told = {"filed_on": filed_on.isoformat(), "change": row.because.partition("。")[0]}
    if reason != ORDINARY:
        told["reason"] = str(CHANGE_REASONS[reason])
    record(row.case, "change.file", by=by, concerns=row.case.firm_id, **told)
