"""How a trial ends: when both sides are asked, when retention is asked, when an answer is due, and the rate of conversion."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from firms.rules.calendar import CLOSED_DAYS, ONE_DAY, add_months, in_words, is_open
from firms.rules.figures import Figure, sources
from firms.rules.reading import FactError
from trials.rules.tables import Programmes, current_programmes

COMMON = "common"
TENTH_OF_PERCENT = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class IntentDates:
    opens: date
    due: date
    escalates: date
    because: str
    source: str


def evaluation_days(first: date, last: date, *, programmes: Programmes | None = None) -> tuple[date, date]:
    """When the work is evaluated in the middle and at its end; in a short trial the end comes no later than its last day."""
    known = programmes or current_programmes()
    middle = known.latest(COMMON, "evaluation.middle_day", first).whole
    final = known.latest(COMMON, "evaluation.final_before", first).whole
    return first + timedelta(days=middle - 1), max(first, last - timedelta(days=final))


@dataclass(frozen=True, slots=True)
class RetentionDates:
    """One day for each number of months, in their order."""

    by_months: tuple[tuple[int, date], ...]
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class Placed:
    """What one started placement came to; `finished`: worked to the end, `answered`: both intents are in."""

    finished: bool
    answered: bool
    trial_end: date
    hired_permanently_on: date | None


@dataclass(frozen=True, slots=True)
class ConversionRate:
    """Per cent with one decimal, half up; None where the group is empty. A group's rate counts the converted within it."""

    converted: int
    of_started: Decimal | None
    of_finished: Decimal | None
    of_answered: Decimal | None
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class AnswerDue:
    due: date
    because: str
    source: str


def standard(name: str, on: date, *, programme: str = COMMON, programmes: Programmes | None = None) -> Figure:
    """A programme's own figure, or what is common to all of them."""
    known = programmes or current_programmes()
    return known.find(programme, name, on) or known.latest(COMMON, name, on)


def standard_number(name: str, on: date, *, programmes: Programmes | None = None) -> int:
    """A whole number that is common to all programmes, such as the days within which a side answers."""
    return standard(name, on, programmes=programmes).whole


def intent_dates(
    end: date,
    *,
    opens_before: int | None = None,
    due_before: int | None = None,
    escalates_before: int | None = None,
    programmes: Programmes | None = None,
) -> IntentDates:
    """Days before the last day of the trial, not moved for closed days; what is not told is the common figure."""
    told = {"opens_before": opens_before, "due_before": due_before, "escalates_before": escalates_before}
    figures = {key: standard(f"intent.{key}", end, programmes=programmes) for key in told}
    days = [figures[key].whole if value is None else value for key, value in told.items()]
    if days != sorted(days, reverse=True):
        raise FactError(
            "opens_before・due_before・escalates_before は大きい順（始める日・回答期限・知らせる日）に指定してください"
            f"（{'・'.join(map(str, days))}日前では順が逆です）。"
        )
    opens, due, escalates = (end - timedelta(days=n) for n in days)
    because = (
        f"終了日{in_words(end)}の{days[0]}日前の{in_words(opens)}に意向確認を始め、{days[1]}日前の{in_words(due)}までに"
        f"回答を受け、{days[2]}日前の{in_words(escalates)}に回答がなければ相談員と区に知らせます。"
    )
    used = [figures[key] for key, value in told.items() if value is None]
    return IntentDates(opens, due, escalates, because, sources(*used, also=() if used else ("事業の要綱",)))


def retention_dates(hired: date, *, programmes: Programmes | None = None) -> RetentionDates:
    """The same day so many months after the hire, or the month's last day where there is none."""
    months = standard("retention.months", hired, programmes=programmes)
    days = tuple((n, add_months(hired, n)) for n in months.wholes)
    because = f"雇入れ日{in_words(hired)}から" + "、".join(f"{n}か月の{in_words(on)}" for n, on in days)
    return RetentionDates(days, because + "（応当日がない月は末日）。", sources(months))


def answer_due(start: date, *, working_days: int) -> AnswerDue:
    """The last of so many open days after `start`, which itself does not count (民法140条)."""
    due, left = start, working_days
    while left:
        due += ONE_DAY
        left -= is_open(due)
    because = f"{in_words(start)}の翌日から閉庁日を除いて{working_days}日目の{in_words(due)}まで。"
    return AnswerDue(due, because, f"民法140条; {CLOSED_DAYS}")


def conversion_rate(placements: Iterable[Placed], *, programmes: Programmes | None = None) -> ConversionRate:
    """Hired without term no later than so many days after the trial's end; every placement given has started."""
    started = list(placements)
    within = standard("conversion.within_days", date.max, programmes=programmes)
    converted = [one for one in started if is_converted(one, programmes)]
    finished = [one for one in started if one.finished]
    answered = [one for one in started if one.answered]
    because = (
        f"開始{len(started)}件・修了{len(finished)}件・双方回答{len(answered)}件のうち、終了日から{within.whole}日以内に"
        f"期間の定めなく雇い入れたのは{len(converted)}件。率はそれぞれの中で数えます。"
    )
    return ConversionRate(
        converted=len(converted),
        of_started=rate(started, programmes),
        of_finished=rate(finished, programmes),
        of_answered=rate(answered, programmes),
        because=because,
        source=sources(within),
    )


def is_converted(one: Placed, programmes: Programmes | None = None) -> bool:
    within = standard("conversion.within_days", one.trial_end, programmes=programmes)
    return hired_within(one.hired_permanently_on, one.trial_end, days=within.whole)


def hired_within(hired: date | None, trial_end: date | None, *, days: int) -> bool:
    """What counts as a conversion."""
    return hired is not None and trial_end is not None and hired <= trial_end + timedelta(days=days)


def rate(group: list[Placed], programmes: Programmes | None) -> Decimal | None:
    if not group:
        return None
    converted = sum(is_converted(one, programmes) for one in group)
    return (Decimal(100 * converted) / len(group)).quantize(TENTH_OF_PERCENT, ROUND_HALF_UP)
