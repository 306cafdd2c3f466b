"""The form by which the ward writes its own words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import NoMyNumber


class SiteTextForm(NoMyNumber, forms.Form):
    body = forms.CharField(
        label=_("本文"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("空行で段落が分かれます。URLとメールアドレスはリンクになります。"),
    )
