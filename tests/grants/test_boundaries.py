"""The day before and the day after, the minute less and the minute more: where a hand that changed a sign went unseen."""

from datetime import date, timedelta

import pytest

from firms.film.stretches import SPARE, left_over
from firms.models import Holiday
from firms.working_time import working_minutes
from grants.cases.overview import overview, people_of_firm
from grants.time.spans import minutes, tails
from tests.factories import MembershipFactory, PersonFactory, at

DAY = date(2027, 2, 3)


# --- the last day a plan can be filed ---


@pytest.mark.parametrize(
    ("state", "days", "title"),
    [
        ("case", 0, "足りないもの2件をうめる"),
        ("case", 1, "計画届の期限を過ぎました"),
        ("planned", 0, "計画届を労働局へ出す"),
        ("planned", 1, "計画届の期限を過ぎました"),
    ],
)
def test_plan_can_be_filed_on_its_last_day_and_not_the_day_after(request, manager, state, days, title):
    found = request.getfixturevalue(state)
    (last,) = found.deadlines.filter(code="plan").values_list("last_on", flat=True)

    guide = overview(found, acting=manager.acting(last + timedelta(days=days))).guide

    assert guide.title == title


# --- what stays spare of a stretch of video ---


@pytest.mark.parametrize(
    ("allowed", "length", "left"),
    [(15, 15, 0), (15, 14, 1), (15, 15.5, 0), (15, 15 - SPARE, SPARE), (15, 15 - SPARE - 0.5, SPARE), (15, 0, SPARE)],
    ids=["used up", "a second", "more than allowed", "all that may be kept", "and no more", "nothing watched"],
)
def test_what_is_left_over_is_kept_up_to_its_measure(allowed, length, left):
    assert left_over(allowed, length=length) == left


# --- breaks beyond what counts, taken from the end of the longest ---


def span(start, end):
    return at(DAY, start), at(DAY, end)


@pytest.mark.parametrize(
    ("cut", "found"),
    [
        (0, []),
        (1, [("11:14", "11:15")]),
        (15, [("11:00", "11:15")]),
        (16, [("11:00", "11:15"), ("15:09", "15:10")]),
        (25, [("11:00", "11:15"), ("15:00", "15:10")]),
        (99, [("11:00", "11:15"), ("15:00", "15:10")]),
    ],
)
def test_minutes_are_cut_from_the_end_of_the_longest_first(cut, found):
    taken = tails([span("15:00", "15:10"), span("11:00", "11:15")], cut=cut)

    assert taken == [span(*one) for one in found]
    assert minutes(taken) == min(cut, 25)


# --- who may be named as the contact ---


@pytest.mark.parametrize(
    ("started", "ended", "is_named"),
    [
        (DAY, None, True),
        (DAY + timedelta(days=1), None, False),
        (DAY - timedelta(days=9), DAY + timedelta(days=1), True),
        (DAY - timedelta(days=9), DAY, False),
    ],
    ids=["from today", "from tomorrow", "ends tomorrow", "ended today: over at once"],
)
def test_whoever_belongs_to_the_firm_that_day_can_be_named(case, firm, started, ended, is_named):
    person = PersonFactory()
    MembershipFactory(person=person, organisation=firm, role="employee", started_on=started, ended_on=ended)

    assert people_of_firm(case, on=DAY).filter(pk=person.pk).exists() is is_named


# --- a day off that is worked instead ---


@pytest.mark.parametrize(
    ("day", "kept", "worked"),
    [
        (date(2027, 2, 6), None, 0),
        (date(2027, 2, 6), True, 480),
        (date(2027, 2, 6), False, 0),
        (date(2027, 2, 5), None, 480),
        (date(2027, 2, 5), False, 0),
        (date(2027, 2, 5), True, 480),
        (date(2027, 2, 11), None, 0),
        (date(2027, 2, 11), True, 480),
    ],
    ids=[
        "Saturday",
        "Saturday worked",
        "Saturday off by name",
        "Friday",
        "Friday off",
        "Friday worked by name",
        "holiday",
        "holiday worked",
    ],
)
def test_substitute_day_has_the_hours_of_a_working_day_and_that_day_alone(establishment, pattern, day, kept, worked):
    if kept is not None:
        Holiday.objects.create(establishment=establishment, on=day, name="振替", is_worked=kept)
    Holiday.objects.create(establishment=establishment, on=day + timedelta(days=28), name="別の日", is_worked=True)

    assert working_minutes(pattern, day, establishment.holidays.all()) == worked


@pytest.mark.parametrize(("days", "worked"), [(-1, 0), (0, 480), (1, 0)])
def test_substitute_saturday_is_no_other_saturday(establishment, pattern, days, worked):
    Holiday.objects.create(establishment=establishment, on=date(2027, 2, 6), name="振替", is_worked=True)

    assert working_minutes(pattern, date(2027, 2, 6) + timedelta(days=7 * days), establishment.holidays.all()) == worked
