"""What a conversion after a trial could draw, said before the offer is made: each grant with its conditions, and what instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from firms.rules.calendar import ONE_DAY, end_of_period, in_words
from firms.rules.figures import Figure, Table, Tables, sources
from firms.rules.loading import load_tables
from grants.rules.careerup import SCHEME, Dispatch, careerup_grant
from grants.rules.editions import Schemes
from grants.rules.loading import current_schemes
from grants.rules.outcome import Condition, State

HOME = Path(__file__).resolve().parent.parent / "after_trial"
RULES = "キャリアアップ助成金支給要領R8.4.8"
DIRECT = "fixed_term"
After = Tables[Table]


@dataclass(frozen=True, slots=True)
class TrialEnd:
    """A trial about to end, as far as anybody has said; None is unknown. Both days count.

    `kind` is how it is lawful: temp_to_perm, dispatch, or fixed_term for 国のトライアル雇用."""

    kind: str
    programme: str
    first: date | None
    last: date | None
    hire_on: date
    contracted_on: date | None = None
    probation_months: int | None = None
    is_small: bool | None = None
    same_unit: bool | None = None
    is_indefinite: bool | None = None
    has_rule: bool | None = None
    plan_filed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """`amount` is what it would come to were every condition met, where that can be said; `instead` what one could do."""

    code: str
    title: str
    state: State
    amount: int | None
    amount_because: str
    conditions: tuple[Condition, ...]
    instead: str
    is_verified: bool
    source: str


@cache
def current_after() -> After:
    """The project's own files, parsed once per process."""
    return load_tables(HOME, clocks=("hired",))


def options_after(
    facts: TrialEnd, *, on: date, schemes: Schemes | None = None, after: After | None = None
) -> tuple[Option, ...]:
    known, tables = schemes or current_schemes(), after or current_after()
    if facts.kind == DIRECT:
        return (careerup_after_direct(facts, known), training_option(known, on))
    return (
        careerup_after_dispatch(facts, known),
        direct_instead(known, on),
        youth_retention(facts, tables, on=on),
        stable_conversion(facts, tables, known, on=on),
        training_option(known, on),
    )


def settled(conditions: Iterable[Condition]) -> State:
    states = {one.state for one in conditions}
    return "unmet" if "unmet" in states else "unknown" if "unknown" in states else "met"


def truth(value: bool | None) -> State:
    return "unknown" if value is None else "met" if value else "unmet"


# --- キャリアアップ助成金 正社員化コース ---


def careerup_after_dispatch(facts: TrialEnd, known: Schemes) -> Option:
    """支給要領R8.4.8 1001ロ・1002ロ・1003イ(ﾊ): no shorter way for 紹介予定派遣 stands anywhere in it."""
    months = known.get(SCHEME, "dispatch_months", facts.hire_on)
    within = known.get(SCHEME, "dispatch_start_months", facts.hire_on)
    conditions = (
        long_enough(facts, months),
        Condition(
            "same_unit", "同じ組織単位で続けて受け入れた", truth(facts.same_unit),
            "課やラインなど、同じ組織単位で切れ目なく受け入れた期間だけを数えます。", RULES,
        ),
        contract_in_time(facts, within),
        Condition(
            "rule", "派遣労働者の直接雇用の制度が、雇い入れる前に就業規則などにある", truth(facts.has_rule),
            "手続き・要件・時期を書き、周知してから、その制度で雇い入れます。", RULES,
        ),
        plan_before(facts),
        no_probation(facts),
        Condition(
            "raise", "派遣中の賃金より3%以上増える", "unknown", "派遣元の6か月分の給与明細と比べます。", RULES
        ),
    )  # fmt: skip
    state = settled(conditions)
    amount, because = careerup_amount(facts, known)
    instead = ""
    if conditions[0].state == "unmet" and facts.first is not None:
        longest = end_of_period(facts.first, months.whole)
        instead = (
            f"この助成金を受けるには、同じ組織単位での派遣が{in_words(longest)}まで続く必要があります"
            "（事業の上限を超えるときは使えません）。6か月に満たないトライアルからの採用では、事業によっては下の東京しごと財団の"
            "助成金が、採用したあとは訓練の助成金が使えます。"
        )
    return Option(
        "careerup", "キャリアアップ助成金（正社員化コース）", state, amount, because, conditions, instead,
        months.is_verified and within.is_verified, sources(months, within),
    )  # fmt: skip


