"""Rows of enrolments, read again once their run is locked."""

from courses.models import Enrolment, Run, SeatQuota
from courses.states import OPEN_ENROLMENTS, EnrolmentState
from firms.acting import Acting
from firms.models import Employment


def open_by_person(run: Run) -> dict[int, Enrolment]:
    held = run.enrolments.filter(state__in=OPEN_ENROLMENTS)
    return {one.person_id: one for one in held.select_related("person", "employment__establishment__organisation")}


def start(run: Run, employment: Employment, *, by: Acting, motive: str = "") -> Enrolment:
    """The terms of today are frozen with the row."""
    return Enrolment.objects.create(
        run=run,
        person=employment.person,
        employment=employment,
        state=EnrolmentState.REQUESTED,
        motive=motive,
        applied_by=by.person,
    )


def start_for(quota: SeatQuota, run: Run, employment: Employment, *, by: Acting) -> Enrolment:
    """Under the terms of the day the firm reserved the seat."""
    return Enrolment.objects.create(
        run=run,
        person=employment.person,
        employment=employment,
        state=EnrolmentState.REQUESTED,
        applied_by=by.person,
        terms_kept=quota.terms_kept,
    )


def fresh_row(enrolment: Enrolment) -> Enrolment:
    """The enrolment as it stands now that its run is locked."""
    rows = Enrolment.objects.select_related("person", "employment__establishment__organisation")
    return rows.get(pk=enrolment.pk)
