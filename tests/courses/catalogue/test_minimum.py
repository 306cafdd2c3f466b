"""Too few have applied: said once, to the college and the firms, and the college decides."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from courses.actions.catalogue.minimum import flag_too_few, hold_anyway
from courses.actions.catalogue.runs import edit_run
from courses.models import Run
from courses.states import EnrolmentState, RunState
from courses.tasks import sweep_seats
from firms.errors import Refused
from firms.models import JournalEntry, Notification
from tests.courses.catalogue.test_offering import RUN_FACTS

AFTER = date(2027, 2, 1)


@pytest.fixture
def few(run, seated):
    """Three are needed, one came."""
    Run.objects.filter(pk=run.pk).update(min_seats=3)
    seated(run)
    run.refresh_from_db()
    return run


def test_too_few_is_said_once_to_the_college_and_the_firms(coordinator, manager, few):
    assert flag_too_few(few, on=AFTER) is True
    assert flag_too_few(few, on=AFTER) is False

    few.refresh_from_db()
    letters = Notification.objects.filter(subject__startswith="開講されないおそれがあります")
    assert few.min_missed_at is not None
    assert set(letters.values_list("person", flat=True)) == {
        coordinator.person.pk,
        manager.person.pk,
        few.enrolments.get().person_id,
    }
    assert all("1人で、最少開講人数の3人に届いていません" in letter.body for letter in letters)
    assert JournalEntry.objects.about(few).get(verb="run.miss_minimum").details == {"came": 1, "needed": 3}


@pytest.mark.parametrize(
    ("on", "fields"),
    [
        (date(2027, 1, 31), {}),
        (AFTER, {"min_seats": 1}),
        (AFTER, {"state": RunState.CANCELLED}),
        (date(2027, 2, 3), {}),
    ],
    ids=["applications still open", "enough", "cancelled", "already begun"],
)
def test_nothing_is_said_where_nothing_is_wrong(on, fields, few):
    if fields:
        Run.objects.filter(pk=few.pk).update(**fields)

    assert flag_too_few(few, on=on) is False
    assert not Notification.objects.exists()


def test_who_waits_for_the_draw_counts(few, seated):
    Run.objects.filter(pk=few.pk).update(selection="lottery")
    seated(few, 2, state=EnrolmentState.APPLIED)

    assert flag_too_few(few, on=AFTER) is False


def test_holding_anyway_tells_everybody_and_is_not_asked_again(coordinator, manager, few):
    flag_too_few(few, on=AFTER)

    hold_anyway(few, by=coordinator.acting(AFTER))
    hold_anyway(few, by=coordinator.acting(AFTER))

    few.refresh_from_db()
    letters = Notification.objects.filter(subject__startswith="予定どおり開講します")
    assert (few.min_seats, few.min_missed_at) == (1, None)
    assert {letter.person for letter in letters} == {manager.person, few.enrolments.get().person}
    assert letters.count() == 2
    assert flag_too_few(few, on=AFTER) is False


def test_holding_for_nobody_is_refused(coordinator, run):
    Run.objects.filter(pk=run.pk).update(min_seats=3)
    flag_too_few(run, on=AFTER)

    with pytest.raises(Refused, match="申込みが1人もありません"):
        hold_anyway(run, by=coordinator.acting(AFTER))


def test_a_longer_application_time_takes_the_warning_back(coordinator, few):
    flag_too_few(few, on=AFTER)

    edit_run(few, RUN_FACTS | {"apply_until": date(2027, 2, 2), "min_seats": 3}, by=coordinator.acting(AFTER))

    few.refresh_from_db()
    assert few.min_missed_at is None
    assert flag_too_few(few, on=AFTER) is False


def test_the_sweep_flags(college, coming):
    Run.objects.filter(pk=coming.pk).update(min_seats=2, apply_until=localdate() - timedelta(days=1))

    sweep_seats()

    coming.refresh_from_db()
    assert coming.min_missed_at is not None


@pytest.fixture
def missed(coming, seated):
    seated(coming)
    Run.objects.filter(pk=coming.pk).update(
        min_seats=2, apply_until=localdate() - timedelta(days=1), min_missed_at=timezone.now()
    )
    return coming


def test_run_page_gives_the_coordinator_the_two_choices(coordinator, missed):
    html = coordinator.client().get(reverse("courses:run", args=[missed.pk])).content.decode()

    assert "次にすること: 開講するかどうかを決める" in html
    assert reverse("courses:run_hold", args=[missed.pk]) in html
    assert reverse("courses:run_cancel", args=[missed.pk]) in html


def test_run_page_warns_the_firm_without_the_choices(manager, missed):
    html = manager.client().get(reverse("courses:run", args=[missed.pk])).content.decode()

    assert "開講されないおそれがあります" in html
    assert reverse("courses:run_hold", args=[missed.pk]) not in html


def test_hold_page_is_the_colleges(coordinator, instructor, manager, missed):
    url = reverse("courses:run_hold", args=[missed.pk])

    assert manager.client().post(url).status_code == 404
    assert instructor.client().post(url).status_code == 403
    coordinator.client().post(url)

    missed.refresh_from_db()
    assert missed.min_missed_at is None
