"""The job that makes the papers of a plan or a claim; importing this module makes it known."""

from firms.models import Job
from firms.post.jobs import handler
from grants.models import Claim, PlanVersion
from grants.papers.making import make_papers

KIND = "grants.papers"


@handler(KIND)
def papers(job: Job) -> None:
    """The payload names the row: {"plan": pk} or {"claim": pk}."""
    if "plan" in job.payload:
        make_papers(plan=PlanVersion.objects.select_related("case").get(pk=job.payload["plan"]), job=job)
    else:
        make_papers(claim=Claim.objects.select_related("case__establishment").get(pk=job.payload["claim"]), job=job)
