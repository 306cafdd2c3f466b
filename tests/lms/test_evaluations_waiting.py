# The fixtures of trials are asked for by their names.
# ruff: noqa: F401, F811
"""An evaluation is asked of who writes it: by mail once, at home and in the calendar until it is written or the trial is over."""

from datetime import timedelta

import pytest

from firms.models import Notification
from lms.calendar.trials import trial_events
from lms.homes.agency import gather
from lms.homes.trials import host_steps, own_steps
from tests.trials.conftest import adviser, agency, posting, round, trial
from tests.trials.playing import FIRST, LAST
from tests.trials.test_papers import GRADES
from trials.actions.outcome import ending
from trials.actions.working.papers import evaluate
from trials.states import Party

pytestmark = pytest.mark.django_db
MIDDLE, FINAL = FIRST + timedelta(days=14), LAST - timedelta(days=21)


def waiting(trial, on):
    """Of the host, the person and the adviser."""
    theirs = host_steps(trial.manager.acting(on)), own_steps(trial.trialist.acting(on))
    every = (*theirs, gather(trial.adviser.acting(on))["trial_steps"])
    return [[(one.title, one.day) for one in steps if "評価" in one.title] for steps in every]


def letters(point="中間"):
    return Notification.objects.filter(subject=f"{point}の評価を記入してください").count()


def written(trial, on, *, point="middle", side=Party.HOST):
    given = {"point": point, "words": "よい", **GRADES}
    evaluate(trial.placement, side=side, given=given, by=trial.manager.acting(on))


def test_each_side_is_asked_on_its_day_and_once(trial):
    trial.active()
    trial.sweep(MIDDLE - timedelta(days=1))
    assert (letters(), waiting(trial, MIDDLE - timedelta(days=1))) == (0, [[], [], []])

    for _time in range(2):
        trial.sweep(MIDDLE)

    assert letters() == 3
    assert waiting(trial, MIDDLE) == [[("中間の評価を記入する", MIDDLE)]] * 3


def test_who_has_written_is_asked_no_more(trial):
    trial.active()
    written(trial, MIDDLE)

    trial.sweep(MIDDLE)

    assert letters() == 2
    assert waiting(trial, MIDDLE)[0] == []
    days = [one.summary for one in trial_events(trial.manager.acting(MIDDLE)) if "評価" in one.summary]
    assert [one.partition("：")[0] for one in days] == ["最終の評価"]


def test_last_evaluation_takes_the_place_of_the_one_in_the_middle(trial):
    trial.active()

    trial.sweep(FINAL)

    assert (letters(), letters("最終")) == (0, 3)
    assert waiting(trial, FINAL) == [[("最終の評価を記入する", FINAL)]] * 3


def test_nobody_is_asked_once_the_trial_has_ended(trial):
    trial.active()
    day = MIDDLE - timedelta(days=2)
    by = trial.trialist.acting(day)
    ending.end_early(trial.placement, side=Party.WORKER, noticed_on=day, ended_on=day, reason="都合", by=by)

    trial.sweep(MIDDLE)

    assert (letters(), waiting(trial, MIDDLE)) == (0, [[], [], []])
    assert not [one for one in trial_events(trial.manager.acting(MIDDLE)) if "評価" in one.summary]


def test_nobody_is_asked_after_the_last_day(trial):
    trial.active()

    assert waiting(trial, LAST + timedelta(days=1)) == [[], [], []]


def test_calendar_of_each_side_holds_both_days(trial):
    trial.active()

    for hand in (trial.manager, trial.trialist, trial.adviser):
        days = {one.starts for one in trial_events(hand.acting(FIRST)) if "評価" in one.summary}
        assert days == {MIDDLE, FINAL}
