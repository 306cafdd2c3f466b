"""Which requirements of a training grant each trainee meets; the same condition is made once and kept."""

from functools import lru_cache
from typing import NamedTuple

from firms.rules.figures import Figure
from grants.rules.facts import PRACTICE_MENUS, TrainingFacts, WorkerFacts
from grants.rules.minutes import share_attended
from grants.rules.outcome import Condition
from grants.rules.requirements import tri_state
from grants.rules.terms import Terms


class Verdict(NamedTuple):
    """What the conditions of one trainee allow."""

    subject: str
    supported: bool
    percent: int | None
    draws_wage: bool
    ojt_passed: bool
    conditions: tuple[Condition, ...]


def judge_worker(terms: Terms, facts: TrainingFacts, worker: WorkerFacts, subject: str) -> Verdict:
    percent = None
    if facts.planned_minutes is None:
        taken = completion(terms.completed_source, worker.completed, subject)
    else:
        if worker.attended_minutes is not None:
            percent = share_attended(facts.planned_minutes, worker.attended_minutes, worker.excused_minutes)
        taken = attended(terms.attendance, percent, subject)
    times = within_limits(terms, worker, subject)
    trial = outside_trial(worker.in_trial_support_period, subject)
    supported = taken.state == "met" and "unmet" not in [one.state for one in times]
    if facts.menu not in PRACTICE_MENUS:
        return Verdict(subject, supported, percent, trial.state != "unmet", False, (taken, *times, trial))
    more = practice_conditions(terms, facts, worker, subject)
    supported = supported and [c for c in more if c.state != "met"] == []
    ojt = on_the_job(worker.ojt_passed, worker.ojt_excused, subject)
    supported = supported and (ojt.state == "met" or worker.ojt_excused)
    conditions = (taken, *times, trial, *more, ojt)
    return Verdict(subject, supported, percent, trial.state != "unmet", worker.ojt_passed is True, conditions)


def within_limits(terms: Terms, worker: WorkerFacts, subject: str) -> tuple[Condition, ...]:
    """E-learning has a limit of its own beside that of all courses, and only e-learning counts for it.

    Where nobody told how many were e-learning, all of them may have been."""
    found = within_times("times_this_year", terms.times, worker.grants_this_year, subject)
    if terms.times_ever is not None:
        return found, within_times_ever(terms.times_ever, ever_drawn(worker), subject)
    if terms.online_times is None:
        return (found,)
    online = worker.e_learning_grants_this_year
    if online is None:
        online = worker.grants_this_year
    return found, within_times("e_learning_times_this_year", terms.online_times, online, subject)


def ever_drawn(worker: WorkerFacts) -> int | None:
    """A grant of this year may have been of this very menu; that there was none says nothing of the years before."""
    return worker.menu_grants_ever if worker.menu_grants_ever is not None else worker.grants_this_year or None


def practice_conditions(terms: Terms, facts: TrainingFacts, worker: WorkerFacts, subject: str) -> tuple[Condition, ...]:
    if facts.menu != "fixed_term_practice":
        return ()
    found = fixed_term_only(worker.employment, subject)
    if terms.conversion is None:
        return (found,)
    return found, was_converted(terms.conversion, worker.converted, subject)


@lru_cache(maxsize=16384)
def attended(needed: Figure, percent: int | None, subject: str) -> Condition:
    label = f"受講時間数が計画の{needed.whole}%以上"
    if percent is None:
        return Condition("attendance", label, "unknown", "受講時間数がまだ入力されていません。", needed.source, subject)
    if percent >= needed.whole:
        because = f"出席率 {percent}%（{needed.whole}%以上）"
        return Condition("attendance", label, "met", because, needed.source, subject)
    because = f"出席率 {percent}%（1%未満切捨て）で{needed.whole}%未満のため、支給対象者になりません。"
    return Condition("attendance", label, "unmet", because, needed.source, subject)


