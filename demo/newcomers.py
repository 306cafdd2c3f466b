"""Firms that have asked to take part: one as it should be, one that is registered already, one that was declined."""

from typing import Any

from demo.clock import as_of
from demo.numbers import corporate_number
from demo.world import World, read
from firms.actions.newcomers import ask_to_take_part, confirm_newcomer, decline_newcomer
from firms.models import Job
from firms.models.organisations import Role
from firms.post.tokens import token_of

ABOUT = ("asked", "declined", "number", "known_as")


def build(world: World) -> None:
    for seed in read("newcomers.toml")["newcomer"]:
        make_newcomer(world, seed)


def make_newcomer(world: World, seed: dict[str, Any]) -> None:
    typed = {name: value for name, value in seed.items() if name not in ABOUT}
    known = world.organisations[seed["known_as"]].corporate_number if "known_as" in seed else None
    with as_of(world.day(seed["asked"]), "10:20"):
        newcomer = ask_to_take_part(corporate_number=known or corporate_number(seed["number"]), **typed)
        nonce = Job.objects.get(once_key=f"newcomer:{newcomer.pk}").payload["nonce"]
        confirm_newcomer(token_of(nonce))
    if "declined" in seed:
        answered = world.day(seed["asked"] + 1)
        with as_of(answered, "11:00"):
            decline_newcomer(newcomer, reason=seed["declined"], by=world.acting("ward", Role.OFFICER, on=answered))
