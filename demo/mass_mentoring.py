"""マイスター of the further sets: certified, asked for by a firm, sessions logged and confirmed, one still ahead."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from demo.clock import at
from demo.names import FAMILIES, GIVEN
from firms.models import Organisation, Person
from mentors.models import (
    Application,
    Booking,
    Certification,
    Learner,
    LogAttendance,
    MentoringRequest,
    PublicMoney,
    Session,
    SessionLog,
)
from mentors.rules import term

Insert = Callable[[Any, Iterable[Any]], list[Any]]
MENTORS_IN_SET = 2
OCCUPATIONS = ("machining", "welding", "finishing", "inspection", "sheet_metal")
# Days of the sessions from the demo's day; what lies ahead is not logged.
DAYS = (-40, -26, 14)
LEARNERS = ("若手 一郎", "若手 二郎")
SEED = 31_000


def build(today: date, sets: Iterable[int], groups: list[Any], *, insert: Insert) -> None:
    ward = Organisation.objects.filter(kind="ward").order_by("pk").first()
    assert ward
    people = insert(Person, (person(n) for n in numbers_of(sets)))
    since = today - timedelta(days=400)
    applications = insert(Application, (application(one, ward, since) for one in people))
    held = insert(Certification, (certification(one, ward, since) for one in applications))
    hosts = [group[0] for group in groups for _mentor in range(MENTORS_IN_SET)]
    requests = insert(MentoringRequest, (request(*pair, ward, today) for pair in zip(held, hosts, strict=True)))
    learners = insert(Learner, (learner(one, name) for one in requests for name in LEARNERS))
    sessions = insert(Session, (row for one in requests for row in sessions_of(one, today)))
    insert(PublicMoney, (PublicMoney(session=one, source="mentors") for one in sessions))
    insert(Booking, (Booking(mentor_id=one.mentor_id, piece=p, session=one) for one in sessions for p in one.pieces()))
    logs = insert(SessionLog, (log(one) for one in sessions if one.state == "confirmed"))
    per = len(LEARNERS)
    by_request = {one.pk: learners[n * per : n * per + per] for n, one in enumerate(requests)}
    insert(LogAttendance, (row for one in logs for row in attendances(one, by_request)))


def numbers_of(sets: Iterable[int]) -> Iterator[int]:
    """By the number of the set, for those of rows differ from one loading to the next."""
    for number in sets:
        yield from (number * MENTORS_IN_SET + position for position in range(MENTORS_IN_SET))


def number_of(one: Person) -> int:
    """As their address carries it."""
    return int((one.email or "")[2:8])


def person(number: int) -> Person:
    random = Random(SEED + number)
    family, given = random.choice(FAMILIES), random.choice(GIVEN)
    return Person(
        email=f"mm{number:06d}@demo.example",
        family_name=family[0],
        given_name=given[0],
        family_kana=family[1],
        given_kana=given[1],
        password="!",
    )


def application(one: Person, ward: Organisation, since: date) -> Application:
    return Application(
        person=one,
        ward=ward,
        designation="meister",
        occupation=OCCUPATIONS[number_of(one) % len(OCCUPATIONS)],
        edition="2026",
        qualification="grade_1",
        qualified_on=since - timedelta(days=9000),
        teaches="段取りと測定、若手への教え方",
        machines="汎用旋盤",
        base="13111",
        area="東都区、大田区",
        is_willing=True,
        consents=True,
        state="certified",
        submitted_at=at(since - timedelta(days=20), "10:00"),
        decided_on=since,
        because="委員4人の過半数で認定します。",
    )


def certification(one: Application, ward: Organisation, since: date) -> Certification:
    told = ("teaches", "machines", "area", "languages", "dx_facts")
    made = Certification(
        application=one,
        person=one.person,
        ward=ward,
        designation=one.designation,
        occupation=one.occupation,
        number=f"MM-{number_of(one.person):07d}",
        check_code=f"MM{number_of(one.person):018d}",
        facts={
            "name": one.person.full_name,
            "kana": one.person.full_kana,
            "designation": "ものづくりマイスター",
            "occupation": one.occupation_label,
            "ward": ward.name,
            **{name: getattr(one, name) for name in told},
        },
        certified_on=since,
        last_on=term(since).last_day,
        is_listed=True,
        best=one.teaches,
        base=one.base,
    )
    made.search_text = made.words()
    return made


def request(held: Certification, host: Organisation, ward: Organisation, today: date) -> MentoringRequest:
    asked = at(today + timedelta(days=DAYS[0] - 40), "10:00")
    return MentoringRequest(
        host=host,
        ward=ward,
        asked_by=held.person,
        occupation=held.occupation,
        need="若手に基本の段取りを教えてほしい",
        people=len(LEARNERS),
        wanted_on=today + timedelta(days=DAYS[0]),
        place=host.address,
        contact_name="現場の担当",
        certification=held,
        state="agreed",
        host_agreed_at=asked,
        mentor_agreed_at=asked,
    )


def learner(one: MentoringRequest, name: str) -> Learner:
    return Learner(request=one, name=name, age_band="20s", years=1)


def sessions_of(one: MentoringRequest, today: date) -> Iterable[Session]:
    assert one.certification
    for number, offset in enumerate(DAYS, start=1):
        day = today + timedelta(days=offset)
        is_held = offset < 0
        yield Session(
            request=one,
            mentor=one.certification.person,
            number=number,
            starts_at=at(day, "13:30"),
            ends_at=at(day, "16:00"),
            topic="段取りと測定",
            state="confirmed" if is_held else "planned",
            logged_on=day if is_held else None,
        )


def log(one: Session) -> SessionLog:
    return SessionLog(
        session=one,
        number=1,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        teaching_minutes=one.minutes,
        topic=one.topic,
        method="together",
        safety="保護めがね、非常停止の位置",
        travel_yen=640,
        standing="valid",
        written_by=one.mentor,
        typed_at=one.ends_at,
        arrived_at=one.ends_at,
    )


def attendances(one: SessionLog, learners: dict[int, list[Learner]]) -> Iterable[LogAttendance]:
    for each in learners[one.session.request_id]:
        yield LogAttendance(log=one, learner=each, minutes=one.teaching_minutes, before=0, after=1)
