"""The second clock: yearly limits count by the fiscal year in which each claim was filed."""

from datetime import date

import pytest

from courses.states import EnrolmentState
from grants.claims.assessment import assess_claim
from grants.facts.money import already_drawn
from grants.models import Claim, ClaimFiling, GrantCase
from grants.queries import forecast
from tests.factories import EnrolmentFactory, LessonFactory, RunFactory
from tests.grants.conftest import CLAIM_DAY


@pytest.fixture
def earlier(claimed, run, enrolled, establishment, manager):
    """Another training of the same people; the claimed one of February 2027 came before it."""
    other = RunFactory()
    LessonFactory(run=other)
    for enrolment in enrolled:
        EnrolmentFactory(run=other, employment=enrolment.employment, state=EnrolmentState.ACCEPTED)
    return GrantCase.objects.create(establishment=establishment, run=other, scheme="reskilling", menu="reskilling")


def test_claims_of_the_same_fiscal_year_count(earlier, enrolled):
    drawn = already_drawn(earlier, as_of=date(2027, 3, 31))

    people = {one.pk: one.person for one in earlier.run.enrolments.all()}
    assert drawn.yen == 57_000
    assert {people[key]: times for key, times in drawn.times.items()} == {
        enrolled[0].person: 1,
        enrolled[1].person: 1,
    }


def test_claims_of_the_year_before_do_not_count(earlier):
    drawn = already_drawn(earlier, as_of=date(2027, 4, 1))

    assert (drawn.yen, drawn.times) == (0, {})


def test_class_grants_do_not_count_as_e_learning(earlier):
    drawn = already_drawn(earlier, as_of=date(2027, 3, 31))

    assert (sorted(drawn.times.values()), drawn.e_learning) == ([1, 1], {})


def test_forecast_counts_what_was_drawn_this_year(earlier, establishment, enrolled):
    employments = [enrolled[0].employment, enrolled[2].employment]

    found = forecast(earlier.run, establishment, employments, date(2026, 11, 20))

    workers = {worker.key: worker.grants_this_year for worker in found.facts.workers}
    assert workers == {str(employments[0].pk): 1, str(employments[1].pk): 0}
    assert found.facts.already_granted_in_claim_year == 57_000


def test_what_was_decided_counts_rather_than_what_was_claimed(approved, establishment):
    other = GrantCase.objects.create(
        establishment=establishment, run=RunFactory(), scheme="reskilling", menu="reskilling"
    )
    ClaimFiling.objects.get()

    assert already_drawn(other, as_of=CLAIM_DAY).yen == 57_000


def test_own_claim_does_not_count_against_itself(frozen):
    assert Claim.objects.count() == 1
    assert assess_claim(frozen, CLAIM_DAY).facts["grant"]["already_granted_in_claim_year"] == 0
