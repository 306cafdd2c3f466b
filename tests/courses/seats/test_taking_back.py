"""After the last day to cancel the college may let somebody go, with a reason, as long as nothing was attended."""

from datetime import date

import pytest
from django.urls import reverse

from courses import policies
from courses.actions.seats.enrolments import take_back_seat
from courses.models import AttendanceMark, Run
from courses.states import EnrolmentState
from firms.errors import Refused
from firms.models import JournalEntry, Notification

LATE = date(2027, 2, 1)
REASON = "工場の停電のため、会社から取消しの連絡がありました。"


@pytest.fixture
def seat(run, seated):
    (enrolment,) = seated(run)
    return enrolment


def test_taking_back_frees_the_seat_and_tells_both_why(coordinator, manager, run, seat, seated):
    Run.objects.filter(pk=run.pk).update(seats=1)
    (waiting,) = seated(run, state=EnrolmentState.WAITLISTED)

    take_back_seat(seat, reason=REASON, by=coordinator.acting(LATE))

    seat.refresh_from_db()
    waiting.refresh_from_db()
    letters = Notification.objects.filter(subject__startswith="連携校が受講を取り消しました")
    assert (seat.state, waiting.state) == (EnrolmentState.CANCELLED, EnrolmentState.OFFERED)
    assert {letter.person for letter in letters} == {seat.person, manager.person}
    assert all(REASON in letter.body for letter in letters)
    assert JournalEntry.objects.about(seat).get(verb="enrolment.take_back").details == {"reason": REASON}


def test_taking_back_needs_a_reason(coordinator, seat):
    with pytest.raises(Refused, match="取り消す理由を書いてください") as refused:
        take_back_seat(seat, reason=" ", by=coordinator.acting(LATE))

    assert refused.value.field == "reason"


def test_what_was_attended_is_not_unmade(coordinator, instructor, lesson, seat):
    AttendanceMark.objects.create(
        enrolment=seat, lesson=lesson, minutes=0, source="roster", recorded_by=instructor.person
    )

    with pytest.raises(Refused, match="出席や学習の記録がある人は取り消せません"):
        take_back_seat(seat, reason=REASON, by=coordinator.acting(LATE))


def test_take_back_page_lets_go(coordinator, coming, seated):
    (seat,) = seated(coming)
    url, client = reverse("courses:take_back", args=[seat.pk]), coordinator.client()
    assert url in client.get(reverse("courses:run", args=[coming.pk])).content.decode()

    client.post(url, {"reason": REASON})

    seat.refresh_from_db()
    assert seat.state == EnrolmentState.CANCELLED


def test_may_take_back_seat(seat, officer, coordinator, instructor, manager, trainee, advisor, stranger):
    everyone = [officer, coordinator, instructor, manager, trainee, advisor, stranger]

    assert [one for one in everyone if policies.may_take_back_seat(one.acting(), seat)] == [coordinator]
