"""Guidance from afar: a link, a tried line, consent of both sides, somebody beside dangerous work, remarks by the second."""

from datetime import date

import pytest
from django.urls import reverse

from firms.errors import Refused
from firms.models import JournalEntry, Notification
from mentors.actions.requesting.planning import cancel_session
from mentors.actions.sessions.remote import (
    begin_call,
    check_connection,
    come_on_site,
    consent_to_recording,
    go_remote,
    refuse_recording,
    remark,
)
from mentors.models import ConnectionCheck, LogFacts, RecordingConsent, Remark, Session
from tests.mentors.certifying.test_constraints import breaks
from tests.mentors.makers import agreed, log, visit

DAY = date(2027, 1, 12)
LINK = "https://meet.example.jp/abc"
GOOD = {"is_heard": True, "is_seen": True, "are_hands_seen": True, "note": ""}


@pytest.fixture
def ahead(held, manager):
    return agreed(manager, held, visit())[0]


@pytest.fixture
def afar(ahead, manager):
    """To be held from afar, dangerous, with somebody beside it."""
    go_remote(ahead, meeting_url=LINK, is_dangerous=True, supervisor="現場 主任", by=manager.acting())
    return fresh(ahead)


def fresh(session):
    return Session.objects.select_related("request").get(pk=session.pk)


@pytest.fixture
def begun(afar, manager, master, clock):
    clock.move_to("2027-01-12T13:00+09:00")
    check_connection(afar, by=manager.acting(DAY), **GOOD)
    begin_call(afar, by=master.acting(DAY))
    return fresh(afar)


def test_the_other_side_hears_how_it_is_held(afar, master, manager):
    assert (afar.is_remote, afar.meeting_url, afar.supervisor) == (True, LINK, "現場 主任")
    assert Notification.objects.filter(person=master.person, subject__startswith="遠隔で行うことに").exists()

    come_on_site(afar, by=master.acting())
    come_on_site(afar, by=master.acting())

    assert (fresh(afar).is_remote, fresh(afar).meeting_url) == (False, "")
    assert Notification.objects.filter(person=manager.person, subject__startswith="現地で行うことに").count() == 1


def test_dangerous_work_without_somebody_beside_it_is_refused(ahead, manager):
    with pytest.raises(Refused, match="現場で見守る方がいないと遠隔ではできません") as refused:
        go_remote(ahead, meeting_url=LINK, is_dangerous=True, supervisor="", by=manager.acting())
    assert refused.value.field == "supervisor"
    breaks(
        "session_danger_with_a_supervisor",
        lambda: Session.objects.update(is_remote=True, meeting_url=LINK, is_dangerous=True),
    )
    breaks("session_remote_with_a_link", lambda: Session.objects.update(is_remote=True))


def test_what_has_begun_is_not_made_remote(session, manager):
    with pytest.raises(Refused, match="始まった実技指導"):
        go_remote(session, meeting_url=LINK, is_dangerous=False, supervisor="", by=manager.acting(DAY))


def test_a_call_begins_on_its_day_after_a_good_check(afar, manager, master, clock):
    with pytest.raises(Refused, match="当日だけ"):
        begin_call(afar, by=master.acting())
    clock.move_to("2027-01-12T12:50+09:00")
    with pytest.raises(Refused, match="接続の確認が済んでいません"):
        begin_call(afar, by=master.acting(DAY))
    with pytest.raises(Refused, match="うまくいかないところ") as refused:
        check_connection(afar, by=manager.acting(DAY), **{**GOOD, "are_hands_seen": False})
    assert refused.value.field == "note"
    check_connection(
        afar, by=manager.acting(DAY), **{**GOOD, "are_hands_seen": False, "note": "手元のカメラが映らない"}
    )
    with pytest.raises(Refused, match="接続の確認が済んでいません"):
        begin_call(afar, by=master.acting(DAY))

    check_connection(afar, by=manager.acting(DAY), **GOOD)
    begin_call(afar, by=master.acting(DAY))
    begin_call(afar, by=master.acting(DAY))

    assert JournalEntry.objects.filter(verb="session.begin_call").count() == 1


def test_remarks_stand_at_their_second(begun, master, manager, clock):
    clock.move_to("2027-01-12T13:01:05+09:00")
    remark(begun, "送りをもう少しゆっくり", by=master.acting(DAY))
    clock.move_to("2027-01-12T14:02:03+09:00")
    remark(begun, "この音を覚えて", by=manager.acting(DAY))

    assert [one.clock for one in Remark.objects.all()] in (
        ["1:05", "1:02:03"],
        ["1:04", "1:02:02"],
    )
    assert [one.text for one in begun.remarks.all()] == ["送りをもう少しゆっくり", "この音を覚えて"]


def test_remarks_go_with_the_frozen_log_for_who_makes_clips_of_them(begun, master, clock):
    clock.move_to("2027-01-12T13:02:00+09:00")
    remark(begun, "ここで止める", by=master.acting(DAY))
    clock.move_to("2027-01-12T18:00+09:00")
    log(begun)

    facts = LogFacts.objects.get().facts
    assert (facts["is_remote"], facts["supervisor"]) == (True, "現場 主任")
    assert [(one["text"], one["second"] in (119, 120)) for one in facts["remarks"]] == [("ここで止める", True)]


