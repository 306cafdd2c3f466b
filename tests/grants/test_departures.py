"""Where reality left the plan, from the facts of both alone: which change, in which words, by when, and whether it was told."""

from datetime import date

import pytest

from grants.facts.drift import changes_between, listed, start_notice, state_of, time_of

LESSON = {"topic": "配線", "starts_at": "10:00", "ends_at": "17:00", "breaks": [], "room": "A"}
FIRST = LESSON | {"id": 1, "number": 1, "on": "2027-02-03"}
SECOND = LESSON | {"id": 2, "number": 2, "on": "2027-02-10"}
THIRD = LESSON | {"id": 3, "number": 3, "on": "2027-02-12"}
WORKER = {"key": "1", "name": "矢口", "insured_number": "11"}


def facts(*lessons, workers=(WORKER,), venue="本館"):
    days = [lesson["on"] for lesson in lessons]
    first, last = min(days, default=None), max(days, default=None)
    return {
        "training": {"starts_on": first, "ends_on": last, "lessons": lessons, "units": None},
        "course": {"venue": venue, "venue_address": "1-1"},
        "workers": workers,
    }


PLAN = facts(FIRST, SECOND) | {
    "form_edition": "R8.4",
    "scheme": {"code": "reskilling", "menu": "reskilling"},
}


def found(now, told=(), filed_on=date(2026, 12, 1)):
    changes = changes_between(PLAN, now, told=dict(told), filed_on=filed_on)
    return [(one.subject, one.label, one.event, one.action, one.due, one.is_told) for one in changes]


def test_reality_that_keeps_the_plan_is_no_change():
    assert found(facts(SECOND, FIRST)) == []


def test_lesson_that_moved_is_told_before_the_earlier_day():
    moved = SECOND | {"on": "2027-02-12"}

    (change,) = found(facts(FIRST, moved))

    assert change == (
        "lesson-2",
        "第2回が 2027年2月10日 10:00–17:00 から 2027年2月12日 10:00–17:00 に変わりました",
        state_of(moved),
        "change_notice",
        date(2027, 2, 9),
        False,
    )
    assert found(facts(FIRST, moved), {"lesson-2": state_of(moved)})[0][-1] is True


def test_lesson_of_another_room_has_its_own_words():
    (change,) = found(facts(FIRST, SECOND | {"room": "B"}))

    assert change[1] == "第2回の内容・休憩・教室が計画と変わりました"


def test_lesson_that_came_back_after_a_notice_says_so():
    (change,) = found(PLAN, {"lesson-2": state_of(SECOND | {"on": "2027-02-08"})})

    assert change[1] == "第2回が、変更届を出した後に元の計画（2027年2月10日 10:00–17:00）に戻りました"
    assert change[4] == date(2027, 2, 7)


def test_lesson_left_out_is_told_before_its_day():
    assert found(facts(FIRST)) == [
        (
            "lesson-2",
            "第2回（2027年2月10日 10:00–17:00）がなくなりました",
            "removed",
            "change_notice",
            date(2027, 2, 9),
            False,
        )
    ]
    assert found(facts(FIRST), {"lesson-2": "removed"})[0][-1] is True


def test_lesson_added_is_told_before_its_day():
    assert found(facts(FIRST, SECOND, THIRD)) == [
        (
            "lesson-3",
            "計画にないコマ（第3回 2027年2月12日 10:00–17:00）が増えました",
            state_of(THIRD),
            "change_notice",
            date(2027, 2, 11),
            False,
        )
    ]


@pytest.mark.parametrize(
    ("on", "filed_on", "actions"),
    [
        ("2027-01-05", date(2026, 12, 5), {"lesson-1": "change_notice"}),
        ("2027-01-05", date(2026, 12, 6), {"lesson-1": "not_possible"}),
        ("2027-02-04", date(2026, 12, 6), {"lesson-1": "change_notice"}),
    ],
    ids=["a month before", "a day late", "put off"],
)
def test_first_day_brought_forward_needs_a_plan_filed_in_time(on, filed_on, actions):
    changes = changes_between(PLAN, facts(FIRST | {"on": on}, SECOND), told={}, filed_on=filed_on)

    assert {one.subject: one.action for one in changes} == actions


def test_whole_training_put_off_by_a_month_needs_a_new_plan_for_its_first_lesson_alone():
    now = facts(FIRST | {"on": "2027-03-03"}, SECOND | {"on": "2027-03-10"})

    assert [change[3] for change in found(now)] == ["new_plan", "change_notice"]
    assert start_notice(PLAN, now, None).action == "new_plan"
    assert start_notice(PLAN, PLAN, None) is None
    assert start_notice(PLAN, facts(), None) is None


def test_early_lesson_nobody_planned_is_a_new_start_and_a_later_one_is_not():
    early, late = THIRD | {"on": "2027-01-05"}, THIRD

    late_filing = date(2026, 12, 6)
    assert [one[3] for one in found(facts(FIRST, SECOND, early), filed_on=late_filing)] == ["not_possible"]
    assert [one[3] for one in found(facts(FIRST, SECOND, late), filed_on=late_filing)] == ["change_notice"]


def test_another_venue_is_told_before_the_first_day():
    (change,) = found(facts(FIRST, SECOND, venue="別館"))

    assert change[:2] == ("venue", "会場が「本館 1-1」から「別館 1-1」に変わりました")
    assert change[3:5] == ("change_notice", date(2027, 2, 2))


def test_people_who_left_need_no_notice_and_people_who_joined_do():
    other = {"key": "2", "name": "大森", "insured_number": "22"}

    assert found(facts(FIRST, SECOND, workers=(other,))) == [
        ("worker-1", "矢口さんが受講をやめました", "left", "none", None, False),
        (
            "worker-2",
            "計画にない大森さんが受講者に加わりました",
            "added",
            "change_notice",
            date(2027, 2, 2),
            False,
        ),
    ]


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        ({"key": "1", "insured_number": ""}, True),
        ({"key": "9", "insured_number": "11"}, True),
        ({"key": "9", "insured_number": "12"}, False),
    ],
)
def test_person_is_known_by_enrolment_or_number(other, is_same):
    assert (listed(WORKER, [other]) == other) is is_same
    assert listed(WORKER | {"key": "8", "insured_number": ""}, [{"key": "9", "insured_number": ""}]) is None


def test_state_of_a_lesson_tells_its_parts_apart():
    assert time_of(FIRST) == "2027-02-03 10:00–17:00"
    assert state_of(FIRST).startswith("2027-02-03 10:00–17:00 配線 ")
    for part in ({"room": "B"}, {"topic": "配管"}, {"breaks": [{"starts_at": "12:00"}]}, {"ends_at": "16:00"}):
        assert state_of(FIRST | part) != state_of(FIRST)
    assert state_of(FIRST | {"id": 7, "number": 8}) == state_of(FIRST)
