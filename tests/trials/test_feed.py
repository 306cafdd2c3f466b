"""Somebody's own trials in a calendar of their own: who acts for nobody has one too, and nobody else's trial is in it."""

from datetime import timedelta

import pytest

from firms.models import JournalEntry
from lms.calendar.tokens import hashed, make_trial_token
from tests.factories import PersonFactory
from tests.lms.test_visits_feed import entries, fetch
from tests.mentors.certifying.test_constraints import breaks
from tests.trials.playing import Alone
from tests.trials.test_taking_back import cancel
from trials.models import TrialFeed

pytestmark = pytest.mark.django_db


def own(hand):
    return f"/calendar/trials/{make_trial_token(by=hand.acting())}.ics"


def test_trialist_without_an_organisation_has_the_days_in_a_calendar(trial):
    trial.contracted()

    found = entries(own(trial.trialist))

    days = {uid.rsplit("-", 1)[1]: entry["dtstart"].dt.isoformat() for uid, entry in found.items()}
    assert days == {"start": "2026-12-01", "last": "2027-01-31"}


def test_days_move_and_what_was_cancelled_is_called_off(trial):
    trial.contracted()
    address = own(trial.trialist)
    entries(address)

    cancel(trial, "worker")

    assert {str(entry["status"]) for entry in entries(address).values()} == {"CANCELLED"}


def test_nobody_elses_trial_is_in_it(trial):
    trial.contracted()

    assert entries(own(Alone(PersonFactory()))) == {}


def test_an_unchanged_feed_costs_one_query_and_the_answer_304(trial, clock, django_assert_num_queries):
    trial.contracted()
    address = own(trial.trialist)
    clock.shift(timedelta(minutes=10))
    tag = fetch(address)["ETag"]

    with django_assert_num_queries(1):
        assert fetch(address, **{"If-None-Match": tag}).status_code == 304


def test_address_is_shown_once_led_to_from_ones_own_page_and_revoked(trial):
    phone = trial.trialist.client()
    assert "/calendar/trials/" in phone.get("/trials/mine/").content.decode()

    token = phone.post("/calendar/trials/").context["address"].rsplit("/", 1)[1].removesuffix(".ics")

    assert TrialFeed.objects.get().token_hash == hashed(token)
    assert token not in phone.get("/calendar/trials/").content.decode()
    assert JournalEntry.objects.get(verb="calendar.make").concerns is None
    assert fetch(f"/calendar/trials/{token}.ics").status_code == 200
    assert trial.manager.client().post(f"/calendar/trials/revoke/{TrialFeed.objects.get().pk}/").status_code == 404
    phone.post(f"/calendar/trials/revoke/{TrialFeed.objects.get().pk}/")
    assert fetch(f"/calendar/trials/{token}.ics").status_code == 404


def test_one_address_is_open_at_a_time(trial):
    own(trial.trialist)
    breaks(
        "trial_feed_open_once",
        lambda: TrialFeed.objects.create(person=trial.trialist.person, token_hash="b"),
    )