def test_remarks_are_of_the_call_alone(afar, begun, master, clock):
    clock.move_to("2027-01-13T09:00+09:00")
    with pytest.raises(Refused, match="当日だけ書けます"):
        remark(begun, "あとから", by=master.acting(date(2027, 1, 13)))


def test_no_remark_before_the_call(afar, master):
    with pytest.raises(Refused, match="通話を始めてから"):
        remark(afar, "早い", by=master.acting())


def test_recorded_only_while_both_sides_agree(afar, manager, master):
    page, desk = reverse("mentors:remote", args=[afar.pk]), manager.client()
    assert "録画しません" in desk.get(page).content.decode()
    for who in (manager, master, master):
        consent_to_recording(afar, by=who.acting())
    assert "録画できます" in desk.get(page).content.decode()

    refuse_recording(afar, by=master.acting())
    refuse_recording(afar, by=master.acting())

    assert "録画しません" in desk.get(page).content.decode()
    assert RecordingConsent.objects.count() == 2
    assert JournalEntry.objects.filter(verb="session.refuse_recording").count() == 1
    consent_to_recording(afar, by=master.acting())
    assert RecordingConsent.objects.filter(withdrawn_at=None).count() == 2


def test_a_cancelled_or_plain_session_is_not_held_from_afar(ahead, afar, held, manager):
    cancel_session(afar, because="都合", by=manager.acting())
    with pytest.raises(Refused, match="中止になった"):
        check_connection(afar, by=manager.acting(), **GOOD)
    (plain,) = agreed(manager, held, visit(start="09:00", end="10:00"))
    with pytest.raises(Refused, match="遠隔で行うことになっていません"):
        check_connection(plain, by=manager.acting(), **GOOD)


def test_held_from_afar_through_the_pages(ahead, manager, master, clock):
    desk, phone = manager.client(), master.client()
    told = {"meeting_url": LINK, "has_second_camera": "on", "is_cleared": "on", "is_dangerous": "on"}
    address = reverse("mentors:remote_set", args=[ahead.pk])
    assert "見守る方の氏名を入力" in desk.post(address, told).content.decode()
    assert "https:// で始まる" in desk.post(address, {**told, "meeting_url": "http://a.example.jp"}).content.decode()
    page = reverse("mentors:remote", args=[ahead.pk])
    assert desk.post(address, {**told, "supervisor": "現場 主任"}).url == page
    shown = phone.get(page).content.decode()
    assert ("現場で現場 主任さんが見守ります" in shown, LINK in shown) == (True, True)
    assert "遠隔の実技指導を開く" in phone.get(reverse("mentors:session", args=[ahead.pk])).content.decode()

    clock.move_to("2027-01-12T12:55+09:00")
    phone, desk = master.client(), manager.client()
    assert desk.post(reverse("mentors:remote_check", args=[ahead.pk]), {"is_heard": "on"}).status_code == 200
    desk.post(reverse("mentors:remote_check", args=[ahead.pk]), {**dict.fromkeys(list(GOOD)[:3], "on"), "note": ""})
    phone.post(reverse("mentors:remote_begin", args=[ahead.pk]))
    phone.post(reverse("mentors:remote_remark", args=[ahead.pk]), {"text": "刃先の高さを見て"})
    assert phone.post(reverse("mentors:remote_remark", args=[ahead.pk]), {"text": ""}).status_code == 200

    assert "刃先の高さを見て" in desk.get(page).content.decode()


def test_the_link_is_for_the_two_sides_alone(afar, officer, stranger, another, coordinator):
    page = reverse("mentors:remote", args=[afar.pk])
    names = (
        "remote",
        "remote_set",
        "remote_check",
        "remote_remark",
        "remote_begin",
        "remote_consent",
        "remote_on_site",
    )
    for who in (stranger, another, coordinator):
        assert {who.client().post(reverse(f"mentors:{name}", args=[afar.pk])).status_code for name in names} <= {
            404,
            405,
        }
    assert LINK not in officer.client().get(page).content.decode()
    assert officer.client().post(reverse("mentors:remote_begin", args=[afar.pk])).status_code == 403


def test_remote_rows_cannot_be(begun, master):
    consent_to_recording(begun, by=master.acting(DAY))
    made = remark(begun, "ここ", by=master.acting(DAY))
    who = {"session": begun, "given_by": master.person}
    breaks("recording_consent_open_once", lambda: RecordingConsent.objects.create(side="mentor", **who))
    breaks("recording_consent_side_known", lambda: RecordingConsent.objects.create(side="ward", **who))
    checked = {"session": begun, "checked_by": master.person, **GOOD}
    breaks("check_side_known", lambda: ConnectionCheck.objects.create(side="ward", **checked))
    told = {"session": begun, "second": 1, "written_by": master.person}
    breaks("remark_says_something", lambda: Remark.objects.create(text="", **told))
    for row, change in ((made, {"second": 9}), (ConnectionCheck.objects.get(), {"note": "x"})):
        breaks("append-only", lambda row=row, change=change: type(row).objects.filter(pk=row.pk).update(**change))
