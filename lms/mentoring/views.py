"""The ward says which courses of the catalogue count as a training of マイスター."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from courses.models import Course
from firms.web.http import Request, attempt, refusing, require, row_number
from firms.words.saying import said as _
from mentors.actions.certifying.training import drop_course, name_course
from mentors.models import TrainingCourse
from mentors.models.certifying.trainings import Training
from mentors.policies import may_keep_board


class TrainingCourseForm(forms.Form):
    training = forms.ChoiceField(label=gettext_lazy("講習"), choices=Training.choices)
    course = forms.ChoiceField(label=gettext_lazy("講座"))


@require_http_methods(["GET", "POST"])
def trainings(request: Request) -> HttpResponse:
    require(may_keep_board(request.acting))
    ward, listed = request.acting.organisation, Course.objects.listed().order_by("title", "pk")
    form = TrainingCourseForm(request.POST or None)
    form.fields["course"] = forms.ChoiceField(
        label=gettext_lazy("講座"), choices=[(str(pk), title) for pk, title in listed.values_list("pk", "title")]
    )
    if form.is_valid():
        assert ward
        course = get_object_or_404(listed, pk=row_number(form.cleaned_data["course"]))
        with refusing(form):
            training = Training(form.cleaned_data["training"])
            name_course(ward=ward, training=training, course=course.pk, title=course.title, by=request.acting)
            messages.success(request, _("講習として認めました。"))
            return redirect("mentoring:trainings")
    context = {"form": form, "rows": TrainingCourse.objects.filter(ward=ward)}
    return render(request, "mentoring/trainings.html", context)


@require_POST
def training_drop(request: Request, pk: int) -> HttpResponse:
    require(may_keep_board(request.acting))
    row = get_object_or_404(TrainingCourse, pk=pk, ward=request.acting.organisation_id)
    back, done = reverse("mentoring:trainings"), _("講習から外しました。渡した認定番号は、そのままです。")
    return attempt(request, lambda: drop_course(row, by=request.acting), done=done, back=back)
