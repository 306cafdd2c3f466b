"""What the college wrote to a run's people, and the form to write more."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from courses.actions.seats.messages import write_to_run
from courses.forms.seats import RunMessageForm
from courses.models import Run
from courses.policies import may_see_attendance, may_write_to_run
from firms.web.http import Request, refusing, require
from firms.words.saying import said as _


@require_http_methods(["GET", "POST"])
def run_messages(request: Request, pk: int) -> HttpResponse:
    run = get_object_or_404(Run.objects.visible_to(request.acting).select_related("course__college"), pk=pk)
    may_write = may_write_to_run(request.acting, run)
    require(may_write if request.method == "POST" else may_see_attendance(request.acting, run))
    form = RunMessageForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            sent = write_to_run(run, **form.cleaned_data, by=request.acting)
            messages.success(request, _("%(n)s人に届けました。") % {"n": sent.recipient_count})
            return redirect("courses:run_messages", pk)
    context = {
        "run": run,
        "course": run.course,
        "form": form if may_write else None,
        "seated": run.enrolments.accepted().count() if may_write else 0,
        "sent": list(run.messages.select_related("written_by")),
    }
    return render(request, "courses/seats/run_messages.html", context)
