"""What the firm stated for its papers, as a plan and a claim freeze it."""

from typing import Any, TypedDict, cast

from django.utils import timezone

from grants.models import Channel, GrantCase, Stated, Statement
from grants.queries.stated import Newest
from grants.shapes import (
    AccountFacts,
    ConfirmationFacts,
    DirectorFacts,
    HouseFacts,
    LecturerFacts,
    NoticeFacts,
    PriceFacts,
    StandingFacts,
)


class PlanStated(TypedDict):
    notice: NoticeFacts | None
    lecturers: list[LecturerFacts]
    confirmation: ConfirmationFacts | None
    channel: str


class ClaimStated(TypedDict):
    directors: list[DirectorFacts]
    account: AccountFacts | None
    houses: list[HouseFacts]
    price: PriceFacts | None
    standing: StandingFacts | None
    channel: str


def facts_of(newest: Newest, kind: str) -> Any:
    """None while nobody has stated it."""
    row = newest.get(kind)
    return row.facts if row else None


def rows_of(newest: Newest, kind: str) -> Any:
    found = facts_of(newest, kind)
    return found["rows"] if found else []


def channel_of(case: GrantCase) -> str:
    chosen: Channel | None = getattr(case, "channel", None)
    return chosen.way if chosen else ""


def stated_for_plan(case: GrantCase, newest: Newest) -> PlanStated:
    return {
        "notice": cast(NoticeFacts | None, facts_of(newest, Stated.NOTICE)),
        "lecturers": rows_of(newest, Stated.LECTURERS),
        "confirmation": confirmation(newest.get(Stated.CONFIRMATION)),
        "channel": channel_of(case),
    }


def confirmation(row: Statement | None) -> ConfirmationFacts | None:
    if row is None:
        return None
    return {
        "items": cast(list[str], row.facts["items"]),
        "said_by": row.stated_by.full_name,
        "said_at": timezone.localtime(row.stated_at).isoformat(),
    }


def stated_for_claim(case: GrantCase, newest: Newest) -> ClaimStated:
    return {
        "directors": rows_of(newest, Stated.DIRECTORS),
        "account": cast(AccountFacts | None, facts_of(newest, Stated.ACCOUNT)),
        "houses": rows_of(newest, Stated.HOUSES),
        "price": cast(PriceFacts | None, facts_of(newest, Stated.PRICE)),
        "standing": cast(StandingFacts | None, facts_of(newest, Stated.STANDING)),
        "channel": channel_of(case),
    }
