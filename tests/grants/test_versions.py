"""Which version was filed: the one that lay there on the day, whatever somebody froze in another tab since."""

from datetime import date

import pytest

from courses.states import EnrolmentState
from firms.errors import Refused
from grants.actions.claims import file_claim, freeze_claim, record_decision
from grants.actions.papers import frozen_last
from grants.actions.plans import file_plan, freeze_plan
from tests.grants.conftest import CLAIM_DAY, FILED_ON, fresh, mark


@pytest.fixture
def frozen_anew(frozen, enrolled, advisor):
    """Version 2 was frozen two days later: the third one attended after all."""
    second = frozen.run.lessons.last()
    mark(enrolled[2], second, corrects=enrolled[2].marks.get(lesson=second), reason="遅れて届いた名簿")
    freeze_claim(frozen, by=advisor.acting(date(2027, 2, 17)))
    return fresh(frozen)


def test_claim_that_arrived_before_it_was_frozen_here_is_frozen_as_of_its_day(frozen, advisor):
    file_claim(frozen, filed_on=date(2027, 2, 12), receipt_number="", by=advisor.acting(date(2027, 2, 20)))

    filed = frozen_last(fresh(frozen))
    assert (filed.number, filed.as_of, filed.filing.filed_on) == (2, date(2027, 2, 12), date(2027, 2, 12))
    assert fresh(frozen).state == "claimed"


@pytest.mark.parametrize(("filed_on", "number", "yen"), [(16, 1, 57_000), (17, 2, 85_500)])
def test_claim_filed_is_the_version_of_that_day(frozen_anew, advisor, filed_on, number, yen):
    file_claim(frozen_anew, filed_on=date(2027, 2, filed_on), receipt_number="", by=advisor.acting(date(2027, 2, 18)))

    filed = frozen_last(fresh(frozen_anew))
    assert (filed.number, filed.total_yen) == (number, yen)


def test_decision_is_on_the_version_that_was_filed(frozen_anew, advisor):
    file_claim(frozen_anew, filed_on=date(2027, 2, 16), receipt_number="", by=advisor.acting(date(2027, 2, 18)))
    told = {"is_approved": True, "notice_number": "18-1", "reason": "", "decided_on": date(2027, 5, 10)}
    by = advisor.acting(date(2027, 5, 12))

    with pytest.raises(Refused, match="支給申請額 57,000円を超えています"):
        record_decision(fresh(frozen_anew), amount_yen=85_500, by=by, **told)
    assert record_decision(fresh(frozen_anew), amount_yen=57_000, by=by, **told).claim.number == 1


@pytest.mark.parametrize(("filed_on", "number"), [(date(2026, 11, 24), 1), (date(2026, 11, 26), 2)])
def test_plan_filed_is_the_version_of_that_day(planned, enrolled, advisor, filed_on, number):
    type(enrolled[2]).objects.filter(pk=enrolled[2].pk).update(state=EnrolmentState.CANCELLED)
    freeze_plan(planned, by=advisor.acting(date(2026, 11, 25)))

    filing = file_plan(fresh(planned), filed_on=filed_on, receipt_number="1", by=advisor.acting(date(2026, 11, 27)))

    assert filing.plan.number == number
    assert frozen_last(fresh(planned)) == filing.plan


def test_plan_filed_before_it_was_entered_here_is_the_first_version(planned, advisor):
    filing = file_plan(planned, filed_on=date(2026, 11, 10), receipt_number="1", by=advisor.acting(FILED_ON))

    assert (filing.plan.number, fresh(planned).state) == (1, "filed")


def test_frozen_claim_is_the_newest_until_one_is_filed(frozen_anew):
    assert frozen_last(frozen_anew).as_of > CLAIM_DAY
