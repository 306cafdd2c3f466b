"""Forms of whose hands people are in."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import DayField, NoMyNumber
from firms.models import Person

UNCHOSEN = _("選んでください")


class HandOverForm(NoMyNumber, forms.Form):
    adviser = forms.ModelChoiceField(label=_("新しい担当者"), queryset=Person.objects.none(), empty_label=UNCHOSEN)
    reason = forms.CharField(
        label=_("引継ぎの理由"),
        max_length=400,
        help_text=_("前の担当者と新しい担当者に伝えます。本人には、担当が変わったことだけを伝えます。"),
    )

    def __init__(self, *args: Any, desk: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["adviser"].queryset = desk  # type: ignore[attr-defined]


class DeputyForm(NoMyNumber, forms.Form):
    deputy = forms.ModelChoiceField(label=_("代理の人"), queryset=Person.objects.none(), empty_label=UNCHOSEN)
    starts_on = DayField(label=_("最初の日"))
    last_on = DayField(label=_("最後の日"))

    def __init__(self, *args: Any, desk: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = desk  # type: ignore[attr-defined]
