"""From the mapping of one claim for long leave to frozen facts, or a sentence naming what is wrong with it."""

from dataclasses import fields

from firms.rules import reading
from firms.rules.reading import FactError, Facts
from grants.rules.leave import LeaveTaker, LongLeave

# 制度導入・適用計画期間 is three years.
PERIOD_DAYS = 366 * 3
PERIOD_MINUTES = PERIOD_DAYS * 24 * 60


def leave_facts(facts: Facts) -> LongLeave:
    reading.only(facts, [f.name for f in fields(LongLeave)])
    takers = tuple(leave_taker(value, n) for n, value in enumerate(reading.items(facts, "takers"), 1))
    if not takers:
        raise FactError("takers が空です。休暇を取った人を1人以上指定してください。")
    return LongLeave(
        plan_filed=reading.day(facts, "plan_filed"),
        first_leave_on=reading.day_or_none(facts, "first_leave_on"),
        sme=reading.truth(facts, "sme"),
        takers=takers,
        is_introduced=reading.truth_or(facts, "is_introduced", default=True),
        uplift=reading.truth_or(facts, "uplift", default=False),
    )


def leave_taker(value: object, n: int) -> LeaveTaker:
    within = f"takers[{n}]."
    facts = reading.as_facts(value, f"takers[{n}]")
    reading.only(facts, [f.name for f in fields(LeaveTaker)], within=within)
    cover = reading.items(facts, "cover_yen", within=within) if facts.get("cover_yen") is not None else []
    return LeaveTaker(
        paid_minutes=reading.whole(facts, "paid_minutes", within=within, most=PERIOD_MINUTES),
        replacement_days=reading.whole_or_none(facts, "replacement_days", within=within, most=PERIOD_DAYS) or 0,
        cover_yen=tuple(reading.as_whole(yen, f"{within}cover_yen") for yen in cover),
    )
