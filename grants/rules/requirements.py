"""Which requirements of a training grant the training and its payment meet; the same condition is made once and kept."""

from functools import lru_cache

from firms.rules.calendar import in_words
from firms.rules.figures import Figure
from grants.rules.facts import TrainingFacts
from grants.rules.outcome import Condition, State
from grants.rules.terms import Opening, Terms

MINUTES_OF_HOUR = 60


def judge_training(terms: Terms, now: Opening, facts: TrainingFacts) -> tuple[Condition, ...]:
    """Those that, unmet, leave nothing to pay at all."""
    return (
        plan_taken(terms.title, now.opens, now.closes, now.is_open),
        long_enough(terms.minimum_hours, terms.minimum_months, facts.planned_minutes, facts.standard_hours, facts.standard_months),
        outside_course(facts.is_online, facts.cost.kind),
        worker_paid_nothing(facts.cost.paid_partly_by, terms.paid_source),
    )  # fmt: skip


@lru_cache(maxsize=1024)
def plan_taken(title: str, opens: Figure | None, closes: Figure | None, is_open: bool) -> Condition:
    source = "; ".join(f.source for f in (opens, closes) if f) or "各コース支給要領 1201"
    since = f"{in_words(opens.day)}以後の計画届が対象です。" if opens else ""
    until = f"計画届は{in_words(closes.day)}までです。" if closes else ""
    because = f"{since}{until}" or "計画届の届出日に有効な制度です。"
    state: State = "met" if is_open else "unmet"
    return Condition("plan_taken", f"{title}が届出日に実施されている", state, because, source)


@lru_cache(maxsize=16384)
def long_enough(
    least: Figure, least_months: Figure, minutes: int | None, hours: int | None, months: int | None
) -> Condition:
    label = f"訓練時間が{least.whole}時間以上"
    if minutes is not None:
        enough = minutes >= least.whole * MINUTES_OF_HOUR
        because = f"実訓練時間 {in_hours(minutes)}（{least.whole}時間以上が要件）"
        return Condition("long_enough", label, tri_state(enough), because, least.source)
    enough = (hours or 0) >= least.whole or (months or 0) >= least_months.whole
    known = "・".join(
        said for said in (
            f"標準学習時間 {hours}時間" if hours is not None else "",
            f"標準学習期間 {months}か月" if months is not None else "",
        ) if said
    )  # fmt: skip
    because = f"{known}（{least.whole}時間以上または{least_months.whole}か月以上が要件）"
    return Condition("long_enough", label, tri_state(enough), because, least.source)


@lru_cache(maxsize=8)
def outside_course(is_online: bool, kind: str) -> Condition:
    fits = not is_online or kind == "external"
    because = "実施方法と訓練の種別は対象の組合せです。" if fits else "eラーニング・通信制は事業外訓練だけが対象です。"
    return Condition("outside_course", "実施方法に合う訓練の種別", tri_state(fits), because, "様式第11号(10)")


@lru_cache(maxsize=256)
def worker_paid_nothing(payer: str, source: str) -> Condition:
    state: State = "unknown" if not payer else "unmet" if payer == "worker" else "met"
    because = {
        "unknown": "労働者の費用負担がないことがまだ確認されていません。",
        "unmet": "労働者が費用の一部を負担したため、経費助成も賃金助成もありません。",
        "met": "労働者は費用を負担していません。",
    }[state]
    return Condition("worker_paid_nothing", "労働者に費用負担がない", state, because, source)


def judge_payment(terms: Terms, facts: TrainingFacts) -> tuple[Condition, ...]:
    """Those that, unmet, take away the expense aid and leave the wage aid."""
    cost = facts.cost
    in_time = None if cost.paid_on is None or facts.claim_filed is None else cost.paid_on <= facts.claim_filed
    source = terms.paid_source
    return (
        firm_paid_all(cost.paid_partly_by, source),
        no_rebate(cost.provider_rebate, source),
        paid_in_time(in_time, source),
    )


@lru_cache(maxsize=256)
def firm_paid_all(payer: str, source: str) -> Condition:
    all_paid = None if not payer else payer == "nobody"
    because = {
        None: "事業主が全額を負担したことがまだ確認されていません。",
        True: "事業主が全額を負担しています。",
        False: "事業主以外が費用の一部を負担したため、経費助成はありません。",
    }[all_paid]
    return Condition("firm_paid_all", "事業主が全額を負担", tri_state(all_paid), because, source)


@lru_cache(maxsize=256)
def no_rebate(rebate: bool | None, source: str) -> Condition:
    none = None if rebate is None else not rebate
    because = {
        None: "教育訓練機関等からの返金等がないことがまだ確認されていません。",
        True: "教育訓練機関等からの返金等はありません。",
        False: "教育訓練機関等から返金・割引等を受けたため、経費助成はありません。",
    }[none]
    return Condition("no_rebate", "教育訓練機関等からの返金等がない", tri_state(none), because, source)


@lru_cache(maxsize=256)
def paid_in_time(in_time: bool | None, source: str) -> Condition:
    because = {
        None: "費用の支払日または支給申請日がまだ入力されていません。",
        True: "支給申請日までに支払を終えています。",
        False: "支払日が支給申請日より後のため、経費助成はありません。",
    }[in_time]
    return Condition("paid_in_time", "支給申請日までの支払", tri_state(in_time), because, source)


def tri_state(value: bool | None) -> State:
    return "unknown" if value is None else "met" if value else "unmet"


def in_hours(minutes: int) -> str:
    """9時間36分, as `firms.words.amounts` writes it on the pages."""
    hours, rest = divmod(minutes, MINUTES_OF_HOUR)
    return "".join([f"{hours}時間" if hours else "", f"{rest}分" if rest or not hours else ""])
