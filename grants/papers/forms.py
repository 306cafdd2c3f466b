"""The forms of a plan and of a claim, by what their case is about."""

from grants.models import Claim, PlanVersion
from grants.models.cases import Subject
from grants.papers.careerup import careerup_forms_of_claim, careerup_forms_of_plan
from grants.papers.specs import FormSpec, forms_of_claim, forms_of_plan
from grants.papers.subscriptions import subscription_forms_of_claim, subscription_forms_of_plan

OF_PLAN = {
    Subject.RUN: forms_of_plan,
    Subject.CONVERSION: careerup_forms_of_plan,
    Subject.SUBSCRIPTION: subscription_forms_of_plan,
}
OF_CLAIM = {
    Subject.RUN: forms_of_claim,
    Subject.CONVERSION: careerup_forms_of_claim,
    Subject.SUBSCRIPTION: subscription_forms_of_claim,
}


def plan_forms(plan: PlanVersion) -> tuple[FormSpec, ...]:
    return OF_PLAN[Subject(plan.case.subject)](plan)


def claim_forms(claim: Claim) -> tuple[FormSpec, ...]:
    return OF_CLAIM[Subject(claim.case.subject)](claim)
