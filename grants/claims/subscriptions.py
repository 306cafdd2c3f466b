"""The claim of a 定額制訓練: what its rows say of each requirement, and what the firm states beside."""

from collections.abc import Sequence
from datetime import date

from firms.words.amounts import minutes_words
from firms.words.days import day_words
from firms.words.tongues import in_japanese
from grants.claims.asked import Assessed, answered
from grants.facts.subscriptions import (
    MINUTES,
    bound_minutes,
    claim_window_of_subscription,
    drift_of,
    first_filings,
    gather_subscription_claim,
    learners,
    plan_window_of_subscription,
    reckoned,
)
from grants.models import GrantCase, Subscription
from grants.rules import CAUSES, COMMON, Condition, assess_subscription, current_schemes
from grants.rules.outcome import State
from grants.shapes.subscriptions import LearnerFacts, SubscriptionClaimFrozen
from grants.subjects.subscriptions import QUESTIONS

LIST = "様式第3-2号; リスキリング支給要領R7.4.1 0302ロ(ハ)"

type SubscriptionAssessment = Assessed[SubscriptionClaimFrozen]


@in_japanese
def assess_subscribed(case: GrantCase, *, on: date) -> SubscriptionAssessment | None:
    """None while no plan is filed, or where it came so late that nothing of the contract is left."""
    filing = first_filings([case]).get(case.pk)
    window = claim_window_of_subscription(case, filing)
    if filing is None or window is None or case.subscription is None:
        return None
    people = learners(case.subscription, on=on)
    counting = [one for one in people if one["counts"]]
    conditions = [*of_learning(people, on=on), *of_contract(case, case.subscription, on=on), *answered(case, QUESTIONS)]
    facts = reckoned(case, filed_on=filing.filed_on, supported_workers=len(counting))
    found = assess_subscription(facts) if facts and counting else None
    frozen = gather_subscription_claim(case, filing, window, people, on=on) if found else None
    lines, total = (list(found.lines), found.expense_aid) if found else ([], 0)
    return Assessed(conditions, lines, total, frozen).with_exemptions(case, on=on)


def forecast_subscribed(case: GrantCase, *, on: date) -> dict[str, object]:
    """What the plan may draw where everybody on its list comes to count; nothing while the price is not told."""
    assert case.subscription
    people = case.subscription.people.count()
    # Frozen before it can be filed, it is filed on the first day it can.
    filed_on = max(on, plan_window_of_subscription(case).first)
    facts = reckoned(case, filed_on=filed_on, supported_workers=people)
    return {"total": assess_subscription(facts).expense_aid} if facts and people else {}


def of_learning(people: Sequence[LearnerFacts], *, on: date) -> list[Condition]:
    figure = current_schemes().latest(COMMON, "subscription.minimum_hours", on)
    counting = [one for one in people if one["counts"]]
    done = sum(one["minutes"] or 0 for one in counting)
    told = any(one["minutes"] is not None for one in people)
    enough: State = "met" if done >= bound_minutes("minimum_hours", on) else "unmet" if told else "unknown"
    least = bound_minutes("worker_hours", on) // MINUTES
    without = [one["name"] for one in counting if not one["insured_number"]]
    return [
        Condition(
            "minimum_hours",
            f"対象労働者が修了した時間の合計が{figure.whole}時間以上ある",
            enough,
            f"{least}時間以上修了した{len(counting)}人の合計は{minutes_words(done)}です。",
            figure.source,
        ),
        Condition(
            "insured",
            "対象労働者が雇用保険の被保険者である",
            "unknown" if without or not counting else "met",
            f"被保険者番号が登録されていません：{'、'.join(without)}" if without else "被保険者番号の登録を見ます。",
            LIST,
        ),
    ]


def of_contract(case: GrantCase, found: Subscription, *, on: date) -> list[Condition]:
    drift = drift_of(case)
    return [
        paid(found, on=on),
        intact(found, on=on),
        Condition(
            "as_filed",
            "届け出た計画と変わっていない",
            "unmet" if drift else "met",
            f"変更届（様式第2-1号）が記録されていません：{'、'.join(drift)}"
            if drift
            else "計画届の内容と一致しています。",
            LIST,
        ),
        Condition(
            "accounts",
            "対象労働者が契約者数を超えない",
            accounts_hold(found),
            f"対象労働者 {found.people.count()}人、契約者数 {found.accounts if found.accounts is not None else '―'}人",
            "様式第6-3号",
        ),
    ]


def accounts_hold(found: Subscription) -> State:
    if found.accounts is None:
        return "unknown"
    return "met" if found.people.count() <= found.accounts else "unmet"


def paid(found: Subscription, *, on: date) -> Condition:
    state: State = "unknown" if found.paid_on is None else "met" if found.paid_on <= on else "unmet"
    because = (
        f"{day_words(found.paid_on)} に払い終えました。"
        if found.paid_on
        else "契約額を払い終えた日を入力してください。"
    )
    return Condition("paid", "支給申請までに契約額を払い終えた", state, because, "リスキリング支給要領R7.4.1 0401")


def intact(found: Subscription, *, on: date) -> Condition:
    figure = current_schemes().latest(COMMON, "subscription.excluded_percent", on)
    state: State = "unknown"
    because = "講座の数と、対象にならない講座の数を入力してください。"
    if found.courses and found.excluded_courses is not None:
        state = "met" if found.excluded_courses * 100 < found.courses * figure.whole else "unmet"
        because = f"{found.courses}講座のうち{found.excluded_courses}講座が対象になりません。"
    label = f"対象にならない講座が{figure.whole}％に満たない"
    return Condition("subscription_intact", label, state, because, CAUSES["subscription_intact"].source)
