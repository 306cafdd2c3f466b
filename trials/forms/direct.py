"""Forms of 国のトライアル雇用, one for each step."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.forms.fields import AmountField, DayField, NoMyNumber
from firms.models import Employment
from firms.models.employments import Contract
from firms.words.days import day_words
from trials.models import DirectEnd

UNCHOSEN = ("", _("選んでください"))
MOST_HOURS = 60


class EmploymentChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Employment) -> str:
        return f"{obj.person.full_name}　{obj.establishment}　{day_words(obj.started_on)}"


class DirectForm(NoMyNumber, forms.Form):
    employment = EmploymentChoice(
        label=_("雇い入れた人"),
        queryset=Employment.objects.none(),
        empty_label=_("選んでください"),
        help_text=_("先に「従業員」で、有期契約として登録します。"),
    )
    office = forms.CharField(label=_("紹介した機関"), max_length=80, help_text=_("例：ハローワーク大森"))
    referred_on = DayField(label=_("紹介された日"))
    weekly_hours = forms.IntegerField(label=_("1週間の所定労働時間（時間）"), min_value=1, max_value=MOST_HOURS)
    last_on = DayField(label=_("最後の日"), required=False, help_text=_("空欄なら、事業の定める最も長い期間にします。"))

    def __init__(self, *args: Any, acting: Acting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours = Employment.objects.filter(establishment__organisation=acting.organisation_id)
        waiting = ours.filter(contract=Contract.FIXED_TERM, direct_trial=None, placement=None)
        self.fields["employment"].queryset = waiting.select_related("person", "establishment").order_by("-started_on")  # type: ignore[attr-defined]


class PlanForm(NoMyNumber, forms.Form):
    filed_on = DayField(label=_("実施計画書を出した日"), help_text=_("届いた日で数えます。"))


class EndDirectForm(NoMyNumber, forms.Form):
    how = forms.ChoiceField(label=_("終わり方"), choices=[UNCHOSEN, *DirectEnd.choices])
    on = DayField(label=_("日付"), help_text=_("転換は正社員になった日、ほかは最後に働いた日"))


class ClaimForm(NoMyNumber, forms.Form):
    claimed_on = DayField(label=_("結果報告書兼支給申請書を出した日"))


class DecideForm(NoMyNumber, forms.Form):
    decided_on = DayField(label=_("決定の日"))
    paid_yen = AmountField(label=_("支給された額（円）"), help_text=_("不支給のときは0"))


class DropForm(NoMyNumber, forms.Form):
    reason = forms.CharField(label=_("申請しない理由"), max_length=200)
