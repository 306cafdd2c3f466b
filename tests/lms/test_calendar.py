"""The calendar feed, read back with the library a calendar would use."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from icalendar import Calendar

from courses.states import EnrolmentState, RunState
from firms.errors import Refused
from firms.journal import move, record
from firms.models import FeedToken, JournalEntry, Mandate, Membership
from firms.queries import today
from firms.states import MandateState
from grants.models import Deadline
from grants.states import DeadlineState
from lms.calendar.tokens import hashed, make_token, revoke_token
from tests.factories import EnrolmentFactory
from tests.lms.rows import case_of, deadline, training

TODAY = today()


@pytest.fixture
def run(college, instructor):
    return training(college, starts_in=60, instructor=instructor.person)


@pytest.fixture
def open_deadline(establishment, run):
    return deadline(case_of(establishment, run))


def fetch(client, token, **headers):
    return client.get(f"/calendar/{token}.ics", headers=headers)


def entries(client, token):
    calendar = Calendar.from_ical(fetch(client, token).content)
    return {str(entry["uid"]): entry for entry in calendar.walk("VEVENT")}


def token_of(member):
    return make_token(by=member.acting(TODAY))


# --- the address ---


def test_feeds_page_shows_the_address_once_and_keeps_its_hash(manager):
    browser = manager.client()

    shown = browser.post("/calendar/").context["address"]

    token = shown.rsplit("/", 1)[1].removesuffix(".ics")
    assert FeedToken.objects.get().token_hash == hashed(token)
    assert token not in browser.get("/calendar/").content.decode()
    assert [entry.verb for entry in JournalEntry.objects.all()] == ["calendar.make"]


def test_feeds_page_offers_webcal(manager):
    assert "webcal://" in manager.client().post("/calendar/").content.decode()


def test_making_a_new_address_ends_the_old_one(manager, client):
    old = token_of(manager)
    new = token_of(manager)

    assert (fetch(client, old).status_code, fetch(client, new).status_code) == (404, 200)


def test_a_person_without_organisation_gets_no_address(manager):
    Membership.objects.update(ended_on=TODAY - timedelta(days=1))
    page = manager.client().post("/calendar/")

    assert page.context["address"] == ""
    assert not FeedToken.objects.exists()


def test_make_token_refuses_who_acts_for_nobody(manager):
    with pytest.raises(Refused):
        make_token(by=replace(manager.acting(TODAY), organisation=None))


def test_a_revoked_address_is_not_found(manager, client):
    token = token_of(manager)

    manager.client().post(f"/calendar/revoke/{FeedToken.objects.get().pk}/")

    assert fetch(client, token).status_code == 404


def test_revoking_twice_is_revoking_once(manager):
    token_of(manager)
    row = FeedToken.objects.get()

    revoke_token(row, by=manager.acting(TODAY))
    revoke_token(row, by=manager.acting(TODAY))

    assert JournalEntry.objects.filter(verb="calendar.revoke").count() == 1


def test_a_stranger_cannot_revoke_the_address_of_another(manager, stranger):
    token_of(manager)
    row = FeedToken.objects.get()

    answer = stranger.client().post(f"/calendar/revoke/{row.pk}/")

    row.refresh_from_db()
    assert (answer.status_code, row.revoked_at) == (404, None)


def test_an_unknown_token_is_not_found(client, db):
    assert fetch(client, "unknown").status_code == 404


def test_an_address_of_a_closed_account_is_not_found(manager, client):
    token = token_of(manager)
    manager.person.is_active = False
    manager.person.save()

    assert fetch(client, token).status_code == 404


# --- deadlines ---


def test_a_deadline_is_a_whole_day_with_its_reason_and_an_alarm(manager, client, open_deadline):
    entry = entries(client, token_of(manager))[f"deadline-{open_deadline.case_id}-plan@takumi"]

    assert entry["dtstart"].dt == open_deadline.last_on
    assert entry["dtend"].dt == open_deadline.last_on + timedelta(days=1)
    assert (int(entry["sequence"]), str(entry["status"])) == (0, "CONFIRMED")
    assert open_deadline.because in str(entry["description"])
    assert open_deadline.source in str(entry["description"])
    assert [alarm["trigger"].dt for alarm in entry.walk("VALARM")] == [timedelta(days=-7, hours=9)]


def close(row, state, *, days_ago=0):
    Deadline.objects.filter(pk=row.pk).update(state=state, closed_at=timezone.now() - timedelta(days=days_ago))


def test_a_replaced_deadline_moves_under_the_same_uid_with_a_higher_sequence(manager, client, open_deadline):
    close(open_deadline, DeadlineState.REPLACED)
    later = deadline(open_deadline.case, last_in=27)

    found = entries(client, token_of(manager))

    assert [(uid, int(entry["sequence"]), entry["dtstart"].dt) for uid, entry in found.items()] == [
        (f"deadline-{open_deadline.case_id}-plan@takumi", 2, later.last_on)
    ]


@pytest.mark.parametrize("state", [DeadlineState.REPLACED, DeadlineState.LAPSED])
def test_a_deadline_without_successor_stays_cancelled_for_thirty_days(manager, client, open_deadline, state):
    token = token_of(manager)
    close(open_deadline, state)

    (entry,) = entries(client, token).values()
    close(open_deadline, state, days_ago=31)

    assert (str(entry["status"]), int(entry["sequence"]), entry.walk("VALARM")) == ("CANCELLED", 1, [])
    assert entries(client, token) == {}


def test_a_deadline_that_was_met_rings_no_more(manager, client, open_deadline):
    close(open_deadline, DeadlineState.MET)

    (entry,) = entries(client, token_of(manager)).values()

    assert (str(entry["summary"])[:2], str(entry["status"]), entry.walk("VALARM")) == ("済：", "CONFIRMED", [])


# --- lessons ---


def test_a_lesson_stands_in_tokyo_time_with_its_zone(trainee, client, run):
    EnrolmentFactory(run=run, person=trainee.person, employment=trainee.person.employments.get())
    lesson = run.lessons.get()
    body = fetch(client, token_of(trainee)).content

    (entry,) = Calendar.from_ical(body).walk("VEVENT")

    assert str(entry["uid"]) == f"lesson-{lesson.pk}@takumi"
    assert entry["dtstart"].dt == lesson.starts_at.astimezone(ZoneInfo("Asia/Tokyo"))
    assert entry["dtstart"].params["TZID"] == "Asia/Tokyo"
    assert b"BEGIN:VTIMEZONE" in body
    assert str(entry["location"]).startswith(run.venue)


def test_a_changed_lesson_has_a_higher_sequence(trainee, instructor, client, run):
    EnrolmentFactory(run=run, person=trainee.person, employment=trainee.person.employments.get())
    token = token_of(trainee)
    before = [int(entry["sequence"]) for entry in entries(client, token).values()]

    record(run.lessons.get(), "lesson.edit", by=instructor.acting())
    unchanged = [int(entry["sequence"]) for entry in entries(client, token).values()]
    run.lessons.update(topic="別の内容")

    assert unchanged == before
    assert [int(entry["sequence"]) for entry in entries(client, token).values()] == [before[0] + 1]


def test_a_cancelled_run_stays_cancelled_in_the_feed(trainee, coordinator, client, run):
    EnrolmentFactory(run=run, person=trainee.person, employment=trainee.person.employments.get())
    token = token_of(trainee)
    move(run, RunState.CANCELLED, by=coordinator.acting(), verb="run.cancel")

    assert [str(entry["status"]) for entry in entries(client, token).values()] == ["CANCELLED"]


def test_a_declined_enrolment_brings_no_lesson(trainee, client, run):
    employment = trainee.person.employments.get()
    EnrolmentFactory(run=run, person=trainee.person, employment=employment, state=EnrolmentState.DECLINED)

    assert entries(client, token_of(trainee)) == {}


@pytest.mark.parametrize("who", ["instructor", "coordinator", "manager", "advisor"])
def test_those_who_teach_send_or_advise_see_the_lesson(who, request, client, run, trainee, establishment):
    member = request.getfixturevalue(who)
    EnrolmentFactory(run=run, person=trainee.person, employment=trainee.person.employments.get())
    case_of(establishment, run)

    assert list(entries(client, token_of(member))) == [f"lesson-{run.lessons.get().pk}@takumi"]


@pytest.mark.parametrize("who", ["stranger", "officer", "advisor_without_mandate"])
def test_others_see_nothing(who, request, client, run, open_deadline, trainee):
    member = request.getfixturevalue(who)
    EnrolmentFactory(run=run, person=trainee.person, employment=trainee.person.employments.get())

    assert entries(client, token_of(member)) == {}


# --- rights at every fetch ---


def test_an_ended_membership_empties_the_feed(manager, client, open_deadline):
    token = token_of(manager)
    Membership.objects.filter(pk=manager.membership.pk).update(ended_on=TODAY - timedelta(days=1))

    assert entries(client, token) == {}


def test_a_revoked_mandate_empties_the_feed_of_its_client(advisor, client, open_deadline):
    token = token_of(advisor)
    before = entries(client, token)

    Mandate.objects.update(state=MandateState.REVOKED, ended_at=datetime.now(UTC))

    after = entries(client, token)
    assert sorted(uid.split("-")[0] for uid in before) == ["deadline", "lesson"]
    assert {(str(entry["status"]), "description" in entry) for entry in after.values()} == {("CANCELLED", False)}


# --- cheap when nothing changed ---


def test_an_unchanged_feed_is_not_sent_again(manager, client, open_deadline):
    token = token_of(manager)
    first = fetch(client, token)

    again = fetch(client, token, if_none_match=first["ETag"])
    close(open_deadline, DeadlineState.LAPSED)
    changed = fetch(client, token, if_none_match=first["ETag"])

    assert (again.status_code, again.content) == (304, b"")
    assert (changed.status_code, changed["ETag"] == first["ETag"]) == (200, False)


def test_an_unchanged_feed_is_byte_for_byte_the_same(manager, client, open_deadline):
    token = token_of(manager)

    assert fetch(client, token).content == fetch(client, token).content


@pytest.mark.parametrize("rows", [1, 3])
def test_feed_takes_the_same_queries_with_more_rows(
    rows, manager, establishment, college, trainee, client, django_assert_num_queries
):
    for _number in range(rows):
        run = training(college, starts_in=60)
        EnrolmentFactory(run=run, person=trainee.person, employment=trainee.person.employments.get())
        deadline(case_of(establishment, run))
    token = token_of(manager)

    with django_assert_num_queries(16):
        fetch(client, token)


LATER = timedelta(minutes=10)


@pytest.fixture
def settled_feed(manager, client, open_deadline):
    """A feed fetched some minutes after everything in it was written, and its tag."""
    token = token_of(manager)
    with time_machine.travel(timezone.now() + LATER):
        tag = fetch(client, token)["ETag"]
        yield token, tag


def test_an_unchanged_feed_costs_one_query(settled_feed, client, django_assert_num_queries):
    token, tag = settled_feed

    with django_assert_num_queries(1):
        answer = fetch(client, token, if_none_match=tag)

    assert (answer.status_code, answer["ETag"]) == (304, tag)


def test_a_feed_is_made_anew_for_who_does_not_have_it(settled_feed, client):
    token, tag = settled_feed

    answer = fetch(client, token, if_none_match='"another"')

    assert (answer.status_code, answer["ETag"], b"BEGIN:VEVENT" in answer.content) == (200, tag, True)


def test_an_unchanged_feed_asked_for_anew_is_the_kept_text(settled_feed, client, django_assert_num_queries):
    token, tag = settled_feed

    with django_assert_num_queries(1):
        answer = fetch(client, token)

    assert (answer.status_code, answer["ETag"], answer.content.count(b"BEGIN:VEVENT")) == (200, tag, 1)


def new_deadline(row):
    deadline(row.case, code="claim", last_in=90)


def closed_deadline(row):
    close(row, DeadlineState.LAPSED)


@pytest.mark.parametrize("change", [new_deadline, closed_deadline])
def test_a_change_is_seen_at_once(settled_feed, client, open_deadline, change):
    token, tag = settled_feed
    before = fetch(client, token).content

    change(open_deadline)

    assert fetch(client, token).content != before
    assert fetch(client, token, if_none_match=tag).status_code == 200


def test_a_changed_venue_of_a_run_reaches_the_firm(settled_feed, client, coordinator, run, trainee):
    token, _tag = settled_feed
    EnrolmentFactory(run=run, person=trainee.person, employment=trainee.person.employments.get())
    record(run, "run.open", by=coordinator.acting(), concerns=trainee.organisation)
    tag = fetch(client, token)["ETag"]

    run.venue = "（架空）新校舎"
    run.save()
    record(run, "run.edit", by=coordinator.acting(), concerns=coordinator.organisation)

    answer = fetch(client, token, if_none_match=tag)
    assert (answer.status_code, "新校舎" in answer.content.decode()) == (200, True)


def test_a_revoked_mandate_empties_the_feed_that_was_unchanged_before(advisor, office, firm, client, open_deadline):
    token = token_of(advisor)
    with time_machine.travel(timezone.now() + LATER):
        tag = fetch(client, token)["ETag"]
        mandate = Mandate.objects.get()
        Mandate.objects.update(state=MandateState.REVOKED, ended_at=datetime.now(UTC))
        record(mandate, "mandate.revoke", by=advisor.acting(), concerns=firm)

        answer = fetch(client, token, if_none_match=tag)

    assert (answer.status_code, b"CONFIRMED" in answer.content) == (200, False)


def test_a_revoked_address_is_not_found_however_unchanged(settled_feed, client, manager):
    token, tag = settled_feed
    revoke_token(FeedToken.objects.get(), by=manager.acting(TODAY))

    assert fetch(client, token, if_none_match=tag).status_code == 404


def test_another_day_makes_the_feed_anew(manager, client, open_deadline):
    token = token_of(manager)
    with time_machine.travel(timezone.now() + LATER):
        tag = fetch(client, token)["ETag"]
    close(open_deadline, DeadlineState.LAPSED)
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        answer = fetch(client, token, if_none_match=tag)

    assert (answer.status_code, b"BEGIN:VEVENT" in answer.content) == (200, False)
