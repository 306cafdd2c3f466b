"""Too few have applied: it is said in time, and the college decides whether the run is held."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from courses.actions.seats.seats import locked_run, seats_taken
from courses.actions.telling import run_path, tell_college, tell_everyone
from courses.models import Run
from courses.queries import has_begun
from courses.states import EnrolmentState, RunState
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.words.saying import said as _


def interested(run: Run) -> int:
    """Seats taken, and before a draw or a choice also those who wait for it."""
    return seats_taken(run) + run.enrolments.filter(state=EnrolmentState.APPLIED).count()


@transaction.atomic
def flag_too_few(run: Run, *, on: date) -> bool:
    """Said once; whether anything was to be said."""
    run = locked_run(run)
    came = interested(run)
    is_due = run.state == RunState.OPEN and run.min_missed_at is None and on > run.apply_until
    if not is_due or came >= run.min_seats or has_begun(run, list(run.lessons.all()), on=on):
        return False
    run.min_missed_at = timezone.now()
    run.save(update_fields=["min_missed_at"])
    record(run, "run.miss_minimum", by=None, concerns=run.course.college_id, came=came, needed=run.min_seats)
    subject = _("開講されないおそれがあります: %(run)s") % {"run": run}
    body = _("申込締切日までの申込みは%(came)s人で、最少開講人数の%(needed)s人に届いていません。") % {
        "came": came,
        "needed": run.min_seats,
    }
    tell_everyone(run, subject=subject, body=body + _("開講するかどうかは、連携校が決めてお知らせします。"), by=None)
    ask = body + _("このまま開講するか、中止するかを決めてください。")
    tell_college(run.course, subject=subject, body=ask, by=None, path=run_path(run))
    return True


@transaction.atomic
def hold_anyway(run: Run, *, by: Acting) -> None:
    """The number that came becomes enough; everybody who feared for the run is told. Saying it twice is once."""
    run = locked_run(run)
    if run.min_missed_at is None:
        return
    came = interested(run)
    if came == 0:
        raise Refused(_("申込みが1人もありません。申込締切日を延ばすか、開講を中止してください。"))
    needed, run.min_seats, run.min_missed_at = run.min_seats, came, None
    run.save(update_fields=["min_seats", "min_missed_at"])
    record(run, "run.hold_anyway", by=by, concerns=run.course.college_id, came=came, needed=needed)
    subject = _("予定どおり開講します: %(run)s") % {"run": run}
    tell_everyone(run, subject=subject, body=_("最少開講人数に届きませんでしたが、予定どおり開講します。"), by=by)
