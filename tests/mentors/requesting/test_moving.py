"""A session moves: one side asks, the other agrees, its hours move in one transaction, and both are told."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from firms.errors import Refused
from firms.models import JournalEntry, Notification
from mentors.actions.certifying.issuing import suspend
from mentors.actions.requesting.moving import agree_to_move, ask_move, decline_move, take_back_move
from mentors.actions.requesting.planning import cancel_session, propose_plan
from mentors.models import Booking, Session, SessionMove
from tests.conftest import TODAY
from tests.firms.test_races import race
from tests.mentors.certifying.test_constraints import breaks
from tests.mentors.makers import agreed, asked, certification_of, log, visit

FIRST = date(2027, 1, 12)
DAY = timedelta(days=1)
WHY = "機械の修理が終わらないため。"


@pytest.fixture
def held(master, ward):
    return certification_of(master, ward, is_listed=True)


@pytest.fixture
def session(held, manager):
    return agreed(manager, held)[0]


def pieces(session):
    return sorted(session.bookings.values_list("piece", flat=True))


def told(who, subject):
    return Notification.objects.filter(person=who.person, subject__startswith=subject).count()


def wish(session, by, to=None):
    return ask_move(session, to or visit(FIRST + DAY), because=WHY, by=by.acting())


def test_one_asks_and_the_other_agrees(session, manager, master):
    before = pieces(session)

    wanted = wish(session, manager)
    assert (told(master, "日時の変更の申出"), pieces(session)) == (1, before)
    agree_to_move(wanted, by=master.acting())

    session.refresh_from_db()
    wanted.refresh_from_db()
    assert (session.on, wanted.state) == (FIRST + DAY, "agreed")
    assert pieces(session) == [piece + DAY for piece in before]
    assert (told(master, "日時が変わりました"), told(manager, "日時が変わりました")) == (1, 1)
    entry = JournalEntry.objects.get(verb="session.move")
    assert entry.details == {
        "before": {"time": "2027-01-12 13:00–15:30"},
        "after": {"time": "2027-01-13 13:00–15:30"},
    }


def test_half_an_hour_later_shares_quarters_with_itself(session, manager, master):
    wanted = wish(session, master, visit(start="13:30", end="16:00"))

    agree_to_move(wanted, by=manager.acting())

    assert len(pieces(session)) == 10
    assert (told(manager, "日時の変更の申出"), Booking.objects.count()) == (1, 10)


def test_hours_somebody_took_meanwhile_move_nothing(session, held, manager, master, stranger, ward):
    wanted, before = wish(session, manager), pieces(session)
    propose_plan(asked(stranger, ward=ward), held, [visit(FIRST + DAY, "15:00", "17:00")], by=stranger.acting())

    with pytest.raises(Refused, match="ほかの指導が入っています"):
        agree_to_move(wanted, by=master.acting())

    wanted.refresh_from_db()
    session.refresh_from_db()
    assert (wanted.state, session.on, pieces(session)) == ("asked", FIRST, before)
    assert told(master, "日時が変わりました") == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one after the other; PostgreSQL races")
def test_a_move_and_a_plan_at_once_share_no_hour(session, held, manager, master, stranger, ward):
    wanted, theirs = wish(session, manager), asked(stranger, ward=ward)

    outcomes = race(
        lambda: agree_to_move(wanted, by=master.acting()),
        lambda: propose_plan(theirs, held, [visit(FIRST + DAY)], by=stranger.acting()),
    )

    assert sum(isinstance(one, Refused) for one in outcomes) == 1


def test_what_is_taken_already_is_not_asked_for(session, held, manager, stranger, ward):
    propose_plan(asked(stranger, ward=ward), held, [visit(FIRST + DAY)], by=stranger.acting())

    with pytest.raises(Refused, match="ほかの指導が入っています"):
        wish(session, manager)
    assert not SessionMove.objects.exists()


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        (visit(), "いまと同じ日時です"),
        (visit(TODAY - DAY), "もう過ぎた日時"),
        (visit(start="13:00", end="13:30"), "休憩を除いて30分"),
        (visit(TODAY + 29 * DAY), "今日からでは間に合わない"),
        (visit(date(2031, 11, 20)), "認定が有効ではありません"),
    ],
)
def test_a_move_is_held_to_what_a_plan_is(to, sentence, session, manager):
    with pytest.raises(Refused, match=sentence):
        wish(session, manager, to)


def test_lead_counts_from_the_day_it_was_planned(session, manager, master, clock):
    clock.move_to("2027-01-08T10:00+09:00")

    wanted = ask_move(session, visit(FIRST - DAY), because=WHY, by=manager.acting(date(2027, 1, 8)))
    agree_to_move(wanted, by=master.acting(date(2027, 1, 8)))

    assert Session.objects.get().on == FIRST - DAY


def test_a_move_into_a_full_year_is_refused(held, manager, ward):
    first, *_rest = agreed(manager, held, visit(FIRST), visit(FIRST + DAY))
    agreed(manager, held, *[visit(date(2027, 4, 1) + n * DAY) for n in range(20)])

    with pytest.raises(Refused, match="上限を超えます"):
        wish(first, manager, visit(date(2027, 5, 1)))


def test_certification_suspended_before_the_answer_moves_nothing(session, held, manager, master, officer):
    wanted = wish(session, manager)
    suspend(held, because="調査", by=officer.acting())

    with pytest.raises(Refused, match="停止中"):
        agree_to_move(wanted, by=master.acting())


def test_declined_says_why_and_stays(session, manager, master):
    decline_move(wish(session, manager), because="その日は通院です。", by=master.acting())

    session.refresh_from_db()
    assert (session.on, SessionMove.objects.get().answer) == (FIRST, "その日は通院です。")
    assert told(manager, "日時の変更は断られました") == 1
    assert wish(session, manager)


def test_one_wish_at_a_time_and_it_may_be_taken_back(session, manager, master):
    wanted = wish(session, manager)
    with pytest.raises(Refused, match="すでにあります"):
        wish(session, master)

    take_back_move(wanted, by=manager.acting())

    assert told(master, "日時の変更の申出が取り下げられました") == 1
    with pytest.raises(Refused):
        agree_to_move(wanted, by=master.acting())
    assert wish(session, master)


def test_begun_logged_or_cancelled_is_moved_no_more(session, manager, master, clock):
    wanted = wish(session, manager)
    clock.move_to("2027-01-12T13:00+09:00")
    with pytest.raises(Refused, match="始まった実技指導"):
        agree_to_move(wanted, by=master.acting(FIRST))
    clock.move_to("2027-01-12T18:00+09:00")
    log(session)

    wanted.refresh_from_db()
    assert wanted.state == "withdrawn"
    with pytest.raises(Refused, match="記録した実技指導"):
        wish(session, manager)


# --- called off ---


@pytest.mark.parametrize(("days", "is_late"), [(3, False), (2, True), (0, True)])
def test_cancelled_at_the_last_moment_is_said_and_the_ward_told(days, is_late, session, manager, officer):
    on = FIRST - days * DAY

    cancel_session(session, because=WHY, by=manager.acting(on))

    session.refresh_from_db()
    assert (session.is_cancelled_late, session.cancelled_on) == (is_late, on)
    assert told(officer, "間際の中止") == is_late


def test_cancelling_takes_the_open_move_back(session, manager):
    wanted = wish(session, manager)
    cancel_session(session, because=WHY, by=manager.acting())

    wanted.refresh_from_db()
    assert (wanted.state, Booking.objects.count()) == ("withdrawn", 0)


# --- the database ---


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("move_state_known", {"state": "magic", "answered_at": "2027-01-01T00:00+09:00"}),
        ("move_side_known", {"side": "ward"}),
        ("move_ends_after_start", {"ends_at": "2027-01-01T00:00+09:00"}),
        ("move_says_why", {"because": ""}),
        ("move_answered_with_a_moment", {"state": "agreed"}),
        ("move_declined_with_a_reason", {"state": "declined", "answered_at": "2027-01-01T00:00+09:00"}),
    ],
)
def test_move_cannot_be(name, fields, session, manager):
    wanted = wish(session, manager)
    breaks(name, lambda: SessionMove.objects.filter(pk=wanted.pk).update(**fields))


def test_move_open_once_and_cancelled_with_its_day(session, manager):
    wanted = wish(session, manager)
    same = {"starts_at": wanted.starts_at, "ends_at": wanted.ends_at, "because": "x"}
    whose = {"session": session, "side": "host", "asked_by": manager.person}
    breaks("move_open_once", lambda: SessionMove.objects.create(**same, **whose))
    breaks("session_cancelled_with_its_day", lambda: Session.objects.filter(pk=session.pk).update(cancelled_on=FIRST))


# --- the pages ---


def test_moved_through_the_pages(session, manager, master):
    desk, phone = manager.client(), master.client()
    page = reverse("mentors:session", args=[session.pk])
    assert "日時を変える" in desk.get(page).content.decode()
    told_form = {"day": "2027-01-13", "starts_at": "10:00", "ends_at": "12:00", "because": WHY}

    answer = desk.post(reverse("mentors:session_move", args=[session.pk]), told_form)
    assert answer.url == page
    assert "相手の返事を待っています" in desk.get(page).content.decode()
    assert "日時の変更のお願い" in phone.get(reverse("mentors:mine")).content.decode()
    wanted = SessionMove.objects.get()
    assert "この日時に変える" in phone.get(page).content.decode()
    assert desk.post(reverse("mentors:move_agree", args=[wanted.pk])).status_code == 403
    phone.post(reverse("mentors:move_agree", args=[wanted.pk]))

    assert (Session.objects.get().time_words, JournalEntry.objects.get(verb="move.agree").organisation) == (
        "2027-01-13 10:00–12:00",
        None,
    )
    assert "に日時を変更：機械の修理" in desk.get(page).content.decode()


def test_declined_and_taken_back_through_the_pages(session, manager, master):
    desk, phone = manager.client(), master.client()
    wanted = wish(session, manager)
    decline = reverse("mentors:move_decline", args=[wanted.pk])
    assert phone.post(decline, {"because": ""}).status_code == 200
    phone.post(decline, {"because": "通院"})
    again = wish(session, manager)
    assert phone.post(reverse("mentors:move_take_back", args=[again.pk])).status_code == 403
    desk.post(reverse("mentors:move_take_back", args=[again.pk]))

    assert [one.state for one in SessionMove.objects.all()] == ["declined", "withdrawn"]


def test_late_cancelling_warns_before_it_is_done(session, manager, clock):
    address = reverse("mentors:session_cancel", args=[session.pk])
    assert "間際の中止" not in manager.client().get(address).content.decode()
    clock.move_to("2027-01-11T10:00+09:00")
    desk = manager.client()
    assert "間際の中止になるため、区にも知らせます" in desk.get(address).content.decode()
    desk.post(address, {"because": WHY})
    assert "間際の中止" in desk.get(reverse("mentors:request", args=[session.request_id])).content.decode()


def test_moves_of_one_open_for_nobody_else(session, manager, stranger, another, coordinator, officer):
    wanted = wish(session, manager)
    addresses = [reverse("mentors:session_move", args=[session.pk])]
    addresses += [reverse(f"mentors:move_{name}", args=[wanted.pk]) for name in ("agree", "decline", "take_back")]
    for who in (stranger, another, coordinator):
        assert [who.client().post(one).status_code for one in addresses] == [404] * 4
    assert [officer.client().post(one).status_code for one in addresses] == [403] * 4