def long_enough(facts: TrialEnd, months: Figure) -> Condition:
    label = f"派遣の受入れが{months.whole}か月以上続いた"
    if facts.first is None or facts.last is None:
        return Condition("six_months", label, "unknown", "トライアルの期間がまだ決まっていません。", RULES)
    needed = end_of_period(facts.first, months.whole)
    because = (
        f"{in_words(facts.first)}から{in_words(facts.last)}まで。{months.whole}か月は{in_words(needed)}までです。"
        "紹介予定派遣のための短い期間の定めはありません。"
    )
    return Condition("six_months", label, truth(facts.last >= needed), because, RULES)


def contract_in_time(facts: TrialEnd, within: Figure) -> Condition:
    label = f"派遣の最後の日までに労働契約を結び、翌日から{within.whole}か月以内に働き始める"
    if facts.last is None:
        return Condition("contract", label, "unknown", "派遣の最後の日がまだ決まっていません。", RULES)
    latest = end_of_period(facts.last + ONE_DAY, within.whole)
    told = f"契約（内定）は{in_words(facts.last)}まで、働き始めは{in_words(latest)}までです。"
    if facts.hire_on > latest or (facts.contracted_on is not None and facts.contracted_on > facts.last):
        return Condition("contract", label, "unmet", told, RULES)
    return Condition("contract", label, "unknown" if facts.contracted_on is None else "met", told, RULES)


def plan_before(facts: TrialEnd) -> Condition:
    label = "キャリアアップ計画を、雇い入れる前の日までに労働局へ出した"
    told = (
        f"正社員化と派遣労働者に印を付けた計画が、{in_words(facts.hire_on - ONE_DAY)}までに届いている必要があります。"
    )
    if facts.plan_filed_on is None:
        return Condition("plan", label, "unknown", told, RULES)
    return Condition("plan", label, truth(facts.plan_filed_on < facts.hire_on), told, RULES)


def no_probation(facts: TrialEnd) -> Condition:
    told = "試用期間を置くと、その後が雇入れとみなされ、派遣からの採用として扱われないおそれがあります。"
    label = "試用期間を置かない"
    if facts.probation_months is None:
        return Condition("probation", label, "unknown", told, RULES)
    return Condition("probation", label, truth(facts.probation_months == 0), told, RULES)


def careerup_amount(facts: TrialEnd, known: Schemes) -> tuple[int | None, str]:
    """Were everything met; nothing where the size of the firm is not known."""
    if facts.is_small is None:
        return None, "企業の規模（業種と人数）が入力されると、見込みの額が出ます。"
    dispatch = Dispatch(facts.first, facts.last, facts.same_unit, facts.is_indefinite, facts.contracted_on)
    found = careerup_grant(
        facts.hire_on,
        sme=facts.is_small,
        origin="dispatched",
        priority=True,
        employed_years=0,
        dispatch=dispatch,
        schemes=known,
    )
    because = "、".join(line.because for line in found.lines)
    if found.total and facts.is_indefinite is None:
        because += "（派遣元に無期で雇われている人は無期の額）"
    return found.total, because


def careerup_after_direct(facts: TrialEnd, known: Schemes) -> Option:
    """別紙2 10(1) × 一般トライアル: the two are never met together."""
    months = known.get(SCHEME, "period_months", facts.hire_on)
    told = f"有期で{months.whole}か月以上働いてから転換した人が対象です。3か月のトライアル雇用からの転換では要件を満たしません。"
    condition = Condition(
        "six_months", f"有期で{months.whole}か月以上", "unmet", told, f"{RULES}; 共通要領R8.4.8 別紙2"
    )
    instead = "トライアル雇用助成金を受けます。二つを一人に約束しないでください。"
    return Option(
        "careerup", "キャリアアップ助成金（正社員化コース）", "unmet", 0, told, (condition,), instead,
        months.is_verified, sources(months),
    )  # fmt: skip


# --- what else ---


