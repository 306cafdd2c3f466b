"""Papers: the forms of plans and claims, rendered from what was frozen."""

from grants.papers.making import make_papers
from grants.papers.specs import FormSpec, forms_of_claim, forms_of_plan

__all__ = ["FormSpec", "forms_of_claim", "forms_of_plan", "make_papers"]
