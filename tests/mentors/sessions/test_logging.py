"""The log: written once, sent once, corrected by further rows, flagged where the certification did not count, countersigned."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from firms.actions.signing import sign
from firms.errors import Refused
from firms.models import ActionLink, Notification, SignatureRequest
from firms.offline.conflicts import Changed
from mentors.actions.certifying.issuing import suspend
from mentors.actions.requesting.planning import cancel_session
from mentors.models import Session, SessionLog
from mentors.queries.sessions import host_request
from mentors.tasks import sweep
from tests.mentors.makers import act, agreed, certification_of, countersign, log, seen_of, visit


def state_of(session):
    return Session.objects.get(pk=session.pk).state


def test_log_keeps_what_happened_and_asks_the_host(session, manager):
    made = log(session, materials="S45C 丸棒", materials_yen=1200)

    assert (made.teaching_minutes, made.is_certified, made.number) == (140, True, 1)
    assert [(one.minutes, one.before, one.after) for one in made.attendances.all()] == [(140, 0, 2)] * 2
    assert state_of(session) == "logged"
    assert Notification.objects.filter(person=manager.person, subject__contains="への署名をお願いします").exists()
    assert ActionLink.objects.get(purpose="sign").email == "site@example.jp"
    version = host_request(session).version
    assert version.frozen_by == session.mentor
    assert "指導した時間: 2時間20分" in version.text


def test_who_came_late_and_who_did_not_come(session):
    first, second = session.request.learners.all()
    made = log(session, **{f"l{first.pk}-minutes": 60, f"l{second.pk}-is_there": False})

    assert [one.minutes for one in made.attendances.order_by("learner")] == [60, 0]
    with pytest.raises(Refused, match="指導した時間より長く"):
        log(session, seen=seen_of(session), because="x", **{f"l{first.pk}-minutes": 141})


def test_host_countersigns_on_its_page_and_by_link(session, held, manager, clock):
    log(session)
    countersign(session, manager)
    assert state_of(session) == "confirmed"

    clock.move_to("2026-11-20T10:00+09:00")
    (other,) = agreed(manager, held, visit(start="16:00", end="17:00"))
    clock.move_to("2027-01-12T18:00+09:00")
    log(other, starts_at=time(16, 0), ends_at=time(17, 0))
    link = ActionLink.objects.open().get(purpose="sign", subject_id=host_request(other).pk)
    answer = act(link, agrees="on", seen=host_request(other).version.sha256)

    assert (answer.status_code, state_of(other)) == (302, "confirmed")


def test_a_correction_is_a_further_row_and_the_host_is_asked_again(session, manager):
    first = log(session)
    countersign(session, manager)

    second = log(session, seen=seen_of(session), ends_at=time(15, 0), because="終えた時刻の写し間違い")

    assert (second.corrects, second.number, second.teaching_minutes) == (first, 2, 110)
    assert state_of(session) == "logged"
    countersign(session, manager)
    assert state_of(session) == "confirmed"
    assert SessionLog.objects.current().get() == second


def test_a_correction_says_why(session):
    log(session)

    with pytest.raises(Refused, match="訂正の理由を書いてください"):
        log(session, seen=seen_of(session), topic="別の内容")


def test_the_very_same_again_is_one_log(session):
    first = log(session)

    assert log(session) == first
    assert log(session, seen=seen_of(session)) == first
    assert SessionLog.objects.count() == 1


def test_another_telling_over_what_was_not_seen_is_a_conflict(session):
    log(session)

    with pytest.raises(Changed) as changed:
        log(session, topic="端末に残っていた入力")

    assert changed.value.now["topic"] == "ねじ切り"
    assert SessionLog.objects.count() == 1


def test_who_chooses_the_late_telling_needs_no_further_reason(session):
    log(session)
    earlier = timezone.now() - timedelta(hours=1)

    made = log(session, seen=seen_of(session), topic="端末に残っていた入力", typed_at=earlier)

    assert (made.because, made.came_late) == ("あとから届いた入力を、本人が選びました。", True)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"ends_at": time(12, 0)}, "時刻・休憩が合いません"),
        ({"break_minutes": 151}, "休憩が合いません"),
        ({"ends_at": time(18, 1)}, "終わる前には記録できません"),
    ],
)
def test_times_that_cannot_be_are_refused(given, sentence, session):
    with pytest.raises(Refused, match=sentence):
        log(session, **given)
    assert not SessionLog.objects.exists()


def test_what_lasted_longer_than_foreseen_is_told_as_it_was(session):
    assert log(session, starts_at=time(9, 0), ends_at=time(15, 30), break_minutes=0).teaching_minutes == 390


def test_cancelled_is_not_logged(session, manager):
    cancel_session(session, because="故障", by=manager.acting())

    with pytest.raises(Refused, match="中止になった実技指導"):
        log(session)


# --- a certification that lapsed ---


def test_certification_that_lapses_between_two_sessions_flags_the_second(manager, master, ward, officer, clock):
    short = certification_of(master, ward)
    first, second = agreed(manager, short, visit(), visit(day=date(2027, 1, 13)))
    clock.move_to("2027-01-12T18:00+09:00")
    assert log(first).is_certified

    suspend(short, because="調査のため", by=officer.acting(date(2027, 1, 13)))
    clock.move_to("2027-01-13T18:00+09:00")
    made = log(second)

    assert (made.standing, made.is_certified, state_of(second)) == ("suspended", False, "logged")


# --- a host that says nothing ---


def test_host_is_reminded_and_then_the_mentors_word_stands(session, manager, clock):
    log(session)
    for day, state, reminded in [
        ("2027-01-18", "logged", 0),
        ("2027-01-19", "logged", 1),
        ("2027-01-25", "logged", 1),
        ("2027-01-26", "stands", 1),
    ]:
        clock.move_to(f"{day}T09:00+09:00")
        sweep()
        sweep()
        told = Notification.objects.filter(subject__startswith="実技指導の記録の確認をお願いします")
        assert (day, state_of(session), told.count()) == (day, state, reminded)

    assert "催促したあとも確認がなかった" in Session.objects.get(pk=session.pk).because
    countersign(session, manager)
    assert state_of(session) == "confirmed"


def test_nobody_is_passed_over_without_a_reminder(session, clock):
    log(session)
    clock.move_to("2027-03-01T09:00+09:00")

    sweep()
    assert state_of(session) == "logged"
    clock.move_to("2027-03-02T09:00+09:00")
    sweep()
    assert state_of(session) == "stands"


def test_a_correction_waits_anew(session, clock):
    log(session)
    clock.move_to("2027-01-25T09:00+09:00")
    sweep()
    log(session, seen=seen_of(session), topic="ねじ切りと面取り", because="内容を足した")
    clock.move_to("2027-01-26T09:00+09:00")
    sweep()

    assert state_of(session) == "logged"


def test_signature_of_a_text_that_was_corrected_does_not_confirm(session, manager):
    log(session)
    old = SignatureRequest.objects.get()
    log(session, seen=seen_of(session), topic="直した内容", because="内容の誤り")

    with pytest.raises(Refused, match="新しい版があります"):
        sign(old, seen=old.version.sha256, by=manager.acting())
    assert state_of(session) == "logged"
