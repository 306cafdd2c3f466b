"""The days of a filed plan hold, whatever the college does to the days of its run."""

from datetime import date

from courses.hooks import funded_days
from courses.models import Enrolment, Run
from courses.queries.elearning.learning import gate_of
from grants.actions.deadlines import refresh, tell_change
from tests.grants.conftest import CLAIM_DAY, fresh


def test_days_of_access_changed_without_a_word_open_nothing_more(filed, enrolled):
    Run.objects.filter(pk=filed.run_id).update(learn_from=date(2027, 1, 20), learn_until=date(2027, 4, 30))

    gate = gate_of(Enrolment.objects.get(pk=enrolled[0].pk), on=date(2027, 1, 25))

    assert (gate.first, gate.last, gate.opens) == (date(2027, 2, 1), date(2027, 3, 31), False)
    assert "2026年11月24日届出" in gate.because


def test_told_days_hold(filed, enrolled, advisor):
    Run.objects.filter(pk=filed.run_id).update(learn_until=date(2027, 4, 15))
    case = fresh(filed)
    refresh(case, by=None)
    row = case.deadlines.open().get(code="change_notice")

    tell_change(row, filed_on=date(2027, 2, 5), by=advisor.acting(CLAIM_DAY))

    assert {(one.first, one.last) for one in funded_days(enrolled).values()} == {(date(2027, 2, 1), date(2027, 4, 15))}
