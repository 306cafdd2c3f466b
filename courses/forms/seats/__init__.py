"""Forms about who takes part in a run."""

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import NoMyNumber


class RunMessageForm(NoMyNumber, forms.Form):
    subject = forms.CharField(label=_("件名"), max_length=60, help_text=_("例：第2回の持ち物について"))
    text = forms.CharField(
        label=_("本文"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("受講が決まった全員と、所属企業の管理者に届きます。特定の人のことは書かないでください。"),
    )
