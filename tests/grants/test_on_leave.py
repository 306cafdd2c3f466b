"""Training on a day of leave: no wage aid, and a sentence before anything is frozen."""

from datetime import timedelta

import pytest

from firms.errors import Refused
from firms.models import Leave
from grants.actions.claims import freeze_claim
from grants.claims.assessment import assess_claim
from tests.grants.conftest import CLAIM_DAY, fresh


def told_of_leave(case):
    found = assess_claim(fresh(case), CLAIM_DAY)
    return found, [one for one in found.outcome["conditions"] if one["code"] == "on_leave"]


def on_leave(enrolment, first, last):
    Leave.objects.create(
        person=enrolment.person,
        establishment=enrolment.employment.establishment,
        kind="childcare",
        started_on=first,
        ended_on=last,
    )


@pytest.mark.parametrize(
    ("first", "last", "is_told"),
    [(0, 0, True), (-9, -1, False), (1, 5, False), (-9, None, True)],
    ids=["that day", "until the day before", "from the day after", "open"],
)
def test_lesson_attended_on_leave_draws_no_wage_aid_and_is_asked_about(paid, enrolled, first, last, is_told):
    before, _none = told_of_leave(paid)
    day = paid.run.lessons.first().on
    on_leave(enrolled[0], day + timedelta(days=first), None if last is None else day + timedelta(days=last))

    after, told = told_of_leave(paid)

    assert [one["subject"] for one in told] == [str(enrolled[0].pk)] * is_told
    assert (after.outcome["payable_amount"] < before.outcome["payable_amount"]) is is_told


def test_claim_is_not_frozen_past_a_lesson_on_leave_unseen(paid, enrolled, advisor):
    day = paid.run.lessons.first().on
    on_leave(enrolled[0], day, day)

    with pytest.raises(Refused, match="休業中に受講していない"):
        freeze_claim(fresh(paid), by=advisor.acting(CLAIM_DAY))


def test_lesson_missed_on_leave_asks_nothing(paid, enrolled):
    missed = paid.run.lessons.last().on
    on_leave(enrolled[2], missed, missed)

    _found, told = told_of_leave(paid)

    assert told == []
