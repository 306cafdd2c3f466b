"""What was said in a session from afar becomes steps of a manual, at the second of its recording."""

import pytest
from django.urls import reverse

from firms.errors import Refused
from mentors.actions.manuals.clips import clip_remarks
from mentors.actions.manuals.films import tell_length
from mentors.actions.sessions.remote import (
    begin_call,
    check_connection,
    consent_to_recording,
    go_remote,
    refuse_recording,
)
from mentors.crafts import searchable
from mentors.models import Remark, Session, Step
from tests.mentors.certifying.test_constraints import breaks
from tests.mentors.makers import agreed, certification_of, visit
from tests.mentors.manuals.makers import filmed, newest, published, written
from tests.mentors.sessions.test_remote import DAY, GOOD, LINK


@pytest.fixture
def held(master, ward):
    return certification_of(master, ward, is_listed=True)


@pytest.fixture
def session(held, manager, master, clock):
    """Held from afar with two remarks, at 1:05 and 2:10 of the call, and recorded."""
    (made,) = agreed(manager, held, visit())
    go_remote(made, meeting_url=LINK, is_dangerous=False, supervisor="", by=manager.acting())
    clock.move_to("2027-01-12T13:00+09:00")
    check_connection(made, by=manager.acting(DAY), **GOOD)
    for side in (manager, master):
        consent_to_recording(made, by=side.acting(DAY))
    begin_call(made, by=master.acting(DAY))
    for second, text in ((65, "芯を出す"), (130, "バイトは" + "ゆっくり" * 25)):
        Remark.objects.create(session=made, second=second, text=text, written_by=master.person)
    return Session.objects.get(pk=made.pk)


@pytest.fixture
def manual(session, manager):
    made = written(manager)
    filmed(made, manager)
    return made


def clipped(manual, session, manager, *, starts_at=30, remarks=None):
    chosen = list(session.remarks.all()) if remarks is None else remarks
    return clip_remarks(manual, session, chosen, starts_at=starts_at, by=manager.acting(DAY))


def test_remarks_become_steps_at_their_second_of_the_film(manual, session, manager):
    first, second = clipped(manual, session, manager)

    assert (first.number, first.title, first.text, first.at) == (3, "芯を出す", "", 35)
    assert (second.number, len(second.title), second.text, second.at) == (4, 80, "バイトは" + "ゆっくり" * 25, 100)
    assert first.mark.code != second.mark.code
    assert searchable("バイトはゆっくり").split(" ")[0] in newest(manual).search_text


def test_a_remark_becomes_a_step_once(manual, session, manager):
    first, second = session.remarks.all()
    clipped(manual, session, manager, remarks=[first])

    assert [one.remark for one in clipped(manual, session, manager)] == [second]
    with pytest.raises(Refused, match="二度は加わりません"):
        clipped(manual, session, manager)


def test_the_database_keeps_a_remark_to_one_step_of_a_version(manual, session, manager):
    step = clipped(manual, session, manager)[0]
    other = newest(manual).steps.first()

    breaks("step_remark_once", lambda: Step.objects.filter(pk=other.pk).update(remark=step.remark))


@pytest.mark.parametrize("starts_at", [66, 131])
def test_what_was_said_outside_the_film_is_no_clip(manual, session, manager, starts_at):
    with pytest.raises(Refused, match="動画に写っていない時刻です"):
        clipped(manual, session, manager, starts_at=starts_at)
    assert newest(manual).steps.count() == 2


def test_what_was_said_after_the_film_ends_is_no_clip(manual, session, manager):
    tell_length(newest(manual).film, seconds=99, by=manager.acting(DAY))
    with pytest.raises(Refused, match="「2:10 バイトは"):
        clipped(manual, session, manager)

    tell_length(newest(manual).film, seconds=100, by=manager.acting(DAY))
    assert len(clipped(manual, session, manager)) == 2


def test_without_the_consent_of_both_there_is_no_recording_to_clip(manual, session, manager, master):
    refuse_recording(session, by=master.acting(DAY))

    with pytest.raises(Refused, match="録画への同意が両方そろっている"):
        clipped(manual, session, manager)


def test_a_session_of_another_firm_is_not_used(session, stranger):
    theirs = written(stranger)

    with pytest.raises(Refused, match="録画への同意が両方そろっている"):
        clipped(theirs, session, stranger)


def test_what_is_published_is_not_clipped(session, manager):
    with pytest.raises(Refused, match="いま書ける下書きがありません"):
        clipped(published(manager, has_film=False), session, manager)


def test_the_keeper_chooses_on_a_page_and_the_next_version_keeps_it(manual, session, manager, stranger):
    client, page = manager.client(), reverse("mentors:manual_clips", args=[manual.pk])
    assert page in client.get(reverse("mentors:manual_steps", args=[manual.pk])).content.decode()
    shown = client.get(page).content.decode()
    assert ("1:05 芯を出す" in shown, "2:10 バイトは" in shown) == (True, True)

    first = Remark.objects.get(second=65)
    answer = client.post(page, {"session": session.pk, "remarks": [first.pk], "starts_at": "0:30"})
    assert answer.url == reverse("mentors:manual_steps", args=[manual.pk])
    assert Step.objects.get(remark=first).at == 35
    assert "1:05 芯を出す" not in client.get(page).content.decode()
    early = client.post(
        page, {"session": session.pk, "remarks": [Remark.objects.get(second=130).pk], "starts_at": "3:00"}
    )
    assert "動画に写っていない時刻です" in early.content.decode()
    assert stranger.client().get(page).status_code == 404


def test_a_firm_without_such_a_session_is_told_when_there_will_be_one(stranger):
    page = reverse("mentors:manual_clips", args=[written(stranger).pk])
    answer = stranger.client().post(page, {"remarks": ["1"]})

    assert "使える遠隔の指導がありません" in answer.content.decode()
