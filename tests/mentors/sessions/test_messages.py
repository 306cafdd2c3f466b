"""Messages of the two sides, kept with their session."""

import pytest
from django.urls import reverse

from firms.errors import Refused
from firms.models import Notification
from mentors.actions.sessions import messages
from mentors.actions.sessions.messages import write_message
from mentors.models import SessionMessage
from tests.mentors.certifying.test_constraints import breaks


def test_each_side_writes_and_the_other_hears(session, manager, master):
    page, address = (reverse(f"mentors:{name}", args=[session.pk]) for name in ("session", "message_write"))
    manager.client().post(address, {"text": "丸棒は当社で用意します。"})
    master.client().post(address, {"text": "バイトは私が持って行きます。"})

    assert [one.side for one in SessionMessage.objects.all()] == ["host", "mentor"]
    assert Notification.objects.get(person=master.person, subject__startswith="派遣先からの連絡").body == (
        "丸棒は当社で用意します。"
    )
    assert Notification.objects.filter(person=manager.person, subject__startswith="マイスターからの連絡").exists()
    shown = manager.client().get(page).content.decode()
    assert all(words in shown for words in ("丸棒は当社で用意します。", "バイトは私が持って行きます。"))


def test_an_empty_message_or_one_of_a_stranger_is_not_taken(session, manager, officer, stranger, another):
    address = reverse("mentors:message_write", args=[session.pk])
    assert manager.client().post(address, {"text": ""}).status_code == 200
    assert [who.client().post(address, {"text": "x"}).status_code for who in (officer, stranger, another)] == [
        403, 404, 404,
    ]  # fmt: skip
    assert not SessionMessage.objects.exists()


def test_messages_end_somewhere(session, manager, monkeypatch):
    monkeypatch.setattr(messages, "MOST_MESSAGES", 1)
    write_message(session, "一つ目", by=manager.acting())
    with pytest.raises(Refused, match="1件までです"):
        write_message(session, "二つ目", by=manager.acting())


def test_message_cannot_be(session, manager):
    made = write_message(session, "一つ目", by=manager.acting())
    told = {"session": session, "written_by": manager.person}
    breaks("message_side_known", lambda: SessionMessage.objects.create(side="ward", text="x", **told))
    breaks("message_says_something", lambda: SessionMessage.objects.create(side="host", text="", **told))
    breaks("append-only", lambda: SessionMessage.objects.filter(pk=made.pk).update(text="y"))
