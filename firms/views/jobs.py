"""Jobs that failed for good, for those who run the site."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from firms.actions.quarantine import try_again
from firms.models import Job
from firms.policies import may_see_jobs
from firms.states import JobState
from firms.web.http import Request, page_of, saying_no
from firms.words.saying import said as _


@require_safe
def jobs(request: Request) -> HttpResponse:
    if not may_see_jobs(request.acting):
        raise Http404
    rows = Job.objects.filter(state=JobState.QUARANTINED).order_by("-finished_at", "-pk")
    return render(request, "firms/jobs.html", {"page": page_of(rows, request)})


@require_POST
def job_retry(request: Request, pk: int) -> HttpResponse:
    if not may_see_jobs(request.acting):
        raise Http404
    job = get_object_or_404(Job, pk=pk)
    with saying_no(request):
        try_again(job, by=request.acting)
        messages.success(request, _("ジョブをもう一度実行します。"))
    return redirect("firms:jobs")
