"""What a page says of a state is true on the day: after the deadline, of a lot, of e-learning, and to whom may not see it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from tests.courses.attendance.import_files import line, read, table, write
from tests.factories import RunFactory


@pytest.mark.parametrize(("days", "word"), [(0, "募集中"), (-1, "受付終了")])
def test_run_is_open_no_longer_than_one_may_apply(college, coordinator, days, word):
    run = RunFactory(course__college=college, apply_until=localdate() + timedelta(days=days))

    page = coordinator.client().get(reverse("courses:run", args=[run.pk])).content.decode()

    assert (run.state_word or "募集中") == word
    assert ("受付終了" in page) is (days < 0)


@pytest.mark.parametrize(
    ("selection", "says", "silent"), [("first_come", "残り3席", "抽選"), ("lottery", "抽選・定員3人", "残り3席")]
)
def test_seats_of_a_lot_are_not_left_before_it_is_drawn(college, manager, selection, says, silent):
    run = RunFactory(course__college=college, seats=3, selection=selection, apply_until=localdate() + timedelta(days=9))

    page = manager.client().get(reverse("courses:run", args=[run.pk])).content.decode()

    assert says in page
    assert silent not in page


def test_days_of_e_learning_are_not_being_prepared(college, manager):
    day = localdate() + timedelta(days=20)
    run = RunFactory(course__college=college, course__method="e_learning", learn_from=day, learn_until=day)

    page = manager.client().get(reverse("courses:run", args=[run.pk])).content.decode()

    assert "日時は準備中" not in page


def test_page_one_may_not_see_does_not_say_one_may(trainee):
    page = trainee.client().get(reverse("firms:people"))

    assert page.status_code == 403
    assert "見ることはできますが" not in page.content.decode()
    assert "切り替え" in page.content.decode()


def test_reason_that_is_asked_for_is_not_called_a_choice(held, held_lesson, seated, coordinator):
    (one,) = seated(held)
    by = coordinator.acting(today=localdate())
    write(read(table(line(one)), by=by), by=by)
    changed = read(table(line(one, late=20)), by=by)

    form = coordinator.client().get(reverse("courses:import", args=[changed.pk])).context["form"]

    assert form["reason"].field.required
