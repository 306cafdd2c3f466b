"""Organisations, people, employments and mandates of the demo, from world.toml."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.contrib.auth.hashers import make_password

from courses.models import Run
from demo.clock import as_of, at
from demo.logins import PASSWORD, email_of, totp_secret
from demo.numbers import corporate_number, establishment_number, insured_number
from firms.acting import Acting
from firms.models import (
    Employment,
    Establishment,
    Holiday,
    Leave,
    Mandate,
    Membership,
    Organisation,
    Person,
    WorkingHours,
    WorkingPattern,
)
from firms.queries import acting_for
from firms.web.middleware import SECOND_FACTOR_ROLES

HERE = Path(__file__).parent
MEMBER_SINCE_DAYS = 700
SECOND_DESK_SINCE_DAYS = 200
TERMS = "委任者は、雇用関係助成金の手続について、受任者である社会保険労務士に次の範囲で委任します。（デモの文面）"


@dataclass
class World:
    """What was made, by the keys of the TOML files."""

    today: date
    organisations: dict[str, Organisation] = field(default_factory=dict)
    establishments: dict[str, Establishment] = field(default_factory=dict)
    members: dict[str, list[Membership]] = field(default_factory=dict)
    employments: dict[tuple[str, str], Employment] = field(default_factory=dict)
    runs: dict[str, Run] = field(default_factory=dict)

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def first(self, key: str, *roles: str) -> Membership:
        return next(member for member in self.members[key] if not roles or member.role in roles)

    def acting(self, key: str, role: str, *, on: date) -> Acting:
        member = self.first(key, role)
        return acting_for(member.person, member, on=on)

    def acting_for(self, person: Person | None, *, on: date) -> Acting:
        """By the first of the person's memberships."""
        member = next(one for group in self.members.values() for one in group if one.person == person)
        return acting_for(member.person, member, on=on)

    def key_of(self, organisation: Organisation) -> str:
        return next(key for key, one in self.organisations.items() if one == organisation)


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def build(today: date) -> World:
    world = World(today)
    seeds = read("world.toml")
    with as_of(world.day(-MEMBER_SINCE_DAYS), "09:00"):
        make_organisations(world, seeds["organisation"])
        make_people(world, seeds["organisation"])
        make_workplaces(world, seeds["organisation"])
    with as_of(world.day(-SECOND_DESK_SINCE_DAYS), "09:00"):
        make_second_desk(world)
    for seed in seeds["mandate"]:
        make_mandate(world, seed)
    return world


def make_organisations(world: World, seeds: list[dict[str, Any]]) -> None:
    rows = [
        Organisation(
            kind=seed["kind"],
            name=seed["name"],
            name_kana=seed["kana"],
            corporate_number=corporate_number(number),
            postal_code=f"144-99{number:02d}",
            address=seed["address"],
            phone=f"03-0000-{number:02d}00",
            representative_title=seed["representative"].split("|")[0],
            representative_name=seed["representative"].split("|")[1],
            industry=seed.get("industry", ""),
            main_business=seed.get("business", ""),
            capital_yen=seed.get("capital_yen"),
            regular_employees=seed.get("employees"),
            invoice_number=f"T{corporate_number(number)}" if seed["kind"] == "college" else "",
            bank_account=seed.get("bank", ""),
            provider=seed.get("provider", ""),
            is_fictional=True,
        )
        for number, seed in enumerate(seeds, start=1)
    ]
    made = Organisation.objects.bulk_create(rows)
    world.organisations = {seed["key"]: row for seed, row in zip(seeds, made, strict=True)}


def person_parts(seeds: list[dict[str, Any]]) -> Iterator[tuple[str, list[str]]]:
    for seed in seeds:
        for line in seed["people"]:
            yield seed["key"], line.split("|")


def make_people(world: World, seeds: list[dict[str, Any]]) -> None:
    lines = list(person_parts(seeds))
    password = make_password(PASSWORD)
    people = Person.objects.bulk_create(
        person(number, parts, password=password) for number, (_key, parts) in enumerate(lines, start=1)
    )
    members = Membership.objects.bulk_create(
        Membership(
            person=one,
            organisation=world.organisations[key],
            role=parts[2],
            department=parts[3],
            licence_number=f"1399{number:04d}" if parts[2] == "advisor" else "",
            started_on=world.day(-MEMBER_SINCE_DAYS),
        )
        for number, (one, (key, parts)) in enumerate(zip(people, lines, strict=True), start=1)
    )
    for (key, _parts), member in zip(lines, members, strict=True):
        world.members.setdefault(key, []).append(member)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in people
    )
    Authenticator.objects.bulk_create(
        Authenticator(
            user=member.person,
            type=Authenticator.Type.TOTP,
            data={"secret": encrypt(totp_secret(member.person.email or ""))},
        )
        for member in members
        if member.role in SECOND_FACTOR_ROLES
    )


