"""A message of the college to everybody in a run, and to the firms that send them."""

from django.db import transaction
from django.urls import reverse

from courses.actions.seats.seats import locked_run
from courses.actions.telling import tell_firms, tell_trainee
from courses.models import Run, RunMessage
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.words.saying import said as _

# Of one run; who needs more has something to say that belongs into the course.
MOST_MESSAGES = 50


@transaction.atomic
def write_to_run(run: Run, *, subject: str, text: str, by: Acting) -> RunMessage:
    """Raises Refused where nobody has a seat, and after `MOST_MESSAGES`."""
    run = locked_run(run)
    seated = list(run.enrolments.accepted().select_related("person", "employment__establishment__organisation"))
    if not seated:
        raise Refused(_("受講が決まった人がまだいません。決まってから連絡してください。"))
    if run.messages.count() >= MOST_MESSAGES:
        raise Refused(_("1つの開講から送れる連絡は%(n)s件までです。") % {"n": MOST_MESSAGES})
    made = RunMessage.objects.create(
        run=run, subject=subject, text=text, recipient_count=len(seated), written_by=by.person
    )
    record(run, "run.write_message", by=by)
    path = reverse("courses:run_messages", args=[run.pk])
    about = _("%(college)sからの連絡：%(subject)s") % {"college": run.course.college, "subject": subject}
    for enrolment in seated:
        tell_trainee(enrolment, subject=about, body=text, path=path)
    tell_firms(run, seated, subject=about, body=text, by=by, path=path)
    return made
