"""The waiting list: a freed seat is offered to the next, who answers in time, and never to two at once."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from courses.actions.catalogue.lessons import change_lesson
from courses.actions.catalogue.timetable import LessonWish
from courses.actions.seats.enrolments import cancel_enrolment
from courses.actions.seats.waiting import accept_offer, close_queue, decline_offer, lapse_offer
from courses.models import Enrolment, Run
from courses.queries import queue_places
from courses.states import EnrolmentState, RunState
from courses.tasks import each, sweep_seats
from firms.errors import Refused
from firms.models import JournalEntry, Notification
from tests.conftest import TODAY, cast
from tests.factories import EnrolmentFactory, LessonFactory, RunFactory, at

ACCEPTED, OFFERED, WAITLISTED = EnrolmentState.ACCEPTED, EnrolmentState.OFFERED, EnrolmentState.WAITLISTED
CANCELLED, REJECTED = EnrolmentState.CANCELLED, EnrolmentState.REJECTED


def states(run):
    return list(run.enrolments.order_by("pk").values_list("state", flat=True))


@pytest.fixture
def queue(run, seated):
    """One seat, taken, and two who wait for it."""
    Run.objects.filter(pk=run.pk).update(seats=1)
    (seat,) = seated(run)
    first, second = seated(run, 2, state=WAITLISTED)
    return seat, first, second


def free(queue, manager, *, today=TODAY):
    cancel_enrolment(queue[0], by=manager.acting(today=today))
    queue[1].refresh_from_db()
    return queue[1]


def test_a_freed_seat_is_offered_to_the_first_and_both_sides_are_asked(manager, run, queue):
    offered = free(queue, manager)

    asked = Notification.objects.filter(subject__startswith="席が空きました（返事をお願いします）")
    entry = JournalEntry.objects.get(verb="offer.make")
    assert states(run) == [CANCELLED, OFFERED, WAITLISTED]
    assert localtime(offered.answer_until).strftime("%Y-%m-%d %H:%M:%S") == "2026-11-23 23:59:59"
    assert {one.person for one in asked} == {offered.person, manager.person}
    assert {one.path for one in asked} == {reverse("courses:offer", args=[offered.pk])}
    assert (entry.person, entry.subject_id) == (None, offered.pk)


def test_an_offer_is_answered_before_the_day_the_run_begins(manager, run, queue):
    offered = free(queue, manager, today=date(2027, 1, 31))

    assert localtime(offered.answer_until).date() == date(2027, 2, 2)


def test_with_one_whole_day_left_the_next_is_still_asked(manager, run, queue):
    assert free(queue, manager, today=date(2027, 2, 1)).state == OFFERED


def test_without_a_whole_day_to_answer_the_seat_is_given_at_once_and_the_letter_says_so(manager, run, queue):
    first = free(queue, manager, today=date(2027, 2, 2))

    letters = Notification.objects.filter(subject__startswith="キャンセル待ちから受講が決まりました")
    assert first.state == ACCEPTED
    assert {letter.person for letter in letters} == {first.person, manager.person}
    assert all("返事を待つ時間がないため" in letter.body for letter in letters)


def test_an_offered_seat_is_nobody_elses(manager, run, queue):
    free(queue, manager)

    cancel_enrolment(queue[2], by=manager.acting())

    assert states(run) == [CANCELLED, OFFERED, CANCELLED]
    assert Run.objects.with_seats().get(pk=run.pk).taken == 1


def test_the_queue_passes_over_who_has_left_the_firm(manager, run, people, seated):
    Run.objects.filter(pk=run.pk).update(seats=1)
    (seat,) = seated(run)
    (gone,) = people(1, ended_on=date(2026, 12, 31))
    EnrolmentFactory(run=run, employment=gone, state=WAITLISTED)
    seated(run, 1, state=WAITLISTED)

    cancel_enrolment(seat, by=manager.acting())

    assert states(run) == [CANCELLED, WAITLISTED, OFFERED]


def test_the_queue_keeps_the_order_drawn(manager, run, seated):
    Run.objects.filter(pk=run.pk).update(seats=1)
    (seat,) = seated(run)
    (late,) = seated(run, state=WAITLISTED, queue_rank=2)
    (early,) = seated(run, state=WAITLISTED, queue_rank=1)

    cancel_enrolment(seat, by=manager.acting())

    assert states(run) == [CANCELLED, WAITLISTED, OFFERED]
    assert queue_places([run.pk]) == {late.pk: 1}
    assert Enrolment.objects.get(pk=early.pk).state == OFFERED


@pytest.mark.parametrize("who", ["manager", "trainee"])
def test_either_the_firm_or_the_trainee_accepts(who, request, manager, trainee, coordinator, run):
    Run.objects.filter(pk=run.pk).update(seats=1)
    offered = EnrolmentFactory(
        run=run, employment=trainee.person.employments.get(), state=OFFERED, answer_until=at(TODAY, "23:59")
    )

    accept_offer(offered, by=request.getfixturevalue(who).acting())

    told = set(Notification.objects.values_list("person", flat=True))
    assert states(run) == [ACCEPTED]
    assert told == {coordinator.person.pk, trainee.person.pk} | ({manager.person.pk} if who == "trainee" else set())


def test_accepting_twice_is_once(manager, run, queue):
    offered = free(queue, manager)
    accept_offer(offered, by=manager.acting())
    told = Notification.objects.count()

    accept_offer(offered, by=manager.acting())

    assert Notification.objects.count() == told


def test_an_offer_is_not_accepted_when_its_day_is_over(manager, run, queue):
    offered = free(queue, manager)

    with pytest.raises(Refused, match="返事の期限を過ぎました"):
        accept_offer(offered, by=manager.acting(today=date(2026, 11, 24)))

    assert states(run) == [CANCELLED, OFFERED, WAITLISTED]


def test_an_offer_is_not_accepted_by_who_leaves_before_the_last_lesson(manager, run, queue):
    offered = free(queue, manager)
    offered.employment.ended_on = date(2027, 2, 5)
    offered.employment.save()

    with pytest.raises(Refused, match="雇用されていません"):
        accept_offer(offered, by=manager.acting())


def test_declining_passes_the_seat_on_at_once(manager, run, queue):
    offered = free(queue, manager)

    decline_offer(offered, by=manager.acting())
    decline_offer(offered, by=manager.acting())

    assert states(run) == [CANCELLED, CANCELLED, OFFERED]
    assert JournalEntry.objects.filter(verb="offer.decline").count() == 1


def test_what_was_accepted_is_not_declined(manager, run, queue):
    offered = free(queue, manager)
    accept_offer(offered, by=manager.acting())

    with pytest.raises(Refused, match="返事はもう決まっています"):
        decline_offer(offered, by=manager.acting())


def test_an_offer_nobody_answers_goes_to_the_next_with_its_reason(manager, run, queue):
    offered = free(queue, manager)

    lapse_offer(offered, on=date(2026, 11, 23))
    assert states(run) == [CANCELLED, OFFERED, WAITLISTED]

    lapse_offer(offered, on=date(2026, 11, 24))
    entry = JournalEntry.objects.get(verb="offer.lapse")
    assert states(run) == [CANCELLED, CANCELLED, OFFERED]
    assert entry.details["reason"] == "11月23日の終わりまでに返事がなかったため、席は次の人に回りました。"
    assert Notification.objects.filter(subject__startswith="繰上げの席は見送られました", person=offered.person).exists()


def test_an_offer_lapses_once(manager, run, queue):
    offered = free(queue, manager)
    lapse_offer(offered, on=date(2026, 11, 24))

    lapse_offer(offered, on=date(2026, 11, 25))

    assert states(run) == [CANCELLED, CANCELLED, OFFERED]


def test_when_the_run_begins_the_queue_is_told_and_ends(manager, run, seated):
    seated(run)
    seated(run, state=WAITLISTED)
    seated(run, state=EnrolmentState.APPLIED)
    seated(run, state=EnrolmentState.REQUESTED)
    seated(run, state=OFFERED, answer_until=at(date(2027, 2, 3), "23:59"))

    assert close_queue(run, on=date(2027, 2, 2)) == 0
    assert close_queue(run, on=date(2027, 2, 3)) == 4

    assert states(run) == [ACCEPTED, REJECTED, REJECTED, CANCELLED, CANCELLED]
    assert Notification.objects.filter(person=manager.person).count() == 4
    assert close_queue(run, on=date(2027, 2, 4)) == 0


def test_the_sweep_lapses_offers_and_closes_queues(manager, college, coming, held, seated):
    yesterday = at(localdate() - timedelta(days=1), "23:59")
    Run.objects.filter(pk=coming.pk).update(seats=1)
    seated(coming, state=OFFERED, answer_until=yesterday)
    seated(coming, state=WAITLISTED)
    seated(held, state=WAITLISTED)

    sweep_seats()
    sweep_seats()

    assert states(coming) == [CANCELLED, OFFERED]
    assert states(held) == [REJECTED]


def test_one_row_that_fails_stops_none_of_the_others(caplog):
    done = []

    def act(row, *, on):
        done.append(100 // row)

    each([10, 0, 5], act, on=TODAY)

    assert done == [10, 20]
    assert "act failed for int" in caplog.text


def test_nothing_is_offered_in_a_cancelled_run(manager, run, queue):
    Run.objects.filter(pk=run.pk).update(state=RunState.CANCELLED)

    cancel_enrolment(queue[0], by=manager.acting())

    assert states(run) == [CANCELLED, WAITLISTED, WAITLISTED]


# --- its page ---


@pytest.fixture
def offered(trainee, coming):
    until = at(localdate() + timedelta(days=3), "23:59")
    return EnrolmentFactory(run=coming, employment=trainee.person.employments.get(), state=OFFERED, answer_until=until)


def page_of(offered):
    return reverse("courses:offer", args=[offered.pk])


def test_offer_page_says_until_when_and_what_it_costs(manager, offered):
    html = manager.client().get(page_of(offered)).content.decode()

    assert "席が空きました" in html
    assert "22,000円" in html
    assert 'value="accept"' in html


def test_offer_page_does_not_speak_of_a_full_run_and_a_day_to_apply(trainee, offered):
    html = trainee.client().get(page_of(offered)).content.decode()

    assert "満席" not in html
    assert "申込締切" not in html


@pytest.mark.parametrize(("answer", "state"), [("accept", ACCEPTED), ("decline", CANCELLED)])
def test_offer_page_takes_the_answer_of_the_trainee(answer, state, trainee, offered):
    response = trainee.client().post(page_of(offered), {"answer": answer})

    offered.refresh_from_db()
    assert offered.state == state
    assert response.url == reverse("courses:my_enrolments")


def test_offer_page_after_its_day_takes_no_answer(manager, offered):
    Enrolment.objects.update(answer_until=at(localdate() - timedelta(days=1), "23:59"))

    html = manager.client().get(page_of(offered)).content.decode()

    assert "返事は締め切られています" in html
    assert 'value="accept"' not in html


def test_offer_page_is_not_for_the_college_to_answer(coordinator, stranger, offered):
    assert coordinator.client().post(page_of(offered), {"answer": "accept"}).status_code == 403
    assert stranger.client().get(page_of(offered)).status_code == 404


def test_trainee_reads_the_place_in_the_queue_and_the_way_to_the_answer(trainee, coming, seated, offered):
    run = RunFactory(course__college=coming.course.college)
    LessonFactory(run=run, day=localdate() + timedelta(days=40))
    seated(run, state=WAITLISTED)
    EnrolmentFactory(run=run, employment=trainee.person.employments.get(), state=WAITLISTED)

    html = trainee.client().get(reverse("courses:my_enrolments")).content.decode()

    assert "2番目です。" in html
    assert page_of(offered) in html


def test_manager_of_another_firm_in_the_run_answers_for_nobody_else(offered):
    other = cast("manager", EnrolmentFactory(run=offered.run).employment.establishment.organisation, "他社")

    assert other.client().post(page_of(offered), {"answer": "decline"}).status_code == 404
    assert Enrolment.objects.get(pk=offered.pk).state == OFFERED


def test_home_of_the_manager_leads_to_the_answer(manager, offered):
    html = manager.client().get(reverse("home")).content.decode()

    assert "空いた席を受けるか答える" in html
    assert page_of(offered) in html


@pytest.mark.parametrize(("who", "is_asked"), [("trainee", True), ("manager", True), ("coordinator", False)])
def test_run_page_leads_those_who_are_asked_to_the_answer(who, is_asked, request, coming, offered):
    html = request.getfixturevalue(who).client().get(reverse("courses:run", args=[coming.pk])).content.decode()

    assert ("次にすること: 返事をする" in html) is is_asked
    assert (page_of(offered) in html) is is_asked


def earlier(lesson, day):
    return LessonWish(topic=lesson.topic, starts_at=at(day, "10:00"), ends_at=at(day, "17:00"), room=lesson.room)


def test_a_run_that_begins_earlier_shortens_the_time_to_answer_and_says_so(coordinator, manager, run, queue):
    offered = free(queue, manager, today=date(2027, 1, 30))
    Run.objects.filter(pk=run.pk).update(apply_until=date(2027, 1, 25))

    change_lesson(
        run.lessons.order_by("starts_at")[0],
        earlier(run.lessons.first(), date(2027, 2, 1)),
        by=coordinator.acting(date(2027, 1, 30)),
    )

    offered.refresh_from_db()
    told = Notification.objects.filter(subject__startswith="返事の期限が早まりました")
    assert localtime(offered.answer_until).strftime("%Y-%m-%d %H:%M:%S") == "2027-01-31 23:59:59"
    assert {one.person for one in told} == {offered.person, manager.person}
    assert JournalEntry.objects.get(verb="offer.shorten").subject_id == offered.pk


def test_an_offer_is_not_accepted_once_the_run_has_begun(manager, run, queue):
    offered = free(queue, manager)
    Enrolment.objects.filter(pk=offered.pk).update(answer_until=at(date(2027, 2, 28), "23:59"))

    with pytest.raises(Refused, match="もう始まっています"):
        accept_offer(offered, by=manager.acting(date(2027, 2, 3)))

    assert Enrolment.objects.get(pk=offered.pk).state == OFFERED
