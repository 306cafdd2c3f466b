"""The calendar feed of one run: its lessons and its days, for who may see the run."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from icalendar import Calendar

from courses.models import Run, RunFeed
from courses.states import RunState
from firms.journal import move, record
from firms.models import JournalEntry, Membership
from firms.queries import today
from lms.calendar.tokens import hashed, make_run_token, revoke_run_token
from tests.factories import EnrolmentFactory
from tests.lms.rows import training

TODAY = today()
LATER = timedelta(minutes=10)


@pytest.fixture
def run(college, instructor):
    return training(college, starts_in=60, instructor=instructor.person)


def fetch(client, token, **headers):
    return client.get(f"/calendar/run/{token}.ics", headers=headers)


def entries(client, token):
    calendar = Calendar.from_ical(fetch(client, token).content)
    return {str(entry["uid"]).removesuffix("@takumi"): entry for entry in calendar.walk("VEVENT")}


def token_of(member, run):
    return make_run_token(run, by=member.acting(TODAY))


def seat(trainee, run):
    return EnrolmentFactory(run=run, person=trainee.person, employment=trainee.person.employments.get())


def test_run_page_of_the_feed_shows_the_address_once_and_keeps_its_hash(trainee, run):
    browser = trainee.client()

    shown = browser.post(f"/calendar/runs/{run.pk}/").context["address"]

    token = shown.rsplit("/", 1)[1].removesuffix(".ics")
    assert RunFeed.objects.get().token_hash == hashed(token)
    assert token not in browser.get(f"/calendar/runs/{run.pk}/").content.decode()
    assert [entry.verb for entry in JournalEntry.objects.all()] == ["calendar.make"]


def test_feed_holds_the_lessons_and_the_days_of_the_run(trainee, client, run):
    lesson = run.lessons.get()
    Run.objects.filter(pk=run.pk).update(cancel_until=run.apply_until + timedelta(days=1))

    found = entries(client, token_of(trainee, run))

    assert {uid: entry["dtstart"].dt for uid, entry in found.items()} == {
        f"lesson-{lesson.pk}": lesson.starts_at,
        f"run-{run.pk}-apply": run.apply_until,
        f"run-{run.pk}-cancel": run.apply_until + timedelta(days=1),
    }
    assert found[f"run-{run.pk}-apply"]["dtend"].dt == run.apply_until + timedelta(days=1)


def test_learning_days_of_an_e_learning_run_are_whole_days(trainee, client, run):
    Run.objects.filter(pk=run.pk).update(learn_from=TODAY, learn_until=TODAY + timedelta(days=30))

    found = entries(client, token_of(trainee, run))

    assert found[f"run-{run.pk}-learn-from"]["dtstart"].dt == TODAY
    assert found[f"run-{run.pk}-learn-until"]["dtstart"].dt == TODAY + timedelta(days=30)


def test_the_way_into_an_online_room_is_for_those_with_a_seat(trainee, manager, client, run):
    Run.objects.filter(pk=run.pk).update(link="https://room.example/架空")
    seat(trainee, run)
    uid = f"lesson-{run.lessons.get().pk}"

    mine, of_manager = (entries(client, token_of(one, run))[uid] for one in (trainee, manager))

    assert "room.example" in str(mine["description"])
    assert "room.example" not in str(of_manager["description"])


def test_a_cancelled_run_stays_as_cancelled(trainee, coordinator, client, run):
    seat(trainee, run)
    token = token_of(trainee, run)
    before = {uid: int(entry["sequence"]) for uid, entry in entries(client, token).items()}

    move(run, RunState.CANCELLED, by=coordinator.acting(), verb="run.cancel")

    found = entries(client, token)
    assert {str(entry["status"]) for entry in found.values()} == {"CANCELLED"}
    assert {uid: int(entry["sequence"]) for uid, entry in found.items()} == {uid: n + 1 for uid, n in before.items()}


def test_an_ended_membership_empties_the_feed_of_a_run_not_open_to_all(coordinator, client, run):
    Run.objects.filter(pk=run.pk).update(state=RunState.PREPARING)
    token = token_of(coordinator, run)
    before = len(entries(client, token))

    Membership.objects.filter(pk=coordinator.membership.pk).update(ended_on=TODAY - timedelta(days=1))

    after = {str(entry["status"]) for entry in entries(client, token).values()}
    assert (before > 0, after) == (True, {"CANCELLED"})


def test_who_does_not_see_the_run_makes_no_address(stranger, run):
    Run.objects.filter(pk=run.pk).update(state=RunState.PREPARING)

    answer = stranger.client().post(f"/calendar/runs/{run.pk}/")

    assert (answer.status_code, RunFeed.objects.exists()) == (404, False)


def test_an_unchanged_feed_costs_one_query_and_a_change_is_seen(
    trainee, coordinator, client, run, django_assert_num_queries
):
    token = token_of(trainee, run)
    with time_machine.travel(timezone.now() + LATER):
        tag = fetch(client, token)["ETag"]
        with django_assert_num_queries(1):
            unchanged = fetch(client, token, if_none_match=tag)
        run.lessons.update(topic="別の内容")
        record(run.lessons.get(), "lesson.move", by=coordinator.acting())
        changed = fetch(client, token, if_none_match=tag)

    assert (unchanged.status_code, changed.status_code) == (304, 200)


def test_a_revoked_address_is_not_found(trainee, client, run):
    token = token_of(trainee, run)

    trainee.client().post(f"/calendar/runs/revoke/{RunFeed.objects.get().pk}/")

    assert fetch(client, token).status_code == 404


def test_revoking_twice_is_revoking_once(trainee, run):
    token_of(trainee, run)
    row = RunFeed.objects.get()

    revoke_run_token(row, by=trainee.acting(TODAY))
    revoke_run_token(row, by=trainee.acting(TODAY))

    assert JournalEntry.objects.filter(verb="calendar.revoke").count() == 1


def test_a_stranger_cannot_revoke_the_address_of_another(trainee, stranger, run):
    token_of(trainee, run)
    row = RunFeed.objects.get()

    answer = stranger.client().post(f"/calendar/runs/revoke/{row.pk}/")

    row.refresh_from_db()
    assert (answer.status_code, row.revoked_at) == (404, None)


def test_a_new_address_ends_the_old_one(trainee, client, run):
    old = token_of(trainee, run)
    new = token_of(trainee, run)

    assert (fetch(client, old).status_code, fetch(client, new).status_code) == (404, 200)


def test_database_holds_run_feed_open_once(trainee, run):
    RunFeed.objects.create(run=run, person=trainee.person, token_hash="a")

    with pytest.raises(IntegrityError, match=r"run_feed_open_once|UNIQUE"), transaction.atomic():
        RunFeed.objects.create(run=run, person=trainee.person, token_hash="b")


@pytest.mark.parametrize("rows", [1, 3])
def test_feed_takes_the_same_queries_with_more_lessons(rows, trainee, client, college, django_assert_num_queries):
    run = training(college, starts_in=60)
    lesson = run.lessons.get()
    for number in range(2, rows + 1):
        lesson.pk, lesson.number = None, number
        lesson.starts_at += timedelta(days=1)
        lesson.ends_at += timedelta(days=1)
        lesson.save()
    token = token_of(trainee, run)

    with django_assert_num_queries(13):
        fetch(client, token)
