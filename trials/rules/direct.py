"""国のトライアル雇用: hired by the firm itself for a term, its plan due after the hire, its claim after the end."""

from datetime import date, timedelta

from firms.rules.calendar import ONE_DAY, end_of_period, in_words
from firms.rules.windows import Window, window
from trials.rules.tables import Programmes, current_programmes

NATIONAL = "national"


def direct_plan(hired: date, *, programmes: Programmes | None = None) -> Window:
    """実施計画書; the day of hire is counted as the first, to stay on the safe side."""
    days = (programmes or current_programmes()).latest(NATIONAL, "plan.days", hired)
    return window(
        first=hired,
        last_nominal=hired + timedelta(days=days.whole - 1),
        counted=f"雇入れ日を1日目として{days.whole}日以内、",
        figures=(days,),
    )


def direct_claim(ended_on: date, *, programmes: Programmes | None = None) -> Window:
    """結果報告書兼支給申請書; `ended_on` is the last day of the trial, the day before it was made permanent early."""
    months = (programmes or current_programmes()).latest(NATIONAL, "claim.months", ended_on)
    first = ended_on + ONE_DAY
    return window(
        first=first,
        last_nominal=end_of_period(first, months.whole),
        counted=f"最後の日（{in_words(ended_on)}）の翌日から{months.whole}か月、",
        figures=(months,),
    )


def direct_reminder(hired: date, *, programmes: Programmes | None = None) -> date:
    """From when on a plan that was not filed is asked for."""
    before = (programmes or current_programmes()).latest(NATIONAL, "plan.reminds_before", hired)
    return direct_plan(hired, programmes=programmes).last - timedelta(days=before.whole)
