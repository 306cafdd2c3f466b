"""Lessons of a week come again in later weeks: same weekdays and hours, all or none, told in one letter."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from courses.actions.catalogue.repeating import MOST_LESSONS, repeat_lessons
from courses.models import Lesson, Run
from firms.errors import Refused
from firms.models import JournalEntry, Notification
from tests.factories import EnrolmentFactory, LessonFactory, RunFactory

# Wednesdays: the run has lessons on 3 and 10 February 2027; Tuesday 23 is 天皇誕生日.
WEEK = {"first_on": date(2027, 2, 8), "last_on": date(2027, 2, 14)}
UNTIL = {"starts_on": date(2027, 2, 15), "until": date(2027, 3, 3)}


def repeated(run, coordinator, **days):
    return repeat_lessons(run, by=coordinator.acting(), **{**WEEK, **UNTIL, "skips_holidays": True, **days})


def days(lessons):
    return [one.on for one in lessons]


def test_a_week_comes_again_every_week_until_the_last_day(run, coordinator):
    made = repeated(run, coordinator)

    assert days(made) == [date(2027, 2, 17), date(2027, 2, 24), date(2027, 3, 3)]
    source = run.lessons.get(number=2)
    for one in made:
        assert one.starts_at - source.starts_at == one.ends_at - source.ends_at == one.on - source.on
        assert (one.topic, one.room, one.instructor) == (source.topic, source.room, source.instructor)
        assert [(str(rest), rest.is_meal) for rest in one.breaks.all()] == [("12:00–13:00", True)]
    assert list(run.lessons.order_by("starts_at").values_list("number", flat=True)) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("until", "last"), [(date(2027, 3, 2), date(2027, 2, 24)), (date(2027, 3, 3), date(2027, 3, 3))]
)
def test_the_last_day_counts(until, last, run, coordinator):
    assert days(repeated(run, coordinator, until=until))[-1] == last


@pytest.mark.parametrize(
    ("starts_on", "first"), [(date(2027, 2, 17), date(2027, 2, 17)), (date(2027, 2, 18), date(2027, 2, 24))]
)
def test_the_first_day_counts(starts_on, first, run, coordinator):
    assert days(repeated(run, coordinator, starts_on=starts_on))[0] == first


def test_two_weeks_come_again_every_two_weeks(run, coordinator):
    LessonFactory(run=run, number=3, day=date(2027, 2, 12), topic="金曜")

    made = repeated(run, coordinator, first_on=date(2027, 2, 1), until=date(2027, 3, 14))

    assert [(one.on, one.topic == "金曜") for one in made] == [
        (date(2027, 2, 17), False),
        (date(2027, 2, 24), False),
        (date(2027, 2, 26), True),
        (date(2027, 3, 3), False),
        (date(2027, 3, 10), False),
        (date(2027, 3, 12), True),
    ]


def test_a_later_range_of_weeks_keeps_the_weekday(run, coordinator):
    made = repeated(run, coordinator, starts_on=date(2027, 4, 1), until=date(2027, 4, 30))

    assert days(made) == [date(2027, 4, 7), date(2027, 4, 14), date(2027, 4, 21), date(2027, 4, 28)]


@pytest.mark.parametrize(("skips", "found"), [(True, []), (False, [date(2027, 2, 23)])])
def test_holidays_are_left_out_where_asked(skips, found, run, coordinator):
    LessonFactory(run=run, number=3, day=date(2027, 2, 9))
    given = {"starts_on": date(2027, 2, 22), "until": date(2027, 2, 23), "skips_holidays": skips}
    week = {"first_on": date(2027, 2, 9), "last_on": date(2027, 2, 9)}

    if found:
        assert days(repeated(run, coordinator, **week, **given)) == found
    else:
        with pytest.raises(Refused, match="同じ曜日の日がありません"):
            repeated(run, coordinator, **week, **given)


def test_a_day_that_is_taken_refuses_all(run, coordinator):
    LessonFactory(run=run, number=3, day=date(2027, 2, 24))

    with pytest.raises(Refused, match="2027年2月24日: 第3回"):
        repeated(run, coordinator)
    assert run.lessons.count() == 3
    assert not JournalEntry.objects.exists()


def test_instructor_who_teaches_elsewhere_is_left_to_be_chosen(run, coordinator, college, instructor):
    other = RunFactory(course__college=college)
    LessonFactory(run=other, number=1, day=date(2027, 2, 24), instructor=instructor.person)

    made = repeated(run, coordinator)

    assert [one.instructor for one in made] == [instructor.person, None, instructor.person]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first_on": date(2027, 2, 15), "last_on": date(2027, 2, 21), "starts_on": date(2027, 2, 22)}, "first_on"),
        ({"starts_on": date(2027, 2, 14)}, "starts_on"),
        ({"until": date(2027, 2, 16)}, "until"),
        ({"until": date(2028, 3, 31)}, "until"),
    ],
    ids=["no lesson there", "into itself", "no such weekday", "too many"],
)
def test_what_makes_no_series_is_refused_at_its_field(changes, field, run, coordinator):
    with pytest.raises(Refused) as refused:
        repeated(run, coordinator, **changes)

    assert refused.value.field == field
    assert run.lessons.count() == 2


def test_as_many_as_fit_are_made_at_once_and_no_more(run, coordinator):
    last = date(2027, 2, 10) + timedelta(weeks=MOST_LESSONS)

    with pytest.raises(Refused, match=f"いまの期間では{MOST_LESSONS + 1}コマ"):
        repeated(run, coordinator, until=last + timedelta(weeks=1), skips_holidays=False)
    assert len(repeated(run, coordinator, until=last, skips_holidays=False)) == MOST_LESSONS


def test_who_takes_part_gets_one_letter_and_the_firm_reads_it(run, coordinator, trainee, manager, firm):
    EnrolmentFactory(run=run, employment=trainee.person.employments.get())

    repeated(run, coordinator)

    letter = Notification.objects.get(person=trainee.person)
    assert "コマが3回追加されました（2027年2月17日–2027年3月3日）" in letter.body
    assert "2027年2月24日 10:00–17:00" in letter.body
    entries = JournalEntry.objects.about(run).filter(verb="lesson.repeat")
    assert {entry.concerns for entry in entries} == {run.course.college, firm}


def sent(who, run, **changes):
    given = {name: day.isoformat() for name, day in {**WEEK, **UNTIL, **changes}.items()}
    return who.client().post(reverse("courses:lessons_repeat", args=[run.pk]), {**given, "skips_holidays": "on"})


def test_page_offers_the_last_week_and_leads_back(run, coordinator):
    page = coordinator.client().get(reverse("courses:lessons_repeat", args=[run.pk]))
    assert page.context["form"].initial == {**WEEK, "starts_on": date(2027, 2, 15)}

    answer = sent(coordinator, run)

    assert answer.headers["Location"] == reverse("courses:run", args=[run.pk])
    assert Lesson.objects.filter(run=run).count() == 5


def test_second_click_finds_the_days_taken(run, coordinator):
    sent(coordinator, run)

    assert "時間と重なっています" in sent(coordinator, run).content.decode() or run.lessons.count() == 5
    assert run.lessons.count() == 5


def test_days_out_of_order_get_a_sentence(run, coordinator):
    page = sent(coordinator, run, until=date(2027, 2, 14))

    assert list(page.context["form"].errors) == ["until"]


@pytest.mark.parametrize(("who", "status"), [("officer", 302), ("instructor", 403), ("manager", 404)])
def test_college_and_ward_repeat_and_nobody_else(who, status, run, request):
    assert sent(request.getfixturevalue(who), run).status_code == status


def test_cancelled_run_takes_none(run, coordinator):
    Run.objects.filter(pk=run.pk).update(state="cancelled")

    with pytest.raises(Refused, match="中止した開講"):
        repeated(run, coordinator)
