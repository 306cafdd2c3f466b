"""Every question of the command: from a mapping of facts to a mapping of answers."""

from collections.abc import Callable
from dataclasses import fields

from firms.rules import reading
from firms.rules.answers import Answer, Written, in_json, put
from firms.rules.reading import FactError, Facts
from firms.rules.windows import Window
from grants.rules import firm, keeping, leave, minutes, mixed, practice, subscription, trial, uplift, windows
from grants.rules.careerup_questions import careerup_grant, careerup_paydays, careerup_plan, careerup_raise
from grants.rules.facts import MENUS, METHODS
from grants.rules.leave_reading import leave_facts
from grants.rules.outcome import outcome_as_mapping
from grants.rules.training import assess
from grants.rules.training_reading import is_specialized, training_facts
from grants.rules.writing import outcome_as_json

MINUTES_OF_DAY = 24 * 60
YEAR_OF_MINUTES = MINUTES_OF_DAY * 366


def plan_window(facts: Facts) -> Answer:
    reading.only(facts, ("training_start",))
    return in_json(windows.plan_window(reading.day(facts, "training_start")))


def subscription_start(facts: Facts) -> Answer:
    reading.only(facts, ("contract_start", "contract_end", "plan_filed"))
    start, end, filed = (reading.day(facts, key) for key in ("contract_start", "contract_end", "plan_filed"))
    return in_json(windows.subscription_period(start, end, plan_filed=filed))


def change_notice(facts: Facts) -> Answer:
    reading.only(facts, ("planned_on", "new_on", "reason", "is_training_start", "plan_filed"))
    notice = windows.change_notice(
        reading.day(facts, "planned_on"),
        reading.day(facts, "new_on"),
        reason=reading.choice(facts, "reason", windows.REASONS),
        is_training_start=reading.truth_or(facts, "is_training_start", default=False),
        plan_filed=reading.day_or_none(facts, "plan_filed"),
    )
    return {key: value for key, value in in_json(notice).items() if value is not None}


def claim_window(facts: Facts) -> Answer:
    reading.only(facts, ("event", "on", "method", "all_completed_on", "all_stopped_on"))
    method = facts.get("method")
    return in_json(
        windows.claim_window(
            reading.choice(facts, "event", tuple(windows.EVENTS)),
            reading.day(facts, "on"),
            method=None if method is None else reading.choice(facts, "method", windows.CLAIM_METHODS),
            all_completed_on=reading.day_or_none(facts, "all_completed_on"),
            all_stopped_on=reading.day_or_none(facts, "all_stopped_on"),
        )
    )


def firm_size(facts: Facts) -> Answer:
    reading.only(facts, ("industry", "capital_yen", "regular_employees"))
    reading.required(facts, "capital_yen")
    return in_json(
        firm.firm_size(
            reading.choice(facts, "industry", firm.INDUSTRIES),
            capital_yen=reading.whole_or_none(facts, "capital_yen"),
            regular_employees=reading.whole(facts, "regular_employees"),
        )
    )


def separation_ratio(facts: Facts) -> Answer:
    reading.only(facts, ("insured_on_claim_date", "qualified_leavers"))
    return in_json(
        firm.separation_ratio(
            insured_on_claim_date=reading.whole(facts, "insured_on_claim_date"),
            qualified_leavers=reading.whole(facts, "qualified_leavers"),
        )
    )


def counted_time(facts: Facts) -> Answer:
    reading.only(facts, ("day_minutes", "meal_minutes", "break_minutes", "ceremony_minutes", "menu"))
    return in_json(
        minutes.counted_time(
            day_minutes=reading.whole(facts, "day_minutes", most=MINUTES_OF_DAY),
            meal_minutes=reading.whole(facts, "meal_minutes"),
            break_minutes=[reading.as_whole(b, "break_minutes") for b in reading.items(facts, "break_minutes")],
            ceremony_minutes=reading.whole(facts, "ceremony_minutes"),
            menu=None if facts.get("menu") is None else reading.choice(facts, "menu", sum(MENUS.values(), ())),
        )
    )


