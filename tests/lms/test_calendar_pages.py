"""The month and the week on the page: the same entries as the feeds, through every role, each once."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from courses.models import Enrolment
from firms.models import FeedToken
from lms.calendar.entry import Event
from lms.calendar.held import events_of
from lms.calendar.pages import concerning, month_of, squares, week_of
from mentors.models import MentoringRequest, Session
from tests.conftest import MORNING, TODAY
from tests.factories import EnrolmentFactory, LessonFactory, MembershipFactory, PersonFactory, RunFactory, at
from tests.lms.rows import case_of, deadline

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 3)


@pytest.fixture
def lesson(college):
    run = RunFactory(course__college=college, course__title="現場IoT")
    return LessonFactory(run=run, day=DAY)


@pytest.fixture
def sent(lesson, trainee):
    return EnrolmentFactory(run=lesson.run, employment=trainee.person.employments.get(), person=trainee.person)


def month_page(who, **asked):
    return who.client().get(reverse("calendar:month"), asked)


def summaries(page):
    return [event.summary for square in page.context["days"] for event in square.entries]


@pytest.mark.parametrize("who", ["trainee", "manager", "coordinator"])
def test_month_shows_a_lesson_to_whom_it_concerns(who, sent, request):
    page = month_page(request.getfixturevalue(who), month="2026-12")

    assert summaries(page) == ["現場IoT 第1回"]
    assert "10:00" in page.content.decode()


@pytest.mark.parametrize("who", ["stranger", "officer", "advisor"])
def test_month_of_others_is_empty(who, sent, request):
    assert summaries(month_page(request.getfixturevalue(who), month="2026-12")) == []


def test_page_and_feed_hold_the_same(sent, manager, establishment):
    deadline(case_of(establishment, sent.run), last_in=12)
    token = FeedToken.objects.create(person=manager.person, organisation=manager.organisation, token_hash="a")

    fed = {event.uid: event for event in events_of(token, now=MORNING)}
    days = [TODAY + timedelta(days=n) for n in range(60)]
    shown = {one.uid: one for one in concerning(manager.person, [manager.membership], days, on=TODAY)}

    assert len(fed) == 2
    assert shown == fed


def test_every_role_is_on_one_page_and_each_entry_once(sent, trainee, college):
    """Who learns in the firm and teaches at the college sees both."""
    MembershipFactory(person=trainee.person, organisation=college, role="instructor")
    LessonFactory(run=RunFactory(course__college=college, course__title="旋盤"), day=DAY, instructor=trainee.person)
    MembershipFactory(person=trainee.person, organisation=trainee.organisation, role="manager")

    page = month_page(trainee, month="2026-12")

    assert sorted(summaries(page)) == ["旋盤 第1回", "現場IoT 第1回"]


def test_who_acts_for_nobody_sees_what_they_learn(lesson):
    person = PersonFactory()
    Enrolment.objects.create(run=lesson.run, person=person, state="accepted", applied_by=person)

    assert [one.summary for one in concerning(person, [], [DAY], on=TODAY)] == ["現場IoT 第1回"]


def test_week_shows_seven_days_with_place_and_time(sent, trainee):
    page = trainee.client().get(reverse("calendar:week"), {"on": "2026-12-05"})
    text = page.content.decode()

    assert [one.on for one in page.context["days"]] == [date(2026, 11, 30) + timedelta(days=n) for n in range(7)]
    assert "10:00" in text
    assert "17:00" in text
    assert "実習室" in text
    assert "?on=2026-11-23" in text
    assert "?on=2026-12-07" in text


def test_cancelled_lesson_says_so(sent, trainee):
    type(sent.run).objects.filter(pk=sent.run.pk).update(state="cancelled")

    assert "（中止）" in month_page(trainee, month="2026-12").content.decode()


def test_lessons_long_past_are_still_in_their_month(college, trainee):
    run = RunFactory(course__college=college, course__title="去年の講座")
    LessonFactory(run=run, day=date(2025, 12, 10))
    EnrolmentFactory(run=run, employment=trainee.person.employments.get(), person=trainee.person)

    assert summaries(month_page(trainee, month="2025-12")) == ["去年の講座 第1回"]


def entry(uid, starts):
    return Event(uid, 0, starts, starts, uid, "", "", "https://a", MORNING, is_cancelled=False, has_alarm=False)


def test_day_lists_whole_days_first_and_says_how_many_more():
    found = [entry("b", at(DAY, "09:00")), entry("c", at(DAY, "08:00")), entry("a", DAY)]

    (day,) = squares([DAY], found, of_month=12, most=2)

    assert [one.uid for one in day.entries] == ["a", "c"]
    assert (day.more, day.is_outside, day.holiday) == (1, False, "")


def test_late_evening_is_of_its_own_day_in_tokyo():
    (day,) = squares([DAY], [entry("late", at(DAY, "23:30"))])

    assert [one.uid for one in day.entries] == ["late"]


def test_months_are_whole_weeks_and_name_their_holidays():
    days = month_of(date(2026, 11, 1))
    drawn = squares(days, [], of_month=11)

    assert (days[0], days[-1], len(days) % 7) == (date(2026, 10, 26), date(2026, 12, 6), 0)
    assert [one.on.day for one in drawn if one.holiday and not one.is_outside] == [3, 23]
    assert week_of(date(2026, 11, 1))[0] == date(2026, 10, 26)


@pytest.mark.parametrize("asked", ["", "x", "2026-13", "0001-01", "9" * 30])
def test_addresses_that_make_no_sense_show_this_month_and_week(asked, trainee):
    browser = trainee.client()

    assert browser.get(reverse("calendar:month"), {"month": asked}).context["first"] == date(2026, 11, 1)
    assert browser.get(reverse("calendar:week"), {"on": asked}).context["first"] == date(2026, 11, 16)


def test_one_day_shows_all_of_it(college, trainee):
    run = RunFactory(course__college=college)
    for number in range(1, 7):
        LessonFactory(
            run=run,
            number=number,
            starts_at=at(DAY, f"{8 + number:02d}:00"),
            ends_at=at(DAY, f"{8 + number:02d}:50"),
            meal=False,
        )
    EnrolmentFactory(run=run, employment=trainee.person.employments.get(), person=trainee.person)

    month = month_page(trainee, month="2026-12").content.decode()
    day = month_page(trainee, month="2026-12", day="2026-12-03")

    assert "ほか2件" in month
    assert len(summaries(day)) == 6


@pytest.mark.parametrize("count", [1, 3])
def test_queries_are_the_same_for_one_lesson_and_three(count, college, trainee, django_assert_num_queries):
    for number in range(count):
        run = RunFactory(course__college=college)
        LessonFactory(run=run, day=DAY + timedelta(days=number))
        EnrolmentFactory(run=run, employment=trainee.person.employments.get(), person=trainee.person)
    browser = trainee.client()

    with django_assert_num_queries(17):
        page = browser.get(reverse("calendar:month"), {"month": "2026-12"})

    assert page.context["count"] == count


def test_settings_say_three_steps_for_each_calendar(trainee):
    page = trainee.client().get(reverse("calendar:feeds")).content.decode()
    steps = page[page.index('id="steps"') :]

    for name in ("iPhone", "Googleカレンダー", "Outlook"):
        part = steps[steps.index(name) :]
        assert part[: part.index("</ol>")].count("<li>") == 3


def test_mentor_sees_the_visits_agreed_to(ward, manager):
    """Whoever they act for, and nobody else's."""
    person = PersonFactory()
    asked = MentoringRequest.objects.create(
        host=manager.organisation, ward=ward, asked_by=manager.person, occupation="lathe", need="a", people=1,
        wanted_on=DAY, place="工場", contact_name="a", host_agreed_at=MORNING, mentor_agreed_at=MORNING,
    )  # fmt: skip
    Session.objects.create(
        request=asked, mentor=person, number=1, starts_at=at(DAY, "13:00"), ends_at=at(DAY, "15:00"), topic="ねじ"
    )

    assert [one.uid for one in concerning(person, [], [DAY], on=TODAY)] == [f"visit-{Session.objects.get().pk}"]
    assert concerning(PersonFactory(), [], [DAY], on=TODAY) == []
