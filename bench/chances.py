"""`chances`: a night in which ten thousand firms are held against every scheme, by the seconds of one processor."""

import time
from collections.abc import Iterator
from datetime import timedelta

from bench.measures import Measure
from demo.database import filled
from demo.mass import insert
from firms.models import Employment, Establishment, Job, Organisation, Person
from firms.post import jobs
from firms.queries import today
from grants.actions.chances import KIND, ask_to_reckon
from grants.models import Chance

FIRMS, WORKERS = 10_000, 10
DAYS_EMPLOYED = 1200


def measured(scale: int, *, runs: int) -> Iterator[Measure]:
    """Once: a night is long, and its work the same each time."""
    with filled(1):
        crowd(FIRMS * scale)
        started = time.process_time()
        ask_to_reckon(on=today())
        for job in Job.objects.filter(kind=KIND).values_list("pk", flat=True):
            claimed = jobs.claim(job)
            assert claimed
            jobs.work(claimed)
        spent = round(time.process_time() - started, 1)
        rows = Chance.objects.count()
    yield Measure(f"night of {FIRMS * scale:,} firms", "s", p50=spent, p95=spent, n=1, queries=None, scale=scale)
    yield Measure("rows it keeps", "rows", p50=rows, p95=rows, n=1, queries=None, scale=scale)


def crowd(firms: int) -> None:
    """Firms of ten people each, a third of them employed for a term."""
    made = insert(Organisation, map(organisation, range(firms)))
    places = insert(Establishment, (place(n, one) for n, one in enumerate(made)))
    people = insert(Person, (Person(family_name="架空", given_name=str(n)) for n in range(firms * WORKERS)))
    insert(Employment, (employment(n, one, places[n // WORKERS]) for n, one in enumerate(people)))


def organisation(n: int) -> Organisation:
    capital = 1_000_000 * (1 + n % 40)
    return Organisation(
        kind="firm", name=f"（架空）第{n}製作所", industry="manufacturing", capital_yen=capital, regular_employees=WORKERS,
        is_fictional=True,
    )  # fmt: skip


def place(n: int, firm: Organisation) -> Establishment:
    number = f"9{n // 1_000_000:03d}-{n % 1_000_000:06d}-0"
    return Establishment(organisation=firm, name=firm.name, insurance_number=number)


def employment(n: int, person: Person, at: Establishment) -> Employment:
    since = today() - timedelta(days=DAYS_EMPLOYED + n % 900)
    return Employment(person=person, establishment=at, contract="regular" if n % 3 else "fixed_term", started_on=since)
