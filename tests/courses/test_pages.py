"""Every page of courses/ opens for those it is for, and for strangers there is nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from courses.models import AttendanceMark, Run
from courses.states import CourseState, RunState
from firms.models import Mandate
from tests.conftest import cast
from tests.factories import CourseFactory, EnrolmentFactory, LessonFactory, OrganisationFactory, RunFactory


@pytest.fixture
def draft(college):
    return CourseFactory(college=college, state=CourseState.DRAFT, listed_on=None)


@pytest.fixture
def preparing(draft):
    run = RunFactory(course=draft, state=RunState.PREPARING)
    LessonFactory(run=run)
    return run


@pytest.fixture
def mark(held, held_lesson, instructor, seated):
    (enrolment,) = seated(held)
    return AttendanceMark.objects.create(
        enrolment=enrolment, lesson=held_lesson, minutes=0, source="roster", recorded_by=instructor.person
    )


OBJECTS = {
    "course": lambda draft, preparing, mark: draft,
    "course_edit": lambda draft, preparing, mark: draft,
    "course_propose": lambda draft, preparing, mark: draft,
    "course_list": lambda draft, preparing, mark: draft,
    "course_return": lambda draft, preparing, mark: draft,
    "course_withdraw": lambda draft, preparing, mark: draft,
    "run_new": lambda draft, preparing, mark: draft,
    "run": lambda draft, preparing, mark: preparing,
    "run_edit": lambda draft, preparing, mark: preparing,
    "run_open": lambda draft, preparing, mark: preparing,
    "run_cancel": lambda draft, preparing, mark: preparing,
    "run_draw": lambda draft, preparing, mark: preparing,
    "run_hold": lambda draft, preparing, mark: preparing,
    "quota_new": lambda draft, preparing, mark: preparing,
    "take_back": lambda draft, preparing, mark: mark.enrolment,
    "offer": lambda draft, preparing, mark: mark.enrolment,
    "lesson_new": lambda draft, preparing, mark: preparing,
    "lesson_edit": lambda draft, preparing, mark: preparing.lessons.get(),
    "lesson_delete": lambda draft, preparing, mark: preparing.lessons.get(),
    "enrol": lambda draft, preparing, mark: preparing,
    "apply": lambda draft, preparing, mark: preparing,
    "enrolment_approve": lambda draft, preparing, mark: mark.enrolment,
    "enrolment_decline": lambda draft, preparing, mark: mark.enrolment,
    "enrolment_cancel": lambda draft, preparing, mark: mark.enrolment,
    "roster": lambda draft, preparing, mark: mark.lesson,
    "mark_correct": lambda draft, preparing, mark: mark,
    "attendance": lambda draft, preparing, mark: mark.enrolment.run,
}


POSTS = {
    "course_propose",
    "course_list",
    "course_withdraw",
    "run_open",
    "run_hold",
    "lesson_delete",
    "enrolment_approve",
    "enrolment_decline",
    "enrolment_cancel",
}


def ask(client, name, thing):
    url = reverse(f"courses:{name}", args=[thing.pk])
    return client.post(url) if name in POSTS else client.get(url)


@pytest.mark.parametrize("name", OBJECTS)
def test_pages_do_not_exist_for_a_stranger(name, stranger, draft, preparing, mark):
    response = ask(stranger.client(), name, OBJECTS[name](draft, preparing, mark))

    assert response.status_code == 404


@pytest.mark.parametrize("name", OBJECTS)
def test_pages_do_not_exist_for_another_college(name, draft, preparing, mark):
    other = cast("coordinator", OrganisationFactory(kind="college"), "他校")

    response = ask(other.client(), name, OBJECTS[name](draft, preparing, mark))

    assert response.status_code == 404


@pytest.mark.parametrize(
    "name", [name for name in OBJECTS if name.startswith(("course", "run", "lesson")) and name != "course_propose"]
)
def test_pages_of_a_course_answer_the_ward(name, officer, draft, preparing, mark):
    response = ask(officer.client(), name, OBJECTS[name](draft, preparing, mark))

    assert response.status_code == (302 if name in POSTS else 200)


@pytest.mark.parametrize(
    "name", ["course", "course_edit", "run_new", "run", "run_edit", "run_cancel", "lesson_new", "lesson_edit"]
)
def test_pages_of_a_course_open_for_its_college(name, coordinator, draft, preparing, mark):
    response = ask(coordinator.client(), name, OBJECTS[name](draft, preparing, mark))

    assert response.status_code == 200


@pytest.mark.parametrize("name", ["course_edit", "run_edit", "lesson_edit", "run_new"])
def test_pages_of_a_course_are_not_for_its_instructor_to_write(name, instructor, draft, preparing, mark):
    response = ask(instructor.client(), name, OBJECTS[name](draft, preparing, mark))

    assert response.status_code == 403


@pytest.mark.parametrize("name", ["roster", "mark_correct", "attendance"])
def test_attendance_opens_for_the_instructor(name, instructor, draft, preparing, mark):
    response = ask(instructor.client(), name, OBJECTS[name](draft, preparing, mark))

    assert response.status_code == 200


@pytest.mark.parametrize("name", ["roster", "mark_correct"])
def test_rosters_are_the_colleges_alone(name, manager, draft, preparing, mark):
    response = ask(manager.client(), name, OBJECTS[name](draft, preparing, mark))

    assert response.status_code == 404


def test_attendance_of_a_firm_shows_its_own_people_alone(manager, held, mark, seated):
    stranger_there = EnrolmentFactory(run=held, employment__person__family_name="他社")

    page = manager.client().get(reverse("courses:attendance", args=[held.pk])).content.decode()

    assert mark.enrolment.person.full_name in page
    assert stranger_there.person.family_name not in page


def test_run_page_of_a_college_names_people_without_insured_numbers(coordinator, coming, seated):
    (enrolment,) = seated(coming)

    page = coordinator.client().get(reverse("courses:run", args=[coming.pk])).content.decode()

    assert enrolment.person.full_name in page
    assert enrolment.employment.insured_number not in page


def test_advisor_sees_the_attendance_of_a_client(advisor, held, mark):
    response = advisor.client().get(reverse("courses:attendance", args=[held.pk]))

    assert response.status_code == 200


def test_attendance_needs_a_mandate(advisor_without_mandate, held, mark):
    response = advisor_without_mandate.client().get(reverse("courses:attendance", args=[held.pk]))

    assert response.status_code == 404


def test_attendance_needs_a_mandate_for_training_grants(advisor, held, mark):
    Run.objects.update(state="preparing")
    Mandate.objects.update(scopes=["trial_grants"])

    for name in ("attendance", "run"):
        assert advisor.client().get(reverse(f"courses:{name}", args=[held.pk])).status_code == 404


# --- lists: the same number of queries with one row and with three ---


def queries_of(client, name, django_assert_num_queries, n, *args):
    url = reverse(f"courses:{name}", args=args)
    client.get(url)
    with django_assert_num_queries(n):
        return client.get(url)


@pytest.mark.parametrize("rows", [1, 3])
def test_catalogue_takes_five_queries(rows, manager, college, django_assert_num_queries):
    for _ in range(rows):
        run = RunFactory(course__college=college, apply_until=localdate() + timedelta(days=10))
        LessonFactory(run=run, day=localdate() + timedelta(days=20))

    response = queries_of(manager.client(), "catalogue", django_assert_num_queries, 5)

    assert response.content.decode().count('<li class="card">') == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_course_page_takes_the_same_queries(rows, manager, college, django_assert_num_queries):
    course = CourseFactory(college=college)
    for n in range(rows):
        run = RunFactory(course=course, apply_until=localdate() + timedelta(days=10))
        LessonFactory(run=run, day=localdate() + timedelta(days=20 + n))

    response = queries_of(manager.client(), "course", django_assert_num_queries, 10, course.pk)

    assert len(response.context["coming"]) == rows


def test_own_courses_say_from_when_an_online_run_is_learnt(coordinator, online):
    page = coordinator.client().get(reverse("courses:own_courses")).content.decode()

    assert "2027年2月1日（月）から学べます" in page
    assert "未定" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_own_courses_take_the_same_queries(rows, coordinator, college, django_assert_num_queries):
    for _ in range(rows):
        LessonFactory(run=RunFactory(course__college=college), day=localdate() + timedelta(days=90))

    response = queries_of(coordinator.client(), "own_courses", django_assert_num_queries, 8)

    assert len(response.context["rows"]) == len(response.context["coming"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_run_page_takes_the_same_queries(rows, manager, coming, seated, django_assert_num_queries):
    seated(coming, rows)

    response = queries_of(manager.client(), "run", django_assert_num_queries, 11, coming.pk)

    assert len(response.context["people"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_enrol_page_takes_the_same_queries(rows, manager, coming, people, django_assert_num_queries):
    people(rows)

    response = queries_of(manager.client(), "enrol", django_assert_num_queries, 11, coming.pk)

    assert len(response.context["candidates"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_my_enrolments_take_the_same_queries(rows, trainee, django_assert_num_queries):
    for _ in range(rows):
        run = RunFactory()
        LessonFactory(run=run)
        EnrolmentFactory(run=run, employment=trainee.person.employments.get())

    response = queries_of(trainee.client(), "my_enrolments", django_assert_num_queries, 8)

    assert len(response.context["rows"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_my_lessons_take_the_same_queries(rows, instructor, college, django_assert_num_queries):
    for n in range(rows):
        day = localdate() + timedelta(days=20 + n)
        LessonFactory(run__course__college=college, day=day, instructor=instructor.person)

    response = queries_of(instructor.client(), "my_lessons", django_assert_num_queries, 8)

    assert len(response.context["coming"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_roster_takes_the_same_queries(rows, instructor, held, held_lesson, seated, django_assert_num_queries):
    seated(held, rows)

    response = queries_of(instructor.client(), "roster", django_assert_num_queries, 10, held_lesson.pk)

    assert len(response.context["rows"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_attendance_takes_the_same_queries(rows, instructor, held, seated, django_assert_num_queries):
    seated(held, rows)

    response = queries_of(instructor.client(), "attendance", django_assert_num_queries, 11, held.pk)

    assert len(response.context["rows"]) == rows
