"""Whose hours and whose yen are counted: not those of the uninsured, not those nobody paid; reckoned by hand."""

from datetime import date

import pytest

from courses.models import Run
from firms.models import Employment
from grants.actions.claims import close_refused, freeze_claim, record_decision
from grants.actions.plans import file_plan, freeze_plan
from grants.actions.statements import add_cost, void_cost
from grants.claims.assessment import assess_claim
from grants.facts.money import already_drawn
from grants.models import Cost, GrantCase
from grants.papers.checklist import checklist
from grants.papers.claim_context import claim_form
from tests.factories import EnrolmentFactory, LessonFactory, RunFactory
from tests.grants.conftest import CLAIM_DAY, FILED_ON, freeze_anyway, fresh, mark, say_at_the_claim


def conditions(outcome):
    return {(found["code"], found["subject"]): found["state"] for found in outcome["conditions"]}


def test_uninsured_trainee_draws_nothing_and_is_named(paid, enrolled, advisor):
    """One of two who passed is left: 22,000 × 75% = 16,500 and 12 hours × 1,000 yen."""
    Employment.objects.filter(pk=enrolled[0].employment_id).update(insured_number="")

    claim = freeze_anyway(paid, by=advisor.acting(CLAIM_DAY))

    assert (claim.outcome["expense_aid"], claim.outcome["wage_aid"]) == (16_500, 12_000)
    assert conditions(claim.outcome)["insured", str(enrolled[0].pk)] == "unknown"
    assert claim_form(claim)["head_count"] == 1
    assert [person["mark"] for person in checklist(claim, [])["people"]] == ["×", "○", "×"]


def test_claim_of_uninsured_people_alone_draws_nothing(paid):
    Employment.objects.update(insured_number="")

    assert assess_claim(fresh(paid), CLAIM_DAY).outcome["total"] == 0


def test_who_left_during_the_training_is_named_until_the_reason_is_known(paid, enrolled):
    Employment.objects.filter(pk=enrolled[0].employment_id).update(ended_on=date(2027, 2, 9))

    outcome = assess_claim(fresh(paid), CLAIM_DAY).outcome

    assert conditions(outcome)["employed_throughout", str(enrolled[0].pk)] == "unknown"
    assert outcome["wage_aid"] == (720 + 360) * 1000 // 60


def test_hours_nobody_entered_are_named_rather_than_lost(paid, enrolled):
    Employment.objects.filter(pk=enrolled[0].employment_id).update(pattern=None)

    outcome = assess_claim(fresh(paid), CLAIM_DAY).outcome

    assert conditions(outcome)["working_hours", str(enrolled[0].pk)] == "unknown"
    assert outcome["wage_aid"] == 12_000


def test_size_nobody_knows_draws_the_lower_rates_and_is_named(paid, firm):
    """60% of 22,000 for two is 26,400; 24 hours at 500 yen."""
    type(firm).objects.filter(pk=firm.pk).update(regular_employees=None)

    outcome = assess_claim(fresh(paid), CLAIM_DAY).outcome

    assert (outcome["expense_aid"], outcome["wage_aid"]) == (26_400, 12_000)
    assert conditions(outcome)["firm_size", ""] == "unknown"


def test_expense_aid_rests_on_what_was_paid(paid, manager):
    """60,000 of 66,000 yen for three: 20,000 each, of which 75% for the two who passed."""
    void_cost(paid.costs.get(), by=manager.acting(CLAIM_DAY))
    add_cost(paid, amount_yen=60_000, paid_on=date(2027, 1, 29), payer="firm", by=manager.acting(CLAIM_DAY))

    outcome = assess_claim(paid, CLAIM_DAY).outcome

    assert (outcome["expense_aid"], conditions(outcome)["paid_before_claim", ""]) == (30_000, "unmet")


def test_more_paid_than_owed_draws_no_more(paid, manager):
    Cost.objects.create(
        case=paid, amount_yen=10_000, paid_on=date(2027, 1, 29), payer="firm", recorded_by=manager.person
    )

    assert assess_claim(paid, CLAIM_DAY).outcome["expense_aid"] == 33_000


def test_part_paid_by_the_parent_leaves_the_wage_aid(attended, manager):
    for amount, payer in ((44_000, "firm"), (22_000, "parent_company")):
        add_cost(attended, amount_yen=amount, paid_on=date(2027, 1, 29), payer=payer, by=manager.acting(CLAIM_DAY))

    outcome = assess_claim(attended, CLAIM_DAY).outcome

    assert (outcome["expense_aid"], outcome["wage_aid"]) == (0, 24_000)


def test_free_course_draws_the_wage_aid(stated, run, enrolled, manager, advisor):
    Run.objects.filter(pk=run.pk).update(fee_yen=0)
    freeze_plan(fresh(stated), by=advisor.acting(FILED_ON))
    file_plan(stated, filed_on=FILED_ON, receipt_number="1", by=advisor.acting(FILED_ON))
    for enrolment in enrolled:
        for lesson in run.lessons.all():
            mark(enrolment, lesson)

    say_at_the_claim(stated, manager)

    claim = freeze_claim(fresh(stated), by=advisor.acting(CLAIM_DAY))

    assert (claim.outcome["expense_aid"], claim.total_yen) == (0, 36_000)
    assert {state for (_code, subject), state in conditions(claim.outcome).items() if not subject} == {"met"}


@pytest.mark.parametrize("is_closed", [False, True], ids=["refused", "closed"])
def test_refused_claim_uses_up_neither_yen_nor_times(claimed, run, enrolled, establishment, advisor, is_closed):
    by = advisor.acting(date(2027, 3, 12))
    refusal = {"is_approved": False, "amount_yen": 0, "notice_number": "19-1", "reason": "価格の疎明がない"}
    record_decision(claimed, decided_on=date(2027, 3, 10), by=by, **refusal)
    if is_closed:
        close_refused(fresh(claimed), by=by)
    other = RunFactory()
    LessonFactory(run=other)
    for enrolment in enrolled:
        EnrolmentFactory(run=other, employment=enrolment.employment)
    case = GrantCase.objects.create(establishment=establishment, run=other, scheme="reskilling", menu="reskilling")

    drawn = already_drawn(case, as_of=date(2027, 3, 20))

    assert (drawn.yen, drawn.times) == (0, {})
