"""A temporary scheme: the last day to file a plan is the scheme's own where it comes first."""

from datetime import date

import pytest

from courses.models import Run
from firms.errors import Refused
from grants.actions.deadlines import refresh
from grants.actions.plans import file_plan, freeze_plan
from grants.queries import forecast
from grants.time.windows import plan_window_of
from tests.grants.conftest import fresh
from tests.grants.test_changes import move_lesson


@pytest.mark.parametrize(
    ("starts_on", "last"),
    [
        (date(2027, 4, 28), date(2027, 3, 29)),
        (date(2027, 4, 30), date(2027, 3, 30)),
        (date(2027, 5, 10), date(2027, 3, 31)),
        (date(2027, 9, 30), date(2027, 3, 31)),
        (date(2027, 10, 15), date(2027, 9, 15)),
    ],
    ids=["sunday moves on", "before it", "in the middle", "its last month", "opens after it"],
)
def test_window_is_no_longer_than_the_scheme(starts_on, last):
    assert plan_window_of("reskilling", starts_on).last == last


def test_scheme_without_an_end_leaves_the_window_whole():
    assert plan_window_of("hrd_support", date(2027, 5, 10)).last == date(2027, 4, 12)


@pytest.fixture
def in_may(run):
    for lesson, day in zip(run.lessons.all(), (date(2027, 5, 10), date(2027, 5, 17)), strict=True):
        move_lesson(lesson, day)
    Run.objects.filter(pk=run.pk).update(apply_until=date(2027, 5, 1))


def test_plan_of_may_is_due_by_the_end_of_the_scheme_and_says_why(stated, in_may):
    refresh(stated, by=None)

    row = stated.deadlines.open().get()
    assert row.last_on == date(2027, 3, 31)
    assert "この制度の計画届は 2027年3月31日 までです" in row.because
    assert "雇用保険法施行規則附則34・35条" in row.source


def test_plan_of_may_cannot_be_filed_after_the_scheme(stated, in_may, advisor):
    freeze_plan(fresh(stated), by=advisor.acting(date(2027, 3, 30)))

    with pytest.raises(Refused, match="2027年3月31日 まで"):
        file_plan(fresh(stated), filed_on=date(2027, 4, 1), receipt_number="1", by=advisor.acting(date(2027, 4, 2)))


@pytest.mark.parametrize(("on", "can_be_filed"), [(date(2027, 3, 31), True), (date(2027, 4, 1), False)])
def test_forecast_after_the_scheme_promises_nothing(stated, in_may, run, establishment, enrolled, on, can_be_filed):
    found = forecast(run, establishment, [one.employment for one in enrolled], on)

    assert (found.can_be_filed, found.total > 0) == (can_be_filed, can_be_filed)
