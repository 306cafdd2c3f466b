"""How long a trial may last: the contract, the months, the programme and the law above it."""

from dataclasses import dataclass
from datetime import date

from firms.rules.calendar import COUNTING, ONE_DAY, end_of_period, in_words
from firms.rules.figures import sources
from firms.rules.reading import FactError
from trials.rules.tables import Law, current_law

# 紹介予定派遣・派遣・派遣ではない有期雇用（国のトライアル雇用）。
LEGAL_KINDS = ("temp_to_perm", "dispatch", "fixed_term")
IN_WORDS = {
    "over_60": "60歳以上の人",
    "day_student": "昼間学生",
    "side_job": "副業として働く人",
    "secondary_earner": "主たる生計者でない人",
    "listed_work": "政令で定める業務",
}


@dataclass(frozen=True, slots=True)
class ContractTerm:
    """`days` counts both ends."""

    days: int
    allowed: bool
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class LastDay:
    last_day: date
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class TrialLimits:
    last_possible_day: date
    allowed: bool
    because: str
    source: str


def contract_term(start: date, end: date, *, exception: str | None = None, law: Law | None = None) -> ContractTerm:
    """労働者派遣法35条の4: a contract of thirty days or fewer is 日雇派遣, but for the exceptions."""
    known = law or current_law()
    longest = known.get("dispatch", "contract.longest_daily_days", start)
    excepted = known.get("dispatch", "contract.exceptions", start)
    if exception is not None and exception not in excepted.names:
        raise FactError(f"exception は {'・'.join(excepted.names)} か null で指定してください。")
    days = (end - start).days + 1
    counted = f"{in_words(start)}から{in_words(end)}まで両端を入れて{days}日。"
    if days > longest.whole:
        because = f"{longest.whole}日を超えるため日雇派遣に当たりません。"
    elif exception is not None:
        because = f"{longest.whole}日以内ですが、例外（{IN_WORDS.get(exception, exception)}）に当たるため派遣できます。"
    else:
        because = f"{longest.whole}日以内のため日雇派遣に当たり、派遣できません。"
    allowed = days > longest.whole or exception is not None
    return ContractTerm(days, allowed, counted + because, sources(longest, excepted))


def daily_exceptions(on: date, *, law: Law | None = None) -> tuple[tuple[str, str], ...]:
    """What excepts somebody from 日雇派遣の禁止 on that day: code and words."""
    names = (law or current_law()).get("dispatch", "contract.exceptions", on).names
    return tuple((name, IN_WORDS.get(name, name)) for name in names)


def last_day_of_months(first_day: date, months: int) -> LastDay:
    """民法140条ただし書・143条: the first day counts, and the period ends the day before the same day."""
    last = end_of_period(first_day, months)
    same_day = (last + ONE_DAY).day == first_day.day
    how = "応当日の前日" if same_day else "応当日がないためその月の末日"
    because = f"{in_words(first_day)}を初日として数え、{months}か月後の{how}の{in_words(last)}まで。"
    return LastDay(last, because, COUNTING)


def trial_limits(
    first_day: date,
    planned_last_day: date,
    *,
    legal_kind: str,
    months_per_trial: int,
    trials_per_person: int | None,
    earlier_trials: int,
    law: Law | None = None,
) -> TrialLimits:
    """`earlier_trials` are those that reached work; where the programme names no number of trials, any is allowed."""
    longest = (law or current_law()).get("dispatch", "temp_to_perm.longest_months", first_day)
    by_law = legal_kind == "temp_to_perm" and longest.whole < months_per_trial
    term = last_day_of_months(first_day, longest.whole if by_law else months_per_trial)
    limit = f"紹介予定派遣の上限{longest.whole}か月" if by_law else f"プログラムの上限{months_per_trial}か月"
    refusals = []
    if planned_last_day > term.last_day:
        refusals.append(f"予定の{in_words(planned_last_day)}はこれを超えています。")
    if trials_per_person is not None and earlier_trials >= trials_per_person:
        refusals.append(
            f"すでに{earlier_trials}回トライアルをしており、1人{trials_per_person}回までを使い切っています。"
        )
    return TrialLimits(
        last_possible_day=term.last_day,
        allowed=not refusals,
        because=f"{limit}。{term.because}" + "".join(refusals),
        source=sources(*([longest] if legal_kind == "temp_to_perm" else []), also=(COUNTING,)),
    )
