"""`courses`: how long a person waits for the pages of the LMS, and how fast a file of attendance is taken in."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count, cycle

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.imports import imported
from bench.measures import Measure
from bench.pages import Act, Page, feed_pages, measure, roster_of, signed_in, story_run
from courses.actions.attendance.desk import open_desk
from courses.desk_code import code_at, step_at
from courses.models import CheckInDesk, Course, Enrolment, Lesson, Run
from courses.models.seats.enrolments import EnrolmentQuerySet
from courses.states import EnrolmentState, RunState
from courses.terms import with_terms
from demo.database import filled
from demo.logins import email_of
from firms.acting import Acting
from firms.models import Employment, Person
from firms.queries import acting_for, memberships_of, today

CLASS = 40
HOURS = timedelta(hours=6)


def measured(scale: int, *, runs: int) -> Iterator[Measure]:
    with filled(scale):
        for page in pages():
            yield measure(page, scale=scale, runs=runs)
        yield from imported(scale, by=acting_as("coordinator"))


def acting_as(name: str) -> Acting:
    person = Person.objects.get(email=email_of(name))
    return acting_for(person, memberships_of(person, on=today())[0], on=today())


def pages() -> Iterator[Page]:
    visitor, coordinator = Client(SERVER_NAME="127.0.0.1"), signed_in("coordinator")
    run, catalogue = story_run(), reverse("courses:catalogue")
    # First, since whatever is written afterwards is news for the feed.
    yield from feed_pages()
    yield Page("catalogue", lambda: visitor.get(catalogue))
    yield Page("search", lambda: visitor.get(catalogue, {"q": "センサ"}))
    yield Page("search_with_facets", lambda: visitor.get(catalogue, {"q": "データ", "field": "dx", "is_open": "on"}))
    yield Page("calendar_of_runs", lambda: visitor.get(reverse("courses:calendar")))
    yield Page("course", lambda: visitor.get(reverse("courses:course", args=[run.course_id])))
    yield Page("run", lambda: coordinator.get(reverse("courses:run", args=[run.pk])))
    yield enrol_page(run)
    people = forty_people()
    yield roster_page(people)
    yield check_in_page(lesson_of(people, starts_at=timezone.now() - timedelta(hours=1)))


def forty_people() -> list[Employment]:
    employed = Employment.objects.on(today()).filter(person__memberships__role="employee").distinct()
    return list(employed.order_by("pk")[:CLASS])


def lesson_of(people: list[Employment], *, starts_at: datetime) -> Lesson:
    """A class of these people, taught by the demo's instructor."""
    college = acting_as("instructor").organisation
    course = Course.objects.filter(college=college, state="listed").earliest("pk")
    run = Run.objects.create(
        course=course,
        code=f"B{starts_at:%m%d%H%M}",
        seats=CLASS,
        fee_yen=0,
        venue="実習室",
        apply_until=today() - timedelta(days=10),
        state=RunState.OPEN,
    )
    teacher = Person.objects.get(email=email_of("instructor"))
    lesson = Lesson.objects.create(
        run=run, number=1, topic="計測", starts_at=starts_at, ends_at=starts_at + HOURS, instructor=teacher
    )
    held = {"run": run, "state": EnrolmentState.ACCEPTED, "applied_by": teacher}
    Enrolment.objects.bulk_create(
        Enrolment(**with_terms(held), person_id=one.person_id, employment=one) for one in people
    )
    return lesson


def roster_page(people: list[Employment]) -> Page:
    """Each run marks a class of its own for the first time: the same class again would read all its earlier marks."""
    instructor, first = signed_in("instructor"), timezone.now() - timedelta(days=3)
    numbers = count()
    now: dict[str, Act] = {}

    def prepare() -> None:
        page = roster_of(lesson_of(people, starts_at=first - timedelta(minutes=next(numbers))), instructor)
        assert page.before is not None  # it fills in the form
        page.before()
        now["save"] = page.act

    return Page("roster_save", lambda: now["save"](), status=302, before=prepare)


def enrol_page(run: Run) -> Page:
    """A manager sends three people to a run with room for everybody; the next time somebody else's seats are given."""
    manager = signed_in("manager")
    Run.objects.filter(pk=run.pk).update(seats=10_000)
    place = Employment.objects.filter(person__email=email_of("employee")).get().establishment
    people = cycle([one.pk for one in place.employments.on(today()).order_by("pk")])
    form: dict[str, object] = {}

    def prepare() -> None:
        held_by_firm(run, place.organisation_id).delete()
        form.update(
            {"establishment": place.pk, "employments": sorted({next(people) for _n in range(3)}), "confirm": "1"}
        )

    return Page(
        "enrol", lambda: manager.post(reverse("courses:enrol", args=[run.pk]), form), status=302, before=prepare
    )


def held_by_firm(run: Run, firm_id: int) -> EnrolmentQuerySet:
    return Enrolment.objects.filter(run=run, employment__establishment__organisation=firm_id)


def check_in_page(lesson: Lesson) -> Page:
    """One trainee after the other comes in with the code of the moment; when all are in, they begin to go."""
    open_desk(lesson, by=acting_as("instructor"))
    secret = CheckInDesk.objects.get(lesson=lesson).secret
    people = cycle([one.person for one in lesson.run.enrolments.select_related("person").order_by("pk")])
    now: dict[str, Act] = {}

    def prepare() -> None:
        phone = Client(SERVER_NAME="127.0.0.1")
        phone.force_login(next(people))
        code = code_at(secret, lesson.pk, step_at(timezone.now()))
        url = reverse("courses:check_in_code", args=[lesson.pk, code])
        now["scan"] = lambda: phone.post(url)

    return Page("check_in", lambda: now["scan"](), status=302, before=prepare)
