"""`peers`: the pages an LMS of colleges was measured with beside ours, our side alone, its figures printed beside.

Theirs are IOMAD 4.2.3 (Moodle, PHP 8.2, four processes, PostgreSQL) in one run with ours on two cores, with four
connections, every answer checked. A page of our catalogue has 12 cards where theirs had 20.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import timezone

from bench.classes import class_of, copies_of, employees, mark_all
from bench.measures import WARM_UP, Measure, percentile
from bench.pages import STORY, signed_in
from bench.serving import Load, serving
from courses.models import Course, Run
from demo.clock import an_hour_later
from demo.database import filled
from demo.logins import PASSWORD, email_of
from firms.acting import Acting
from firms.models import Employment, Person
from firms.queries import acting_for, memberships_of, today
from lms.calendar.tokens import make_token

# Of the machine of the table.
CORES = 2
SMALL, LARGE, ENTRIES = 20, 200, 120
# The page the table speaks of drew 457 icons: a course that is held again and again.
RUNS = 40
TWO_LETTERS = "入門"
CARD = 'class="card"'
CSRF = "b" * 32


@dataclass(frozen=True)
class PeerPage:
    """One page as one person asks for it. `says` stands in its answer at least `times` times.

    `peer`: answers a second of IOMAD; `goal`: how many times as many are wanted of us (of a page they have not:
    answers a second).
    """

    name: str
    path: str
    says: str = ""
    times: int = 1
    peer: float | None = None
    goal: float | None = None
    status: int = 200
    cookies: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] | None = None
    is_first: bool = False


@dataclass(frozen=True)
class PeerMeasure(Measure):
    """`per_second`: what the two cores of the table give by the processor time one answer takes; where pages are asked
    for in this process without the server's own share, which `--serve` has in it."""

    per_second: float
    peer: float | None
    ratio: float | None
    goal: float | None


def measured(scale: int, *, runs: int) -> Iterator[Measure]:
    """Processor time of this process alone: on a shared machine the clock on the wall measures the neighbours."""
    with filled(scale), override_settings(ACCOUNT_RATE_LIMITS=False):
        found = pages()
        with an_hour_later():
            for page in found:
                yield in_process(page, scale=scale, runs=runs)


def in_process(page: PeerPage, *, scale: int, runs: int) -> PeerMeasure:
    client = Client(SERVER_NAME="127.0.0.1")
    with CaptureQueriesContext(connection) as queries:
        ask(client, page)
    asked = len(queries)
    spent = [milliseconds(client, page) for _run in range(WARM_UP + runs)][WARM_UP:]
    middle = percentile(spent, 0.5)
    plain = Measure(page.name, "ms cpu", middle, percentile(spent, 0.95), runs, asked, scale)
    return beside(page, plain, per_second=CORES * 1000 / middle)


def milliseconds(client: Client, page: PeerPage) -> float:
    if page.is_first:
        for one in caches.all(initialized_only=True):
            one.clear()
    started = time.process_time()
    ask(client, page)
    return (time.process_time() - started) * 1000


def ask(client: Client, page: PeerPage) -> None:
    """With the page's own cookies each time: who has just signed in would be sent on the next time."""
    client.cookies.clear()
    client.cookies.load(page.cookies)
    answer = client.get(page.path) if page.form is None else client.post(page.path, page.form)
    check(page, answer.status_code, answer.getvalue())


def check(page: PeerPage, status: int, body: bytes) -> None:
    """Raises RuntimeError where an answer is not the page."""
    found = body.count(page.says.encode()) if page.says else page.times
    if status != page.status or found < page.times:
        raise RuntimeError(f"{page.name}: answered {status} with {found} of {page.times} “{page.says}”.")


def beside(page: PeerPage, plain: Measure, *, per_second: float) -> PeerMeasure:
    ratio = round(per_second / page.peer, 1) if page.peer else None
    return PeerMeasure(**asdict(plain), per_second=round(per_second, 1), peer=page.peer, ratio=ratio, goal=page.goal)


