"""How an employment for a trial ends by the agency's word: notice of a dismissal or its pay, and of a contract not renewed."""

from dataclasses import dataclass
from datetime import date, timedelta

from firms.rules.calendar import COUNTING, ONE_DAY, add_months, end_of_period, in_words
from firms.rules.figures import sources
from trials.rules.tables import Law, current_law

YEAR = 12
DAY_OF_NOTICE = "予告の当日は数えず、翌日から雇用の最後の日までを数えています。"
NOT_OWED = "義務ではありませんが、早く知らせるほど、本人は次の仕事を探せます。"


@dataclass(frozen=True, slots=True)
class EndingNotice:
    """`missing_days`: of the notice that is owed; of a dismissal their average wages are paid."""

    is_owed: bool
    notice_days: int
    missing_days: int
    because: str
    source: str
    note: str = ""


def dismissal_notice(
    notice_on: date, last_day: date, *, employed_from: date, contract_until: date, law: Law | None = None
) -> EndingNotice:
    """労基法20条・21条: thirty days or the wages of what is missing. A contract of two months or less is free of it, unless
    somebody is employed beyond those months."""
    known = law or current_law()
    needed = known.get("ending", "dismissal.notice_days", notice_on)
    short = known.get("ending", "dismissal.short_months", notice_on)
    last_free = end_of_period(employed_from, short.whole)
    given = (last_day - notice_on).days
    if contract_until <= last_free and last_day <= last_free:
        because = (
            f"{in_words(employed_from)}からの契約は{short.whole}か月（{in_words(last_free)}まで）以内のため、"
            "解雇予告の定めは及びません。契約の途中の解雇には、やむを得ない事由が要ります（労働契約法17条1項）。"
        )
        return EndingNotice(False, given, 0, because, sources(needed, short, also=(COUNTING,)), NOT_OWED)
    missing = max(0, needed.whole - given)
    because = (
        f"{in_words(notice_on)}に予告し{in_words(last_day)}に終わるため、予告は{given}日（{needed.whole}日必要）。"
        + (f"足りない{missing}日分以上の平均賃金を支払います。" if missing else "予告手当はいりません。")
    )
    return EndingNotice(True, given, missing, because, sources(needed, short), DAY_OF_NOTICE)


def not_renewed_notice(
    notice_on: date, last_day: date, *, employed_from: date, times_renewed: int, law: Law | None = None
) -> EndingNotice:
    """告示357号2条: owed from three renewals on or after more than a year; there is no pay in its place."""
    known = law or current_law()
    needed, times, years = (
        known.get("ending", f"not_renewed.{name}", notice_on) for name in ("notice_days", "times", "years")
    )
    given = (last_day - notice_on).days
    over_a_year = last_day > end_of_period(employed_from, years.whole * YEAR)
    source = sources(needed, times, years)
    if times_renewed < times.whole and not over_a_year:
        because = f"更新は{times_renewed}回で、継続した勤務は{years.whole}年を超えないため、雇止めの予告は義務ではありません。"
        return EndingNotice(False, given, 0, because, source, NOT_OWED)
    missing = max(0, needed.whole - given)
    latest = last_day - timedelta(days=needed.whole)
    because = (
        f"更新{times_renewed}回・{in_words(employed_from)}からの勤務のため、{in_words(latest)}までに予告します。"
        + (f"{missing}日足りません。" if missing else f"予告は{given}日前です。")
    )
    return EndingNotice(True, given, missing, because, source)


@dataclass(frozen=True, slots=True)
class Lapse:
    """The last day a licence covers within a trial; told from `tell_from` on. `renew_by` is when its renewal is asked for."""

    valid_until: date
    tell_from: date
    renew_by: date
    source: str

    def is_gone(self, on: date) -> bool:
        return on > self.valid_until


def licence_lapse(terms: list[tuple[date, date]], *, first: date, last: date, law: Law | None = None) -> Lapse | None:
    """`terms` are the licence's terms, renewals among them; None where they cover the trial without a gap."""
    until = covered_until(terms, first)
    if until >= last:
        return None
    known = law or current_law()
    told = known.get("licence", "lapse.told_before", max(until, first))
    renewal = known.get("licence", "renewal.months_before", max(until, first))
    renew_by = add_months(until, -renewal.whole)
    return Lapse(until, until - timedelta(days=told.whole), renew_by, sources(renewal))


def covered_until(terms: list[tuple[date, date]], first: date) -> date:
    """The last day of the unbroken cover from the first day on; the eve of it where nothing covers it."""
    until = first - ONE_DAY
    for begins, ends in sorted(terms):
        if begins <= until + ONE_DAY:
            until = max(until, ends)
    return until
