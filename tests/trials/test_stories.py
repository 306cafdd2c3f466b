"""Whole trials, played by the product's own actions."""

from datetime import date

import pytest

from firms.models import Employment, JournalEntry, Notification
from tests.conftest import TODAY
from trials.actions.outcome import ending
from trials.models import ClosedWith, Placement, RetentionCheck
from trials.states import PlacementState as S

pytestmark = pytest.mark.django_db


def test_trial_goes_from_registration_to_a_job_that_lasts(trial, establishment):
    trial.retention_6()
    assert trial.state == S.RETENTION_6

    trial.still_here(date(2027, 8, 1))
    ending.close(trial.placement, by=trial.adviser.acting(date(2027, 8, 2)))

    placement = trial.now
    employment = Employment.objects.get(person=placement.person)
    assert (placement.state, placement.closed_with) == (S.CLOSED, ClosedWith.SUCCESS)
    assert (employment.establishment, employment.started_on, employment.contract) == (
        establishment,
        date(2027, 2, 1),
        "regular",
    )
    assert list(RetentionCheck.objects.values_list("months", "is_employed")) == [
        (months, True) for months in (1, 1, 3, 3, 6, 6)
    ]


def test_every_move_of_a_trial_stands_in_the_journal(trial):
    trial.converted()

    verbs = JournalEntry.objects.about(trial.placement).order_by("pk").values_list("verb", flat=True)
    assert [verb.removeprefix("placement.") for verb in verbs] == [
        "register", "prepare", "propose", "agree", "notify", "draft", "contract", "acknowledge", "start", "open_intent",
        "answer", "answer", "both_yes", "offer", "accept", "hire",
    ]  # fmt: skip


def test_host_says_no_with_a_reason_and_the_person_is_matched_again(trial):
    trial.answered(host=False)
    assert trial.state == S.HOST_DECLINED

    following = ending.rematch(trial.placement, by=trial.adviser.acting(date(2027, 2, 1)))

    assert (trial.now.state, trial.now.closed_with) == (S.CLOSED, ClosedWith.REMATCH)
    assert (following.state, following.before_id, following.person_id) == (
        S.PREPARED,
        trial.placement.pk,
        trial.placement.person_id,
    )
    assert Placement.objects.count() == 2


def test_trialist_who_leaves_on_the_second_day_has_used_a_trial(trial):
    trial.terminated()

    placement = trial.now
    assert (placement.state, placement.last_on, placement.started_on) == (
        S.TERMINATED,
        date(2026, 12, 2),
        date(2026, 12, 1),
    )


def test_whoever_is_asked_next_is_told(trial):
    trial.matching()

    told = {one.person.family_name for one in Notification.objects.filter(subject="トライアル就労の打診が届きました")}
    assert told == {"志望", "大森"}
    assert trial.placement.proposals.get().answer_by > TODAY
