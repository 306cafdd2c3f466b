"""休業・休職: recorded, ended by coming back, put right with a reason."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from firms.acting import Acting
from firms.actions.corrections import correct
from firms.actions.people import lock, refuse_unlikely_end
from firms.errors import Refused
from firms.journal import record
from firms.models import Employment, Leave
from firms.queries import hired_on
from firms.words.saying import said as _


@transaction.atomic
def record_leave(employment: Employment, *, by: Acting, kind: str, started_on: date, ended_on: date | None) -> Leave:
    """The same leave recorded again is the one there is."""
    lock(employment.establishment)
    row = Employment.objects.select_related("establishment", "person").get(pk=employment.pk)
    wanted = {"person": row.person, "establishment": row.establishment, "kind": kind}
    same = Leave.objects.standing().filter(**wanted, started_on=started_on, ended_on=ended_on).first()
    if same:
        return same
    refuse_unfit(row, started_on=started_on, ended_on=ended_on, on=by.today)
    leave = Leave.objects.create(**wanted, started_on=started_on, ended_on=ended_on)
    told = {"leave": leave.get_kind_display(), "leave_from": started_on.isoformat()}
    told |= {"leave_until": ended_on.isoformat()} if ended_on else {}
    record(row, "leave.record", by=by, concerns=row.establishment.organisation_id, **told)
    return leave


@transaction.atomic
def correct_leave(
    employment: Employment,
    leave: Leave,
    *,
    by: Acting,
    reason: str,
    kind: str,
    started_on: date,
    ended_on: date | None,
    is_withdrawn: bool,
) -> None:
    """A last day said later is a correction too: what was frozen before took the leave to go on."""
    lock(employment.establishment)
    row = Employment.objects.select_related("establishment", "person").get(pk=employment.pk)
    if not is_withdrawn:
        refuse_unfit(row, started_on=started_on, ended_on=ended_on, on=by.today, apart_from=leave)
    changes = {"kind": kind, "started_on": started_on, "ended_on": ended_on, "is_withdrawn": is_withdrawn}
    correct(leave, changes, reason=reason, by=by, concerns=row.establishment.organisation_id, about=row)


def refuse_unfit(
    row: Employment, *, started_on: date, ended_on: date | None, on: date, apart_from: Leave | None = None
) -> None:
    """Inside the employment, in order, and apart from every other leave there."""
    first = hired_on(row)
    if started_on < first or (row.ended_on and started_on > row.ended_on):
        raise Refused(_("休業の最初の日は、雇用の期間の中の日付にしてください。"), field="started_on")
    if ended_on and ended_on < started_on:
        raise Refused(_("休業の最後の日は、最初の日以後の日付にしてください。"), field="ended_on")
    if ended_on:
        refuse_unlikely_end(started_on, ended_on, on=on)
    others = Leave.objects.standing().filter(person=row.person, establishment=row.establishment)
    if apart_from:
        others = others.exclude(pk=apart_from.pk)
    until = Q() if ended_on is None else Q(started_on__lte=ended_on)
    if others.filter(until).filter(Q(ended_on=None) | Q(ended_on__gte=started_on)).exists():
        raise Refused(
            _("ほかの休業の期間と重なります。先に記録した休業を訂正してから、入力し直してください。"),
            field="started_on",
        )
