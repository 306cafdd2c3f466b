"""What grants/ answers when courses/ asks: the days of a filed plan, and which courses could draw a grant."""

from datetime import date

import pytest

from courses.hooks import LearningDays, funded_days, may_draw_grant
from courses.models import Course, Enrolment, Lesson
from grants.actions.cases import drop_case
from grants.actions.deadlines import refresh, tell_change
from grants.queries import may_draw
from tests.factories import CourseFactory, EnrolmentFactory, at
from tests.grants.conftest import CLAIM_DAY


def days(enrolments):
    found = funded_days(Enrolment.objects.filter(pk__in=[one.pk for one in enrolments]))
    return {pk: (one.first, one.last) for pk, one in found.items()}


def test_before_the_plan_is_filed_nothing_is_bound(planned, enrolled):
    assert funded_days(enrolled) == {}


def test_filed_plan_binds_all_its_people_and_says_why(filed, enrolled):
    found = funded_days(enrolled)

    assert set(found) == {one.pk for one in enrolled}
    assert found[enrolled[0].pk] == LearningDays(
        date(2027, 2, 3),
        date(2027, 2, 10),
        "助成金の計画届（2026年11月24日届出）の訓練期間です。初日より前の学習が1つでもあると助成が受けられなくなり、"
        "最終日より後の学習は数えられません。",
    )


def test_people_of_other_firms_and_without_a_firm_stay_free(filed, enrolled):
    other = EnrolmentFactory(run=filed.run)
    alone = EnrolmentFactory(
        run=filed.run, employment=None, person=other.applied_by.__class__.objects.create(email="a@b.jp")
    )

    assert set(funded_days([other, alone, enrolled[0]])) == {enrolled[0].pk}


def test_case_given_up_binds_nobody(filed, enrolled, advisor):
    drop_case(filed, reason="訓練を取りやめた", by=advisor.acting(CLAIM_DAY))

    assert funded_days(enrolled) == {}


@pytest.mark.parametrize("is_told", [False, True], ids=["untold", "told"])
def test_moved_lesson_moves_the_days_once_the_office_was_told(filed, enrolled, advisor, is_told):
    last, to = filed.run.lessons.last(), date(2027, 2, 20)
    Lesson.objects.filter(pk=last.pk).update(starts_at=at(to, "10:00"), ends_at=at(to, "17:00"))
    refresh(filed, by=None)
    if is_told:
        row = filed.deadlines.open().get(code="change_notice")
        tell_change(row, filed_on=date(2027, 2, 1), by=advisor.acting(CLAIM_DAY))

    assert set(days(enrolled).values()) == {(date(2027, 2, 3), to if is_told else date(2027, 2, 10))}


def test_days_are_asked_in_three_queries(filed, enrolled, django_assert_num_queries):
    with django_assert_num_queries(3):
        funded_days(enrolled[:1])
    with django_assert_num_queries(3):
        funded_days(enrolled)


@pytest.mark.parametrize(
    ("hours", "field", "on", "draws"),
    [
        ("10.0", "dx", date(2026, 11, 22), True),
        ("9.5", "dx", date(2026, 11, 22), False),
        ("10.0", "craft", date(2026, 11, 22), True),
        ("10.0", "dx", date(2027, 4, 1), True),
        ("9.9", "craft", date(2027, 4, 1), False),
    ],
    ids=[
        "long enough",
        "too short",
        "craft by the general course",
        "reskilling closed, the general open",
        "short craft",
    ],
)
def test_course_may_draw_a_grant_by_the_figures_of_the_day(db, hours, field, on, draws):
    CourseFactory(hours=hours, field=field)

    assert may_draw(Course.objects.all(), on=on).exists() is draws


def test_catalogue_asks_grants_which_courses_may_draw(db):
    CourseFactory(hours="9.0")
    long = CourseFactory(hours="12.0")

    assert list(may_draw_grant(Course.objects.all())) == [long]
