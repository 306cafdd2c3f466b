"""What a job seeker answers by the link of their mail: each consent for itself."""

from typing import Any

from django import forms
from django.utils import timezone

from firms.forms.links import GuestForm
from firms.words.saying import said as _
from trials.consents import consents_on


class JoinTrialForm(GuestForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for text in consents_on(timezone.localdate()):
            mark = _("必要") if text.is_needed else _("任意")
            self.fields[text.key] = forms.BooleanField(
                label=f"{text.label}（{mark}）", required=text.is_needed, help_text=text.text
            )
