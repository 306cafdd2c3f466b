"""Trials in a feed: for the agency, the host and the person themselves, the days that are theirs to keep."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from firms.acting import Acting
from firms.queries import acting_for
from firms.words.saying import said as _
from lms.calendar.entry import Event
from trials.models import DirectTrial, Placement, TrialFeed
from trials.policies import party_of
from trials.queries.evaluating import evaluations_ahead
from trials.queries.outcome import days_of_intent
from trials.states import AT_WORK, BY_CODE, RETENTION, DirectState, Party, PlacementState

# What changes a calendar: every event of a trial's table, and the steps of a national one.
VERBS = (
    *(f"placement.{code}" for code in BY_CODE),
    "evaluation.write",
    *(f"direct.{code}" for code in "begin file_plan end claim pay deny lapse drop".split()),
)
# Days further back than this are history.
BACK = timedelta(days=90)
BEFORE_WORK = (PlacementState.CONTRACTED, PlacementState.READY)


def own_trials(feed: TrialFeed, *, now: datetime) -> list[Event]:
    """One's own, for whoever one also acts."""
    acting = acting_for(feed.person, None, on=timezone.localdate(now))
    return sorted(trial_events(acting), key=lambda event: event.uid)


def trial_events(acting: Acting) -> Iterator[Event]:
    since = acting.today - BACK
    seen = Placement.objects.visible_to(acting).open().with_sides().select_related("offer").order_by("pk")
    for found in seen.prefetch_related("proposals", "checks", "evaluations"):
        yield from (one for one in placement_events(found, acting) if one.ends > since)
    for trial in DirectTrial.objects.visible_to(acting).with_sides().order_by("pk"):
        yield from direct_events(trial)


def placement_events(found: Placement, acting: Acting) -> Iterator[Event]:
    party = party_of(acting, found)
    name = found.name_for_host if party == Party.HOST else found.person.full_name
    for code, day, label, has_alarm in days_of(found, party):
        yield Event(
            uid=f"trial-{found.pk}-{code}",
            sequence=0,
            starts=day,
            ends=day + timedelta(days=1),
            summary=f"{label}：{name}",
            description=str(found.posting or found.seeker.round),
            location="",
            url=settings.SITE_URL + reverse("trials:placement", args=[found.pk]),
            stamp=found.registered_at,
            is_cancelled=False,
            has_alarm=has_alarm,
        )


def days_of(found: Placement, party: Party | None) -> Iterator[tuple[str, date, str, bool]]:
    """Code, day, words, and whether something is due then; each side is asked the same."""
    if found.state == PlacementState.MATCHING:
        for one in found.proposals.all():
            if one.ended_at is None:
                yield f"proposal-{one.pk}", one.answer_by, _("打診への回答期限"), True
    if found.starts_on and found.last_on and found.state in (*BEFORE_WORK, *AT_WORK):
        yield "start", found.starts_on, _("トライアルの最初の日"), False
        yield "last", found.last_on, _("トライアルの最後の日"), False
    if found.state in (PlacementState.ACTIVE, PlacementState.INTENT_OPEN) and (intent := days_of_intent(found)):
        yield "intent", intent.due, _("意向の回答期限"), party != Party.AGENCY
    for asked in evaluations_ahead(found):
        if asked.side == party:
            yield f"evaluation-{asked.point}", asked.due, _("%(point)sの評価") % {"point": asked.point.label}, True
    if found.state == PlacementState.OFFERED:
        yield "hire", found.offer.hire_on, _("雇入れの予定日"), False
    if found.state in (PlacementState.CONVERTED, *RETENTION):
        yield from retention_days(found, party)


def retention_days(found: Placement, party: Party | None) -> Iterable[tuple[str, date, str, bool]]:
    sides = {Party.WORKER, Party.HOST} if party == Party.AGENCY else {party}
    waiting = {one.months: one.due_on for one in found.checks.all() if one.answered_at is None and one.side in sides}
    for months, day in sorted(waiting.items()):
        yield f"check-{months}", day, _("定着の確認（%(n)sか月）") % {"n": months}, True


def direct_events(trial: DirectTrial) -> Iterator[Event]:
    dues = {
        DirectState.HIRED: ("plan", trial.plan_until, _("トライアル雇用の実施計画書の期限")),
        DirectState.ENDED: ("claim", trial.claim_until, _("トライアル雇用の支給申請の期限")),
    }
    code, day, label = dues.get(DirectState(trial.state), ("", None, ""))
    if day is not None:
        yield Event(
            uid=f"direct-{trial.pk}-{code}",
            sequence=0,
            starts=day,
            ends=day + timedelta(days=1),
            summary=f"{label}：{trial.employment.person.full_name}",
            description=trial.office,
            location="",
            url=settings.SITE_URL + reverse("trials:direct", args=[trial.pk]),
            stamp=timezone.make_aware(datetime.combine(trial.hired_on, time())),
            is_cancelled=False,
            has_alarm=True,
        )
