"""Notifications and invitations that wait for the demo's people."""

from datetime import time, timedelta
from typing import Any

from django.urls import reverse

from demo.clock import as_of, at
from demo.world import World, read
from firms.actions.letters import write_wishes
from firms.models import Invitation, Notification
from firms.models.organisations import Role
from firms.post.notify import kind_of


def build(world: World) -> None:
    with as_of(world.day(-2), "09:30"):
        Notification.objects.bulk_create(notifications(world))
        make_invitation(world)
        write_all_wishes(world)


def notifications(world: World) -> list[Notification]:
    return [notification(world, letter) for letter in read("letters.toml")["letter"]]


def notification(world: World, letter: dict[str, Any]) -> Notification:
    key, role = letter["to"]
    path = reverse(letter["page"], args=[world.runs[letter["run"]].pk] if "run" in letter else [])
    return Notification(
        kind=kind_of(path),
        person=world.first(key, role).person,
        organisation=world.organisations[key],
        subject=letter["subject"],
        body=letter["body"],
        path=path,
        mailed_at=at(world.day(-2), "09:31"),
    )


def write_all_wishes(world: World) -> None:
    """How some of them want to hear."""
    for one in read("letters.toml")["wishes"]:
        key, role = one["of"]
        hours = {name: time.fromisoformat(one[name]) for name in ("quiet_from", "quiet_until")}
        write_wishes(one["ways"], **hours, by=world.acting(key, role, on=world.day(-2)))


def make_invitation(world: World) -> None:
    """An invitation nobody can accept: its hash is of no token."""
    Invitation.objects.create(
        organisation=world.organisations["shop"],
        email="shinjin@demo.example",
        role=Role.EMPLOYEE,
        family_name="新人",
        given_name="歩",
        token_hash="0" * 64,
        invited_by=world.first("shop", "manager").person,
        expires_at=at(world.today + timedelta(days=12), "09:30"),
    )
