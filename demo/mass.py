"""Further sets of the demo, in bulk: as many as a whole ward has, 2,375 of them for its 14,249 firms."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from random import Random
from typing import Any

from django.db import models, transaction

from demo import mass_mentoring, mass_training, mass_trials
from demo.clock import at
from demo.names import FAMILIES, FIRM_ENDS, FIRM_STARTS, GIVEN
from demo.numbers import corporate_number, establishment_number, insured_number
from firms.models import (
    Employment,
    Establishment,
    Mandate,
    Membership,
    Organisation,
    Person,
    WorkingHours,
    WorkingPattern,
)

# Workers of the six firms of a set: 107 in all, so that firms and workers grow to a ward's numbers together.
SIZES = (40, 25, 18, 12, 8, 4)
STAFF = (("college", "coordinator"), ("college", "instructor"), ("college", "instructor"), ("office", "advisor"))
PEOPLE_IN_SET = sum(SIZES) + len(STAFF)
SETS_AT_ONCE = 50
ROWS_AT_ONCE = 2000
SEED = 20_260
MANDATES_IN_SET = 3
# Numbers below belong to the cast of world.toml.
FIRST_NUMBER = 100_000


def build(today: date, *, sets: int) -> None:
    for start in range(0, sets, SETS_AT_ONCE):
        with transaction.atomic():
            build_sets(today, range(start, min(start + SETS_AT_ONCE, sets)))


def insert(model: type[models.Model], rows: Iterable[Any]) -> list[Any]:
    return model._default_manager.bulk_create(list(rows), batch_size=ROWS_AT_ONCE)


def build_sets(today: date, numbers: range) -> None:
    since = today - timedelta(days=700)
    organisations = insert(Organisation, (row for number in numbers for row in organisations_of(number)))
    per_set = len(SIZES) + 2
    groups = [organisations[start : start + per_set] for start in range(0, len(organisations), per_set)]
    firms = [firm for group in groups for firm in group[: len(SIZES)]]
    people = insert(Person, (row for number in numbers for row in people_of(number)))
    houses = [people[start : start + PEOPLE_IN_SET] for start in range(0, len(people), PEOPLE_IN_SET)]
    places = insert(Establishment, (place(firm) for firm in firms))
    patterns = insert(WorkingPattern, (WorkingPattern(establishment=one, name="日勤") for one in places))
    insert(WorkingHours, (row for pattern in patterns for row in hours(pattern)))
    insert(Membership, memberships(groups, houses, since))
    employed = insert(Employment, employments(houses, places, patterns, since))
    insert(Mandate, mandates(groups, houses, since))
    mass_training.build(today, groups, houses, employed, insert=insert)
    mass_mentoring.build(today, numbers, groups, insert=insert)
    mass_trials.build(today, numbers, places, firms_in_set=len(SIZES), insert=insert)


def organisations_of(number: int) -> Iterable[Organisation]:
    random = Random(SEED + number)
    for position, size in enumerate(SIZES):
        name = f"{random.choice(FIRM_STARTS)}{random.choice(FIRM_ENDS)}"
        yield organisation(number, position, "firm", f"（架空）{name} {number + 1:04d}-{position + 1}", size=size)
    yield organisation(number, len(SIZES), "college", f"（架空）東都第{number + 1}カレッジ")
    yield organisation(number, len(SIZES) + 1, "office", f"（架空）東都第{number + 1}社労士事務所")


def organisation(number: int, position: int, kind: str, name: str, *, size: int = 0) -> Organisation:
    return Organisation(
        kind=kind,
        name=name,
        name_kana=f"カクウ{number + 1:04d}-{position + 1}",
        corporate_number=corporate_number(FIRST_NUMBER + number * 10 + position),
        postal_code="144-9900",
        address=f"東京都大田区架空{number + 1}番{position + 1}号",
        phone="03-0000-0000",
        representative_title="代表者",
        representative_name="架空 太郎",
        industry="manufacturing" if kind == "firm" else "",
        main_business="金属製品の製造" if kind == "firm" else "",
        capital_yen=10_000_000 if kind == "firm" else None,
        regular_employees=size or None,
        is_fictional=True,
    )


def people_of(number: int) -> Iterable[Person]:
    random = Random(SEED * 2 + number)
    for position in range(PEOPLE_IN_SET):
        family, given = random.choice(FAMILIES), random.choice(GIVEN)
        yield Person(
            email=f"s{number + 1:04d}-{position:03d}@demo.example",
            family_name=family[0],
            given_name=given[0],
            family_kana=family[1],
            given_kana=given[1],
            password="!",
        )


def place(firm: Organisation) -> Establishment:
    """Numbered like its firm, whose 法人番号 ends in its place among all."""
    return Establishment(
        organisation=firm,
        name=f"{firm.name} 工場",
        insurance_number=establishment_number(int(str(firm.corporate_number)[-6:])),
        postal_code=firm.postal_code,
        address=firm.address,
        phone=firm.phone,
    )


def hours(pattern: WorkingPattern) -> Iterable[WorkingHours]:
    clock = {"starts_at": time(8, 30), "ends_at": time(17, 30), "break_starts_at": time(12), "break_ends_at": time(13)}
    return (WorkingHours(pattern=pattern, weekday=weekday, **clock) for weekday in range(5))


def firm_positions() -> list[tuple[int, int]]:
    """Which firm of its set each worker belongs to, and their place in it; the first of a firm leads it."""
    return [(firm, place) for firm, size in enumerate(SIZES) for place in range(size)]


def memberships(groups: list[Any], houses: list[Any], since: date) -> Iterable[Membership]:
    for group, house in zip(groups, houses, strict=True):
        for person, (firm, position) in zip(house, firm_positions(), strict=False):
            role = "employee" if position else "manager"
            yield Membership(person=person, organisation=group[firm], role=role, started_on=since)
        by_kind = {"college": group[len(SIZES)], "office": group[len(SIZES) + 1]}
        for person, (kind, role) in zip(house[sum(SIZES) :], STAFF, strict=True):
            yield Membership(person=person, organisation=by_kind[kind], role=role, started_on=since)


def employments(houses: list[Any], places: list[Any], patterns: list[Any], since: date) -> Iterable[Employment]:
    for number, house in enumerate(houses):
        for person, (firm, position) in zip(house, firm_positions(), strict=False):
            at_firm = number * len(SIZES) + firm
            yield Employment(
                person=person,
                establishment=places[at_firm],
                pattern=patterns[at_firm],
                insured_number=insured_number(int(places[at_firm].insurance_number[5:11]) * 1000 + position),
                contract="regular",
                job_title="加工",
                started_on=since,
            )


def mandates(groups: list[Any], houses: list[Any], since: date) -> Iterable[Mandate]:
    for group, house in zip(groups, houses, strict=True):
        advisor = house[-1]
        for firm in group[:MANDATES_IN_SET]:
            yield Mandate(
                office=group[-1],
                firm=firm,
                advisor=advisor,
                capacity="filing",
                scopes=["training_grants"],
                starts_on=since,
                state="active",
                terms="委任の文面（デモ）",
                asked_by=advisor,
                asked_for=group[-1],
                accepted_by=advisor,
                accepted_at=at(since, "10:00"),
            )
