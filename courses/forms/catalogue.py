"""The search over the catalogue."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models.catalogue import Field, Level, Method
from firms.models import Organisation
from firms.models.organisations import Kind

ANY = ("", _("すべて"))


class CatalogueForm(forms.Form):
    compact = True

    q = forms.CharField(
        label=_("ことば"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("例: センサ 稼働")}),
    )
    field = forms.ChoiceField(label=_("分野"), required=False, choices=[ANY, *Field.choices])
    level = forms.ChoiceField(label=_("レベル"), required=False, choices=[ANY, *Level.choices])
    method = forms.ChoiceField(label=_("実施方法"), required=False, choices=[ANY, *Method.choices])
    college: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("連携校"), required=False, queryset=None, empty_label=_("すべて")
    )
    is_open = forms.BooleanField(label=_("募集中のみ"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleges = Organisation.objects.of_kind(Kind.COLLEGE).only("name", "kind", "name_kana")
        self.fields["college"].queryset = colleges  # type: ignore[attr-defined]

    def facets(self) -> dict[str, Any]:
        """What was understood; a broken address asks for nothing there."""
        self.is_valid()
        return self.cleaned_data
