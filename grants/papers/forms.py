"""The forms of a plan and of a claim, by what their case is about."""

from grants.models import Claim, PlanVersion
from grants.papers.careerup import careerup_forms_of_claim, careerup_forms_of_plan
from grants.papers.specs import FormSpec, forms_of_claim, forms_of_plan


def plan_forms(plan: PlanVersion) -> tuple[FormSpec, ...]:
    return careerup_forms_of_plan(plan) if plan.case.is_conversion else forms_of_plan(plan)


def claim_forms(claim: Claim) -> tuple[FormSpec, ...]:
    return careerup_forms_of_claim(claim) if claim.case.is_conversion else forms_of_claim(claim)
