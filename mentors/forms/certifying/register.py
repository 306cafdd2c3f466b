"""The public register: what its visitors choose from, and what a マイスター says of themselves there."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import NoMyNumber, PlainText
from mentors.forms.certifying import base_field
from mentors.teachings import AREA, FACETS, LANGUAGE, MACHINE, METHOD, choices

OCCUPATION = "occupation"
LABELS = {
    OCCUPATION: _("職種"),
    MACHINE: _("使う機械"),
    METHOD: _("教え方"),
    AREA: _("来てもらえる地域"),
    LANGUAGE: _("話せることば"),
}
EVERYTHING = ("", _("指定しない"))


class RegisterForm(PlainText, forms.Form):
    """`counted` is for each facet what is to be had and how often, as `mentors.queries.certifying.register` counts it."""

    q = forms.CharField(
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("例：旋盤、溶接、ねじ切り")}),
    )

    def __init__(self, *args: Any, counted: Mapping[str, list[tuple[str, str, int]]], **options: Any) -> None:
        super().__init__(*args, **options)
        for facet, label in LABELS.items():
            offered = [(key, _("%(name)s（%(n)s人）") % {"name": name, "n": n}) for key, name, n in counted[facet]]
            self.fields[facet] = forms.ChoiceField(label=label, choices=[EVERYTHING, *offered], required=False)


class TeachingForm(NoMyNumber, forms.Form):
    best = forms.CharField(
        label=_("いちばん教えたいこと"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("名簿のいちばん上に、大きく出ます。例：汎用旋盤のねじ切り。音で切れ味を聞き分けるこつ"),
    )
    machine = forms.MultipleChoiceField(label=LABELS[MACHINE], required=False, widget=forms.CheckboxSelectMultiple)
    method = forms.MultipleChoiceField(label=LABELS[METHOD], required=False, widget=forms.CheckboxSelectMultiple)
    area = forms.MultipleChoiceField(label=_("教えに行ける地域"), required=False, widget=forms.CheckboxSelectMultiple)
    language = forms.MultipleChoiceField(label=LABELS[LANGUAGE], required=False, widget=forms.CheckboxSelectMultiple)
    also = forms.CharField(
        label=_("上の一覧にないこと"), max_length=200, required=False, help_text=_("例：ホブ盤、歯車の測定")
    )
    base = base_field()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for facet in FACETS:
            field = self.fields[facet]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = choices(facet)
        self.fields["base"] = base_field()

    @property
    def tags(self) -> dict[str, list[str]]:
        return {facet: self.cleaned_data[facet] for facet in FACETS}
