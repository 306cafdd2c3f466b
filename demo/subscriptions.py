"""Subscriptions of the demo, played through the real actions: one being prepared, one learned with, one under review."""

from dataclasses import dataclass
from datetime import date, timedelta

from demo.clock import as_of
from demo.world import World
from firms.acting import Acting
from firms.models import Employment, Person
from grants.actions.subscriptions import (
    ContractTold,
    answer_subscription,
    file_subscription_claim,
    file_subscription_plan,
    freeze_subscription_claim,
    freeze_subscription_plan,
    open_subscription,
    save_learning,
    save_subscription,
)
from grants.models import GrantCase
from grants.rules import add_months, end_of_period, takes_subscriptions
from grants.subjects.subscriptions import QUESTIONS, SCHEME

AHEAD, UNDER_WAY, CLAIMED = "（架空）図面まなび放題", "（架空）ものづくりDX定額講座", "（架空）データ活用スクール"
PEOPLE = 3


@dataclass
class Bought:
    """One contract of a year; its first day lies `ago` months before the month of the demo's day."""

    world: World
    service: str
    ago: int

    @property
    def starts_on(self) -> date:
        return add_months(self.world.day(0).replace(day=1), -self.ago)

    @property
    def filed_on(self) -> date:
        return add_months(self.starts_on, -2) + timedelta(days=4)

    @property
    def people(self) -> list[Person]:
        place = self.world.establishments["precision"]
        held = Employment.objects.filter(establishment=place, ended_on=None, started_on__lte=self.filed_on).exclude(
            insured_number=""
        )
        return [one.person for one in held.select_related("person").order_by("pk")[:PEOPLE]]

    def acting(self, day: date) -> Acting:
        return self.world.acting("office", "advisor", on=day)

    def case(self) -> GrantCase:
        return GrantCase.objects.whole().get(subscription__service=self.service)

    def contract(self, **more: object) -> ContractTold:
        return ContractTold(self.service, self.starts_on, end_of_period(self.starts_on, 12), **more)  # type: ignore[arg-type]


def build(world: World) -> None:
    """The scheme is for a time: a demo of a day after it has none of them."""
    for story, steps in (
        (Bought(world, CLAIMED, ago=7), (plan, learn, claim)),
        (Bought(world, UNDER_WAY, ago=2), (plan,)),
        (Bought(world, AHEAD, ago=-3), (begin,)),
    ):
        if takes_subscriptions(SCHEME, min(story.filed_on, world.day(-3))):
            for step in steps:
                step(story)


def begin(story: Bought) -> None:
    """The firm has named the service; price and people are asked for."""
    day = story.world.day(-3)
    with as_of(day, "13:00"):
        open_subscription(story.world.establishments["precision"], story.contract(), by=story.acting(day))


def plan(story: Bought) -> None:
    day = story.filed_on
    told = story.contract(
        provider="（架空）東都まなびネット",
        provider_leader="（架空）学 太郎",
        provider_address="東京都（架空）東都区東一丁目1番1号",
        price_yen=396_000,
        accounts=5,
        courses=120,
        excluded_courses=18,
        paid_on=story.starts_on,
    )
    with as_of(day, "10:00"):
        case = open_subscription(story.world.establishments["precision"], story.contract(), by=story.acting(day))
        save_subscription(case, told, story.people, by=story.acting(day))
        freeze_subscription_plan(story.case(), by=story.acting(day))
        receipt = f"（架空）定{case.pk:04d}"
        file_subscription_plan(story.case(), filed_on=day, receipt_number=receipt, by=story.acting(day))


def learn(story: Bought) -> None:
    day = story.world.day(-20)
    minutes = {one.pk: 330 - 60 * n for n, one in enumerate(story.people)}
    with as_of(day, "10:00"):
        save_learning(story.case(), minutes, reached_on=day - timedelta(days=5), by=story.acting(day))
        yes = {one.code: ("yes", "") for one in QUESTIONS}
        answer_subscription(story.case(), yes, by=story.acting(day))


def claim(story: Bought) -> None:
    day = story.world.day(-12)
    with as_of(day, "14:00"):
        freeze_subscription_claim(story.case(), by=story.acting(day))
        file_subscription_claim(story.case(), filed_on=day, receipt_number="（架空）支定0001", by=story.acting(day))
