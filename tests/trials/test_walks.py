"""Random legal walks through the table, and the drawing of it."""

import random
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError

from firms.errors import Refused
from firms.models import DocumentVersion, JournalEntry, SignatureRequest
from tests.conftest import TODAY
from tests.factories import at
from tests.trials.playing import PAY
from trials.drawing import FILE, drawing
from trials.models import Intent, Placement
from trials.queries.steps import open_events
from trials.states import EVENTS, MOVES, Party, PlacementState
from trials.views.steps import STEPS

DAYS_AHEAD = (0, 0, 1, 7, 20, 40)
MOST_STEPS = 40
# Taken seldom, so that most walks come far; withdrawing, which ends one before it begins, has tests of its own.
TAKEN_BACK = {"call_off", "cancel", "worker_back_out", "host_back_out", "fall_through"}
ENDS, RARELY = {"end", "fail_to_start", "decline", "suspend", *TAKEN_BACK}, 0.1


def test_drawing_in_docs_is_the_table_of_the_code():
    assert FILE.read_text(encoding="utf-8") == drawing()


def test_moves_are_those_of_the_events():
    drawn = {(source, event.to) for event in EVENTS if event.to for source in event.sources}

    assert {(source, to) for source, tos in MOVES[PlacementState].items() for to in tos} == drawn


def given_for(code, trial, day, chance):
    """What somebody might type on that day; a part of it the rules refuse."""
    later = [day + timedelta(days=n) for n in (0, 30, 31, 45, 62)]
    here = chance.choice(["yes", "no"])
    return {
        "prepare": {"preparation": "面談"},
        "propose": {"posting": trial.posting},
        "view": {"kind": chance.choice(["tour", "interview"]), "held_on": day, "note": ""},
        "decline": {"reason": "時間"},
        "notify": {"bar_on": day + timedelta(days=900), "pay": PAY},
        "draft": {
            "starts_on": day,
            "last_on": chance.choice(later),
            "hourly_yen": chance.choice([1_000, 1_400]),
            "exception": "",
            "may_be_renewed": True,
        },
        "call_off": {"reason": "受入企業の破産"},
        "cancel": {
            "reason": "受入企業の破産",
            "noticed_on": chance.choice([day, day + timedelta(days=1)]),
            "is_agreed": chance.random() < 0.8,
            "pays": chance.random() < 0.8,
            "is_unavoidable": chance.random() < 0.8,
        },
        "worker_back_out": {"reason": "別の会社に決めた"},
        "host_back_out": {"reason": "受入企業の破産", "is_agreed": chance.random() < 0.5},
        "fall_through": {"reason": "許可の取消し"},
        "start": {"safety_trained_on": day},
        "fail_to_start": {"reason": "来なかった"},
        "suspend": {"since": day},
        "extend": {"last_on": chance.choice(later)},
        "answer": {"wish": chance.choice(["yes", "yes", "no"]), "reason": "経験", "words": "遠い"},
        "offer": {
            "hire_on": chance.choice(later),
            "work": trial.posting.planned_work,
            "pay": trial.posting.planned_pay,
            "is_without_term": True,
            "probation_months": chance.choice([0, 0, 3]),
            "difference_reason": "",
            "pattern": None,
        },
        "check": {"here": here, "left_on": day if here == "no" else None, "left_because": "voluntary"},
        "left": {"left_on": day, "left_because": "unknown"},
        "end": {"noticed_on": day, "ended_on": day, "reason": "都合"},
    }.get(code, {})


def sides_of(trial):
    return {Party.WORKER: trial.trialist, Party.HOST: trial.manager, Party.AGENCY: trial.adviser}


def take_one(trial, day, chance):
    """Sign what waits, or take an event somebody's page offers; gives the words of a refusal."""
    hands = sides_of(trial)
    waiting = SignatureRequest.objects.unanswered().filter(version__document__subject_id=trial.placement.pk)
    current = [one for one in waiting if not newer(one)]
    offered = [(party, event) for party in hands for event in open_events(trial.now, party, on=day)]
    offered = [one for one in offered if one[1].code != "withdraw"]
    offered = [one for one in offered if one[1].code not in ENDS or chance.random() < RARELY]
    if not offered and not current:
        return ""
    try:
        if current and (not offered or chance.random() < 0.6):
            trial.sign(chance.choice(current).side.role, on=day)
        elif offered:
            party, event = chance.choice(offered)
            step = STEPS[event.code]
            given = given_for(event.code, trial, day, chance)
            made = step.act(trial.now, party, given, hands[party].acting(day))
            trial.placement = made if isinstance(made, Placement) else trial.placement
    except Refused as refused:
        return refused.sentence
    return ""


def newer(asked):
    return asked.version.document.versions.filter(number__gt=asked.version.number).exists()


def assert_blind(trial, day):
    said = {one.side for one in Intent.objects.filter(placement=trial.placement)}
    if len(said) == 1:
        side = next(iter(said))
        for party, hand in sides_of(trial).items():
            seen = Intent.objects.visible_to(hand.acting(day)).filter(placement=trial.placement).count()
            assert seen == (1 if party == side else 0)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(5))
def test_random_legal_events_never_reach_an_illegal_state_nor_show_an_intent_nor_lose_a_document(trial, seed):
    chance, day, versions, refusals = random.Random(seed), TODAY, 0, []

    for _step in range(MOST_STEPS):
        day += timedelta(days=chance.choice(DAYS_AHEAD))
        with time_machine.travel(at(day, "11:00"), tick=True):
            try:
                refusals.append(take_one(trial, day, chance))
            except IntegrityError as broken:
                pytest.fail(f"the database held what an action should have refused: {broken}")
            trial.sweep(day)
        assert_blind(trial, day)
        assert DocumentVersion.objects.count() >= versions
        versions = DocumentVersion.objects.count()

    moved = JournalEntry.objects.filter(subject_type="trials.placement").exclude(to_state="")
    assert moved.count() > 2
    for entry in moved:
        assert entry.to_state in MOVES[PlacementState][entry.from_state]
    for placement in Placement.objects.all():
        last = moved.filter(subject_id=placement.pk).order_by("pk").last()
        assert placement.state == (
            last.to_state if last else PlacementState.PREPARED if placement.before_id else "registered"
        )
    assert all(isinstance(sentence, str) for sentence in refusals)
    assert date(2026, 11, 20) <= day