def make_second_desk(world: World) -> None:
    """One instructor teaches at two colleges, so that there is something to switch between."""
    Membership.objects.create(
        person=world.first("tech", "instructor").person,
        organisation=world.organisations["centre"],
        role="instructor",
        department="非常勤",
        started_on=world.day(-SECOND_DESK_SINCE_DAYS),
    )


def person(number: int, parts: list[str], *, password: str) -> Person:
    family, given = parts[0].split()
    family_kana, given_kana = parts[1].split()
    return Person(
        email=email_of(parts[4] or f"p{number:02d}"),
        family_name=family,
        given_name=given,
        family_kana=family_kana,
        given_kana=given_kana,
        phone=f"080-0000-{number:04d}",
        password=password if parts[4] else "!",
    )


def make_workplaces(world: World, seeds: list[dict[str, Any]]) -> None:
    """One establishment a firm, with its day shift, its summer days, and everybody's employment."""
    for number, seed in enumerate((one for one in seeds if one["kind"] == "firm"), start=1):
        firm = world.organisations[seed["key"]]
        place = Establishment.objects.create(
            organisation=firm,
            name=f"{firm.name} {seed['place']}",
            insurance_number=establishment_number(number),
            postal_code=firm.postal_code,
            address=firm.address,
            phone=firm.phone,
        )
        world.establishments[seed["key"]] = place
        pattern = day_shift(place)
        make_holidays(place, world.today)
        for position, (member, line) in enumerate(zip(world.members[seed["key"]], seed["people"], strict=True)):
            parts = line.split("|")
            made = Employment.objects.create(
                person=member.person,
                establishment=place,
                insured_number=insured_number(number * 1000 + position),
                contract=parts[6] if len(parts) > 6 else "regular",
                job_title=parts[3],
                pattern=pattern,
                started_on=date(world.today.year - int(parts[5]), 4, 1),
            )
            world.employments[seed["key"], member.person.family_name] = made
            if len(parts) > 7:
                make_leave(made, parts[7], world.today)


def make_leave(employment: Employment, kind: str, today: date) -> None:
    """Over by now: it is there to be read, and touches no course of the demo."""
    first, last = date(today.year - 2, 5, 7), date(today.year - 1, 3, 31)
    whose = {"person": employment.person, "establishment": employment.establishment}
    Leave.objects.create(kind=kind, started_on=first, ended_on=last, **whose)


def day_shift(place: Establishment) -> WorkingPattern:
    pattern = WorkingPattern.objects.create(establishment=place, name="日勤（8:30–17:30）")
    WorkingHours.objects.bulk_create(
        WorkingHours(
            pattern=pattern,
            weekday=weekday,
            starts_at=time(8, 30),
            ends_at=time(17, 30),
            break_starts_at=time(12),
            break_ends_at=time(13),
        )
        for weekday in range(5)
    )
    return pattern


def make_holidays(place: Establishment, today: date) -> None:
    days = [date(year, 8, day) for year in (today.year, today.year + 1) for day in (13, 14, 15)]
    Holiday.objects.bulk_create(Holiday(establishment=place, on=day, name="夏季休業") for day in days)


def make_mandate(world: World, seed: dict[str, Any]) -> None:
    firm, office = world.organisations[seed["firm"]], world.organisations[seed["office"]]
    advisor, manager = world.first(seed["office"]).person, world.first(seed["firm"]).person
    asks = (manager, firm) if seed.get("asked_by") == "firm" else (advisor, office)
    answers = advisor if asks[0] == manager else manager
    starts, was_accepted = world.day(seed["starts"]), seed["state"] in ("active", "revoked")
    asked = min(starts, world.today) - timedelta(days=6)
    with as_of(asked, "11:20"):
        Mandate.objects.create(
            office=office,
            firm=firm,
            advisor=advisor,
            capacity=seed["capacity"],
            scopes=seed["scopes"],
            starts_on=starts,
            ends_on=world.day(seed["ends"]) if "ends" in seed else None,
            state=seed["state"],
            terms=TERMS,
            asked_by=asks[0],
            asked_for=asks[1],
            accepted_by=answers if was_accepted else None,
            accepted_at=at(asked + timedelta(days=2), "10:05") if was_accepted else None,
            ended_by=answers if seed["state"] in ("revoked", "declined") else None,
            ended_at=ended_at(world, seed),
        )


def ended_at(world: World, seed: dict[str, Any]) -> datetime | None:
    days = {"revoked": 200, "declined": 3}.get(seed["state"])
    return at(world.day(seed["starts"] + days), "16:40") if days else None
