"""What grants/ shows on pages of courses/: windows for everybody, effects of a move without a firm's name."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from courses.models import Course
from grants.queries import drawable
from grants.queries.effects import lesson_effect, run_effect
from tests.factories import CourseFactory, LessonFactory, RunFactory

TODAY = date(2026, 12, 1)


def coming(days, course=None):
    day = localdate() + timedelta(days=days)
    run = RunFactory(course=course or CourseFactory(), apply_until=day - timedelta(days=1))
    LessonFactory(run=run, day=day)
    return run


def with_dates(course):
    return list(course.runs.with_dates())


@pytest.fixture
def taught(run) -> Course:
    return Course.objects.get(pk=run.course_id)


def test_course_tells_each_run_its_last_day_to_file(taught):
    found = drawable(taught, with_dates(taught), on=TODAY)

    assert found.titles[0] == "人材開発支援助成金 事業展開等リスキリング支援コース"
    assert [(one.starts_on, one.window.first, one.window.last) for one in found.runs] == [
        (date(2027, 2, 3), date(2026, 8, 3), date(2027, 1, 4))
    ]


@pytest.mark.parametrize(("field", "count"), [("dx", 2), ("craft", 1)], ids=["dx", "craft"])
def test_course_names_the_schemes_that_fit_its_subject(taught, field, count):
    taught.field = field

    assert len(drawable(taught, [], on=TODAY).titles) == count


def test_short_course_says_so(taught):
    taught.hours = 9

    assert not drawable(taught, with_dates(taught), on=TODAY).is_long_enough


def test_visitor_sees_the_windows_without_signing_in(db, client):
    soon = coming(90)

    page = client.get(reverse("courses:course", args=[soon.course_id])).content.decode()

    assert "計画届を出せる期間" in page
    assert "事業展開等リスキリング支援コース" in page


def test_visitor_is_told_where_it_is_too_late(db, client):
    soon = coming(10)

    page = client.get(reverse("courses:course", args=[soon.course_id])).content.decode()

    assert "間に合いません" in page


@pytest.mark.parametrize(
    ("days", "said"), [(90, "計画届を出せる期間"), (10, "間に合いません")], ids=["in time", "too late"]
)
def test_trainee_reads_the_last_day_to_file_before_asking_for_a_seat(trainee, days, said):
    soon = coming(days)

    page = trainee.client().get(reverse("courses:apply", args=[soon.pk])).content.decode()

    assert said in page
    assert page.index(said) < page.index("受講を希望する</button>")


def test_slot_asks_the_database_nothing(taught, django_assert_num_queries):
    runs = with_dates(taught)

    with django_assert_num_queries(0):
        drawable(taught, runs, on=TODAY)


def test_moved_lesson_names_the_number_of_firms_and_the_last_day(filed, coordinator):
    found = lesson_effect(filed.run.lessons.first(), coordinator.acting(), on=TODAY)

    assert (found.firm_count, found.cases, found.is_late) == (1, [], False)
    assert found.notice.due == date(2027, 2, 2)


def test_firm_sees_its_case_in_the_effect(filed, manager, stranger):
    lesson = filed.run.lessons.first()

    assert lesson_effect(lesson, manager.acting(), on=TODAY).cases == [filed]
    assert lesson_effect(lesson, stranger.acting(), on=TODAY).cases == []


@pytest.mark.parametrize(("on", "is_late"), [(date(2027, 2, 2), False), (date(2027, 2, 3), True)])
def test_effect_after_the_last_day_is_late(filed, coordinator, on, is_late):
    assert lesson_effect(filed.run.lessons.first(), coordinator.acting(), on=on).is_late is is_late


def test_lesson_of_no_filed_plan_has_no_effect(planned, coordinator):
    assert lesson_effect(planned.run.lessons.first(), coordinator.acting(), on=TODAY) is None


def test_lesson_added_after_filing_has_no_effect(filed, coordinator):
    added = LessonFactory(run=filed.run, number=3, day=date(2027, 2, 17))

    assert lesson_effect(added, coordinator.acting(), on=TODAY) is None


def test_page_of_a_lesson_warns_the_college_without_a_name(filed, coordinator, firm):
    lesson = filed.run.lessons.first()

    page = coordinator.client().get(reverse("courses:lesson_edit", args=[lesson.pk])).content.decode()

    assert "1社の計画届に影響します" in page
    assert "2027年2月2日" in page
    assert firm.name not in page
    assert filed.number not in page


def test_moved_run_names_the_firms_and_the_days_of_both_notices(filed, coordinator, manager, stranger):
    found = run_effect(filed.run, coordinator.acting(), on=TODAY)

    assert (found.firm_count, found.cases, found.is_late) == (1, [], False)
    assert (found.first.due, found.last.due) == (date(2027, 2, 2), date(2027, 2, 9))
    assert run_effect(filed.run, manager.acting(), on=TODAY).cases == [filed]
    assert run_effect(filed.run, stranger.acting(), on=TODAY).cases == []


@pytest.mark.parametrize(("on", "is_late"), [(date(2027, 2, 2), False), (date(2027, 2, 3), True)])
def test_run_moved_after_the_last_day_to_tell_is_late(filed, coordinator, on, is_late):
    assert run_effect(filed.run, coordinator.acting(), on=on).is_late is is_late


def test_run_without_a_filed_plan_has_no_effect(planned, coordinator):
    assert run_effect(planned.run, coordinator.acting(), on=TODAY) is None


def test_page_of_a_run_warns_the_college_without_a_name(filed, coordinator, firm):
    page = coordinator.client().get(reverse("courses:run_edit", args=[filed.run_id])).content.decode()

    assert "1社の計画届に影響します" in page
    assert "2027年2月2日" in page
    assert firm.name not in page
