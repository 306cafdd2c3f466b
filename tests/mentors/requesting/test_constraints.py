"""What no row of requesting may say, whoever writes it: each constraint broken once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentors.models import Booking, Learner, MentoringRequest, PublicMoney, Session
from tests.mentors.certifying.test_constraints import breaks
from tests.mentors.makers import agreed, asked, certification_of


@pytest.fixture
def session(manager, master, ward):
    return agreed(manager, certification_of(master, ward))[0]


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("request_state_known", {"state": "lost"}),
        ("request_for_somebody", {"people": 0}),
        ("request_planned_with_a_mentor", {"state": "planned"}),
        ("request_agreed_by_both", {"state": "agreed"}),
        ("request_cancelled_with_a_reason", {"state": "cancelled"}),
    ],
)
def test_request_cannot_be(name, fields, manager, master, ward):
    request = asked(manager, ward=ward)
    if name == "request_agreed_by_both":
        fields |= {"certification": certification_of(master, ward), "host_agreed_at": timezone.now()}
    breaks(name, lambda: MentoringRequest.objects.filter(pk=request.pk).update(**fields))


@pytest.mark.parametrize(
    ("name", "fields"),
    [("learner_name_once", {"name": "若手 一郎"}), ("learner_age_band_known", {"age_band": "old"})],
)
def test_learner_cannot_be(name, fields, manager, ward):
    told = {"name": "新人", "age_band": "20s", "years": 1, **fields}
    request = asked(manager, ward=ward)
    breaks(name, lambda: Learner.objects.create(request=request, **told))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("session_state_known|session_logged_with_a_day", lambda one: {"state": "lost"}),
        ("session_ends_after_start", lambda one: {"ends_at": one.starts_at}),
        ("session_ends_with_a_reason", lambda one: {"state": "cancelled"}),
        ("session_logged_with_a_day", lambda one: {"state": "logged"}),
        ("session_stands_after_a_reminder", lambda one: {"state": "stands", "because": "x", "logged_on": one.on}),
    ],
)
def test_session_cannot_be(name, change, session):
    breaks(name, lambda: Session.objects.filter(pk=session.pk).update(**change(session)))


def test_session_number_once(session):
    same = {"request": session.request, "mentor": session.mentor, "number": session.number, "topic": "x"}
    times = {"starts_at": session.starts_at, "ends_at": session.ends_at}
    breaks("session_number_once", lambda: Session.objects.create(**same, **times))


def test_booking_piece_once(session):
    piece = session.bookings.first().piece
    breaks("booking_piece_once", lambda: Booking.objects.create(mentor=session.mentor, piece=piece, session=session))


def test_public_money_source_known(session):
    breaks("public_money_source_known", lambda: PublicMoney.objects.filter(session=session).update(source="luck"))


def test_pieces_cover_every_quarter_touched(session):
    session.starts_at += timedelta(minutes=5)
    session.ends_at += timedelta(minutes=5)
    assert len(list(session.pieces())) == 11