@lru_cache(maxsize=16384)
def completion(source: str, completed: bool | None, subject: str) -> Condition:
    because = {
        True: "訓練期間内に修了しています。",
        False: "訓練期間内に修了していないため、支給対象者になりません。",
        None: "修了したかどうかがまだ入力されていません。",
    }[completed]
    return Condition("completed", "訓練期間内の修了", tri_state(completed), because, source, subject)


@lru_cache(maxsize=16384)
def within_times(code: str, most: Figure, already: int | None, subject: str) -> Condition:
    label = f"{most.label}（{most.whole}回）以内"
    if already is None:
        return Condition(code, label, "unknown", "この年度の受給回数が入力されていません。", most.source, subject)
    if already < most.whole:
        because = f"この年度の受給は{already}回で、今回が{already + 1}回目です（{most.whole}回まで）。"
        return Condition(code, label, "met", because, most.source, subject)
    because = f"この年度に既に{already}回受けており（{most.whole}回まで）、支給対象者になりません。"
    return Condition(code, label, "unmet", because, most.source, subject)


@lru_cache(maxsize=16384)
def within_times_ever(most: Figure, already: int | None, subject: str) -> Condition:
    label = f"{most.label}（{most.whole}回）以内"
    because = (
        f"同じ訓練の助成を受けた回数が入力されていません（{most.whole}回まで）。"
        if already is None
        else f"同じ訓練の助成を受けた回数は{already}回です（{most.whole}回まで）。"
    )
    within = None if already is None else already < most.whole
    return Condition("times_ever", label, tri_state(within), because, most.source, subject)


@lru_cache(maxsize=16384)
def outside_trial(in_trial: bool | None, subject: str) -> Condition:
    because = {
        False: "トライアル雇用の支給対象期間に当たりません。",
        True: "トライアル雇用の支給対象期間中のため、賃金助成はありません（経費助成は対象）。",
        None: "トライアル雇用の支給対象期間かどうかが入力されていません。",
    }[in_trial]
    source = "雇用関係助成金共通要領R8.4.8 別紙2"
    outside = None if in_trial is None else not in_trial
    return Condition("outside_trial", "トライアル雇用の支給対象期間外", tri_state(outside), because, source, subject)


@lru_cache(maxsize=16384)
def fixed_term_only(employment: str, subject: str) -> Condition:
    is_fixed = employment == "fixed_term"
    because = "有期契約労働者等です。" if is_fixed else "正規雇用労働者等のため、有期実習型訓練の対象になりません。"
    source = "人材育成支給要領R7.4.1 08"
    return Condition("fixed_term_only", "有期契約労働者等であること", tri_state(is_fixed), because, source, subject)


@lru_cache(maxsize=16384)
def was_converted(rule: Figure, converted: bool | None, subject: str) -> Condition:
    because = {
        True: "正規・無期へ転換しています。",
        False: "支給申請日までに正規・無期へ転換していないため、有期実習型訓練としては支給対象者になりません"
        "（人材育成訓練の要件を満たすときは、その率での申請を労働局に確認してください）。",
        None: "転換したかどうかがまだ入力されていません。",
    }[converted]
    return Condition("converted", "支給申請日までの転換", tri_state(converted), because, rule.source, subject)


@lru_cache(maxsize=16384)
def on_the_job(passed: bool | None, excused: bool, subject: str) -> Condition:
    """要領07025イ・08025イ: OFF-JT and OJT must each reach 8割, or nothing is paid; 天災等 alone excuses."""
    label = "OJTの受講時間数が8割以上"
    source = "人材育成支給要領R7.4.1 07012ヘ・07025イ・08025イ; 様式第5号(R8.2)"
    if excused and not passed:
        because = "OJTは8割未満ですが、やむを得ない理由があるため、受講した割合で助成します。"
        return Condition("ojt", label, "unmet", because, source, subject)
    because = {
        True: "OJTを8割以上受講しています。",
        False: "OJTが8割未満のため、OFF-JTを含めて支給対象者になりません。",
        None: "OJTの受講割合がまだ入力されていません。",
    }[passed]
    return Condition("ojt", label, tri_state(passed), because, source, subject)
