"""実技指導 in calendars: for the host in its feed, for the マイスター in one of their own, moved when the session moves."""

from datetime import date, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from firms.models import JournalEntry
from lms.calendar.tokens import hashed, make_token, make_visit_token, revoke_own_token
from mentors.actions.requesting.moving import agree_to_move, ask_move
from mentors.actions.requesting.planning import cancel_session, propose_plan
from mentors.models import VisitFeed
from tests.mentors.certifying.test_constraints import breaks
from tests.mentors.makers import agreed, asked, certification_of, craftsman, visit

FIRST = date(2027, 1, 12)
DAY = timedelta(days=1)


@pytest.fixture
def master(db):
    return craftsman("匠")


@pytest.fixture
def held(master, ward):
    return certification_of(master, ward, is_listed=True)


@pytest.fixture
def session(held, manager):
    return agreed(manager, held)[0]


def fetch(address, **headers):
    return Client().get(address, headers=headers)


def entries(address):
    calendar = Calendar.from_ical(fetch(address).content)
    return {str(entry["uid"]).removesuffix("@takumi"): entry for entry in calendar.walk("VEVENT")}


def own(master):
    return f"/calendar/visits/{make_visit_token(by=master.acting())}.ics"


def desk(member):
    return f"/calendar/{make_token(by=member.acting())}.ics"


def test_mentor_and_host_have_the_session_in_their_calendars(session, master, manager):
    for found in (entries(own(master)), entries(desk(manager))):
        entry = found[f"visit-{session.pk}"]
        assert (entry["dtstart"].dt.isoformat(), str(entry["status"])) == ("2027-01-12T13:00:00+09:00", "CONFIRMED")
        assert str(entry["summary"]) == "実技指導 機械加工 第1回（（架空）大森機械製作所）"
        assert str(entry["location"]) == "東京都大田区架空一丁目1番1号"
        assert "匠 太郎" in str(entry["description"])


def test_a_moved_session_moves_under_its_uid_with_a_higher_sequence(session, master, manager):
    addresses = [own(master), desk(manager)]
    before = [entries(one)[f"visit-{session.pk}"] for one in addresses]

    wanted = ask_move(session, visit(FIRST + DAY), because="修理のため", by=manager.acting())
    assert [entries(one)[f"visit-{session.pk}"]["sequence"] for one in addresses] == [0, 0]
    agree_to_move(wanted, by=master.acting())

    after = [entries(one)[f"visit-{session.pk}"] for one in addresses]
    assert [(one["sequence"], one["dtstart"].dt.date()) for one in before] == [(0, FIRST)] * 2
    assert [(one["sequence"], one["dtstart"].dt.date()) for one in after] == [(1, FIRST + DAY)] * 2


def test_a_cancelled_session_is_called_off(session, master, manager, clock):
    addresses = [own(master), desk(manager)]
    for one in addresses:
        entries(one)

    cancel_session(session, because="受注が増えたため", by=manager.acting())

    after = [entries(one)[f"visit-{session.pk}"] for one in addresses]
    assert [(int(one["sequence"]) > 0, str(one["status"])) for one in after] == [(True, "CANCELLED")] * 2
    clock.move_to("2027-01-05T10:00+09:00")
    assert [f"visit-{session.pk}" in entries(one) for one in addresses] == [False, False]


def test_a_plan_nobody_agreed_to_is_in_no_calendar(held, master, manager, ward):
    propose_plan(asked(manager, ward=ward), held, [visit()], by=manager.acting())

    assert (entries(own(master)), entries(desk(manager))) == ({}, {})


def test_others_and_the_mentors_employer_see_nothing(session, master, stranger, officer, trainee, firm):
    assert [entries(desk(one)) for one in (stranger, officer, trainee)] == [{}, {}, {}]


def test_an_unchanged_feed_costs_one_query_and_the_answer_304(session, master, clock, django_assert_num_queries):
    address = own(master)
    clock.shift(timedelta(minutes=10))
    tag = fetch(address)["ETag"]

    with django_assert_num_queries(1):
        answer = fetch(address, **{"If-None-Match": tag})
    assert answer.status_code == 304


def test_the_feed_asks_as_often_for_three_as_for_one(held, manager, master, django_assert_num_queries):
    agreed(manager, held)
    address = own(master)
    fetch(address)
    with django_assert_num_queries(8):
        fetch(address)
    for start, end in (("09:00", "10:00"), ("10:00", "11:00")):
        agreed(manager, held, visit(FIRST + DAY, start, end))
    fetch(address)
    with django_assert_num_queries(8):
        assert fetch(address).content.count(b"BEGIN:VEVENT") == 3


def test_address_is_shown_once_revoked_and_concerns_no_organisation(session, master):
    phone = master.client()
    shown = phone.post("/calendar/visits/").context["address"]
    token = shown.rsplit("/", 1)[1].removesuffix(".ics")

    assert VisitFeed.objects.get().token_hash == hashed(token)
    assert token not in phone.get("/calendar/visits/").content.decode()
    assert JournalEntry.objects.get(verb="calendar.make").concerns is None
    assert fetch(f"/calendar/visits/{token}.ics").status_code == 200
    phone.post(f"/calendar/visits/revoke/{VisitFeed.objects.get().pk}/")
    assert fetch(f"/calendar/visits/{token}.ics").status_code == 404
    revoke_own_token(VisitFeed.objects.get(), by=master.acting())
    assert JournalEntry.objects.filter(verb="calendar.revoke").count() == 1


def test_one_address_is_open_at_a_time(master):
    own(master)
    breaks("visit_feed_open_once", lambda: VisitFeed.objects.create(person=master.person, token_hash="b"))


def test_nobody_revokes_the_address_of_another(master, manager):
    own(master)
    address = f"/calendar/visits/revoke/{VisitFeed.objects.get().pk}/"
    assert manager.client().post(address).status_code == 404
    assert fetch("/calendar/visits/unknown.ics").status_code == 404
