"""The first day, the days somebody cannot come, and coming back."""

from datetime import date

from django.db import transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.words.days import day_words
from firms.words.saying import said as _
from trials.actions.guards import refuse_unlicensed
from trials.actions.moving import locked, quoted, refuse_out_of_turn, take
from trials.actions.telling import tell
from trials.models import EndedBy, Placement, Termination
from trials.states import Party

SAFETY = "労働安全衛生法59条"


@transaction.atomic
def start(placement: Placement, *, safety_trained_on: date, by: Acting) -> None:
    """On the day it begins, or where the host was late to say so, a day after it."""
    placement = locked(placement)
    refuse_out_of_turn(placement, "start")
    first, last = days_of(placement)
    if not first <= by.today <= last:
        raise Refused(
            _("契約の期間は%(first)sから%(last)sまでです。その間の日に開始を記録してください。")
            % {"first": day_words(first), "last": day_words(last)}
        )
    if safety_trained_on > by.today:
        raise Refused(
            quoted(_("安全衛生教育は、仕事を始める前に行い、その日付を入力してください。"), SAFETY),
            field="safety_trained_on",
        )
    refuse_unlicensed(placement, first=by.today, last=last)
    take(placement, "start", by=by, safety_trained_on=safety_trained_on, started_on=by.today)
    tell(
        placement,
        Party.WORKER,
        Party.AGENCY,
        subject=_("トライアル就労が始まりました"),
        body=_("最後の日は%(day)sです。") % {"day": day_words(last)},
    )


def days_of(placement: Placement) -> tuple[date, date]:
    """First and last day; asked from the contract on."""
    assert placement.starts_on is not None
    assert placement.last_on is not None
    return placement.starts_on, placement.last_on


@transaction.atomic
def record_not_started(placement: Placement, *, reason: str, by: Acting) -> None:
    """From the first day on; the trial takes that day alone."""
    placement = locked(placement)
    refuse_out_of_turn(placement, "fail_to_start")
    first, _last = days_of(placement)
    if by.today < first:
        raise Refused(_("最初の日（%(day)s）になってから記録してください。") % {"day": day_words(first)})
    Termination.objects.create(
        placement=placement, ended_by=EndedBy.NOT_STARTED, noticed_on=first, ended_on=first, reason=reason
    )
    take(placement, "fail_to_start", by=by, last_on=first)
    tell(
        placement,
        Party.HOST,
        Party.WORKER,
        subject=_("トライアル就労は始まりませんでした"),
        body=_("派遣元の担当者が連絡します。"),
    )


@transaction.atomic
def suspend(placement: Placement, *, since: date, by: Acting) -> None:
    """Why stays between the person and their adviser: nothing of it is written here."""
    placement = locked(placement)
    refuse_out_of_turn(placement, "suspend")
    first, last = days_of(placement)
    if not (placement.started_on or first) <= since <= min(last, by.today):
        raise Refused(_("休止した日は、就労を始めた日から今日までの日付にしてください。"), field="since")
    take(placement, "suspend", by=by, suspended_on=since)
    tell(placement, Party.HOST, subject=_("トライアル就労を休止しました"), body=_("期間は自動では延びません。"))


@transaction.atomic
def resume(placement: Placement, *, by: Acting) -> None:
    """The term is as it was; more days are an extension."""
    placement = locked(placement)
    take(placement, "resume", by=by, suspended_on=None)
    tell(placement, Party.HOST, Party.WORKER, subject=_("トライアル就労に復帰しました"), body=_("期間は変わりません。"))
