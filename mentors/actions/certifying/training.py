"""The trainings a number waits for: courses that count, what was completed elsewhere, and the number once all are done."""

from datetime import date

from django.db import IntegrityError, transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import move, record
from firms.models import Organisation, Person
from firms.words.saying import said as _
from mentors.actions.certifying.applying import locked
from mentors.actions.certifying.issuing import issue_certification
from mentors.models import Application, Certification, TrainingCourse, TrainingProof
from mentors.models.certifying.trainings import Training
from mentors.queries.certifying.trainings import missing_trainings
from mentors.states import ApplicationState


@transaction.atomic
def name_course(*, ward: Organisation, training: Training, course: int, title: str, by: Acting) -> TrainingCourse:
    """From today; whoever has completed it before counts as well."""
    told = {"ward": ward, "training": training, "course": course, "title": title, "named_on": by.today}
    try:
        with transaction.atomic():
            made = TrainingCourse.objects.create(**told)
    except IntegrityError:
        raise Refused(_("この講座は、すでにこの講習として認めています。")) from None
    record(made, "training.name_course", by=by, concerns=ward)
    give_numbers(ward, on=by.today, by=by)
    return made


@transaction.atomic
def drop_course(course: TrainingCourse, *, by: Acting) -> None:
    """It counts no more; numbers that were given stay."""
    record(course, "training.drop_course", by=by, concerns=course.ward_id)
    course.delete()


@transaction.atomic
def record_training(
    application: Application, *, training: Training, completed_on: date, place: str, by: Acting
) -> TrainingProof:
    """Seen by the ward's desk; where it was the last one missing, the number is given."""
    application = locked(application)
    if completed_on > by.today:
        raise Refused(_("修了した日は、今日までの日にしてください。"), field="completed_on")
    told = {"training": training, "completed_on": completed_on, "place": place, "recorded_by": by.person}
    try:
        with transaction.atomic():
            made = TrainingProof.objects.create(person=application.person, ward=application.ward, **told)
    except IntegrityError:
        raise Refused(_("この講習の修了は、すでに記録されています。"), field="training") from None
    record(application, "training.record", by=by, concerns=application.ward, reason=str(made.get_training_display()))
    if application.state == ApplicationState.PASSED:
        give_number(application, on=by.today, by=by)
    return made


def give_number(application: Application, *, on: date, by: Acting | None) -> Certification | None:
    """None as long as a training is missing. Within the lock of the application."""
    if missing_trainings(application.person, application.ward_id, on=on):
        return None
    move(application, ApplicationState.CERTIFIED, by=by, verb="application.complete", concerns=application.ward)
    return issue_certification(application, on=on, by=by)


@transaction.atomic
def recheck(application: Application, *, on: date, by: Acting | None = None) -> Certification | None:
    """Of one that has passed the board; whoever runs it twice changes nothing."""
    application = locked(application)
    if application.state != ApplicationState.PASSED:
        return None
    return give_number(application, on=on, by=by)


def give_numbers(ward: Organisation, *, on: date, by: Acting | None) -> None:
    for one in Application.objects.filter(ward=ward, state=ApplicationState.PASSED):
        recheck(one, on=on, by=by)


def recheck_person(person: Person, *, on: date) -> None:
    """Called when somebody has completed a course, by whoever sees that."""
    for one in Application.objects.filter(person=person, state=ApplicationState.PASSED):
        recheck(one, on=on)
