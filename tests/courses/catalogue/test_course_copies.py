"""The same course once more: a draft with a number of its own, its units and questions, and nothing of what became of it."""

import pytest
from django.urls import reverse

from courses.actions.catalogue.course_copies import copy_course
from courses.actions.catalogue.courses import tag
from courses.actions.elearning.units import edit_unit
from courses.models import Course, Question, Unit
from courses.queries.elearning.units import offered_units
from courses.states import CourseState
from firms.errors import Refused
from firms.files import store as files
from firms.models import JournalEntry, Organisation, StoredFile
from tests.conftest import TODAY
from tests.factories import CourseFactory, EnrolmentFactory, QuestionFactory, UnitFactory

MARK = "6f2f1f2e-8f58-4a2d-9a5b-0d6a5f0b7c12"
OWN = {"id", "title", "state", "listed_on", "search_text"}


@pytest.fixture
def course(run):
    return run.course


def press(who, course, **given):
    return who.client().post(reverse("courses:course_copy", args=[course.pk]), given)


def copy_of(course):
    return Course.objects.exclude(pk=course.pk).get()


def said(course):
    return {
        name: value for name, value in Course.objects.filter(pk=course.pk).values().get().items() if name not in OWN
    }


def test_copy_says_the_same_under_a_number_and_a_name_of_its_own(coordinator, course, people):
    Course.objects.filter(pk=course.pk).update(goals="配線できる", textbook_yen=1200, tax_percent=0, needs_quiz=True)
    tag(course, ["dss-p-2.0:ba"])
    EnrolmentFactory(run=course.runs.get(), employment=people(1)[0])

    answer = press(coordinator, course)

    made = copy_of(course)
    assert answer.headers["Location"] == reverse("courses:course_edit", args=[made.pk])
    assert said(made) == said(course)
    assert (made.title, made.state, made.listed_on) == (f"{course.title}（写し）", CourseState.DRAFT, None)
    assert made.code != course.code
    assert list(made.skills.values_list("item", flat=True)) == ["dss-p-2.0:ba"]
    assert made.runs.count() == 0
    assert "写し" in made.search_text
    entry = JournalEntry.objects.about(made).get(verb="course.copy")
    assert (entry.person, entry.details["copied_from"]) == (coordinator.person, f"{course.code} {course.title}")


def test_units_come_in_their_order_with_questions_and_the_same_files(coordinator, course):
    handout, captions = (files.store(text, media_type="text/plain") for text in (b"%PDF-1", b"WEBVTT"))
    first = UnitFactory(course=course, number=2, kind="file", file=handout, file_name="資料.pdf")
    second = UnitFactory(course=course, number=5, video=True, captions=captions, chapters=[{"at": 0, "title": "始め"}])
    quiz = UnitFactory(course=course, number=7, quiz=True, draw=1, pass_percent=70, attempts=3)
    kept = QuestionFactory(unit=quiz)
    QuestionFactory(unit=quiz, retired_at=quiz.published_at)
    UnitFactory(course=course, number=9, published_at=None)
    UnitFactory(course=course, number=1, retired_at=quiz.published_at)
    stored = StoredFile.objects.count()

    made = copy_course(course, by=coordinator.acting())

    units = list(offered_units(made))
    assert [(one.number, one.title) for one in units] == [(1, first.title), (2, second.title), (3, quiz.title)]
    assert (units[0].file, units[0].file_name) == (handout, "資料.pdf")
    assert (units[1].captions, units[1].chapters, units[1].video_url) == (captions, second.chapters, second.video_url)
    assert (units[2].draw, units[2].pass_percent, units[2].attempts) == (1, 70, 3)
    asked = units[2].questions.get()
    assert (asked.text, asked.choices, asked.explanation) == (kept.text, kept.choices, kept.explanation)
    assert asked.pk != kept.pk
    assert StoredFile.objects.count() == stored
    assert made.units.count() == 3


def test_a_change_of_the_copy_leaves_the_first_as_it_was(coordinator, course):
    unit = UnitFactory(course=course)
    made = copy_course(course, by=coordinator.acting())

    edit_unit(made.units.get(), {"body": "新しい本文"}, by=coordinator.acting())

    unit.refresh_from_db()
    assert (unit.body, made.units.get().body) == ("センサは測るものに合わせて選びます。", "新しい本文")


def test_second_copy_has_a_name_of_its_own_and_a_long_name_is_cut(coordinator, course):
    Course.objects.filter(pk=course.pk).update(title="長" * 100)

    titles = [copy_course(course, by=coordinator.acting()).title for _n in range(2)]

    assert titles == ["長" * 96 + "（写し）", "長" * 95 + "（写し2）"]


@pytest.mark.parametrize("state", ["draft", "proposed", "listed", "withdrawn"])
def test_any_state_gives_a_draft(state, coordinator, course):
    Course.objects.filter(pk=course.pk).update(state=state)

    assert copy_course(course, by=coordinator.acting()).state == CourseState.DRAFT


def test_double_click_makes_one(coordinator, course):
    client = coordinator.client()

    answers = [
        client.post(reverse("courses:course_copy", args=[course.pk]), {"once_mark": MARK}).headers["Location"]
        for _click in range(2)
    ]

    assert Course.objects.count() == 2
    assert answers == [reverse("courses:course_edit", args=[copy_of(course).pk])] * 2


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 302), ("coordinator", 302), ("instructor", 403), ("manager", 404), ("stranger", 404)],
)
def test_college_and_ward_copy_and_nobody_else(who, status, course, request):
    assert press(request.getfixturevalue(who), course).status_code == status
    assert Course.objects.count() == (2 if status == 302 else 1)


def test_another_college_does_not_copy_it(coordinator):
    assert press(coordinator, CourseFactory()).status_code == 404


def test_college_that_left_copies_nothing(coordinator, course):
    Organisation.objects.filter(pk=course.college_id).update(deregistered_on=TODAY, deregistered_because="閉校")

    with pytest.raises(Refused, match="登録が抹消"):
        copy_course(course, by=coordinator.acting())
    assert not Unit.objects.exists()
    assert not Question.objects.exists()


def test_page_offers_it_to_those_who_may(coordinator, instructor, course):
    address = reverse("courses:course", args=[course.pk])

    assert "講座を写す" in coordinator.client().get(address).content.decode()
    assert "講座を写す" not in instructor.client().get(address).content.decode()
