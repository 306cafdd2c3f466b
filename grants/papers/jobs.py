"""The job that makes the papers of a plan or a claim; importing this module makes it known."""

from firms.journal import record
from firms.models import Job
from firms.post.jobs import handler
from grants.models import Claim, PlanVersion
from grants.papers.making import TooLate, make_papers

KIND = "grants.papers"


@handler(KIND)
def papers(job: Job) -> None:
    """The payload names the row: {"plan": pk} or {"claim": pk}."""
    if "plan" in job.payload:
        papers_of_plan(PlanVersion.objects.select_related("case__establishment").get(pk=job.payload["plan"]), job)
    else:
        make_papers(claim=Claim.objects.select_related("case__establishment").get(pk=job.payload["claim"]), job=job)


def papers_of_plan(plan: PlanVersion, job: Job) -> None:
    """A job that waited until the claim was frozen makes nothing, and says so in the journal."""
    try:
        make_papers(plan=plan, job=job)
    except TooLate:
        record(plan.case, "papers.late", by=None, concerns=plan.case.firm_id, number=plan.number)
