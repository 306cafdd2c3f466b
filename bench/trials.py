"""`trials`: how long the desk and the trialist wait with five hundred trials at work, and what closing a month of them all takes."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import count, cycle

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.courses import acting_as
from bench.measures import Measure, milliseconds, percentile
from bench.pages import Act, Page, measure, signed_in
from demo.clock import is_closed
from demo.database import filled
from firms.models import Person
from firms.queries import today
from firms.rules.calendar import ONE_DAY
from trials.actions.working.closing import close_month
from trials.models import DayEntry, DayWord, JobSeeker, Placement, Proposal, WorkMonth
from trials.queries.working import first_of

TRIALS = 500
SATURDAY = 5


def measured(scale: int, *, runs: int) -> Iterator[Measure]:
    with filled(scale):
        trials = five_hundred()
        for page in pages(trials):
            yield measure(page, scale=scale, runs=runs)
        yield closed(trials, scale=scale)


def five_hundred() -> list[Placement]:
    """Trials at work since the first of last month, at the demo's host through its agency, each with a month approved."""
    known = Placement.objects.filter(state="active").with_sides().earliest("pk")
    first = first_of(first_of(today()) - ONE_DAY)
    last = today() + timedelta(days=30)
    people = Person.objects.bulk_create(
        Person(email=f"bench{n}@example.jp", family_name="計測", given_name=f"{n}", password="!")  # noqa: S106
        for n in range(TRIALS)
    )
    seekers = JobSeeker.objects.bulk_create(
        JobSeeker(
            round=known.seeker.round,
            agency=known.seeker.agency,
            adviser=known.seeker.adviser,
            person=person,
            family_name=person.family_name,
            given_name=person.given_name,
            email=str(person.email),
            born_on=date(2000, 1, 1),
            standing="not_working",
            joined_at=timezone.now(),
        )
        for person in people
    )
    placements = Placement.objects.bulk_create(
        Placement(
            seeker=seeker,
            person=seeker.person,
            posting=known.posting,
            state="active",
            starts_on=first,
            started_on=first,
            last_on=last,
            bar_on=last + timedelta(days=400),
            bar_told_on=first,
            pay_told_on=first,
            safety_trained_on=first,
        )
        for seeker in seekers
    )
    assert known.posting is not None
    Proposal.objects.bulk_create(
        Proposal(placement=one, posting=known.posting, answer_by=first, ended_at=timezone.now()) for one in placements
    )
    work(placements, first)
    return list(Placement.objects.filter(pk__in=[one.pk for one in placements]).with_sides().order_by("pk"))


def work(placements: list[Placement], first: date) -> None:
    """Every working day of last month, told and approved."""
    months = WorkMonth.objects.bulk_create(WorkMonth(placement=one, first=first) for one in placements)
    days = [first + timedelta(days=n) for n in range((first_of(today()) - first).days)]
    worked = [day for day in days if day.weekday() < SATURDAY and not is_closed(day)]
    entries = DayEntry.objects.bulk_create(entry_of(month, day) for month in months for day in worked)
    host = acting_as("manager").person
    DayWord.objects.bulk_create(
        DayWord(entry=entry, side="host", is_ok=True, person=host, name=host.full_name) for entry in entries
    )


def entry_of(month: WorkMonth, day: date) -> DayEntry:
    starts = at(day, time(8, 30))
    told_at = at(day, time(18, 0))
    return DayEntry(
        month=month,
        placement=month.placement,
        on=day,
        number=1,
        step="whole",
        kind="work",
        starts_at=starts,
        ends_at=at(day, time(17, 30)),
        break_minutes=60,
        minutes=480,
        source="phone",
        written_by_id=month.placement.person_id,
        typed_at=told_at,
        arrived_at=told_at,
        approve_by=day,
    )


def at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def pages(trials: list[Placement]) -> Iterator[Page]:
    adviser, manager = signed_in("adviser"), signed_in("manager")
    one = trials[TRIALS // 2]
    month = one.months.get()
    yield Page("board_of_500", lambda: adviser.get(reverse("trials:placements")))
    yield Page("placement", lambda: adviser.get(reverse("trials:placement", args=[one.pk])))
    yield Page("month", lambda: manager.get(reverse("trials:month", args=[month.pk])))
    ward = signed_in("officer")
    yield Page("kpi_of_a_round", lambda: ward.get(reverse("trials:numbers", args=[one.seeker.round_id])))
    phone = signed_in_as(one.person)
    yield Page("phone", lambda: phone.get(reverse("trials:days", args=[one.pk])))
    yield save_page(trials)


def signed_in_as(person: Person) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person)
    return client


def save_page(trials: list[Placement]) -> Page:
    """Each run another trialist tells their first day of this month."""
    turn, numbers = cycle(trials), count()
    day = first_of(today())
    form = {
        "kind": "work",
        "starts_at": "00:00",
        "ends_at": "00:05",
        "break_minutes": "0",
        "absence": "",
        "comment": "",
        "private_words": "",
        "because": "",
        "seen_facts": "",
    }
    now: dict[str, Act] = {}

    def prepare() -> None:
        one = next(turn)
        client, url = signed_in_as(one.person), reverse("trials:day", args=[one.pk, day.isoformat()])
        given = {**form, "comment": f"計測 {next(numbers)}"}
        now["save"] = lambda: client.post(url, given)

    return Page("timesheet_save", lambda: now["save"](), status=302, before=prepare)


def closed(trials: list[Placement], *, scale: int) -> Measure:
    """Every month of last month, one after the other: what one costs, and what all do by their sum."""
    by = acting_as("adviser")
    first = first_of(first_of(today()) - ONE_DAY)
    months = list(WorkMonth.objects.filter(placement__in=trials, first=first).with_sides().order_by("pk"))
    with CaptureQueriesContext(connection) as queries:
        close_month(months[0], by=by)
    found = [milliseconds(lambda month=month: close_month(month, by=by)) for month in months[1:]]  # type: ignore[misc]
    return Measure(
        measure="month_close_of_500",
        unit="ms",
        p50=percentile(found, 0.5),
        p95=percentile(found, 0.95),
        n=len(months),
        queries=len(queries),
        scale=scale,
    )
