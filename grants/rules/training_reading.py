"""From the mapping of one training grant to frozen facts, or a sentence naming what is wrong with it."""

from decimal import Decimal

from firms.rules import reading
from firms.rules.prefectures import prefecture
from firms.rules.reading import FactError, Facts
from grants.rules.facts import (
    CLASS_METHODS,
    COST_KINDS,
    EMPLOYMENTS,
    MENUS,
    METHODS,
    PAYERS,
    PRACTICE_MENUS,
    SPECIALIZED_MENUS,
    WAGELESS_MENUS,
    Cost,
    TrainingFacts,
    WorkerFacts,
)

KEYS = frozenset(TrainingFacts.__slots__)
COST_KEYS = frozenset(Cost.__slots__)
WORKER_KEYS = frozenset(WorkerFacts.__slots__)
YEAR_OF_MINUTES = 60 * 24 * 366


def training_facts(facts: Facts) -> TrainingFacts:
    reading.only(facts, KEYS)
    scheme = reading.choice(facts, "scheme", MENUS)
    menu = reading.choice(facts, "menu", MENUS[scheme])
    method = reading.choice(facts, "method", METHODS)
    planned, hours, months = training_time(facts, method)
    filed, claimed = reading.day(facts, "plan_filed"), reading.day_or_none(facts, "claim_filed")
    if claimed is not None and claimed < filed:
        raise FactError(f"claim_filed（{claimed}）が plan_filed（{filed}）より前で、あり得ません。")
    workers = tuple(worker(facts_of, n, menu, method, planned) for n, facts_of in enumerate(some_workers(facts), 1))
    unlike_keys(workers)
    return TrainingFacts(
        scheme=scheme,
        menu=menu,
        plan_filed=filed,
        sme=reading.truth(facts, "sme"),
        method=method,
        cost=cost(reading.as_facts(reading.required(facts, "cost"), "cost"), len(workers)),
        workers=workers,
        planned_minutes=planned,
        standard_hours=hours,
        standard_months=months,
        claim_filed=claimed,
        uplift=reading.truth_or(facts, "uplift", default=False),
        already_granted_in_claim_year=reading.whole_or_none(facts, "already_granted_in_claim_year"),
        specialized=is_specialized(facts, menu),
    )


def is_specialized(facts: Facts, menu: str) -> bool:
    found = reading.truth_or(facts, "specialized", default=False)
    if found and menu not in SPECIALIZED_MENUS:
        raise FactError(
            f"specialized（専門実践教育訓練）は menu が {'・'.join(SPECIALIZED_MENUS)} のときの項目です。"
            "ほかの訓練の限度額は労働局に確認してください。"
        )
    return found


def some_workers(facts: Facts) -> list[object]:
    found = reading.items(facts, "workers")
    if not found:
        raise FactError("workers が空です。訓練を受ける人を1人以上指定してください。")
    return found


def unlike_keys(workers: tuple[WorkerFacts, ...]) -> None:
    keys = [w.key for w in workers if w.key]
    if len(set(keys)) != len(keys):
        raise FactError("workers の key に同じ値が2度あります。1人に1つの key を指定してください。")


def training_time(facts: Facts, method: str) -> tuple[int | None, int | None, int | None]:
    standard = ("standard_hours", "standard_months")
    if method in CLASS_METHODS:
        for key in standard:
            if facts.get(key) is not None:
                raise FactError(
                    f"{key} は eラーニング・通信制の項目です。method が {method} のときは指定しないでください。"
                )
        return reading.whole(facts, "planned_minutes", least=1, most=YEAR_OF_MINUTES * 10), None, None
    if facts.get("planned_minutes") is not None:
        raise FactError(
            f"planned_minutes は method が {method} のときは null にし、standard_hours か standard_months を指定してください。"
        )
    hours, months = (reading.whole_or_none(facts, key, most=100_000) for key in standard)
    if hours is None and months is None:
        raise FactError(
            "standard_hours（標準学習時間）か standard_months（標準学習期間）がありません。どちらかを指定してください。"
        )
    return None, hours, months


def cost(facts: Facts, trainees: int) -> Cost:
    reading.only(facts, COST_KEYS, within="cost.")
    kind = reading.choice(facts, "kind", COST_KINDS, within="cost.")
    payer = facts.get("paid_partly_by")
    told = {
        "paid_partly_by": "" if payer is None else reading.choice(facts, "paid_partly_by", PAYERS, within="cost."),
        "provider_rebate": rebate(facts),
        "paid_on": reading.day_or_none(facts, "paid_on", within="cost."),
    }
    if kind == "external":
        fee = reading.whole(facts, "fee_per_person", within="cost.")
        without = reading.whole_or_none(facts, "fee_without_grant", within="cost.")
        return Cost(kind=kind, fee_per_person=fee, fee_without_grant=without, **told)  # type: ignore[arg-type]
    if facts.get("fee_without_grant") is not None:
        raise FactError(
            "cost.fee_without_grant は kind が external のときの項目です。in_house では指定しないでください。"
        )
    total = reading.whole(facts, "trainees_total", within="cost.", least=1)
    if total < trainees:
        raise FactError(f"cost.trainees_total（{total}人）が workers の人数（{trainees}人）より少なく、あり得ません。")
    travel = reading.whole(facts, "lecturer_travel", within="cost.") if facts.get("lecturer_travel") is not None else 0
    return Cost(
        kind=kind,
        lecturer_fee=reading.whole(facts, "lecturer_fee", within="cost."),
        lecturer_travel=travel,
        establishment_prefecture=where(facts, travel),
        trainees_total=total,
        **told,  # type: ignore[arg-type]
    )