def attendance(facts: Facts) -> Answer:
    """`held_elsewhen_minutes` stay in the planned minutes and count nothing."""
    keys = ("planned_minutes", "attended_minutes", "excused_minutes")
    reading.only(facts, ("method", *keys, "held_elsewhen_minutes"))
    method = reading.choice(facts, "method", METHODS)
    planned, attended = reading.whole(facts, keys[0], least=1), reading.whole(facts, keys[1])
    excused = reading.whole_or_none(facts, keys[2]) or 0
    elsewhen = reading.whole_or_none(facts, "held_elsewhen_minutes") or 0
    if attended + excused + elsewhen > planned:
        raise FactError(
            f"attended_minutes・excused_minutes・held_elsewhen_minutes の合計が planned_minutes（{planned}分）より多く、"
            "あり得ません。別の日に実施した時間は attended_minutes に含めないでください。"
        )
    return in_json(
        minutes.attendance(method=method, planned_minutes=planned, attended_minutes=attended, excused_minutes=excused)
    )


def training_grant(facts: Facts) -> Answer:
    return outcome_as_mapping(assess(training_facts(facts)))


def uplift_test(facts: Facts) -> Answer:
    reading.only(facts, ("kind", "workers"))
    kind = reading.choice(facts, "kind", tuple(uplift.KINDS))
    workers = enumerate(reading.items(facts, "workers"), 1)
    return in_json(uplift.uplift_test(kind, [wages(w, n) for n, w in workers]))


def wages(value: object, n: int) -> tuple[int, int]:
    within = f"workers[{n}]."
    facts = reading.as_facts(value, f"workers[{n}]")
    reading.only(facts, ("three_months_before", "three_months_after", "key"), within=within)
    before = reading.whole(facts, "three_months_before", within=within, least=1)
    return before, reading.whole(facts, "three_months_after", within=within)


def subscription_grant(facts: Facts) -> Answer:
    reading.only(facts, [f.name for f in fields(subscription.Subscription)])
    starts, ends = reading.day(facts, "supported_from"), reading.day(facts, "contract_end")
    return in_json(
        subscription.assess_subscription(
            subscription.Subscription(
                scheme=reading.choice(facts, "scheme", subscription.SCHEMES),
                sme=reading.truth(facts, "sme"),
                plan_filed=reading.day(facts, "plan_filed"),
                contract_price=reading.whole(facts, "contract_price"),
                contract_start=reading.day(facts, "contract_start"),
                contract_end=ends,
                supported_from=starts,
                supported_to=reading.day_or_none(facts, "supported_to") or windows.last_supported_day(starts, ends),
                users=reading.whole(facts, "users"),
                supported_workers=reading.whole(facts, "supported_workers"),
                uplift=reading.truth_or(facts, "uplift", default=False),
            )
        )
    )


def subscription_limit(facts: Facts) -> Answer:
    reading.only(facts, ("supported_from", "supported_to"))
    months, limit = subscription.subscription_limit(
        reading.day(facts, "supported_from"), reading.day(facts, "supported_to")
    )
    return {
        "whole_months": months.whole,
        "remaining_days": months.remaining_days,
        "days_of_remainder_month": months.days_of_remainder_month,
        "limit_per_person": limit,
    }


def long_leave_grant(facts: Facts) -> Answer:
    return in_json(leave.long_leave_grant(leave_facts(facts)))


def mixed_hours(facts: Facts) -> Answer:
    reading.only(facts, ("class_minutes", "standard_hours", "standard_months", "standard_days"))
    hours, months = standard_time(facts)
    reading.whole_or_none(facts, "standard_days", most=366)
    found = mixed.mixed_hours(
        reading.whole(facts, "class_minutes", most=YEAR_OF_MINUTES), standard_hours=hours, standard_months=months
    )
    return in_json(found)


def expense_cap(facts: Facts) -> Answer:
    keys = ("class_minutes", "standard_hours", "standard_months", "specialized")
    reading.only(facts, ("scheme", "menu", "plan_filed", "sme", *keys))
    scheme = reading.choice(facts, "scheme", tuple(MENUS))
    hours, months = standard_time(facts)
    minutes = reading.whole_or_none(facts, "class_minutes", most=YEAR_OF_MINUTES) or 0
    if not minutes and hours is None and months is None:
        raise FactError("class_minutes か standard_hours か standard_months のどれかを指定してください。")
    menu = reading.choice(facts, "menu", MENUS[scheme])
    found = mixed.expense_cap(
        scheme,
        menu,
        plan_filed=reading.day(facts, "plan_filed"),
        sme=reading.truth(facts, "sme"),
        class_minutes=minutes,
        standard_hours=hours,
        has_online=months is not None,
        specialized=is_specialized(facts, menu),
    )
    return in_json(found)


