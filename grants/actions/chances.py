"""Holding firms against every scheme at night, and the firm's word whether it wants that."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db import transaction

from firms.acting import Acting
from firms.journal import record
from firms.models import Job, Organisation
from firms.models.organisations import Kind
from firms.post.jobs import enqueue, finishing
from grants.models import Chance, ChanceWish
from grants.queries.chances import Seen, offered, seen
from grants.rules import OfferedCourse, chances

KIND = "grants.chances"
# So many firms are one job: a few seconds of work, a few thousand rows, and what a dead worker does again.
PORTION = 500


@transaction.atomic
def ask_to_reckon(*, on: date) -> int:
    """One job for each portion of all firms; the same night asked again is the same jobs. Tells how many there are."""
    firms = list(Organisation.objects.of_kind(Kind.FIRM).order_by("pk").values_list("pk", flat=True))
    portions = [firms[n : n + PORTION] for n in range(0, len(firms), PORTION)]
    for portion in portions:
        payload = {"on": on.isoformat(), "firms": portion}
        enqueue(KIND, payload, once_key=f"{KIND}:{on.isoformat()}:{portion[0]}")
    return len(portions)


def reckon_portion(job: Job) -> None:
    """The rows of the night before go in the transaction in which those of this night come and the job ends."""
    on, firms = date.fromisoformat(job.payload["on"]), job.payload["firms"]
    found = list(found_for(firms, on=on))
    with finishing(job):
        keep(firms, found, on=on)


def reckon(firms: Iterable[int], *, on: date) -> None:
    """The same without a job, for a firm that wants to be told again."""
    held = list(firms)
    found = list(found_for(held, on=on))
    with transaction.atomic():
        keep(held, found, on=on)


def found_for(firms: list[int], *, on: date) -> Iterator[Chance]:
    courses = offered(on)
    for one in seen(firms, on=on):
        yield from rows_of(one, courses, on=on)


def rows_of(one: Seen, courses: tuple[OfferedCourse, ...], *, on: date) -> Iterator[Chance]:
    for chance in chances(one.facts, courses, on=on):
        yield Chance(
            firm_id=one.firm,
            scheme=chance.scheme,
            menu=chance.menu,
            kind=chance.kind,
            run_id=chance.course,
            people=chance.people,
            yen=chance.amount,
            last_on=chance.last,
            because=chance.because,
            needs="\n".join(chance.needs),
            source=chance.source,
            is_unverified=chance.unverified,
            reckoned_on=on,
        )


def keep(firms: list[int], found: list[Chance], *, on: date) -> None:
    """A firm that asked meanwhile to be left alone is left alone: its row is locked against that word."""
    locked = list(Organisation.objects.select_for_update(of=("self",)).filter(pk__in=firms).order_by("pk"))
    asked = ChanceWish.objects.newest().filter(is_wanted=False, firm__in=locked)
    left_alone = set(asked.values_list("firm", flat=True))
    Chance.objects.filter(firm__in=firms).delete()
    Chance.objects.bulk_create([one for one in found if one.firm_id not in left_alone], batch_size=PORTION)


@transaction.atomic
def wish(firm: Organisation, *, is_wanted: bool, by: Acting) -> None:
    """Whoever stops it has what was found done away with at once; whoever resumes is reckoned at once. Twice is once."""
    held = Organisation.objects.select_for_update(of=("self",)).get(pk=firm.pk)
    stands = ChanceWish.objects.newest().filter(firm=held).first()
    if (stands.is_wanted if stands else True) == is_wanted:
        return
    ChanceWish.objects.create(firm=held, is_wanted=is_wanted, wished_by=by.person)
    record(held, "chances.resume" if is_wanted else "chances.stop", by=by, concerns=held.pk)
    if is_wanted:
        reckon([held.pk], on=by.today)
    else:
        Chance.objects.filter(firm=held).delete()
