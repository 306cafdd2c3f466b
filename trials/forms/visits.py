"""Forms of tours and internships."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.forms.fields import AmountField, DayField, NoMyNumber
from firms.models import Establishment
from trials.models import VisitKind

MOST_PEOPLE = 200


def clock(label: object) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))  # type: ignore[arg-type]


class VisitForm(NoMyNumber, forms.Form):
    establishment = forms.ModelChoiceField(
        label=_("事業所"), queryset=Establishment.objects.none(), empty_label=_("選んでください")
    )
    kind = forms.ChoiceField(label=_("種類"), choices=[("", _("選んでください")), *VisitKind.choices])
    theme = forms.CharField(label=_("テーマ"), max_length=80, help_text=_("例：1ミクロンを測る、若手がつくる金型"))
    words = forms.CharField(
        label=_("見られること・すること"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    day = DayField(label=_("日付"))
    starts_at = clock(_("始まり"))
    ends_at = clock(_("終わり"))
    places = forms.IntegerField(label=_("定員（人）"), min_value=1, max_value=MOST_PEOPLE)
    hourly_yen = AmountField(label=_("時給（円）"), required=False, help_text=_("インターンシップのときだけ"))
    wage_is_checked = forms.BooleanField(
        label=_("最低賃金を労働局の公表で確かめた"),
        required=False,
        help_text=_("その日の額が登録されていないときに、労働局の公表を見て選びます。"),
    )

    def __init__(self, *args: Any, acting: Acting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Establishment.objects.visible_to(acting)
        self.fields["establishment"].queryset = places  # type: ignore[attr-defined]


class AskVisitForm(NoMyNumber, forms.Form):
    people = forms.IntegerField(label=_("人数"), min_value=1, max_value=MOST_PEOPLE)
    note = forms.CharField(
        label=_("伝えること"), max_length=200, required=False, help_text=_("学科や学年など。氏名は書きません。")
    )


class AnswerVisitForm(NoMyNumber, forms.Form):
    wish = forms.ChoiceField(
        label=_("回答"), choices=[("", _("選んでください")), ("yes", _("受け入れる")), ("no", _("断る"))]
    )
    reason = forms.CharField(label=_("断る理由"), max_length=200, required=False)


class CountVisitForm(NoMyNumber, forms.Form):
    attended = forms.IntegerField(label=_("来た人数"), min_value=0, max_value=MOST_PEOPLE)