def standard_time(facts: Facts) -> tuple[int | None, int | None]:
    """標準学習時間 or 標準学習期間; both at once would be two courses."""
    hours = reading.whole_or_none(facts, "standard_hours", most=100_000)
    months = reading.whole_or_none(facts, "standard_months", most=1200)
    if hours is not None and months is not None:
        raise FactError("standard_hours と standard_months はどちらか一方だけを指定してください。")
    return hours, months


def practice_course(facts: Facts) -> Answer:
    reading.only(facts, ("menu", "plan_filed", "first", "last", "ojt_minutes", "class_minutes"))
    ojt, off = (reading.whole(facts, key, most=YEAR_OF_MINUTES * 2) for key in ("ojt_minutes", "class_minutes"))
    return in_json(
        practice.practice_course(
            reading.choice(facts, "menu", practice.MENUS),
            plan_filed=reading.day(facts, "plan_filed"),
            first=reading.day(facts, "first"),
            last=reading.day(facts, "last"),
            ojt_minutes=ojt,
            class_minutes=off,
        )
    )


def keep_until(facts: Facts) -> Answer:
    reading.only(facts, ("scheme", "decided_on", "last_paid_on"))
    decided, paid = reading.day(facts, "decided_on"), reading.day_or_none(facts, "last_paid_on")
    if paid is not None and paid < decided:
        raise FactError(f"last_paid_on（{paid}）が decided_on（{decided}）より前で、あり得ません。")
    kept = keeping.kept_papers(reading.choice(facts, "scheme", keeping.SCHEMES), decided, last_paid_on=paid)
    return {one.kind: in_json(one) for one in kept} | {"until": max(one.until for one in kept).isoformat()}


def trial_grant(facts: Facts) -> Answer:
    reading.only(facts, ("full_months", "months", "single_parent"))
    alone = reading.truth(facts, "single_parent")
    if facts.get("months") is None:
        return in_json(trial.trial_grant(reading.whole(facts, "full_months", most=1200), single_parent=alone))
    if facts.get("full_months") is not None:
        raise FactError("full_months と months はどちらか一方だけを指定してください。")
    months = [trial_month(value, n) for n, value in enumerate(reading.items(facts, "months"), 1)]
    return in_json(trial.trial_grant_by_month(months, single_parent=alone))


def trial_month(value: object, n: int) -> trial.TrialMonth:
    within = f"months[{n}]."
    facts = reading.as_facts(value, f"months[{n}]")
    reading.only(facts, ("scheduled_days", "worked_days", "reduced"), within=within)
    return trial.TrialMonth(
        scheduled_days=reading.whole(facts, "scheduled_days", within=within, least=1, most=31),
        worked_days=reading.whole(facts, "worked_days", within=within, most=31),
        reduced=reading.truth(facts, "reduced", within=within),
    )


def trial_months(facts: Facts) -> Answer:
    reading.only(facts, ("hired", "ended_on", "converted_on"))
    spans = trial.trial_months(
        reading.day(facts, "hired"),
        ended_on=reading.day_or_none(facts, "ended_on"),
        converted_on=reading.day_or_none(facts, "converted_on"),
    )
    return {"months": [in_json(span) for span in spans]}


def trial_plan(facts: Facts) -> Answer:
    reading.only(facts, ("hired",))
    found: Window = trial.trial_plan(reading.day(facts, "hired"))
    return in_json(found) | {"due": found.last_nominal.isoformat()}


QUESTIONS: dict[str, Callable[[Facts], Answer]] = {
    f.__name__: f
    for f in (
        plan_window, subscription_start, change_notice, claim_window, firm_size, separation_ratio, counted_time,
        attendance, training_grant, uplift_test, subscription_grant, subscription_limit, careerup_grant,
        careerup_raise, careerup_paydays, careerup_plan, trial_grant, trial_plan,
        trial_months, mixed_hours, expense_cap, long_leave_grant, keep_until,
        practice_course,
    )
}  # fmt: skip


def answer(question: object, facts: object) -> Answer:
    return put(QUESTIONS, question, facts)


def spoken(question: object, facts: object) -> Answer | Written:
    """As `answer`; of the question that is asked most the text, without the mapping in between."""
    if question == "training_grant":
        return Written(outcome_as_json(assess(training_facts(reading.as_facts(facts, "facts")))))
    return answer(question, facts)
