"""When a plan, a change notice and a claim may be filed."""

from dataclasses import dataclass
from datetime import date, timedelta

from firms.rules.calendar import ONE_DAY, add_months, end_of_period, in_words, next_open_day
from firms.rules.reading import FactError
from firms.rules.windows import Window, window
from grants.rules.editions import COMMON, Schemes, of_scheme
from grants.rules.loading import current_schemes

EVENTS = {
    "training_end": ("訓練終了日", COMMON, "claim.training_months"),
    "exam": ("受験日", COMMON, "claim.exam_months"),
    "uplift_third_payday": ("引上げ後の賃金を3か月続けて支払った日", COMMON, "claim.uplift_months"),
    "careerup_sixth_payday": ("転換後6か月目の賃金を支払った日", "careerup", "claim_months"),
    "careerup_twelfth_payday": ("転換後12か月目の賃金を支払った日", "careerup", "claim_months"),
    "trial_end": ("トライアル雇用の終了日", "trial", "claim_months"),
}
CLAIM_METHODS = ("class", "live_online", "e_learning", "correspondence", "subscription")
REASONS = ("ordinary", "illness", "disaster")


@dataclass(frozen=True, slots=True)
class Notice:
    """What a moved training day asks for: `change_notice` by a day, a `new_plan`, or it is `not_possible`."""

    action: str
    due: date | None
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class SupportedPeriod:
    """The days of a subscription that can be supported; both None where nothing is left of it."""

    supported_from: date | None
    supported_to: date | None
    because: str
    source: str


def plan_window(training_start: date, *, scheme: str = "", schemes: Schemes | None = None) -> Window:
    """`scheme` is whose text is quoted; the days are the same in all of them."""
    known = schemes or current_schemes()
    earliest = known.common("plan_window.first_months", training_start, scheme=scheme)
    latest = known.common("plan_window.last_months", training_start, scheme=scheme)
    counted = (
        f"訓練開始日 {in_words(training_start)} の{earliest.whole}か月前から{latest.whole}か月前の応当日"
        f"（応当日がない月はその末日）まで、すなわち"
    )
    return window(
        first=add_months(training_start, -earliest.whole),
        last_nominal=add_months(training_start, -latest.whole),
        counted=counted,
        figures=(earliest, latest),
    )


def claim_window(
    event: str,
    on: date,
    *,
    method: str | None = None,
    all_completed_on: date | None = None,
    all_stopped_on: date | None = None,
    scheme: str = "",
    schemes: Schemes | None = None,
) -> Window:
    """The last day always counts from the event; only the first may come earlier: where everybody completed (eラーニング・定額制),
    or every trainee stopped by resignation and the like (`all_stopped_on`; パンフレット PL080803 p.51)."""
    if event not in EVENTS:
        raise FactError(f"event は {'・'.join(EVENTS)} のいずれかで指定してください（「{event}」は不明です）。")
    label, table, name = EVENTS[event]
    known = schemes or current_schemes()
    count = known.latest(table, name, on)
    if scheme:
        count = of_scheme(known, count, scheme)
    first = on + ONE_DAY
    early = earlier_start(event, on, method, all_completed_on)
    stopped = after_the_stop(event, on, all_stopped_on)
    counted = f"{label} {in_words(on)} の翌日 {in_words(first)} から起算して{count.whole}か月、"
    if early:
        counted += f"ただし対象者全員が修了した日の翌日 {in_words(early)} から申請でき、"
    if stopped:
        counted += f"ただし対象者全員が受講をやめた日の翌日 {in_words(stopped)} から申請でき、"
    nominal = end_of_period(first, count.whole)
    return window(
        first=min(early or first, stopped or first),
        last_nominal=nominal,
        counted=counted + "すなわち",
        figures=(count,),
    )


def earlier_start(event: str, on: date, method: str | None, all_completed_on: date | None) -> date | None:
    if event != "training_end" or method not in ("e_learning", "subscription") or all_completed_on is None:
        return None
    if all_completed_on > on:
        raise FactError(
            f"all_completed_on（{all_completed_on}）が訓練期間の最終日（{on}）より後です。期間内に修了した日を指定してください。"
        )
    return all_completed_on + ONE_DAY


def after_the_stop(event: str, on: date, all_stopped_on: date | None) -> date | None:
    if all_stopped_on is None:
        return None
    if event != "training_end":
        raise FactError("all_stopped_on は event が training_end のときの項目です。指定しないでください。")
    if all_stopped_on > on:
        raise FactError(
            f"all_stopped_on（{all_stopped_on}）が訓練期間の最終日（{on}）より後です。期間内にやめた日を指定してください。"
        )
    return all_stopped_on + ONE_DAY


