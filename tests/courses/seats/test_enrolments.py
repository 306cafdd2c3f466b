"""Seats: who may be sent, first come first served, the queue, requests and their answers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from courses.actions.seats.enrolments import cancel_enrolment, enrol
from courses.actions.seats.requests import approve_request, decline_request, request_seat
from courses.models import Enrolment, Run
from courses.states import CourseState, EnrolmentState, RunState
from firms.errors import Refused
from firms.models import JournalEntry, Notification
from tests.factories import EmploymentFactory, EnrolmentFactory, EstablishmentFactory, LessonFactory, RunFactory

ACCEPTED, WAITLISTED, REQUESTED = EnrolmentState.ACCEPTED, EnrolmentState.WAITLISTED, EnrolmentState.REQUESTED


def states(run):
    return list(run.enrolments.order_by("pk").values_list("state", flat=True))


def seats(run, n):
    Run.objects.filter(pk=run.pk).update(seats=n)


# --- a firm sends its people ---


def test_enrol_gives_seats_and_tells_trainees_and_college(manager, coordinator, run, people, firm):
    enrolments = enrol(run, people(3), by=manager.acting())

    told = set(Notification.objects.values_list("person", flat=True))
    entries = JournalEntry.objects.filter(verb="enrolment.apply", to_state=ACCEPTED, concerns=firm)
    assert states(run) == [ACCEPTED] * 3
    assert told == {*(one.person_id for one in enrolments), coordinator.person.pk}
    assert entries.count() == 3


def test_enrol_over_capacity_waits_in_order(manager, run, people):
    seats(run, 2)
    employments = people(4)

    enrol(run, employments, by=manager.acting())

    waiting = run.enrolments.filter(state=WAITLISTED).order_by("pk")
    assert [one.employment for one in waiting] == employments[2:]
    assert states(run) == [ACCEPTED, ACCEPTED, WAITLISTED, WAITLISTED]


def test_enrol_twice_is_once(manager, run, people):
    employments = people(2)
    first = enrol(run, employments, by=manager.acting())
    told = Notification.objects.count()

    second = enrol(run, employments, by=manager.acting())

    assert [one.pk for one in second] == [one.pk for one in first]
    assert Notification.objects.count() == told


@pytest.mark.parametrize(
    "fields",
    [{"started_on": date(2027, 2, 4)}, {"ended_on": date(2027, 2, 9)}],
    ids=["hired after the first lesson", "left before the last"],
)
def test_enrol_refuses_someone_not_employed_on_a_lesson_day(fields, manager, run, people):
    able = people(1)
    (absent,) = people(1, **fields)

    with pytest.raises(
        Refused, match=r"に「.*」で雇用されていません。すべてのコマの日に在籍する人を選んでください"
    ) as refused:
        enrol(run, [*able, absent], by=manager.acting())

    assert absent.person.full_name in refused.value.sentence
    assert not run.enrolments.exists()


def test_enrol_refuses_nobody_at_all(manager, run):
    with pytest.raises(Refused, match="1人以上選んでください"):
        enrol(run, [], by=manager.acting())


def test_enrol_refuses_someone_another_employment_sent(manager, run, people):
    (employment,) = people(1)
    EnrolmentFactory(run=run, employment=EmploymentFactory(person=employment.person))

    with pytest.raises(Refused, match="すでにこの開講に申し込んでいます"):
        enrol(run, [employment], by=manager.acting())


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"state": RunState.PREPARING}, "この開講は募集していません"),
        ({"state": RunState.CANCELLED}, "この開講は募集していません"),
        ({"apply_until": date(2026, 11, 19)}, "申込締切日を過ぎています"),
    ],
    ids=["not open yet", "cancelled", "too late"],
)
def test_enrol_refuses_a_run_that_takes_nobody(change, sentence, manager, run, people):
    Run.objects.filter(pk=run.pk).update(**change)

    with pytest.raises(Refused, match=sentence):
        enrol(run, people(1), by=manager.acting())


def test_enrol_refuses_a_withdrawn_course(manager, run, people):
    run.course.__class__.objects.update(state=CourseState.WITHDRAWN)

    with pytest.raises(Refused, match="この開講は募集していません"):
        enrol(run, people(1), by=manager.acting())


def test_enrol_on_the_last_day_is_in_time(manager, run, people):
    enrol(run, people(1), by=manager.acting(today=run.apply_until))

    assert states(run) == [ACCEPTED]


def test_enrol_answers_the_wish_of_an_employee(manager, trainee, run):
    request_seat(run, by=trainee.acting())

    enrol(run, [trainee.person.employments.get()], by=manager.acting())

    assert states(run) == [ACCEPTED]


# --- the pages of it ---


def test_enrol_page_shows_cost_and_writes_nothing_before_the_confirming_post(manager, coming, people, establishment):
    employments = people(2)
    url = reverse("courses:enrol", args=[coming.pk])
    chosen = {"establishment": establishment.pk, "employments": [one.pk for one in employments]}

    page = manager.client().get(url, chosen)

    assert page.templates[0].name == "courses/seats/enrol_confirm.html"
    assert page.context["cost_yen"] == 44_000
    assert not Enrolment.objects.exists()

    manager.client().post(url, chosen)

    assert states(coming) == [ACCEPTED, ACCEPTED]


def test_enrol_page_says_before_confirming_who_will_wait(manager, coming, people, establishment):
    seats(coming, 1)
    chosen = {"establishment": establishment.pk, "employments": [one.pk for one in people(3)]}

    page = manager.client().get(reverse("courses:enrol", args=[coming.pk]), chosen)

    assert (page.context["seated"], page.context["queued"]) == (1, 2)


@pytest.mark.parametrize("method", ["get", "post"])
def test_enrol_page_refuses_someone_not_employed_then(method, manager, coming, people, establishment):
    (employment,) = people(1, ended_on=coming.lessons.first().on)
    chosen = {"establishment": establishment.pk, "employments": [employment.pk]}

    page = getattr(manager.client(), method)(reverse("courses:enrol", args=[coming.pk]), chosen)

    assert "雇用されていません" in page.context["refusal"].sentence
    assert not Enrolment.objects.exists()


def test_enrol_page_finds_no_people_of_other_firms(manager, coming, establishment):
    foreign = EmploymentFactory()
    chosen = {"establishment": foreign.establishment_id, "employments": [foreign.pk]}

    page = manager.client().post(reverse("courses:enrol", args=[coming.pk]), chosen)

    assert page.context["refusal"].sentence == "受講する人を1人以上選んでください。"
    assert not Enrolment.objects.exists()


def test_enrolling_nobody_is_said_at_the_people_and_above(manager, coming, people):
    people(1)

    page = manager.client().get(reverse("courses:enrol", args=[coming.pk]), {"next": "1"})

    html = page.content.decode()
    assert page.context["refusal"].field == "employments"
    assert html.count("受講する人を1人以上選んでください。") == 2
    assert 'href="#choose-people"' in html
    assert 'aria-describedby="choose-people-error"' in html


def test_enrol_page_shows_one_establishment_at_a_time(manager, coming, firm, people):
    people(1)
    branch = EstablishmentFactory(organisation=firm)
    EmploymentFactory(establishment=branch)

    page = manager.client().get(reverse("courses:enrol", args=[coming.pk]), {"establishment": branch.pk})

    assert [one.employment.establishment for one in page.context["candidates"]] == [branch]


@pytest.mark.parametrize("name", ["officer", "coordinator", "trainee", "advisor"])
def test_enrol_page_is_for_managers(name, request, coming):
    response = request.getfixturevalue(name).client().get(reverse("courses:enrol", args=[coming.pk]))

    assert response.status_code == 403


# --- giving seats back ---


def test_cancelling_twice_is_refused_with_a_sentence(manager, run, seated):
    (seat,) = seated(run)
    cancel_enrolment(seat, by=manager.acting())

    with pytest.raises(Refused, match="「取消」の状態からは行えません"):
        cancel_enrolment(seat, by=manager.acting())


def test_cancelling_ends_with_the_day_before_the_first_lesson(manager, run, seated):
    (seat,) = seated(run)

    with pytest.raises(Refused, match=r"取消しの期限（2027年2月2日）を過ぎています。連携校（.*03-0000-0001.*）に連絡"):
        cancel_enrolment(seat, by=manager.acting(today=date(2027, 2, 3)))

    cancel_enrolment(seat, by=manager.acting(today=date(2027, 2, 2)))


def test_cancelling_ends_on_the_day_the_run_names(manager, run, seated):
    (seat,) = seated(run)
    Run.objects.filter(pk=run.pk).update(cancel_until=date(2027, 1, 27))
    run.course.__class__.objects.update(contact_name="学務課", contact_phone="03-0000-0009")

    with pytest.raises(Refused, match=r"取消しの期限（2027年1月27日）を過ぎています。連携校（.*学務課 03-0000-0009）"):
        cancel_enrolment(seat, by=manager.acting(today=date(2027, 1, 28)))

    cancel_enrolment(seat, by=manager.acting(today=date(2027, 1, 27)))


def test_a_place_in_the_queue_is_given_up_after_the_cancel_day_too(manager, run, seated):
    (waiting,) = seated(run, state=WAITLISTED)
    Run.objects.filter(pk=run.pk).update(cancel_until=date(2027, 1, 27))

    cancel_enrolment(waiting, by=manager.acting(today=date(2027, 1, 28)))

    assert states(run) == [EnrolmentState.CANCELLED]


def test_cancel_page_of_the_firm_tells_the_trainee(manager, coming, seated):
    (seat,) = seated(coming)

    manager.client().post(reverse("courses:enrolment_cancel", args=[seat.pk]))

    seat.refresh_from_db()
    assert seat.state == EnrolmentState.CANCELLED
    assert Notification.objects.get().person == seat.person


# --- an employee asks ---


def test_request_asks_the_manager_and_holds_no_seat(manager, trainee, coming):
    trainee.client().post(reverse("courses:apply", args=[coming.pk]))

    assert states(coming) == [REQUESTED]
    assert Notification.objects.get().person == manager.person


def test_request_twice_is_once(trainee, run):
    first = request_seat(run, by=trainee.acting())

    assert request_seat(run, by=trainee.acting()) == first


def test_request_needs_an_employment(trainee, run):
    trainee.person.employments.update(ended_on=date(2026, 1, 31))

    with pytest.raises(Refused, match="あなたの雇用がまだ登録されていません"):
        request_seat(run, by=trainee.acting())


def test_request_needs_an_employment_that_lasts(trainee, run):
    trainee.person.employments.update(ended_on=date(2027, 2, 9))

    with pytest.raises(Refused, match=r"2027年2月10日に「.*」で雇用されていません"):
        request_seat(run, by=trainee.acting())


@pytest.fixture
def wish(trainee, coming):
    employment = trainee.person.employments.get()
    return EnrolmentFactory(run=coming, employment=employment, state=REQUESTED)


def test_approving_gives_a_seat_and_tells_the_trainee(manager, wish):
    manager.client().post(reverse("courses:enrolment_approve", args=[wish.pk]))

    wish.refresh_from_db()
    assert wish.state == ACCEPTED
    assert Notification.objects.filter(person=wish.person, subject__startswith="受講が決まりました").count() == 1


def test_approving_twice_is_once(manager, wish):
    approve_request(wish, by=manager.acting())
    approve_request(wish, by=manager.acting())

    assert JournalEntry.objects.filter(verb="enrolment.approve").count() == 1


def test_approving_a_full_run_queues(manager, wish, coming, seated):
    seats(coming, 1)
    seated(coming)

    approve_request(wish, by=manager.acting())

    wish.refresh_from_db()
    assert wish.state == WAITLISTED


def test_approving_is_too_late_once_the_run_has_begun(manager, trainee, run):
    wish = EnrolmentFactory(run=run, employment=trainee.person.employments.get(), state=REQUESTED)

    with pytest.raises(Refused, match="この開講はもう申し込めません"):
        approve_request(wish, by=manager.acting(today=date(2027, 2, 3)))


def test_declining_tells_the_trainee(manager, wish):
    manager.client().post(reverse("courses:enrolment_decline", args=[wish.pk]))

    wish.refresh_from_db()
    assert wish.state == EnrolmentState.DECLINED
    assert Notification.objects.get().person == wish.person


def test_declining_twice_is_once(manager, wish):
    decline_request(wish, by=manager.acting())
    decline_request(wish, by=manager.acting())

    assert Notification.objects.count() == 1


def test_trainee_takes_the_own_wish_back_and_the_manager_hears(trainee, manager, wish):
    trainee.client().post(reverse("courses:enrolment_cancel", args=[wish.pk]))

    wish.refresh_from_db()
    assert wish.state == EnrolmentState.CANCELLED
    assert Notification.objects.get().person == manager.person


def test_trainee_does_not_answer_the_own_wish(trainee, wish):
    response = trainee.client().post(reverse("courses:enrolment_approve", args=[wish.pk]))

    assert response.status_code == 403


def test_my_enrolments_show_dates_and_own_minutes(trainee, held, held_lesson, instructor):
    enrolment = EnrolmentFactory(run=held, employment=trainee.person.employments.get())
    enrolment.marks.create(
        lesson=held_lesson,
        came_at=held_lesson.starts_at,
        left_at=held_lesson.ends_at,
        minutes=360,
        source="roster",
        recorded_by=instructor.person,
    )

    (row,) = trainee.client().get(reverse("courses:my_enrolments")).context["rows"]

    kept = row.attendance
    assert (kept.attended, kept.planned, kept.percent) == (360, 720, 50)


# --- the race ---


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one writer in at a time, so there is no race"
)
def test_forty_at_once_for_five_seats_fill_five_and_queue_the_others(manager, establishment, pattern):
    run = RunFactory(seats=5)
    LessonFactory(run=run)
    employments = [EmploymentFactory(establishment=establishment, pattern=pattern) for _ in range(40)]
    by = manager.acting()

    def one(employment):
        try:
            enrol(run, [employment], by=by)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=20) as pool:
        list(pool.map(one, employments))

    assert states(run) == [ACCEPTED] * 5 + [WAITLISTED] * 35
