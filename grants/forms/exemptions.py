"""The form of an exemption: which requirement, why, and until when."""

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import DayField, NoMyNumber


class ExemptionForm(NoMyNumber, forms.Form):
    code = forms.ChoiceField(label=_("例外とする要件"))
    reason = forms.CharField(
        label=_("理由"), max_length=400, help_text=_("だれに何を確かめたかが、後から分かるように書きます。")
    )
    expires_on = DayField(label=_("例外の期限"), help_text=_("この日を過ぎると、要件はふたたび支給申請を止めます。"))

    def __init__(self, *args: object, requirements: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["code"].choices = requirements  # type: ignore[attr-defined]
