"""`pages`: how long a person waits for the pages of the main job."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.measures import Measure, percentile, timings
from courses.models import AttendanceMark, Course, Enrolment, Lesson, Run
from demo.clock import an_hour_later
from demo.database import filled
from demo.logins import email_of
from firms.models import Employment, Person
from firms.queries import acting_for, memberships_of, today
from grants.models import GrantCase
from grants.states import CaseState
from lms.calendar.tokens import make_token

Act = Callable[[], HttpResponseBase]
STORY = "現場IoT"


@dataclass
class Page:
    """One page as one person asks for it; `before` prepares each run and is not timed."""

    name: str
    act: Act
    status: int = 200
    before: Callable[[], None] | None = field(default=None)


def measured(scale: int, *, runs: int) -> Iterator[Measure]:
    with filled(scale):
        for page in pages():
            yield measure(page, scale=scale, runs=runs)


def measure(page: Page, *, scale: int, runs: int) -> Measure:
    if page.before:
        page.before()
    with CaptureQueriesContext(connection) as queries:
        answer = page.act()
    asked = len(queries)  # the log is emptied by the next request
    if answer.status_code != page.status:
        raise RuntimeError(f"{page.name}: answered {answer.status_code} instead of {page.status}")
    found = timings(page.act, before=page.before, runs=runs)
    return Measure(
        measure=page.name,
        unit="ms",
        p50=percentile(found, 0.5),
        p95=percentile(found, 0.95),
        n=len(found),
        queries=asked,
        scale=scale,
    )


def signed_in(name: str) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(Person.objects.get(email=email_of(name)))
    return client


def pages() -> Iterator[Page]:
    manager, advisor, officer = signed_in("manager"), signed_in("advisor"), signed_in("officer")
    run = story_run()
    case = GrantCase.objects.filter(state=CaseState.FILED, run__course__title__startswith=STORY).earliest("pk")
    yield from feed_pages()
    yield Page("home_manager", lambda: manager.get("/"))
    yield Page("home_advisor", lambda: advisor.get("/"))
    yield Page("home_officer", lambda: officer.get("/"))
    yield Page("catalogue", lambda: manager.get(reverse("courses:catalogue")))
    yield Page("catalogue_search", lambda: manager.get(reverse("courses:catalogue"), {"q": "センサ"}))
    yield Page("course", lambda: manager.get(reverse("courses:course", args=[Course.objects.earliest("pk").pk])))
    yield Page("enrol_forecast", lambda: manager.get(reverse("courses:enrol", args=[run.pk]), three_people()))
    yield roster_page()
    yield Page("claim", lambda: advisor.get(reverse("grants:claim", args=[case.pk])))


def story_run() -> Run:
    return Run.objects.bookable(on=today()).filter(course__title__startswith=STORY).earliest("pk")


def three_people() -> dict[str, int | str | list[int]]:
    shop = Employment.objects.filter(person__email=email_of("employee")).get().establishment
    return {
        "establishment": shop.pk,
        "employments": [one.pk for one in shop.employments.order_by("pk")[1:4]],
        "next": "1",
    }


def roster_page() -> Page:
    instructor = signed_in("instructor")
    taught = Lesson.objects.filter(instructor__email=email_of("instructor"), starts_at__date__lt=today())
    return roster_of(taught.latest("starts_at"), instructor)


def roster_of(lesson: Lesson, instructor: Client) -> Page:
    """Everybody a little later each time, so that every run writes a correction for everyone."""
    enrolled = list(Enrolment.objects.accepted().filter(run=lesson.run_id).values_list("pk", flat=True))
    late = count(1)
    form: dict[str, object] = {}

    def prepare() -> None:
        seen = dict(AttendanceMark.objects.current().filter(lesson=lesson).values_list("enrolment_id", "pk"))
        minutes = next(late)
        for key in enrolled:
            line = {"status": "present", "late": minutes, "early": 0, "reason": "計測", "seen": seen.get(key, "")}
            form.update({f"e{key}-{part}": value for part, value in line.items()})

    url = reverse("courses:roster", args=[lesson.pk])
    return Page("roster_save", lambda: instructor.post(url, form), status=302, before=prepare)


def feed_pages() -> Iterator[Page]:
    """Asked for an hour after the demo world was written: what is minutes old is looked at once more (lms.calendar.unchanged)."""
    person = Person.objects.get(email=email_of("advisor"))
    day = today()
    token = make_token(by=acting_for(person, memberships_of(person, on=day)[0], on=day))
    calendar = Client(SERVER_NAME="127.0.0.1")
    url = reverse("calendar:feed", args=[token])
    with an_hour_later():
        tag = calendar.get(url)["ETag"]
        yield Page("feed", lambda: calendar.get(url))
        yield Page("feed_unchanged", lambda: calendar.get(url, headers={"if-none-match": tag}), status=304)
