"""A course as it is written down, and the ward's reason for returning one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from courses.models.catalogue import Field
from firms.forms.fields import NoMyNumber
from firms.models import Organisation
from firms.models.organisations import Kind

FACTS = [
    "title",
    "field",
    "level",
    "method",
    "summary",
    "goals",
    "syllabus",
    "audience",
    "hours",
    "fee_yen",
    "seats",
    "completion_rule",
    "provider_page",
]


class CourseForm(NoMyNumber, forms.ModelForm):
    given_numbers = ("provider_page",)
    field = forms.ChoiceField(label=_("分野"), choices=[("", _("選んでください")), *Field.choices])

    class Meta:
        model = Course
        fields = FACTS
        widgets = {
            "goals": forms.Textarea(attrs={"rows": 4}),
            "syllabus": forms.Textarea(attrs={"rows": 6}),
            "hours": forms.NumberInput(attrs={"class": "w-short", "step": "0.5", "min": "0.5"}),
            "fee_yen": forms.NumberInput(attrs={"class": "w-short", "min": "0"}),
            "seats": forms.NumberInput(attrs={"class": "w-short", "min": "1"}),
        }
        help_texts = {
            "summary": _("一覧に出ます。だれが何をできるようになるかを短く。"),
            "goals": _("1行に1つ。"),
            "syllabus": _("1行に1つ。計画届の「訓練の内容」にも使われます。"),
            "hours": _("食事の休憩を除いた時間。"),
            "completion_rule": _("例: すべてのコマに出席し、実技課題を提出すること。"),
            "provider_page": _("助成金では、だれでも申し込める講座であることを示すページが要ります。"),
        }
        error_messages = {"provider_page": {"invalid": _("https:// から始まるURLを入力してください。")}}

    def clean_hours(self) -> Any:
        hours = self.cleaned_data["hours"]
        if hours <= 0:
            raise forms.ValidationError(_("総時間は0より大きい数で入力してください。"))
        return hours

    def clean_seats(self) -> int:
        return at_least_one_seat(self.cleaned_data["seats"])

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}


def at_least_one_seat(seats: int) -> int:
    if seats < 1:
        raise forms.ValidationError(_("定員は1人以上にしてください。"))
    return seats


class CollegeForm(forms.Form):
    """The ward's first question: whose course it is."""

    college: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("連携校"),
        queryset=None,
        empty_label=_("選んでください"),
        error_messages={"required": _("どの連携校の講座かを選んでください。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["college"].queryset = Organisation.objects.of_kind(Kind.COLLEGE)  # type: ignore[attr-defined]


class ReasonForm(NoMyNumber, forms.Form):
    """Why something is returned or cancelled; those concerned read it."""

    reason = forms.CharField(label=_("理由"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500, required=False)
