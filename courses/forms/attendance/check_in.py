"""The code of the room screen, typed by hand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import PlainText


class CodeForm(PlainText, forms.Form):
    code = forms.CharField(
        label=_("画面のコード（8文字）"),
        max_length=20,
        help_text=_("教室の画面に大きく出ている8文字です。30秒ごとに変わります。"),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autofocus": True,
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "input code-input",
            }
        ),
        error_messages={"required": _("教室の画面に出ている8文字を入力してください。")},
    )