def change_notice(
    planned_on: date,
    new_on: date,
    *,
    reason: str = "ordinary",
    is_training_start: bool = False,
    plan_filed: date | None = None,
    schemes: Schemes | None = None,
) -> Notice:
    """A start brought forward needs a plan that was filed in time for the new start, too."""
    if reason not in REASONS:
        raise FactError(f"reason は {'・'.join(REASONS)} のいずれかで指定してください（「{reason}」は不明です）。")
    known = schemes or current_schemes()
    postponed = known.latest(COMMON, "change_notice.new_plan_months", planned_on)
    if is_training_start and new_on >= add_months(planned_on, postponed.whole):
        return Notice(
            action="new_plan",
            due=None,
            because=f"訓練開始日を {in_words(planned_on)} から{postponed.whole}か月以上遅らせるため、"
            "変更届ではなく新しい計画届が必要です。",
            source=postponed.source,
        )
    ahead = known.latest(COMMON, "plan_window.last_months", new_on)
    if is_training_start and new_on < planned_on and plan_filed and plan_filed > add_months(new_on, -ahead.whole):
        return Notice(
            action="not_possible",
            due=None,
            because=f"計画届の提出日 {in_words(plan_filed)} が変更後の開始日 {in_words(new_on)} の{ahead.whole}か月前より"
            "後のため、この日へ早めることはできません。",
            source=ahead.source,
        )
    if reason == "ordinary":
        return ordinary_notice(planned_on, new_on, known)
    return excused_notice(new_on, known)


def ordinary_notice(planned_on: date, new_on: date, known: Schemes) -> Notice:
    ahead = known.latest(COMMON, "change_notice.days_before", planned_on)
    earlier = min(planned_on, new_on)
    due = earlier - timedelta(days=ahead.whole)
    because = (
        f"当初 {in_words(planned_on)} と変更後 {in_words(new_on)} の早い方の{ahead.whole}日前、"
        f"{in_words(due)} までに変更届が必要です。"
    )
    return Notice(action="change_notice", due=due, because=because, source=ahead.source)


def excused_notice(new_on: date, known: Schemes) -> Notice:
    within = known.latest(COMMON, "change_notice.excused_days", new_on)
    due = new_on + timedelta(days=within.whole)
    because = f"変更後の訓練日 {in_words(new_on)} の翌日から{within.whole}日以内、{in_words(due)} までに理由を添えて変更届が必要です。"
    return Notice(action="change_notice", due=due, because=because, source=within.source)


def subscription_period(
    contract_start: date, contract_end: date, *, plan_filed: date, schemes: Schemes | None = None
) -> SupportedPeriod:
    """定額制: filed in time the whole contract counts; filed late, only what lies a month after the filing."""
    if contract_end < contract_start:
        raise FactError("contract_end が contract_start より前です。契約期間を確認してください。")
    known = schemes or current_schemes()
    in_time = plan_window(contract_start, schemes=known)
    if plan_filed < in_time.first:
        raise FactError(f"plan_filed（{plan_filed}）は計画届の受付開始 {in_time.first} より前です。")
    if plan_filed <= in_time.last:
        because = f"計画届は期限 {in_words(in_time.last)} までに届いたため、契約の初日から対象です。"
        return period_from(contract_start, contract_end, because, in_time.source, known)
    deemed = known.latest(COMMON, "plan_window.subscription_months", plan_filed)
    arrived = next_open_day(plan_filed)
    starts = add_months(arrived, deemed.whole)
    if starts > contract_end:
        because = f"届出の{deemed.whole}か月後 {in_words(starts)} には契約が終わっているため、対象期間がありません。"
        return SupportedPeriod(None, None, because, deemed.source)
    because = f"計画届 {in_words(arrived)} の{deemed.whole}か月後 {in_words(starts)} を初日とみなします。"
    return period_from(starts, contract_end, because, deemed.source, known)


def period_from(starts: date, contract_end: date, because: str, source: str, known: Schemes) -> SupportedPeriod:
    """A longer contract is split: each plan has its own period."""
    longest = known.latest(COMMON, "plan_window.subscription_longest", starts)
    ends = last_supported_day(starts, contract_end, schemes=known)
    if ends == contract_end:
        return SupportedPeriod(starts, contract_end, because, source)
    because += f"1つの計画の対象は{longest.whole}か月までのため、{in_words(ends)} で区切ります。"
    return SupportedPeriod(starts, ends, because, f"{source}; {longest.source}")


def last_supported_day(starts: date, contract_end: date, *, schemes: Schemes | None = None) -> date:
    longest = (schemes or current_schemes()).latest(COMMON, "plan_window.subscription_longest", starts)
    return min(contract_end, end_of_period(starts, longest.whole))
