"""The slot of e-learning before the start: what may be given to somebody, and giving it; the courses are not seen from here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from firms.acting import Acting
from firms.models import Person


@dataclass(frozen=True)
class Learning:
    """`key` is known to whoever offers it; `days` says in words when it may be learned."""

    key: str
    title: str
    days: str = ""


@dataclass(frozen=True)
class Source:
    """`offered` on a day, and `give`, which says no by `Refused`."""

    offered: Callable[[date], list[Learning]]
    give: Callable[[str, Person, Acting], None]


SOURCES: list[Source] = []


def fill_learning(source: Source) -> None:
    """Called by an app above in AppConfig.ready."""
    if source not in SOURCES:
        SOURCES.append(source)


def offered_on(day: date) -> list[tuple[Source, Learning]]:
    return [(source, one) for source in SOURCES for one in source.offered(day)]
