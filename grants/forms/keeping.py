"""Forms of the destruction list: which cases, on which day, how; and the reason why one was no destruction."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import DayField, NoMyNumber
from grants.models import GrantCase


class CaseChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: GrantCase) -> str:
        return f"{obj.number} {obj}"


class DestructionForm(NoMyNumber, forms.Form):
    cases = CaseChoice(
        label=_("廃棄した案件"),
        queryset=GrantCase.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("廃棄した案件を選んでください。")},
    )
    destroyed_on = DayField(label=_("廃棄した日"))
    how = forms.CharField(
        label=_("廃棄の方法"), max_length=200, help_text=_("例：溶解処理を委託（証明書 第12号）、シュレッダー")
    )

    def __init__(self, *args: Any, cases: QuerySet[GrantCase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cases"].queryset = cases  # type: ignore[attr-defined]


class VoidForm(NoMyNumber, forms.Form):
    why = forms.CharField(label=_("取消しの理由"), max_length=400)
