"""The survey after a run: answered once by each trainee, read as sums by the college and the ward."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions.completion.surveys import OVER, answer_survey
from courses.forms.completion.completion import SurveyForm
from courses.models import Enrolment, Run, SurveyAnswer
from courses.policies import may_see_survey
from courses.queries.completion.completion import newest_certificates
from courses.queries.completion.surveys import FEWEST, survey_of
from firms.web.http import Request, refusing, require
from firms.words.saying import said as _


@require_http_methods(["GET", "POST"])
def survey(request: Request, pk: int) -> HttpResponse:
    """Where the notice of the result leads: the certificate on top, the questions below."""
    own = Enrolment.objects.filter(person=request.person, state__in=OVER).select_related("run__course__college")
    enrolment = get_object_or_404(own, pk=pk)
    form = SurveyForm(request.POST or None)
    if form.is_valid():
        with refusing(form):
            answer_survey(enrolment, **form.cleaned_data, by=request.acting)
            messages.success(request, _("ありがとうございました。回答を受け取りました。"))
            return redirect("courses:survey", pk=enrolment.pk)
    context = {
        "enrolment": enrolment,
        "run": enrolment.run,
        "course": enrolment.run.course,
        "certificate": newest_certificates([enrolment]).get(enrolment.pk),
        "answer": SurveyAnswer.objects.filter(enrolment=enrolment).first(),
        "form": form,
        "fewest": FEWEST,
    }
    return render(request, "courses/completion/survey.html", context)


@require_safe
def survey_results(request: Request, pk: int) -> HttpResponse:
    run = get_object_or_404(Run.objects.visible_to(request.acting).select_related("course__college"), pk=pk)
    require(may_see_survey(request.acting, run))
    context = {"run": run, "course": run.course, "survey": survey_of(run), "fewest": FEWEST}
    return render(request, "courses/completion/survey_results.html", context)
