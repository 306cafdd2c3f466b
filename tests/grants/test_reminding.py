"""A deadline is told two weeks, one week, three days and one day ahead, daily once it is past, and each letter once."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from firms.models import Membership, Notification
from firms.rules.calendar import is_open, last_open_day, open_days_before
from grants.actions.reminding import AHEAD, remind, step_of, to_remind
from grants.models import Deadline, Reminder
from grants.states import DeadlineState
from grants.tasks import remind_deadlines
from tests.factories import MembershipFactory
from tests.grants.test_deadlines import move_lesson

# The plan of the story is due on 2027-01-04, the first open day after the year's end: its calendar day is 01-03, a Sunday.
LAST = date(2027, 1, 4)
SAFE = date(2026, 12, 28)
DAY = timedelta(days=1)


@pytest.fixture
def row(case):
    return case.deadlines.get()


def told_on(row, first, last):
    """The days on which a letter goes out when the sweep runs each night."""
    days = [first + DAY * n for n in range((last - first).days + 1)]
    return [day for day in days if remind(row, today=day)]


def test_letters_go_out_by_the_safe_day_and_on_no_other(row, advisor, manager):
    days = told_on(row, date(2026, 12, 1), SAFE - DAY)

    assert [(SAFE - day).days for day in days] == list(AHEAD)


def test_office_is_closed_between_the_safe_day_and_the_last_one(row):
    assert (row.nominal_on, row.last_on, row.safe_on) == (date(2027, 1, 3), LAST, SAFE)
    assert told_on(row, SAFE, LAST) == [SAFE]


def test_after_the_day_a_letter_goes_out_daily_for_two_weeks(row):
    days = told_on(row, LAST + DAY, LAST + DAY * 30)

    assert days == [LAST + DAY * n for n in range(1, 15)]


def test_missed_nights_lose_no_letter_and_double_none(row):
    assert told_on(row, date(2026, 12, 24), date(2026, 12, 26)) == [date(2026, 12, 24), date(2026, 12, 25)]
    assert list(row.reminders.values_list("ahead", flat=True)) == [3, 7]


def test_letter_of_a_step_goes_once(row, manager, advisor):
    assert remind(row, today=date(2026, 12, 25)) is True
    assert remind(row, today=date(2026, 12, 25)) is False

    assert {note.person for note in Notification.objects.all()} == {manager.person, advisor.person}
    assert {note.subject for note in Notification.objects.all()} == {"計画届の提出の期限：2027年1月4日（あと10日）"}


def test_letter_names_the_safe_day_and_the_day_to_post(row):
    remind(row, today=date(2026, 12, 21))

    body = Notification.objects.first().body
    assert "期限の日は閉庁日にあたるため、2026年12月28日までに届けると安全です。" in body
    assert "郵送するときは、2026年12月23日までに出してください。" in body
    assert "この日までに届く（到達する）必要があります。" in body


def test_late_letter_no_longer_speaks_of_the_post(row):
    remind(row, today=date(2026, 12, 27))

    assert "郵送するときは" not in Notification.objects.first().body


def test_past_the_day_the_whole_office_hears(row, advisor, office, manager):
    colleague = MembershipFactory(organisation=office, role="clerk")
    gone = MembershipFactory(organisation=office, role="clerk")
    type(gone.person).objects.filter(pk=gone.person_id).update(is_active=False)

    remind(row, today=LAST)
    assert not Notification.objects.filter(person=colleague.person).exists()
    remind(row, today=LAST + DAY)

    told = Notification.objects.get(person=colleague.person)
    assert told.subject == "計画届の提出の期限：2027年1月4日（1日超過）"
    assert not Notification.objects.filter(person=gone.person).exists()


def test_reminder_goes_to_those_who_lead_the_office_when_its_advisor_has_left(case, row, advisor, office):
    day = date(2026, 12, 25)
    Membership.objects.filter(person=advisor.person).update(ended_on=day)
    colleague = MembershipFactory(organisation=office, role="advisor")

    remind(row, today=day)

    told = {note.person for note in Notification.objects.all()}
    assert colleague.person in told
    assert advisor.person not in told


def test_deadline_that_is_done_is_told_no_more(row):
    Deadline.objects.filter(pk=row.pk).update(state=DeadlineState.MET, closed_at=timezone.now())

    assert remind(row, today=date(2026, 12, 25)) is False
    assert not to_remind(today=date(2026, 12, 25)).exists()


def test_sweep_refreshes_and_reminds_what_is_near_even_after_missed_nights(case, run):
    """The lessons lie so that the plan was due about three days from the real today."""
    today = timezone.localdate()
    for number, lesson in enumerate(run.lessons.all()):
        move_lesson(lesson, today + timedelta(days=33 + number))

    remind_deadlines()
    remind_deadlines()

    assert Notification.objects.count() == 2
    assert case.deadlines.open().get().reminders.count() == 1


def test_every_step_ahead_is_reached_whatever_the_night_it_is_looked_at(row):
    for left in range(1, 15):
        assert step_of(row, today=SAFE - DAY * left) == min(step for step in AHEAD if left <= step)
    assert step_of(row, today=SAFE - DAY * 15) is None


def test_database_holds_one_letter_a_step(row):
    Reminder.objects.create(deadline=row, ahead=7)

    with pytest.raises(IntegrityError, match=r"reminder_once_a_step|UNIQUE"), transaction.atomic():
        Reminder.objects.create(deadline=row, ahead=7)


@pytest.mark.parametrize("start", [date(2026, 1, 1), date(2028, 2, 20)])
def test_safe_days_are_open_and_never_after(start):
    for day in (start + DAY * n for n in range(366)):
        safe = last_open_day(day)
        posted = open_days_before(safe, 3)
        assert is_open(safe)
        assert safe <= day
        assert sum(is_open(posted + DAY * n) for n in range((safe - posted).days)) == 3
