"""Forms of the desk: looking for clients, handing them over, telling an absence."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import NoMyNumber, PlainText
from firms.models import Organisation, Person

WITHIN = [
    ("", _("すべて")),
    ("7", _("7日以内")),
    ("14", _("14日以内")),
    ("30", _("30日以内")),
    ("past", _("過ぎたもの")),
]


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Person) -> str:
        return obj.full_name


class DeskFilter(PlainText, forms.Form):
    compact = True
    q = forms.CharField(label=_("企業名"), required=False, max_length=60)
    within = forms.ChoiceField(label=_("次の期限"), choices=WITHIN, required=False)

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keeper"] = PersonChoice(
            label=_("担当者"), queryset=people, required=False, empty_label=_("すべて")
        )


class YearForm(forms.Form):
    compact = True
    year = forms.TypedChoiceField(label=_("年度"), coerce=int)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, f"{year}年度") for year in years]  # type: ignore[attr-defined]


class SaveForm(NoMyNumber, forms.Form):
    name = forms.CharField(label=_("この絞込みの名前"), max_length=30)


class GiveForm(NoMyNumber, forms.Form):
    firms = forms.ModelMultipleChoiceField(
        label=_("引き継ぐ顧問先"),
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("引き継ぐ顧問先を選んでください。")},
    )
    note = forms.CharField(
        label=_("引継ぎの内容"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("進めている手続きや、企業との約束を書きます。新しい担当者に届き、企業には届きません。"),
    )

    def __init__(self, *args: Any, people: QuerySet[Person], firms: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["firms"].queryset = firms  # type: ignore[attr-defined]
        self.fields["to"] = PersonChoice(label=_("新しい担当者"), queryset=people)
        self.order_fields(["firms", "to", "note"])


class DeputyForm(forms.Form):
    starts_on = forms.DateField(label=_("初日"), widget=forms.DateInput(attrs={"type": "date"}))
    last_on = forms.DateField(label=_("最終日"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, people: QuerySet[Person], may_divide: bool, own: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        away = people if may_divide else people.filter(pk=own.pk)
        self.fields["person"] = PersonChoice(label=_("不在にする人"), queryset=away, initial=own.pk)
        self.fields["deputy"] = PersonChoice(label=_("代理の人"), queryset=people)
        self.order_fields(["person", "starts_on", "last_on", "deputy"])
