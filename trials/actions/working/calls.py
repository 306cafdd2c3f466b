"""A call at the host, written down by whose hands the trialist is in."""

from typing import Any

from django.db import transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.words.days import day_words
from firms.words.saying import said as _
from trials.actions.moving import locked
from trials.models import HostCall, Placement


@transaction.atomic
def record_call(placement: Placement, given: dict[str, Any], *, by: Acting) -> HostCall:
    """Of a day at work that has come, also when the trial is over by now. The very same twice is once."""
    placement = locked(placement)
    first, last = placement.started_on, placement.last_on
    if first is None or last is None:
        raise Refused(_("巡回は、就労を始めてから記録します。"))
    until = min(last, by.today)
    if not first <= given["called_on"] <= until:
        raise Refused(
            _("巡回した日は、%(first)sから%(last)sまでの日付にしてください。")
            % {"first": day_words(first), "last": day_words(until)},
            field="called_on",
        )
    call, is_new = HostCall.objects.get_or_create(placement=placement, written_by=by.person, **given)
    if is_new:
        record(call, "hostcall.record", by=by, concerns=placement.seeker.agency_id)
    return call
