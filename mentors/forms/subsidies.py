"""Forms of a subsidy: the application, the report, a receipt, the day of payment."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import AmountField, DayField, EvidenceField, NoMyNumber
from mentors.actions.subsidies.asking import PROOF
from mentors.models import SkillManual
from mentors.models.subsidies.subsidies import Aim


class SubsidyForm(NoMyNumber, forms.Form):
    title = forms.CharField(label=_("事業の名称"), max_length=100, help_text=_("例：汎用旋盤の技能の動画化"))
    plan = forms.CharField(label=_("事業の内容"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    finish_on = DayField(label=_("事業を終える予定の日"))
    cost_yen = AmountField(label=_("対象経費の予定額"), min_value=1)


class NewSubsidyForm(SubsidyForm):
    aim = forms.ChoiceField(label=_("助成の種類"), choices=Aim.choices, widget=forms.RadioSelect)
    field_order = ["aim", "title", "plan", "finish_on", "cost_yen"]


class ReportForm(NoMyNumber, forms.Form):
    finished_on = DayField(label=_("事業を終えた日"))
    spent_yen = AmountField(label=_("対象経費の実績額"), min_value=1)
    result = forms.CharField(label=_("事業の成果"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, manuals: Sequence[SkillManual] | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by_key = {str(one.pk): one for one in manuals or []}
        if manuals is not None:
            self.fields["manuals"] = forms.MultipleChoiceField(
                label=_("作った技能マニュアル"),
                choices=[(key, one.title) for key, one in self.by_key.items()],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    @property
    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        chosen = [self.by_key[key] for key in given.get("manuals", [])]
        return {**{name: given[name] for name in ("finished_on", "spent_yen", "result")}, "manuals": chosen}


class ReceiptForm(NoMyNumber, forms.Form):
    file = EvidenceField(label=_("領収書などの写し"), kind=PROOF)


class PaidForm(NoMyNumber, forms.Form):
    paid_on = DayField(label=_("支払日"))
