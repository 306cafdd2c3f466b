# The fixtures of trials are asked for by their names.
# ruff: noqa: F401, F811
"""What waits in trials stands at home and in the calendar of who is asked, and of nobody else."""

from datetime import date, timedelta

import pytest
import time_machine

from lms.calendar.trials import trial_events
from lms.homes.trials import host_steps, own_steps
from tests.factories import at
from tests.trials.conftest import adviser, agency, posting, round, trial
from tests.trials.factories import DirectTrialFactory
from tests.trials.playing import FIRST, LAST
from trials.actions.matching import proposals
from trials.actions.outcome import intent
from trials.states import Party

pytestmark = pytest.mark.django_db


def steps(trial, on):
    host = [(one.title, one.day) for one in host_steps(trial.manager.acting(on))]
    return host, [(one.title, one.day) for one in own_steps(trial.trialist.acting(on))]


def test_proposal_waits_for_each_side_until_it_answers(trial):
    trial.matching()
    due = trial.placement.proposals.get().answer_by
    both = [("打診を受ける", due)]

    assert steps(trial, date(2026, 11, 20)) == (both, both)
    proposals.agree(trial.placement, side=Party.WORKER, by=trial.trialist.acting())
    assert steps(trial, date(2026, 11, 20)) == (both, [])


def test_host_is_waited_for_with_its_notices_its_papers_and_the_start(trial):
    trial.terms_pending()
    assert steps(trial, date(2026, 11, 20)) == ([("抵触日と待遇情報を通知する", None)], [])


def test_papers_wait_for_who_has_to_sign_them(trial):
    trial.drafted()
    assert steps(trial, date(2026, 11, 20)) == (
        [("「労働者派遣個別契約書」に署名する", None)],
        [("「労働条件通知書 兼 就業条件明示書」に署名する", None)],
    )
    trial.sign("host", "agency", "worker")
    assert steps(trial, FIRST - timedelta(days=1)) == ([], [])
    assert steps(trial, FIRST) == ([("開始する", FIRST)], [])


def test_intent_waits_for_who_is_silent_and_tells_nothing_of_the_other(trial):
    trial.intent_open()
    day, due = date(2027, 1, 12), LAST - timedelta(days=14)
    intent.answer(trial.placement, side=Party.HOST, is_yes=True, by=trial.manager.acting(day))

    last = ("最終の評価を記入する", LAST - timedelta(days=21))
    assert steps(trial, day) == ([last], [("意向を答える", due), last])


def test_offer_waits_for_the_host_and_then_for_the_person(trial):
    trial.answered()
    assert steps(trial, LAST) == ([("採用条件を明示する", LAST)], [])


def test_accepting_and_the_checks_wait_for_who_is_asked(trial):
    trial.offered()
    assert steps(trial, LAST) == ([], [("採用を承諾する", LAST)])


def test_checks_wait_from_their_day(trial):
    trial.converted()
    trial.sweep(date(2027, 3, 1))
    both = [("在籍を答える", date(2027, 3, 1))]

    assert steps(trial, date(2027, 3, 1)) == (both, both)


def test_national_trial_waits_with_its_days(manager, establishment):
    DirectTrialFactory(employment__establishment=establishment)

    assert [(one.title, one.day) for one in host_steps(manager.acting())] == [
        ("トライアル雇用の実施計画書を出す", date(2026, 11, 16))
    ]


def test_homes_show_it(trial):
    trial.matching()

    assert "打診を受ける" in trial.manager.client().get("/").content.decode()
    assert "打診を受ける" in trial.trialist.client().get("/").content.decode()
    with time_machine.travel(at(FIRST, "09:00"), tick=True):
        trial.adviser.client()


# --- the calendar ---


def told(one, on):
    return sorted(
        (event.starts, event.summary.split("：")[0], event.has_alarm) for event in trial_events(one.acting(on))
    )


def test_calendar_has_the_days_of_a_trial_for_all_three(trial, stranger):
    trial.active()
    days = [
        (FIRST, "トライアルの最初の日", False),
        (FIRST + timedelta(days=14), "中間の評価", True),
        (LAST - timedelta(days=21), "最終の評価", True),
        (LAST, "トライアルの最後の日", False),
    ]
    due = LAST - timedelta(days=14)

    assert told(trial.manager, FIRST) == sorted([*days, (due, "意向の回答期限", True)])
    assert told(trial.trialist, FIRST) == sorted([*days, (due, "意向の回答期限", True)])
    assert told(trial.adviser, FIRST) == sorted([*days, (due, "意向の回答期限", False)])
    assert told(stranger, FIRST) == []


def test_calendar_keeps_the_checks_of_one_s_own_side(trial):
    trial.converted()

    assert [one[0] for one in told(trial.manager, date(2027, 2, 1))] == [
        date(2027, 3, 1),
        date(2027, 5, 1),
        date(2027, 8, 1),
    ]


def test_entry_of_the_host_says_no_name_under_an_ordinary_dispatch(trial):
    type(trial.placement.seeker.round).objects.update(
        terms={**trial.placement.seeker.round.terms, "legal_kind": "dispatch"}
    )
    trial.matching()

    (entry,) = trial_events(trial.manager.acting())
    assert ("志望" in entry.summary, f"候補者 {trial.placement.pk}" in entry.summary) == (False, True)


def test_calendar_has_the_due_day_of_a_national_trial(manager, establishment):
    DirectTrialFactory(employment__establishment=establishment)

    assert told(manager, date(2026, 11, 10)) == [(date(2026, 11, 16), "トライアル雇用の実施計画書の期限", True)]


@pytest.mark.parametrize("count", [1, 3])
def test_what_waits_costs_the_same_for_one_and_three(django_assert_num_queries, trial, establishment, count):
    trial.matching()
    for _n in range(count):
        DirectTrialFactory(employment__establishment=establishment)
    acting = trial.manager.acting()

    with django_assert_num_queries(8):
        host_steps(acting)
