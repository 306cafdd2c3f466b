"""The open page of a round, and the agency's intake behind it; nothing 職業安定法5条の5 forbids is asked."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import DayField, NoMyNumber
from firms.models import Person
from trials.models import Intake, JobSeeker
from trials.models.matching import Standing

UNCHOSEN = ("", _("選んでください"))


class IntakeChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Intake) -> str:
        return f"{obj.agency.name}　{obj.words}".strip("　")


class ComeForm(NoMyNumber, forms.ModelForm):
    intake = IntakeChoice(
        label=_("相談する派遣元"), queryset=Intake.objects.none(), empty_label=None, widget=forms.RadioSelect
    )

    class Meta:
        model = JobSeeker
        fields = (
            "family_name", "given_name", "email", "born_on", "standing", "skills", "home_area", "wished_field", "wished_area",
            "most_weekly_hours", "wishes",
        )  # fmt: skip
        field_classes = {"born_on": DayField}
        help_texts = {
            "email": _("このアドレスに届くリンクから、個人情報の取扱いに同意すると登録が終わります。"),
            "born_on": _("事業に年齢の定めがあるときの確認と、雇用の手続きだけに使います。"),
            "wished_area": _("例：大田区"),
            "home_area": _("例：品川区。通いやすい求人をさがすために使います。"),
            "skills": _("「、」で区切ります。例：フォークリフト、図面の読み取り"),
        }
        widgets = {"wishes": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, intakes: QuerySet[Intake], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["intake"].queryset = intakes  # type: ignore[attr-defined]
        self.fields["standing"].choices = [UNCHOSEN, *Standing.choices]  # type: ignore[attr-defined]
        self.order_fields(["intake"])


class IntakeForm(NoMyNumber, forms.Form):
    contact = forms.ModelChoiceField(
        label=_("最初の担当者"),
        queryset=Person.objects.none(),
        empty_label=_("選んでください"),
        help_text=_("公開のページから申し込んだ人への案内は、この人の名前で届きます。"),
    )
    words = forms.CharField(label=_("ひとこと"), max_length=200, required=False, help_text=_("公開のページに出ます。"))

    def __init__(self, *args: Any, desk: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = desk  # type: ignore[attr-defined]
