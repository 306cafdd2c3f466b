"""Conversions of the demo, played through the real actions: one begun, one under way, one paid with its second period ahead."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from demo.clock import as_of
from demo.world import World
from firms.acting import Acting
from firms.models import Employment
from grants.actions.careerup import (
    file_careerup_plan,
    file_period,
    freeze_careerup_plan,
    freeze_period,
    open_conversion,
    open_second,
)
from grants.actions.careerup_told import (
    ConversionTold,
    PayTold,
    PlanTold,
    answer_conversion,
    save_careerup_plan,
    save_conversion,
    save_period_pay,
)
from grants.actions.claims import record_decision, record_payment
from grants.models import GrantCase
from grants.rules import add_months, last_day_of_plan
from grants.subjects.careerup import questions_of_period

LEAST_YEARS = 3


@dataclass
class Converted:
    """One conversion and the hands it is in; `ago` months lie between it and the demo's day."""

    world: World
    employment: Employment
    ago: int

    @property
    def converted_on(self) -> date:
        return add_months(self.world.day(0).replace(day=1), -self.ago)

    def acting(self, day: date) -> Acting:
        return self.world.acting("office", "advisor", on=day)

    def case(self, period: int = 1) -> GrantCase:
        return GrantCase.objects.whole().get(conversion__person=self.employment.person_id, period=period)


# Hired five and three years before the demo's day: the first is 重点支援対象者, with a second period ahead.
PAID_OUT, UNDER_WAY, AHEAD = "堤", "真鍋", "佐伯"


def build(world: World) -> None:
    paid_out = Converted(world, worker(world, PAID_OUT), ago=11)
    plan(paid_out)
    claim(paid_out)
    decide(paid_out)
    plan(Converted(world, worker(world, UNDER_WAY), ago=3))
    begin(Converted(world, worker(world, AHEAD), ago=-2))


def worker(world: World, name: str) -> Employment:
    return Employment.objects.get(establishment=world.establishments["precision"], person__family_name=name)


def begin(story: Converted) -> None:
    """The firm has said when; nobody has written the plan."""
    day = story.world.day(-2)
    with as_of(day, "13:00"):
        case = open_conversion(story.employment.person, story.employment.establishment, by=story.acting(day))
        save_conversion(case, ConversionTold(converted_on=story.converted_on), by=story.acting(day))


def plan(story: Converted) -> None:
    day = story.converted_on - timedelta(days=20)
    starts_on = story.converted_on - timedelta(days=10)
    with as_of(day, "10:00"):
        case = open_conversion(story.employment.person, story.employment.establishment, by=story.acting(day))
        told = PlanTold(
            starts_on=starts_on,
            ends_on=last_day_of_plan(starts_on, LEAST_YEARS),
            manager_name="倉持 絵里",
            manager_since=starts_on - timedelta(days=30),
            is_officer=False,
            worker_name="花村 隆",
            heard="meeting",
            for_fixed_term=True,
            for_indefinite=False,
            for_dispatched=False,
            people=2,
            month=story.converted_on,
        )
        save_careerup_plan(case, told, by=story.acting(day))
        save_conversion(story.case(), conversion(story), by=story.acting(day))
    with as_of(day, "11:00"):
        freeze_careerup_plan(story.case(), by=story.acting(day))
    with as_of(day + timedelta(days=3), "15:00"):
        filed_on = day + timedelta(days=3)
        receipt = f"（架空）キ{case.pk:04d}"
        file_careerup_plan(story.case(), filed_on=filed_on, receipt_number=receipt, by=story.acting(filed_on))


def conversion(story: Converted) -> ConversionTold:
    return ConversionTold(
        converted_on=story.converted_on,
        origin="fixed_term",
        since=story.employment.started_on,
        priority="none",
        has_probation=False,
        form="regular",
        closing_day=31,
        pay_day=15,
        pay_months_later=1,
    )


def claim(story: Converted) -> None:
    paid_on = add_months(story.converted_on, 6).replace(day=15)
    day = paid_on + timedelta(days=8)
    with as_of(day, "10:00"):
        pay = PayTold(1_320_000, 1_380_000, Decimal(40), Decimal(40), [20, 19, 21, 20, 18, 20], paid_on)
        save_period_pay(story.case(), pay, by=story.acting(day))
        yes = {one.code: ("yes", "") for one in questions_of_period(1, "fixed_term")}
        answer_conversion(story.case(), yes, by=story.acting(day))
    with as_of(day, "14:00"):
        freeze_period(story.case(), by=story.acting(day))
        file_period(story.case(), filed_on=day, receipt_number="（架空）支キ0001", by=story.acting(day))
        open_second(story.case(), by=story.acting(day))


def decide(story: Converted) -> None:
    day = story.world.day(-20)
    total = story.case().claims.get().total_yen
    with as_of(day, "16:00"):
        record_decision(
            story.case(),
            decided_on=day,
            is_approved=True,
            amount_yen=total,
            notice_number="東労発（架空）第71号",
            reason="",
            by=story.acting(day),
        )
    with as_of(story.world.day(-6), "10:00"):
        record_payment(
            story.case(), paid_on=story.world.day(-6), amount_yen=total, by=story.acting(story.world.day(-6))
        )
