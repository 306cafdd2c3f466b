"""Loading the demo: only into an empty database, the whole or nothing."""

from datetime import date

from django.db import transaction

from demo import (
    cases,
    chances,
    completing,
    conversions,
    learning,
    letters,
    manuals,
    mass,
    mentoring,
    newcomers,
    records,
    seating,
    subscriptions,
    training,
    trials,
    wishes,
    working,
    world,
)
from demo.chance import known_chance
from firms.errors import Refused
from firms.models import Organisation, Person
from firms.words.saying import said as _


def is_empty() -> bool:
    return not Person.objects.exists() and not Organisation.objects.exists()


def refuse_occupied() -> None:
    if Organisation.objects.filter(is_fictional=False).exists():
        raise Refused(_("架空でない組織が登録されているため、デモは読み込めません。空のデータベースを使ってください。"))
    if Organisation.objects.exists():
        raise Refused(_("デモはすでに読み込まれています。作り直すときは、空のデータベースを使ってください。"))


def load(today: date, *, scale: int = 1) -> None:
    """The story with its cast, then `scale` - 1 further sets of firms, people and training beside it."""
    refuse_occupied()
    with transaction.atomic(), known_chance():
        made = world.build(today)
        for part in (
            training,
            records,
            learning,
            seating,
            completing,
            cases,
            conversions,
            subscriptions,
            trials,
            working,
            wishes,
            letters,
            newcomers,
            mentoring,
            manuals,
            chances,
        ):
            part.build(made)
    mass.build(today, sets=scale - 1)
