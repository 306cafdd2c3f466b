"""What a college writes to everybody in a run: sent once, read by those it concerns, and never changed."""

import pytest
from django.urls import reverse

from courses.actions.seats import messages
from courses.actions.seats.messages import write_to_run
from courses.models import RunMessage
from courses.policies import may_write_to_run
from courses.states import EnrolmentState
from firms.errors import Refused
from firms.models import JournalEntry, Notification
from tests.courses.test_models import breaks
from tests.factories import EnrolmentFactory

SAID = {"subject": "第2回の持ち物", "text": "作業着を\n持ってきてください。"}


def address_of(run):
    return reverse("courses:run_messages", args=[run.pk])


def told(person):
    return list(Notification.objects.filter(person=person).values_list("subject", "path"))


@pytest.fixture
def seat(held, trainee):
    return EnrolmentFactory(run=held, employment=trainee.person.employments.get())


def test_everybody_with_a_seat_and_their_firm_hear_of_it_and_read_it(
    held, seat, college, coordinator, trainee, manager
):
    page = coordinator.client().post(address_of(held), SAID, follow=True).content.decode()

    assert "1人に届けました。" in page
    about = (f"{college}からの連絡：第2回の持ち物", address_of(held))
    assert told(trainee.person) == told(manager.person) == [about]
    assert [one.client().get(address_of(held)).status_code for one in (trainee, manager)] == [200, 200]
    assert "作業着を<br>持ってきてください。" in trainee.client().get(address_of(held)).content.decode()
    assert JournalEntry.objects.filter(verb="run.write_message").count() == 1


def test_who_waits_or_has_gone_hears_nothing(held, seat, seated, coordinator):
    (waits,) = seated(held, state=EnrolmentState.WAITLISTED)
    (gone,) = seated(held, state=EnrolmentState.CANCELLED)

    made = write_to_run(held, **SAID, by=coordinator.acting())

    assert made.recipient_count == 1
    assert told(waits.person) == told(gone.person) == []


def test_the_instructor_writes_too_and_nobody_else_does(held, seat, instructor, manager, trainee, officer, stranger):
    answers = [
        one.client().post(address_of(held), SAID).status_code
        for one in (instructor, manager, trainee, officer, stranger)
    ]

    assert answers == [302, 403, 403, 403, 403]
    assert [may_write_to_run(one.acting(), held) for one in (instructor, manager, stranger)] == [True, False, False]
    assert RunMessage.objects.get().written_by == instructor.person


def test_a_firm_without_people_in_the_run_does_not_read_it(held, seat, stranger, coordinator):
    write_to_run(held, **SAID, by=coordinator.acting())

    assert stranger.client().get(address_of(held)).status_code == 403


def test_a_run_without_people_says_that_there_is_nobody_to_write_to(held, coordinator):
    assert "受講が決まった人がまだいません" in coordinator.client().get(address_of(held)).content.decode()

    page = coordinator.client().post(address_of(held), SAID).content.decode()

    assert "受講が決まった人がまだいません。決まってから連絡してください。" in page
    assert not RunMessage.objects.exists()


def test_messages_end_somewhere(held, seat, coordinator, monkeypatch):
    monkeypatch.setattr(messages, "MOST_MESSAGES", 1)
    write_to_run(held, **SAID, by=coordinator.acting())

    with pytest.raises(Refused, match="1件までです"):
        write_to_run(held, subject="もう一つ", text="念のため。", by=coordinator.acting())


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(rows, held, seat, trainee, coordinator, django_assert_num_queries):
    for n in range(rows):
        write_to_run(held, subject=f"{n}回め", text="連絡です。", by=coordinator.acting())
    client = trainee.client()

    with django_assert_num_queries(8):
        client.get(address_of(held))


def test_a_message_cannot_be_empty_sent_to_nobody_or_changed(held, seat, coordinator):
    made = write_to_run(held, **SAID, by=coordinator.acting())
    fields = {"run": held, "written_by": coordinator.person}
    breaks(
        "run_message_says_something",
        lambda: RunMessage.objects.create(subject="", text="x", recipient_count=1, **fields),
    )
    breaks("run_message_says_something", lambda: RunMessage.objects.create(subject="x", recipient_count=1, **fields))
    breaks(
        "run_message_reaches_somebody",
        lambda: RunMessage.objects.create(subject="x", text="x", recipient_count=0, **fields),
    )
    breaks("append-only", lambda: RunMessage.objects.filter(pk=made.pk).update(text="y"))
    breaks("append-only", lambda: RunMessage.objects.filter(pk=made.pk).delete())
