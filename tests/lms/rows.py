"""Rows the homes and the feed show: as many of each as asked for, around a real today."""

from datetime import timedelta

from courses.models import Enrolment
from courses.states import CourseState, EnrolmentState, RunState
from firms.queries import today
from grants.models import Deadline, GrantCase
from tests.factories import (
    CourseFactory,
    EmploymentFactory,
    EnrolmentFactory,
    LessonFactory,
    MandateFactory,
    OrganisationFactory,
    RunFactory,
)


def training(college, *, starts_in, seats=12, instructor=None, state=RunState.OPEN, course_state=CourseState.LISTED):
    """A run whose only lesson is so many days away."""
    day = today() + timedelta(days=starts_in)
    run = RunFactory(
        course=CourseFactory(college=college, state=course_state),
        apply_until=day - timedelta(days=5),
        seats=seats,
        state=state,
    )
    LessonFactory(run=run, day=day, instructor=instructor)
    return run


def deadline(case, *, last_in=20, **fields):
    last = today() + timedelta(days=last_in)
    return Deadline.objects.create(
        case=case,
        code=fields.pop("code", "plan"),
        event="訓練開始日",
        event_on=last + timedelta(days=30),
        first_on=last - timedelta(days=150),
        nominal_on=last,
        last_on=last,
        because="訓練開始日の1か月前まで",
        source="支給要領",
        **fields,
    )


def case_of(establishment, run) -> GrantCase:
    return GrantCase.objects.create(establishment=establishment, run=run, scheme="reskilling", menu="reskilling")


def fill(n, *, firm, establishment, pattern, college, instructor, office, trainee):
    """n of everything a home can show."""
    for _number in range(n):
        worker = EmploymentFactory(establishment=establishment, pattern=pattern)
        past = training(college, starts_in=-3, instructor=instructor.person)
        EnrolmentFactory(run=past, employment=worker)
        ahead = training(college, starts_in=90, instructor=instructor.person)
        EnrolmentFactory(run=ahead, employment=worker)
        EnrolmentFactory(run=training(college, starts_in=100), employment=worker, state=EnrolmentState.REQUESTED)
        own = training(college, starts_in=80)
        Enrolment.objects.create(
            run=own,
            person=trainee.person,
            employment=trainee.person.employments.get(),
            state="accepted",
            applied_by=trainee.person,
        )
        Enrolment.objects.create(run=ahead, person=trainee.person, state="requested", applied_by=trainee.person)
        deadline(case_of(establishment, own))
        training(college, starts_in=60, state=RunState.PREPARING)
        full = training(college, starts_in=20)
        EnrolmentFactory(run=full, employment=worker, state=EnrolmentState.WAITLISTED)
        CourseFactory(college=college, state=CourseState.DRAFT)
        CourseFactory(college=college, state=CourseState.PROPOSED)
        asking = OrganisationFactory(kind="office")
        MandateFactory(office=asking, firm=firm, state="requested", accepted_by=None, accepted_at=None)
        client = OrganisationFactory()
        MandateFactory(
            office=office, firm=client, asked_for=client, state="requested", accepted_by=None, accepted_at=None
        )
