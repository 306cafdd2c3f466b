"""What a host owes: notice or pay, the report of an accident, the ledger."""

from dataclasses import dataclass
from datetime import date

from firms.rules.calendar import add_months, days_in_month, in_words, why_closed
from firms.rules.figures import sources
from trials.rules.tables import Law, current_law

WITHOUT_DELAY = "without_delay"
NO_NUMBER_OF_DAYS = "法令は日数を定めていません。わかったその日のうちに準備を始めてください。"
NOT_MOVED = (
    "期限の日は{}ですが、翌開庁日に延びるという定めがないため、早い日のままにしています。電子申請は閉庁日も使えます。"
)


@dataclass(frozen=True, slots=True)
class HostTermination:
    notice_days: int
    pay_days: int
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class AccidentReport:
    """`due` is a day, the word `without_delay`, or None where no report is due. Host and agency each file it."""

    required: bool
    due: date | str | None
    because: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class InjuryClaim:
    """The form for treatment, and whether the host's word stands on its back; `note` where that was not confirmed."""

    form: str
    host_certifies: bool
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class LedgerRequired:
    required: bool
    because: str
    source: str


def host_termination(notice_on: date, last_day: date, *, law: Law | None = None) -> HostTermination:
    """派遣先指針 第2の6(4): thirty days' notice, or the wages of the days that are missing."""
    needed = (law or current_law()).get("dispatch", "termination.notice_days", notice_on)
    given = (last_day - notice_on).days
    missing = max(0, needed.whole - given)
    because = (
        f"{in_words(notice_on)}に予告し{in_words(last_day)}に終わるため、予告は{given}日（{needed.whole}日必要）。"
        + (
            f"足りない{missing}日分以上の賃金に相当する額を賠償します。"
            if missing
            else "予告に代わる支払いはありません。"
        )
    )
    return HostTermination(given, missing, because, sources(needed))


def accident_report(happened_on: date, *, days_off: int, commuting: bool, law: Law | None = None) -> AccidentReport:
    """安衛則97条: at once from four days off, by the quarter below that; on the way to work there is no such report."""
    known = law or current_law()
    at_once = known.get("accidents", "report.at_once_from", happened_on)
    if commuting:
        return AccidentReport(False, None, "通勤災害に死傷病報告はいりません。", sources(at_once))
    if days_off == 0:
        return AccidentReport(False, None, "休業がないため死傷病報告はいりません。", sources(at_once))
    if days_off >= at_once.whole:
        because = f"休業{days_off}日（{at_once.whole}日以上）のため、派遣先と派遣元がそれぞれ遅滞なく報告します。"
        return AccidentReport(True, WITHOUT_DELAY, because, sources(at_once), NO_NUMBER_OF_DAYS)
    return quarterly_report(happened_on, days_off=days_off, known=known)


def quarterly_report(happened_on: date, *, days_off: int, known: Law) -> AccidentReport:
    period = known.get("accidents", "report.period_months", happened_on)
    later = known.get("accidents", "report.due_months", happened_on)
    last_month = (happened_on.month - 1) // period.whole * period.whole + period.whole
    due_month = add_months(date(happened_on.year, 1, 1), last_month - 1 + later.whole)
    due = due_month.replace(day=days_in_month(due_month.year, due_month.month))
    because = (
        f"休業{days_off}日のため、{last_month - period.whole + 1}月から{last_month}月までの災害をまとめて"
        f"{in_words(due)}までに派遣先と派遣元がそれぞれ報告します。"
    )
    closed = why_closed(due)
    return AccidentReport(True, due, because, sources(period, later), NOT_MOVED.format(closed) if closed else "")


def ledger_required(*, dispatched: int, own_employees: int, law: Law | None = None) -> LedgerRequired:
    """派遣則35条3項: counted by the establishment; without a dispatched worker there is nothing to keep a ledger of."""
    known = law or current_law()
    free, kept = (known.latest("dispatch", f"ledger.{name}", date.max) for name in ("free_up_to", "keep_years"))
    if dispatched == 0:
        return LedgerRequired(False, "派遣労働者がいないため、派遣先管理台帳はいりません。", sources(free))
    together = dispatched + own_employees
    because = f"派遣労働者{dispatched}人と雇用する労働者{own_employees}人の合計{together}人は{free.whole}人を"
    if together <= free.whole:
        return LedgerRequired(False, f"{because}超えないため、派遣先管理台帳は任意です。", sources(free))
    because += f"超えるため、派遣先管理台帳を作り{kept.whole}年間保存します。"
    return LedgerRequired(True, because, sources(free, kept))


def electronic_filing(happened_on: date, *, law: Law | None = None) -> str:
    """Since 2025-01-01 the report goes in electronically; the source, or nothing before that day."""
    found = (law or current_law()).find("accidents", "report.electronic", happened_on)
    return found.source if found is not None and found.value is True else ""


def injury_claim(happened_on: date, *, commuting: bool, law: Law | None = None) -> InjuryClaim:
    """The form an injury at work asks for, or one on the way there."""
    known = law or current_law()
    form = known.latest("accidents", "claim.commuting" if commuting else "claim.at_work", happened_on)
    host = known.latest("accidents", "claim.host_certifies", happened_on)
    note = "" if host.is_verified else f"派遣先の証明は未確認です（{host.source}）。監督署で確かめてください。"
    return InjuryClaim(form.word, host.value is True, sources(form, host), note)


def is_elder(age: int, *, on: date, law: Law | None = None) -> bool:
    """Whether notice and ledger say 60歳以上, whom the limits of terms do not bind."""
    return age >= (law or current_law()).latest("dispatch", "ledger.elder_years", on).whole
