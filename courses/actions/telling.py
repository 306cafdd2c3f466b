"""Who is told when something about a run changes: trainees, the firms that send them, and the college."""

from collections.abc import Iterable

from django.urls import reverse

from courses.models import Course, Enrolment, Run
from courses.queries import coordinators_of, managers_of
from courses.states import OPEN_ENROLMENTS
from firms.acting import Acting
from firms.models import Organisation, Person
from firms.notify import notify


def tell(people: Iterable[Person], *, subject: str, body: str, path: str, organisation: Organisation | None) -> None:
    for person in people:
        notify(person, subject=subject, body=body, path=path, organisation=organisation)


def tell_trainee(enrolment: Enrolment, *, subject: str, body: str) -> None:
    firm = firm_of(enrolment)
    notify(enrolment.person, subject=subject, body=body, path=reverse("courses:my_enrolments"), organisation=firm)


def tell_managers(firm: Organisation, run: Run, *, subject: str, body: str, by: Acting) -> None:
    """The firm's managers, but for the one who did it."""
    people = managers_of(firm.pk, on=by.today).exclude(pk=by.person.pk)
    tell(people, subject=subject, body=body, path=run_path(run), organisation=firm)


def tell_college(course: Course, *, subject: str, body: str, by: Acting, path: str) -> None:
    people = coordinators_of(course.college_id, on=by.today).exclude(pk=by.person.pk)
    tell(people, subject=subject, body=body, path=path, organisation=course.college)


def tell_everyone(run: Run, *, subject: str, body: str, by: Acting) -> list[Organisation]:
    """Everybody with an open enrolment and the managers of their firms; answers with the firms."""
    firms: dict[int, Organisation] = {}
    for enrolment in open_enrolments(run):
        tell_trainee(enrolment, subject=subject, body=body)
        if firm := firm_of(enrolment):
            firms[firm.pk] = firm
    for firm in firms.values():
        tell_managers(firm, run, subject=subject, body=body, by=by)
    return list(firms.values())


def open_enrolments(run: Run) -> list[Enrolment]:
    held = run.enrolments.filter(state__in=OPEN_ENROLMENTS).order_by("pk")
    return list(held.select_related("person", "employment__establishment__organisation"))


def firm_of(enrolment: Enrolment) -> Organisation | None:
    return enrolment.employment.establishment.organisation if enrolment.employment else None


def run_path(run: Run) -> str:
    return reverse("courses:run", args=[run.pk])
