"""Firms that have asked to take part: one as it should be, one that is registered already, one that was declined."""

import csv
from io import BytesIO, StringIO
from typing import Any

from demo.clock import as_of
from demo.numbers import corporate_number
from demo.world import World, read
from firms.actions.corporations import load_register
from firms.actions.newcomers import ask_to_take_part, confirm_newcomer, decline_newcomer
from firms.files.corporations import CITY, COLUMNS, KANA, LATEST, NAME, NUMBER, POSTAL, PREFECTURE, STREET
from firms.models import Job
from firms.models.organisations import Role
from firms.post.tokens import token_of

REGISTER_DAYS = 30
ABOUT = ("asked", "declined", "number", "known_as")


def build(world: World) -> None:
    seeds = read("newcomers.toml")
    with as_of(world.day(-REGISTER_DAYS), "14:00"):
        file = BytesIO(published(world, seeds["corporation"]).encode("cp932"))
        load_register(file, name="demo.csv", as_of=world.day(-REGISTER_DAYS))
    for seed in seeds["newcomer"]:
        make_newcomer(world, seed)


def number_of(world: World, seed: dict[str, Any]) -> str:
    known = world.organisations[seed["known_as"]].corporate_number if "known_as" in seed else None
    return known or corporate_number(seed["number"])


def published(world: World, seeds: list[dict[str, Any]]) -> str:
    """The lines as the national register would write them."""
    text = StringIO()
    for seed in seeds:
        line = [""] * COLUMNS
        line[NUMBER], line[NAME], line[KANA], line[LATEST] = (
            number_of(world, seed),
            seed["name"],
            seed["name_kana"],
            "1",
        )
        line[POSTAL], line[PREFECTURE] = seed["postal_code"], seed["prefecture"]
        line[CITY], line[STREET] = seed["city"], seed["street"]
        csv.writer(text).writerow(line)
    return text.getvalue()


def make_newcomer(world: World, seed: dict[str, Any]) -> None:
    typed = {name: value for name, value in seed.items() if name not in ABOUT}
    with as_of(world.day(seed["asked"]), "10:20"):
        newcomer = ask_to_take_part(corporate_number=number_of(world, seed), **typed)
        nonce = Job.objects.get(once_key=f"newcomer:{newcomer.pk}").payload["nonce"]
        confirm_newcomer(token_of(nonce))
    if "declined" in seed:
        answered = world.day(seed["asked"] + 1)
        with as_of(answered, "11:00"):
            decline_newcomer(newcomer, reason=seed["declined"], by=world.acting("ward", Role.OFFICER, on=answered))
