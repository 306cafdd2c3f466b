"""Calls of the adviser at the host: written once, printed for the agency, read by nobody else."""

from datetime import timedelta

import pytest

from firms.errors import Refused
from firms.models import JournalEntry
from tests.trials.playing import FIRST
from tests.trials.test_papers import printed
from tests.trials.test_records import values
from tests.trials.working import MONDAY, TUESDAY
from trials.actions.working.calls import record_call
from trials.models import HostCall

pytestmark = pytest.mark.django_db

CALL = {"called_on": MONDAY, "met": "班長 池上 二", "seen": "段取り", "said": "図面を習いたい", "follows": "電話"}


def test_calls_at_the_host_are_printed_one_below_the_other_for_the_agency(trial):
    trial.active()
    by = trial.adviser.acting(TUESDAY)
    for _click in range(2):
        record_call(trial.placement, CALL, by=by)
    record_call(trial.placement, {**CALL, "called_on": TUESDAY, "met": "本人"}, by=by)

    facts = printed(trial, "host_calls", on=TUESDAY).facts

    assert [part["heading"] for part in facts["sections"]] == ["対象", "2026年12月7日", "2026年12月8日"]
    assert values(facts, "2026年12月7日")["聞いたこと・話したこと"] == "図面を習いたい"
    assert HostCall.objects.count() == JournalEntry.objects.filter(verb="hostcall.record").count() == 2


@pytest.mark.parametrize("day", [FIRST - timedelta(days=1), TUESDAY], ids=["before", "to_come"])
def test_call_is_of_a_day_at_work_that_has_come(trial, day):
    trial.active()

    with pytest.raises(Refused, match="巡回した日は"):
        record_call(trial.placement, {**CALL, "called_on": day}, by=trial.adviser.acting(MONDAY))


def test_nobody_is_called_on_before_they_work(trial):
    trial.contracted()

    with pytest.raises(Refused, match="就労を始めてから"):
        record_call(trial.placement, CALL, by=trial.adviser.acting(MONDAY))


def test_what_was_heard_on_a_call_is_read_by_the_agency_alone(trial):
    trial.active()
    record_call(trial.placement, CALL, by=trial.adviser.acting(MONDAY))
    paper = printed(trial, "host_calls")

    page = f"/trials/placements/{trial.placement.pk}/papers/"
    assert "巡回を記録する" in trial.adviser.client().get(page).content.decode()
    for hand in (trial.manager, trial.trialist):
        assert "巡回" not in hand.client().get(page).content.decode()
        assert hand.client().get(f"/trials/papers/{paper.pk}/").status_code == 403
