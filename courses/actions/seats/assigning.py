"""Somebody whom no firm sends takes a seat that costs nothing, given by whoever looks after them."""

from django.db import transaction

from courses.actions.seats.enrolment_rows import open_by_person
from courses.actions.seats.seats import give_seat, guard_bookable, locked_run, seats_taken
from courses.actions.telling import run_path, tell_college
from courses.models import Enrolment, Run
from courses.models.catalogue.runs import Selection
from courses.states import EnrolmentState
from firms.acting import Acting
from firms.errors import Refused
from firms.models import Person
from firms.words.saying import said as _


@transaction.atomic
def seat_person(run: Run, person: Person, *, by: Acting) -> Enrolment:
    """At once or not at all: nobody waits in a queue for what is to be learned before a day. Twice is once."""
    run = locked_run(run)
    guard_bookable(run, by=by)
    if held := open_by_person(run).get(person.pk):
        return held
    if run.price_yen or run.selection != Selection.FIRST_COME or seats_taken(run) >= run.seats:
        raise Refused(
            _("割り当てられるのは、無料で、先着で席の空いているeラーニングだけです。ほかの講座を選んでください。")
        )
    enrolment = Enrolment.objects.create(run=run, person=person, state=EnrolmentState.REQUESTED, applied_by=by.person)
    give_seat(enrolment, run, verb="enrolment.apply", by=by)
    body = _("%(by)sが、トライアル就労の前に学ぶ人を1人申し込みました。") % {"by": by.organisation or ""}
    subject = _("申込みがありました: %(run)s") % {"run": run}
    tell_college(run.course, subject=subject, body=body, by=by, path=run_path(run))
    return enrolment
