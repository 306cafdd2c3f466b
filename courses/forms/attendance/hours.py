"""The trainee's word on one record of their hours."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import NoMyNumber


class HoursWordForm(NoMyNumber, forms.Form):
    """`answer` is the button that was pressed."""

    answer = forms.ChoiceField(
        choices=[("yes", _("間違いない")), ("no", _("違う"))],
        error_messages={
            "required": _("「間違いない」か「違う」を選んでください。"),
            "invalid_choice": _("「間違いない」か「違う」を選んでください。"),
        },
    )
    comment = forms.CharField(label=_("どこが違いますか"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        return {"agrees": data.get("answer") == "yes", "comment": data.get("comment", "")}
