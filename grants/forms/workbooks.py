"""Which edition of which menu an official workbook is of."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import PlainText
from grants.models import Workbook
from grants.subjects import trainings


class WorkbookForm(PlainText, forms.Form):
    edition = forms.ChoiceField(label=_("制度と様式の版"), widget=forms.RadioSelect)
    of = forms.ChoiceField(label=_("いつの様式か"), choices=Workbook.Of.choices, widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("印を付けた様式のファイル（xlsx）"), widget=forms.FileInput(attrs={"accept": ".xlsx"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"].choices = [  # type: ignore[attr-defined]
            (f"{entry.code} {edition.name}", f"{entry.label} {edition.name}")
            for entry in trainings()
            for edition in entry.editions
        ]

    def kept(self) -> dict[str, Any]:
        menu, _space, edition = self.cleaned_data["edition"].partition(" ")
        return {"menu": menu, "edition": edition, "of": self.cleaned_data["of"]}
