"""Which remarks of a session from afar become steps, and where in the call the film begins."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import NoMyNumber
from firms.forms.film import SecondField
from mentors.models import Remark


class ClipsForm(NoMyNumber, forms.Form):
    remarks = forms.MultipleChoiceField(label=_("手順にするひとこと"), widget=forms.CheckboxSelectMultiple)
    starts_at = SecondField(
        label=_("動画の始まり"),
        required=False,
        help_text=_("通話を始めてから何秒目に録画が始まったか。例：0:30。同時なら、空欄にします。"),
    )

    def __init__(self, *args: Any, remarks: Iterable[Remark], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["remarks"]
        assert isinstance(field, forms.MultipleChoiceField)
        self.known = {str(one.pk): one for one in remarks}
        field.choices = [(key, str(one)) for key, one in self.known.items()]

    @property
    def chosen(self) -> list[Remark]:
        """In the order they were said."""
        return [one for key, one in self.known.items() if key in self.cleaned_data["remarks"]]
