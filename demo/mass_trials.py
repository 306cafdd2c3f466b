"""Trials of the further sets, in bulk: of every set's firms some take people in, from the first proposal to a job that lasted."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db.models import F

from demo.clock import at
from demo.names import FAMILIES, GIVEN
from firms.models import Employment, Person
from firms.models.signing import hash_of_text
from firms.rules.calendar import add_months
from trials.consents import consents_on
from trials.models import (
    Consent,
    Intent,
    JobSeeker,
    Placement,
    Posting,
    Proposal,
    RetentionCheck,
    Round,
    Termination,
)
from trials.models.agreement import TWO_SIDES
from trials.states import PlacementState as S

Insert = Callable[..., list[Any]]
SEED = 20_261
TRIAL_DAYS = 60
# Of each set: how a trial stands, and how many days ago it began; None before there was a contract.
STANDING: tuple[tuple[str, int | None], ...] = (
    (S.PREPARED, None), (S.MATCHING, None), (S.TERMS_PENDING, None), (S.READY, -3), (S.ACTIVE, 12), (S.ACTIVE, 25),
    (S.INTENT_OPEN, 45), (S.HOST_DECLINED, 50), (S.WORKER_DECLINED, 52), (S.TERMINATED, 40), (S.RETENTION_1, 95),
    (S.RETAINED_6M, 260),
)  # fmt: skip
HIRED = (S.RETENTION_1, S.RETAINED_6M)
DECIDED = (S.HOST_DECLINED, S.WORKER_DECLINED, *HIRED)


def build(today: date, numbers: Iterable[int], places: list[Any], *, firms_in_set: int, insert: Insert) -> None:
    """In the round and through the agency of the story; nothing where the story has none."""
    round = Round.objects.filter(programme="ward").select_related("ward").first()
    first = JobSeeker.objects.filter(round=round).select_related("agency", "adviser").first() if round else None
    if round is None or first is None:
        return
    sets = list(numbers)
    # Every set brings its places along.
    Round.objects.filter(pk=round.pk).update(places=F("places") + len(sets) * len(STANDING))
    people = insert(Person, (row for number in sets for row in people_of(number)))
    pairs = [(number, *one) for number in sets for one in enumerate(STANDING)]
    seekers = insert(JobSeeker, (seeker(one, round, first, today) for one in people))
    insert(Consent, (row for one in seekers for row in consents(one, today)))
    template: dict[str, Any] = dict(Posting.objects.filter(state="open").values()[0])
    postings = insert(Posting, (posting(template, place) for place in places[::firms_in_set]))
    rows = [placement(one, seekers[n], postings[n // len(STANDING)], today) for n, one in enumerate(pairs)]
    for row in rows:
        if row.state in HIRED:
            row.employment = employment(row)
    insert(Employment, (row.employment for row in rows if row.employment))
    made = insert(Placement, rows)
    insert(
        Proposal, (proposal(row, postings[n // len(STANDING)], today) for n, row in enumerate(made) if row.posting_id)
    )
    insert(Intent, (row for one in made if one.state in DECIDED for row in intents(one)))
    insert(Termination, (termination(one) for one in made if one.state == S.TERMINATED))
    insert(RetentionCheck, (row for one in made if one.state in HIRED for row in checks(one, today)))


def people_of(number: int) -> Iterable[Person]:
    random = Random(SEED + number)
    for position in range(len(STANDING)):
        family, given = random.choice(FAMILIES), random.choice(GIVEN)
        yield Person(
            email=f"t{number + 1:04d}-{position:02d}@demo.example",
            family_name=family[0],
            given_name=given[0],
            family_kana=family[1],
            given_kana=given[1],
            password="!",
        )


def seeker(person: Person, round: Round, first: JobSeeker, today: date) -> JobSeeker:
    return JobSeeker(
        round=round,
        agency=first.agency,
        adviser=first.adviser,
        person=person,
        family_name=person.family_name,
        given_name=person.given_name,
        email=person.email or "",
        born_on=date(today.year - 28, 4, 1),
        standing="not_regular",
        wished_field="machining",
        wished_area="大田区",
        joined_at=at(today - timedelta(days=300), "10:00"),
    )


def consents(seeker: JobSeeker, today: date) -> Iterable[Consent]:
    for one in consents_on(today):
        yield Consent(
            seeker=seeker,
            recipient=one.recipient,
            purpose=one.purpose,
            version=one.version,
            text=one.text,
            sha256=hash_of_text(one.text),
        )


def posting(template: dict[str, Any], place: Any) -> Posting:
    told = {name: value for name, value in template.items() if name not in ("id", "establishment_id")}
    return Posting(**told, establishment=place)


def placement(
    one: tuple[int, int, tuple[str, int | None]], seeker: JobSeeker, posting: Posting, today: date
) -> Placement:
    _number, _position, (state, began) = one
    row = Placement(seeker=seeker, person=seeker.person, state=state, preparation="面談を終えた")
    if state != S.PREPARED:
        row.posting = posting
    if began is None:
        return row
    row.starts_on = today - timedelta(days=began)
    row.last_on = row.starts_on + timedelta(days=TRIAL_DAYS - 1)
    row.bar_on, row.bar_told_on = today + timedelta(days=700), row.starts_on - timedelta(days=20)
    if state != S.READY:
        row.started_on = row.safety_trained_on = row.starts_on
    if state == S.TERMINATED:
        row.last_on = row.starts_on + timedelta(days=20)
    if state in HIRED:
        row.hired_on = row.last_on + timedelta(days=1)
    return row


def employment(row: Placement) -> Employment:
    assert row.posting is not None
    assert row.hired_on is not None
    place = row.posting.establishment
    return Employment(
        person=row.person, establishment=place, contract="regular", job_title="機械加工", started_on=row.hired_on
    )


def proposal(row: Placement, posting: Posting, today: date) -> Proposal:
    is_open = row.state == S.MATCHING
    return Proposal(
        placement=row,
        posting=posting,
        answer_by=today + timedelta(days=3),
        ended_at=None if is_open else at(today + timedelta(days=1), "10:00"),
    )


def intents(row: Placement) -> Iterable[Intent]:
    yield Intent(placement=row, side="worker", is_yes=row.state != S.WORKER_DECLINED)
    is_yes = row.state != S.HOST_DECLINED
    yield Intent(placement=row, side="host", is_yes=is_yes, reason="" if is_yes else "図面を読む経験が足りない")


def termination(row: Placement) -> Termination:
    assert row.last_on is not None
    return Termination(
        placement=row, ended_by="worker", noticed_on=row.last_on, ended_on=row.last_on, reason="都合により"
    )


def checks(row: Placement, today: date) -> Iterable[RetentionCheck]:
    assert row.hired_on is not None
    for months in (1, 3, 6):
        for side in TWO_SIDES:
            is_asked = row.state == S.RETAINED_6M
            yield RetentionCheck(
                placement=row,
                months=months,
                side=side,
                due_on=add_months(row.hired_on, months),
                is_employed=True if is_asked else None,
                answered_at=at(today, "09:00") if is_asked else None,
            )