def where(facts: Facts, travel: int) -> str:
    said = facts.get("establishment_prefecture")
    if said is None:
        if travel:
            raise FactError(
                "cost.establishment_prefecture がありません。講師旅費の対象かどうかを決めるため、事業所の都道府県を指定してください。"
            )
        return ""
    found = prefecture(said) if isinstance(said, str) else None
    if found is None:
        raise FactError(f"cost.establishment_prefecture の「{reading.shown(said)}」という都道府県はありません。")
    return found


def rebate(facts: Facts) -> bool | None:
    """Either whether there was one, or how many yen it was."""
    said = facts.get("provider_rebate")
    if said is None or isinstance(said, bool):
        return said
    return reading.as_whole(said, "cost.provider_rebate") > 0


def worker(value: object, n: int, menu: str, method: str, planned: int | None) -> WorkerFacts:
    within = f"workers[{n}]."
    facts = reading.as_facts(value, f"workers[{n}]")
    reading.only(facts, WORKER_KEYS, within=within)
    attended, paid, excused = minutes(facts, within, menu, planned)
    passed, ojt_excused, hours = on_the_job(facts, within, menu)
    all_times, online_times = times(facts, within)
    key = facts.get("key", "")
    if not isinstance(key, str):
        raise FactError(f"{within}key は文字列で指定してください。")
    return WorkerFacts(
        employment=reading.choice(facts, "employment", EMPLOYMENTS, within=within),
        attended_minutes=attended,
        wage_minutes=paid,
        excused_minutes=excused,
        completed=known(facts, "completed", within, needed=method not in CLASS_METHODS),
        ojt_passed=passed,
        ojt_excused=ojt_excused,
        ojt_attended_hours=hours[0],
        ojt_planned_hours=hours[1],
        converted=known(facts, "converted", within, needed=menu == "fixed_term_practice"),
        in_trial_support_period=known(facts, "in_trial_support_period", within, needed=False),
        grants_this_year=all_times,
        e_learning_grants_this_year=online_times,
        menu_grants_ever=reading.whole_or_none(facts, "menu_grants_ever", within=within, most=1000)
        if "menu_grants_ever" in facts
        else None,
        key=key,
    )


def times(facts: Facts, within: str) -> tuple[int | None, int | None]:
    """Of the course at all, and of its e-learning alone."""
    if "e_learning_grants_this_year" not in facts:
        return reading.whole_or_none(facts, "grants_this_year", within=within, most=1000), None
    found = reading.whole_or_none(facts, "grants_this_year", within=within, most=1000)
    online = reading.whole_or_none(facts, "e_learning_grants_this_year", within=within, most=1000)
    if online is not None and found is not None and online > found:
        raise FactError(
            f"{within}e_learning_grants_this_year（{online}回）が grants_this_year（{found}回）より多く、あり得ません。"
        )
    return found, online


def known(facts: Facts, key: str, within: str, *, needed: bool) -> bool | None:
    value = facts.get(key)
    if value is True or value is False:
        return value
    if key not in facts and not needed:
        return None
    return reading.truth_or_none(facts, key, within=within)


def minutes(facts: Facts, within: str, menu: str, planned: int | None) -> tuple[int | None, int | None, int]:
    """Attended, inside working hours, excused; a class needs the first two named, null where not known yet."""
    if planned is not None:
        reading.required(facts, "attended_minutes", within=within)
        if menu not in WAGELESS_MENUS:
            reading.required(facts, "wage_minutes", within=within)
    most = reading.MOST if planned is None else planned
    attended = reading.whole_or_none(facts, "attended_minutes", within=within, most=most)
    paid = reading.whole_or_none(facts, "wage_minutes", within=within, most=most)
    excused = reading.whole_or_none(facts, "excused_minutes", within=within, most=most) or 0
    if attended is not None and paid is not None and paid > attended:
        raise FactError(f"{within}wage_minutes（{paid}分）が attended_minutes（{attended}分）より多く、あり得ません。")
    if planned is not None and (attended or 0) + excused > planned:
        raise FactError(
            f"{within}attended_minutes と excused_minutes の合計が planned_minutes（{planned}分）より多く、あり得ません。"
        )
    return attended, paid, excused


def on_the_job(facts: Facts, within: str, menu: str) -> tuple[bool | None, bool, tuple[Decimal | None, Decimal | None]]:
    excused = reading.truth_or(facts, "ojt_excused", default=False, within=within) if "ojt_excused" in facts else False
    needed = menu in PRACTICE_MENUS and not excused
    passed = known(facts, "ojt_passed", within, needed=needed)
    if not excused:
        return passed, False, (None, None)
    attended = reading.decimal(facts, "ojt_attended_hours", within=within)
    planned = reading.decimal(facts, "ojt_planned_hours", within=within)
    if planned <= 0 or attended > planned:
        raise FactError(
            f"{within}ojt_attended_hours（{attended}時間）と ojt_planned_hours（{planned}時間）の組はあり得ません。"
        )
    return passed, True, (attended, planned)
