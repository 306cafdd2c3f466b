"""Forms about 休業・休職."""

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import DayField, NoMyNumber
from firms.models.leaves import LeaveKind

KIND_HELP = _("病名などの事情は入力しません。私傷病による休みは「休職」です。")


class LeaveForm(NoMyNumber, forms.Form):
    kind = forms.ChoiceField(
        label=_("種類"), choices=[("", _("選んでください")), *LeaveKind.choices], help_text=KIND_HELP
    )
    started_on = DayField(label=_("休業の最初の日"))
    ended_on = DayField(
        label=_("休業の最後の日"), required=False, help_text=_("復職の日が決まっていなければ空欄にします。")
    )


class LeaveCorrectionForm(LeaveForm):
    is_withdrawn = forms.BooleanField(label=_("この休業は誤って記録した（なかったものとする）"), required=False)
    reason = forms.CharField(
        label=_("理由"), max_length=400, help_text=_("例：復職の日が決まった。休業申出書の日付と違っていた。")
    )