def direct_instead(known: Schemes, on: date) -> Option:
    price, most = known.latest("trial", "amount", on), known.latest("trial", "months", on)
    told = "派遣で受け入れたトライアルは対象外です。自社で期間を定めて雇い入れる国のトライアル雇用だけが対象です。"
    condition = Condition("direct", "自社が期間を定めて直接雇い入れた", "unmet", told, sources(price))
    instead = (
        f"別の人を、ハローワークなどの紹介で初めから自社で雇い入れるときは、月{price.whole:,}円が{most.whole}か月まで。"
        "同じ人を二度支援することはできません。"
    )
    return Option(
        "trial", "トライアル雇用助成金（一般トライアルコース）", "unmet", 0, told, (condition,), instead,
        price.is_verified, sources(price, most),
    )  # fmt: skip


def youth_retention(facts: TrialEnd, after: After, *, on: date) -> Option:
    name = "youth_retention"
    feeder, amount, persons, support = (
        after.latest(name, key, facts.hire_on) for key in ("feeder", "amount", "persons", "support_months")
    )
    fed = facts.programme in feeder.names
    told = f"対象の事業：{'・'.join(TITLES.get(one, one) for one in feeder.names)}など"
    conditions = (
        Condition("feeder", "対象の事業のトライアルからの採用", truth(fed), told, feeder.source),
        open_round(name, after, facts.hire_on, on=on),
        Condition(
            "support", f"{support.whole}か月の取組期間に、3年の指導育成計画・チューター・訓練を行う", "unknown",
            "採用してから始めます。", support.source,
        ),
        Condition("age", "要項の年齢などの要件", "unknown", "募集要項で確かめてください。", amount.source),
    )  # fmt: skip
    because = f"1人{amount.whole:,}円（1年度{persons.whole}人まで）。賃金の引上げや退職金制度などの加算があります。"
    return after_option(name, after, conditions, (amount, persons, support), because, amount=amount.whole, on=on)


TITLES = {"monozukuri": "ものづくり産業人材確保支援事業"}


def stable_conversion(facts: TrialEnd, after: After, known: Schemes, *, on: date) -> Option:
    name = "stable_conversion"
    amount, support = (after.latest(name, key, facts.hire_on) for key in ("amount", "support_months"))
    careerup = careerup_after_dispatch(facts, known)
    told = "キャリアアップ助成金（正社員化コース）の支給が決まった企業が対象です。"
    conditions = (
        Condition("careerup", "キャリアアップ助成金の支給決定", careerup.state, told, amount.source),
        open_round(name, after, facts.hire_on, on=on),
    )
    because = f"1人目{amount.whole:,}円。{support.whole}か月の取組期間があります。"
    return after_option(name, after, conditions, (amount, support), because, amount=amount.whole, on=on)


def open_round(name: str, after: After, hire_on: date, *, on: date) -> Condition:
    """Rounds are data; a year whose rounds nobody has looked up is unknown, and never open."""
    first, last = (after.latest(name, f"apply_{end}", hire_on) for end in ("first", "last"))
    label = "申請受付の回がある"
    known_days = f"分かっているのは{in_words(first.day)}から{in_words(last.day)}までの受付です。"
    if on > first.verified_until:
        told = f"{known_days}今年度の回は財団の公表で確かめてください。"
        return Condition("round", label, "unknown", told, first.source)
    if on < first.day:
        return Condition("round", label, "unknown", f"{known_days}受付はこれからです。", first.source)
    return Condition("round", label, truth(on <= last.day), known_days, first.source)


def after_option(
    name: str,
    after: After,
    conditions: tuple[Condition, ...],
    figures: tuple[Figure, ...],
    because: str,
    *,
    amount: int,
    on: date,
) -> Option:
    verified = all(one.is_verified and on <= one.verified_until for one in figures)
    state = settled(conditions)
    title = after.by_name[name].title
    return Option(
        name, title, state, amount if state != "unmet" else 0, because, conditions, "", verified, sources(*figures)
    )


def training_option(known: Schemes, on: date) -> Option:
    months = known.latest("hrd_common", "plan_window.last_months", on)
    told = (
        f"採用したあとの訓練には、人材開発支援助成金などが使えることがあります。計画届は訓練の開始の{months.whole}か月前までです。"
        "トライアル雇用の支給対象期間の間は、賃金助成は重ねて受けられません。"
    )
    return Option(
        "training", "採用後の訓練の助成金", "unknown", None, told, (), "", months.is_verified, sources(months)
    )
