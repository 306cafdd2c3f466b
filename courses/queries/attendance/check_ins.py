"""Who scanned in and out of a lesson, and whose telephones look like one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from courses.models import CheckIn, Enrolment, Lesson


@dataclass(frozen=True)
class InRoom:
    """What the scans say of one person: when they came, when they last went, and who else used such a device."""

    came_at: datetime | None = None
    left_at: datetime | None = None
    shares_device: bool = False

    @property
    def is_in(self) -> bool:
        return self.came_at is not None and self.left_at is None


NOBODY = InRoom()


def presences(lesson: Lesson) -> dict[int, InRoom]:
    """By enrolment id, for those who scanned. One query."""
    rows: dict[int, list[CheckIn]] = {}
    for row in CheckIn.objects.filter(lesson=lesson).order_by("pk"):
        rows.setdefault(row.enrolment_id, []).append(row)
    shared = shared_devices(rows.values())
    return {enrolment: presence_of(own, shared=shared) for enrolment, own in rows.items()}


def presence_of(rows: list[CheckIn], *, shared: set[str]) -> InRoom:
    left = [row.at for row in rows if row.direction == CheckIn.Direction.OUT]
    return InRoom(
        came_at=rows[0].at,
        left_at=left[-1] if left else None,
        shares_device=any(row.address_hash in shared for row in rows),
    )


def shared_devices(scans: Iterable[list[CheckIn]]) -> set[str]:
    """The devices more than one person scanned with."""
    users: dict[str, set[int]] = {}
    for row in (row for rows in scans for row in rows if row.address_hash):
        users.setdefault(row.address_hash, set()).add(row.enrolment_id)
    return {device for device, people in users.items() if len(people) > 1}


@dataclass(frozen=True)
class Seated:
    """One person on the room screen."""

    enrolment: Enrolment
    presence: InRoom


@dataclass(frozen=True)
class Room:
    """The live list of a lesson: everybody with a seat, who of them is in, how many."""

    people: list[Seated]

    @property
    def came(self) -> int:
        return sum(1 for one in self.people if one.presence.came_at)

    @property
    def went(self) -> int:
        return sum(1 for one in self.people if one.presence.left_at)

    @property
    def cautions(self) -> int:
        return sum(1 for one in self.people if one.presence.shares_device)


def room_of(lesson: Lesson, enrolments: Iterable[Enrolment]) -> Room:
    found = presences(lesson)
    return Room([Seated(one, found.get(one.pk, NOBODY)) for one in enrolments])
