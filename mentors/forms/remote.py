"""Guidance from afar: how it is held, whether the line works, and a remark at a second."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import NoMyNumber
from firms.words.saying import said as _now
from mentors.models import ConnectionCheck


class RemoteForm(NoMyNumber, forms.Form):
    meeting_url = forms.URLField(
        label=_("通話のリンク"),
        max_length=300,
        assume_scheme="https",
        help_text=_("派遣先とマイスターだけに見えます。例：https://meet.example.jp/abc"),
    )
    is_dangerous = forms.BooleanField(label=_("回っている機械・火・高い所など、危険のある作業をする"), required=False)
    supervisor = forms.CharField(
        label=_("現場で見守る方の氏名"),
        max_length=60,
        required=False,
        help_text=_("危険のある作業では、機械を止められる方が、そばにいることが要ります。"),
    )
    has_second_camera = forms.BooleanField(label=_("手元を映す2台目のカメラを用意します"))
    is_cleared = forms.BooleanField(label=_("映してはいけない図面や製品を、カメラの前から片付けます"))

    def clean_meeting_url(self) -> str:
        url: str = self.cleaned_data["meeting_url"]
        if not url.startswith("https://"):
            raise forms.ValidationError(_now("https:// で始まるリンクを入力してください。"))
        return url

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("meeting_url", "is_dangerous", "supervisor")}


class ConnectionForm(NoMyNumber, forms.ModelForm):
    class Meta:
        model = ConnectionCheck
        fields = ["is_heard", "is_seen", "are_hands_seen", "note"]


class RemarkForm(NoMyNumber, forms.Form):
    text = forms.CharField(label=_("ひとこと"), max_length=200, help_text=_("例：いまの送りの速さ、もう少しゆっくり"))
