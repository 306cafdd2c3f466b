"""The form by which the ward helps somebody who has lost their second factor."""

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import NoMyNumber


class SecondFactorResetForm(NoMyNumber, forms.Form):
    email = forms.EmailField(label=_("本人のメールアドレス"), help_text=_("ログインに使っているアドレスです。"))
    reason = forms.CharField(
        label=_("解除の理由"),
        max_length=400,
        help_text=_("例：機種変更でスマートフォンを手放した。電話で本人と確かめた。本人にもこの文が届きます。"),
    )
