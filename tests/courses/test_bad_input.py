"""Numbers and days no calendar and no roster knows get a sentence, never a server error."""

from datetime import date

import pytest
from django.urls import reverse

from courses.models import AttendanceMark
from tests.factories import LessonFactory, RunFactory

HUGE = "9" * 25


@pytest.fixture
def past_lesson(college, instructor):
    return LessonFactory(
        run=RunFactory(course__college=college, state="open"), day=date(2026, 2, 3), instructor=instructor.person
    )


@pytest.mark.parametrize("field", ["late", "early"])
@pytest.mark.parametrize("minutes", [HUGE, "99999999", "-5"])
def test_minutes_beyond_any_lesson_are_refused_at_the_field(field, minutes, instructor, past_lesson, seated):
    (enrolment,) = seated(past_lesson.run)
    line = {f"e{enrolment.pk}-status": "present", f"e{enrolment.pk}-{field}": minutes}

    answer = instructor.client().post(reverse("courses:roster", args=[past_lesson.pk]), line)

    assert answer.status_code == 200
    assert answer.context["rows"][0].form.errors
    assert not AttendanceMark.objects.exists()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_lesson_on_the_edge_of_the_calendar_gets_a_page(day, coordinator, run):
    given = {"topic": "はじめに", "on": day, "starts": "00:00", "ends": "23:59"}
    client = coordinator.client()

    answer = client.post(reverse("courses:lesson_new", args=[run.pk]), given)

    assert answer.status_code == 200
    assert "on" in answer.context["form"].errors


@pytest.mark.parametrize("number", [HUGE, "9" * 5000, "²", "\x00"])
def test_odd_numbers_of_people_to_send_are_nobodys(number, manager, run, establishment):
    asked = {"establishment": number, "employments": number}

    answer = manager.client().get(reverse("courses:enrol", args=[run.pk]), asked)

    assert answer.status_code == 200


@pytest.mark.parametrize("word", [HUGE, "9" * 5000, "²", "\x00"])
def test_odd_words_in_the_catalogue_show_a_page(word, manager, coordinator, db):
    odd = dict.fromkeys(["q", "field", "level", "method", "college", "is_open", "page", "state"], word)

    assert manager.client().get(reverse("courses:catalogue"), odd).status_code == 200
    assert coordinator.client().get(reverse("courses:own_courses"), odd).status_code == 200
