"""Deregistering as a whole: refused while something must be settled, and what is open ends once the day has come."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet

from courses.actions.catalogue.closing import end_courses, end_seats
from firms.acting import Acting
from firms.actions.deregistering import deregister, end_ties
from firms.errors import Refused
from firms.models import JournalEntry, Organisation
from firms.models.organisations import Kind, Role
from firms.words.saying import said as _
from grants.actions.closing import end_cases
from lms.deregistering.touched import touched
from mentors.actions.closing import end_mentoring
from trials.actions.closing import end_trials

# A sweep that was missed longer than this has been noticed otherwise.
LOOK_BACK = timedelta(days=30)


@transaction.atomic
def deregister_whole(organisation: Organisation, *, on: date, reason: str, by: Acting) -> None:
    """With what is open for it, where the day is today; where it is ahead, the sweep ends that on the day."""
    if open_ones := touched(organisation, on).unsettled:
        raise Refused(
            _(
                "先に片づける手続きが残っています（%(names)s）。抹消の日を後にするか、当事者に手続きを終えてもらってください。"
            )
            % {"names": "、".join(one.name for one in open_ones)},
            field="on",
        )
    row = deregister(organisation, on=on, reason=reason, by=by)
    if not row.is_registered_on(by.today):
        end_open(row, by=by)


@transaction.atomic
def end_open(organisation: Organisation, *, by: Acting) -> None:
    """Twice is once: what has ended is open no more."""
    if organisation.kind == Kind.COLLEGE:
        end_courses(organisation, by=by)
    end_seats(organisation, by=by)
    end_cases(organisation, by=by)
    end_trials(organisation, by=by)
    end_mentoring(organisation, by=by)
    end_ties(organisation, by=by)


def lately_deregistered(*, on: date) -> QuerySet[Organisation]:
    return Organisation.objects.filter(deregistered_on__lte=on, deregistered_on__gt=on - LOOK_BACK)


def decided_by(organisation: Organisation, *, on: date) -> Acting:
    """The officer who deregistered it, on the day their decision takes effect."""
    entry = (
        JournalEntry.objects.about(organisation)
        .filter(verb="organisation.deregister")
        .select_related("person", "organisation")[0]
    )
    assert entry.person is not None
    return Acting(entry.person, None, entry.organisation, Role.OFFICER, Kind.WARD, on)
