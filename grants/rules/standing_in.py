"""The 職業訓練実施計画届 in place of the キャリアアップ計画書 (キャリアアップ助成金支給要領R8.4.8 0302ヘ※・0402※)."""

from dataclasses import dataclass
from datetime import date, timedelta

from firms.rules.calendar import end_of_period, in_words, next_open_day
from grants.rules.careerup import MONTHS_OF_YEAR, SCHEME, PlanTest
from grants.rules.editions import Schemes
from grants.rules.loading import current_schemes


@dataclass(frozen=True, slots=True)
class TrainingNotice:
    """`filed_on` paper; None as the month where the form names none. `is_trained`: the worker completed that training."""

    filed_on: date
    names_manager: bool
    names_measure: bool
    month: date | None
    is_trained: bool


def last_day_of_notice(filed_on: date, *, schemes: Schemes | None = None) -> date:
    """The notice counts as a plan of so many years from its filing."""
    years = (schemes or current_schemes()).latest(SCHEME, "notice_plan_years", filed_on)
    return end_of_period(filed_on, years.whole * MONTHS_OF_YEAR)


def careerup_plan_by_notice(notice: TrainingNotice, *, conversion: date, schemes: Schemes | None = None) -> PlanTest:
    known = schemes or current_schemes()
    ahead, years = (known.latest(SCHEME, name, conversion) for name in ("plan_days_before", "notice_plan_years"))
    due = conversion - timedelta(days=ahead.whole)
    last, ends_on = next_open_day(due), last_day_of_notice(notice.filed_on, schemes=known)
    against = {
        f"計画届が期限 {in_words(last)} より後に届いています。": notice.filed_on > last,
        f"計画届の届出から{years.whole}年（{in_words(ends_on)}まで）を過ぎた転換です。": conversion > ends_on,
        "計画届にキャリアアップ管理者の記入がありません。": not notice.names_manager,
        "計画届に講ずる措置（正社員への転換）の記入がありません。": not notice.names_measure,
        "計画届に措置の予定の年月がありません。": notice.month is None,
        "計画届が代わりになるのは、その訓練を修了した人の転換だけです。": not notice.is_trained,
    }
    because = "".join(reason for reason, holds in against.items() if holds)
    return PlanTest(
        not because,
        due,
        last,
        because or "計画届がキャリアアップ計画書に代わり、期限内です。",
        f"{years.source}; {ahead.source}",
    )
