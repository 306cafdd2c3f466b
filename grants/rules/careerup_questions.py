"""The questions of キャリアアップ助成金: from a mapping of facts to a mapping of answers."""

from datetime import date
from decimal import Decimal

from firms.rules import reading
from firms.rules.answers import Answer, in_json
from firms.rules.reading import FactError, Facts
from grants.rules import careerup, standing_in, windows

HOURS_OF_WEEK = 24 * 7
HOURS_OF_HALF_YEAR = 24 * 184
YEARS_OF_WORK = 100


def careerup_grant(facts: Facts) -> Answer:
    reading.only(
        facts,
        ("conversion", "sme", "from", "priority", "employed_years", "additions", "probation_to", *DISPATCH),
    )
    conversion = reading.day(facts, "conversion")
    origin = reading.choice(facts, "from", careerup.ORIGINS)
    asked = origin == "fixed_term" or facts.get("employed_years") is not None
    years = reading.decimal(facts, "employed_years", most=YEARS_OF_WORK) if asked else Decimal()
    follows = careerup.is_priority(conversion, origin=origin, employed_years=years)
    said = facts.get("priority")
    additions = [additional(name) for name in reading.items(facts, "additions")] if "additions" in facts else []
    return in_json(
        careerup.careerup_grant(
            conversion,
            sme=reading.truth(facts, "sme"),
            origin=origin,
            priority=follows if said is None and follows is not None else reading.truth(facts, "priority"),
            employed_years=years,
            probation_to=reading.day_or_none(facts, "probation_to"),
            dispatch=dispatch_of(facts, origin),
            additions=additions,
        )
    )


DISPATCH = ("dispatch_from", "dispatch_to", "same_unit", "agency_contract", "contracted_on")


def dispatch_of(facts: Facts, origin: str) -> careerup.Dispatch | None:
    told = [key for key in DISPATCH if facts.get(key) is not None]
    if origin != "dispatched":
        if told:
            raise FactError(f"{told[0]} は from が dispatched のときの項目です。指定しないでください。")
        return None
    first, last = reading.day_or_none(facts, "dispatch_from"), reading.day_or_none(facts, "dispatch_to")
    if first and last and last < first:
        raise FactError("dispatch_to が dispatch_from より前です。派遣の期間を確認してください。")
    contract = facts.get("agency_contract")
    kind = None if contract is None else reading.choice(facts, "agency_contract", ("fixed_term", "indefinite"))
    return careerup.Dispatch(
        first=first,
        last=last,
        same_unit=reading.truth_or_none(facts, "same_unit") if "same_unit" in facts else None,
        is_indefinite=None if kind is None else kind == "indefinite",
        contracted_on=reading.day_or_none(facts, "contracted_on"),
    )


def additional(name: object) -> str:
    return reading.choice({"additions": name}, "additions", careerup.ADDITIONS)


def careerup_raise(facts: Facts) -> Answer:
    hours = ("before_hours", "after_hours", "before_weekly_hours", "after_weekly_hours")
    reading.only(facts, ("before_total", "after_total", *hours))
    before, after = (six_months_of_hours(facts, side) for side in ("before", "after"))
    if (before is None) != (after is None):
        raise FactError(
            "before_hours と after_hours（または before_weekly_hours と after_weekly_hours）は両方を指定してください。"
        )
    return in_json(
        careerup.careerup_raise(
            reading.whole(facts, "before_total"),
            reading.whole(facts, "after_total"),
            before_hours=before,
            after_hours=after,
        )
    )


def six_months_of_hours(facts: Facts, side: str) -> Decimal | None:
    if facts.get(f"{side}_hours") is not None:
        return reading.decimal(facts, f"{side}_hours", most=HOURS_OF_HALF_YEAR)
    if facts.get(f"{side}_weekly_hours") is None:
        return None
    return careerup.weekly_to_six_months(
        reading.decimal(facts, f"{side}_weekly_hours", most=HOURS_OF_WEEK), on=date.max
    )


def careerup_paydays(facts: Facts) -> Answer:
    more = ("sixth_paid_on", "probation_to", "paid_late", "worked_days")
    reading.only(facts, ("conversion", "closing_day", "pay_day", "pay_month_offset", *more))
    days = reading.items(facts, "worked_days") if facts.get("worked_days") is not None else []
    found = careerup.careerup_paydays(
        reading.day(facts, "conversion"),
        closing_day=reading.whole(facts, "closing_day", least=1, most=31),
        pay_day=reading.whole(facts, "pay_day", least=1, most=31),
        pay_month_offset=reading.whole(facts, "pay_month_offset", most=12),
        sixth_paid_on=reading.day_or_none(facts, "sixth_paid_on"),
        is_paid_late=reading.truth_or(facts, "paid_late", default=False),
        worked_days=[reading.as_whole(value, f"worked_days[{n}]", most=31) for n, value in enumerate(days, 1)],
        probation_to=reading.day_or_none(facts, "probation_to"),
    )
    return in_json(windows.claim_window("careerup_sixth_payday", found.sixth_payday)) | in_json(found)


def careerup_plan(facts: Facts) -> Answer:
    """By a キャリアアップ計画書, or by the 職業訓練実施計画届 that stands in for one."""
    if facts.get("notice_filed") is not None:
        return careerup_plan_by_notice(facts)
    keys = ("plan_filed", "plan_from", "plan_to", "conversion")
    reading.only(facts, keys)
    filed, starts, ends, conversion = (reading.day(facts, key) for key in keys)
    if ends < starts:
        raise FactError("plan_to が plan_from より前です。計画期間を確認してください。")
    return in_json(careerup.careerup_plan(plan_filed=filed, plan_from=starts, plan_to=ends, conversion=conversion))


def careerup_plan_by_notice(facts: Facts) -> Answer:
    reading.only(facts, ("notice_filed", "names_manager", "names_measure", "measure_month", "trained", "conversion"))
    reading.required(facts, "measure_month")
    notice = standing_in.TrainingNotice(
        filed_on=reading.day(facts, "notice_filed"),
        names_manager=reading.truth(facts, "names_manager"),
        names_measure=reading.truth(facts, "names_measure"),
        month=reading.day_or_none(facts, "measure_month"),
        is_trained=reading.truth(facts, "trained"),
    )
    return in_json(standing_in.careerup_plan_by_notice(notice, conversion=reading.day(facts, "conversion")))
