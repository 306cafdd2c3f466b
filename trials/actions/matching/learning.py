"""The adviser gives somebody what to learn before the start."""

from django.db import transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.words.saying import said as _
from trials.actions.moving import locked
from trials.actions.telling import tell
from trials.learning import offered_on
from trials.models import Assignment, Placement
from trials.states import BEFORE_WORK, Party


@transaction.atomic
def assign_learning(placement: Placement, *, key: str, by: Acting) -> Assignment:
    """The seat is taken in the same transaction: what cannot be learned is not assigned. Twice is once."""
    placement = locked(placement)
    if placement.state not in BEFORE_WORK:
        raise Refused(_("eラーニングを割り当てられるのは、就労を始める前です。"))
    if held := placement.assignments.filter(key=key).first():
        return held
    found = next(((source, one) for source, one in offered_on(by.today) if one.key == key), None)
    if found is None:
        raise Refused(_("この講座はいま割り当てられません。一覧から選び直してください。"), field="key")
    source, learning = found
    source.give(key, placement.person, by)
    assigned = Assignment.objects.create(placement=placement, key=key, title=learning.title, assigned_by=by.person)
    record(placement, "learning.assign", by=by, concerns=placement.seeker.agency_id, learning=learning.title)
    body = _("「%(title)s」を、トライアルの開始までに学んでください。") % {"title": learning.title}
    tell(placement, Party.WORKER, subject=_("開始前のeラーニングが割り当てられました"), body=body)
    return assigned


def refuse_without_learning(placement: Placement, *, by: Acting) -> None:
    """Where there is anything to learn before the start, somebody is prepared once it was given."""
    if not placement.assignments.exists() and offered_on(by.today):
        raise Refused(
            _("開始前のeラーニングがまだ割り当てられていません。「eラーニングを割り当てる」から選んでください。")
        )