def served(scale: int, *, runs: int) -> Iterator[Measure]:
    """By real processes on the clock of the day, `runs` seconds each; the world was written an hour ago.

    p50 is answers a second by the clock on the wall, beside whatever else runs on the machine.
    """
    written = timezone.localtime() - timedelta(hours=1)
    with filled(scale, day=written.date(), clock=f"{written:%H:%M}") as folder:
        found = pages()
        with serving(folder) as server:
            for page in found:
                if page.is_first:
                    continue  # seen once is seen: only a process of its own can forget it between two answers
                before = server.seconds_spent()
                load = Load(server.port, page.path, cookies=page.cookies, form=page.form, accept=checker(page))
                rate, n = load.rate(seconds=runs)
                plain = Measure(page.name, "per s", round(rate, 1), round(rate, 1), n, None, scale)
                spent = (server.seconds_spent() - before) / sum(load.answered)
                yield beside(page, plain, per_second=CORES / spent)


def checker(page: PeerPage) -> Callable[[int, bytes], None]:
    return lambda status, body: check(page, status, body)


# --- the pages of the table ---


def pages() -> list[PeerPage]:
    return [*open_pages(), *college_pages(), *own_pages()]


def open_pages() -> Iterator[PeerPage]:
    catalogue = reverse("courses:catalogue")
    form = {"login": email_of("employee"), "password": PASSWORD, "csrfmiddlewaretoken": CSRF}
    yield PeerPage(
        "sign-in", reverse("account_login"), peer=8.5, goal=5, status=302, cookies={"csrftoken": CSRF}, form=form
    )
    yield PeerPage("catalogue", catalogue, says=CARD, times=12, peer=34, goal=10)
    yield PeerPage(f"search, {TWO_LETTERS}", f"{catalogue}?q={TWO_LETTERS}", says=CARD, times=12, peer=8.1, goal=10)
    course = Course.objects.listed().filter(title__startswith=STORY).earliest("pk")
    many = Course.objects.listed().filter(title__startswith="PLC").earliest("pk")
    copies_of(Run.objects.bookable(on=today()).filter(course=many).earliest("pk"), count=RUNS)
    for name, shown in (("course page", course), (f"course page of {RUNS} runs", many)):
        path = reverse("courses:course", args=[shown.pk])
        yield PeerPage(f"{name}, first", path, says=shown.title, peer=24.8, goal=5, is_first=True)
        yield PeerPage(f"{name}, again", path, says=shown.title, peer=24.8, goal=10)


def college_pages() -> Iterator[PeerPage]:
    instructor = acting_as("instructor")
    keeps, teaches = session_of(signed_in("coordinator")), session_of(signed_in("instructor"))
    people = employees(LARGE)
    for size in (SMALL, LARGE):
        run = class_of(people[:size], lessons=3, by=instructor)
        peer, path = {SMALL: 14.3, LARGE: 3.5}[size], reverse("courses:run", args=[run.pk])
        yield PeerPage(
            f"run of {size}", path, says='<span class="title">', times=size, peer=peer, goal=10, cookies=keeps
        )
    last = run.lessons.latest("starts_at")
    mark_all(run, but=last, by=instructor)
    path, row = reverse("courses:completion", args=[run.pk]), '<th scope="row">'
    yield PeerPage(f"completion of {LARGE}", path, says=row, times=LARGE, peer=4.2, goal=10, cookies=keeps)
    path = reverse("courses:roster", args=[last.pk])
    yield PeerPage(f"roster of {LARGE}", path, says=row, times=LARGE, peer=2.4, goal=10, cookies=teaches)


def own_pages() -> Iterator[PeerPage]:
    instructor, learner = acting_as("instructor"), employees(LARGE + 1)[-1]
    class_of([learner], lessons=ENTRIES, by=instructor)
    token = make_token(by=acting_of(learner))
    path = reverse("calendar:feed", args=[token])
    yield PeerPage(f"feed of {ENTRIES} entries", path, says="BEGIN:VEVENT", times=ENTRIES, peer=40.7, goal=10)
    cookies = session_of(signed_in("employee"))
    yield PeerPage("home of an employee", "/", says="panel", goal=200, cookies=cookies)


def session_of(client: Client) -> dict[str, str]:
    return {name: one.value for name, one in client.cookies.items()}


def acting_as(name: str) -> Acting:
    person = Person.objects.get(email=email_of(name))
    return acting_for(person, memberships_of(person, on=today())[0], on=today())


def acting_of(employment: Employment) -> Acting:
    return acting_for(employment.person, memberships_of(employment.person, on=today())[0], on=today())
