"""Who is told when something about a run changes: trainees, the firms that send them, and the college."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from courses.models import Course, Enrolment, Run
from courses.queries import advisors_of, coordinators_of, managers_of
from courses.states import OPEN_ENROLMENTS
from firms.acting import Acting
from firms.models import Organisation, Person
from firms.post.notify import notify
from firms.queries import today


def tell(people: Iterable[Person], *, subject: str, body: str, path: str, organisation: Organisation | None) -> None:
    for person in people:
        notify(person, subject=subject, body=body, path=path, organisation=organisation)


def tell_trainee(enrolment: Enrolment, *, subject: str, body: str, path: str = "") -> None:
    firm = firm_of(enrolment)
    where = path or reverse("courses:my_enrolments")
    notify(enrolment.person, subject=subject, body=body, path=where, organisation=firm)


def tell_managers(firm: Organisation, run: Run, *, subject: str, body: str, by: Acting | None, path: str = "") -> None:
    """The firm's managers, but for the one who did it; `by=None` is Takumi itself."""
    people = but_for(by, managers_of(firm.pk, on=day_of(by)))
    tell(people, subject=subject, body=body, path=path or run_path(run), organisation=firm)


def tell_college(course: Course, *, subject: str, body: str, by: Acting | None, path: str) -> None:
    people = but_for(by, coordinators_of(course.college_id, on=day_of(by)))
    tell(people, subject=subject, body=body, path=path, organisation=course.college)


def tell_advisors(firms: Collection[Organisation], run: Run, *, subject: str, body: str, by: Acting | None) -> None:
    """Those who look after the firms' training grants."""
    people = advisors_of([firm.pk for firm in firms], on=day_of(by))
    tell(people, subject=subject, body=body, path=run_path(run), organisation=None)


def but_for(by: Acting | None, people: QuerySet[Person]) -> QuerySet[Person]:
    return people.exclude(pk=by.person.pk) if by else people


def day_of(by: Acting | None) -> date:
    return by.today if by else today()


def tell_everyone(run: Run, *, subject: str, body: str, by: Acting | None) -> list[Organisation]:
    """Everybody with an open enrolment, and their firms as `tell_firms` does."""
    held = open_enrolments(run)
    for enrolment in held:
        tell_trainee(enrolment, subject=subject, body=body)
    return tell_firms(run, held, subject=subject, body=body, by=by)


def tell_firms(
    run: Run, held: Collection[Enrolment], *, subject: str, body: str, by: Acting | None, path: str = ""
) -> list[Organisation]:
    """The managers of the firms that send these people or reserve seats without names; answers with the firms."""
    firms = {firm.pk: firm for firm in map(firm_of, held) if firm}
    firms |= {quota.firm_id: quota.firm for quota in run.quotas.open().select_related("firm")}
    for firm in firms.values():
        tell_managers(firm, run, subject=subject, body=body, by=by, path=path)
    return list(firms.values())


def open_enrolments(run: Run) -> list[Enrolment]:
    held = run.enrolments.filter(state__in=OPEN_ENROLMENTS).order_by("pk")
    return list(held.select_related("person", "employment__establishment__organisation"))


def firm_of(enrolment: Enrolment) -> Organisation | None:
    return enrolment.employment.establishment.organisation if enrolment.employment else None


def run_path(run: Run) -> str:
    return reverse("courses:run", args=[run.pk])
