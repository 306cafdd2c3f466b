"""Forms of a conversion: who, the plan, what it was, what each period paid, and the requirements only the firm can state."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import AmountField, NoMyNumber, PlainText
from firms.models import Employment
from grants.actions.careerup_told import ConversionTold, PayTold, PlanTold
from grants.forms.cases import day
from grants.models import Answer, CareerUpPlan, Conversion
from grants.rules.careerup import ADDITIONS

HOURS_OF_WEEK = 24 * 7
MOST_DAYS = 31
MOST_MONTHS = 24
MOST_PEOPLE = 999


class OpenConversionForm(forms.Form):
    employment = forms.ModelChoiceField(
        label=_("正社員にする人"), queryset=Employment.objects.none(), empty_label=_("選んでください")
    )

    def __init__(self, *args: Any, workers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["employment"]
        field.queryset = workers  # type: ignore[attr-defined]
        field.label_from_instance = labelled  # type: ignore[attr-defined]


def labelled(one: Employment) -> str:
    return f"{one.person.full_name}（{one.get_contract_display()}・{one.establishment}）"


class CareerUpPlanForm(NoMyNumber, forms.Form):
    """様式第1号."""

    starts_on = day(_("計画期間の初日"), help_text=_("届け出る日の翌日以後、転換日以前の日です。"))
    ends_on = day(_("計画期間の最終日"), help_text=_("初日から3年以上5年以内です。"))
    manager_name = forms.CharField(
        label=_("キャリアアップ管理者の氏名"),
        max_length=60,
        help_text=_("この事業所で働く人か役員。労働者の代表や、ほかの事業所の管理者とは兼ねられません。"),
    )
    manager_since = day(_("キャリアアップ管理者の配置日"))
    is_officer = forms.BooleanField(label=_("管理者は役員である"), required=False)
    worker_name = forms.CharField(label=_("労働者代表者の氏名"), max_length=60)
    heard = forms.ChoiceField(
        label=_("労働者の意見を聴いた方法"), choices=CareerUpPlan.Heard.choices, widget=forms.RadioSelect
    )
    for_fixed_term = forms.BooleanField(label=_("有期雇用労働者を対象にする"), required=False)
    for_indefinite = forms.BooleanField(label=_("無期雇用労働者を対象にする"), required=False)
    for_dispatched = forms.BooleanField(label=_("派遣労働者を対象にする"), required=False)
    people = forms.IntegerField(
        label=_("転換・直接雇用する人数の目標"),
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"class": "w-medium"}),
    )
    month = forms.DateField(
        label=_("転換する予定の年月"),
        input_formats=["%Y-%m"],
        widget=forms.DateInput(format="%Y-%m", attrs={"type": "month"}),
        help_text=_("例：2027-04"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not any(cleaned.get(name) for name in ("for_fixed_term", "for_indefinite", "for_dispatched")):
            self.add_error("for_fixed_term", _("対象にする人を一つ以上選んでください。"))
        return cleaned

    def told(self) -> PlanTold:
        return PlanTold(**self.cleaned_data | {"month": self.cleaned_data["month"].replace(day=1)})


def said(label: Any, yes: Any, no: Any, **extra: Any) -> forms.TypedChoiceField:
    """Yes, no, or not told yet."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("", _("まだ分からない")), ("yes", yes), ("no", no)],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        **extra,
    )


def chosen(label: Any, choices: Iterable[Any], **extra: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", _("まだ分からない")), *choices], required=False, **extra)


def day_of_month(label: Any, **extra: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "w-medium"})
    return forms.IntegerField(label=label, min_value=1, max_value=MOST_DAYS, required=False, widget=widget, **extra)


class ConversionForm(NoMyNumber, forms.Form):
    """The facts of 別添様式1-2; what is not known yet may stay open."""

    converted_on = day(_("転換日（雇入れの日）"), required=False, help_text=_("予定の日でかまいません。"))
    origin = chosen(_("転換前の雇用"), Conversion.Origin.choices)
    since = day(
        _("転換前の雇用・派遣の初日"),
        required=False,
        help_text=_("有期か無期で雇い入れた日。派遣では、同じ組織単位で受け入れた最初の日です。"),
    )
    until = day(_("派遣の最終日"), required=False, help_text=_("派遣から雇い入れるときだけ入力します。"))
    same_unit = said(
        _("課やラインなど、同じ組織単位で続けて受け入れた"), _("はい"), _("いいえ"), help_text=_("派遣のときだけです。")
    )
    agency_is_indefinite = said(
        _("派遣元に無期で、または5年を超えて雇われていた"),
        _("はい"),
        _("いいえ"),
        help_text=_("派遣のときだけです。はいのときは無期からの額になります。"),
    )
    contracted_on = day(_("労働契約を結んだ（申し込んだ）日"), required=False, help_text=_("派遣のときだけです。"))
    priority = chosen(
        _("重点支援対象者"),
        Conversion.Priority.choices,
        help_text=_("有期で3年以上（5年以内）の人と派遣の人は、選ばなくても重点支援対象者です。第2期も申請できます。"),
    )
    has_probation = said(
        _("転換後の試用期間"), _("ある"), _("ない"), help_text=_("あると無期からの転換とみなされ、額が下がります。")
    )
    probation_to = day(_("試用期間の最終日"), required=False)
    form = chosen(_("転換後の区分"), Conversion.Form.choices)
    closing_day = day_of_month(_("賃金の締め日"), help_text=_("月末締めは31と入力します。"))
    pay_day = day_of_month(_("賃金の支払日"), help_text=_("月末払いは31と入力します。"))
    pay_months_later = forms.TypedChoiceField(
        label=_("支払の月"),
        choices=[("", _("まだ分からない")), ("0", _("締め日と同じ月")), ("1", _("翌月")), ("2", _("翌々月"))],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("残業代を翌月に払う定めのときは、残業代の支払日で入力します。"),
    )

    def told(self) -> ConversionTold:
        return ConversionTold(**self.cleaned_data)


ADDITION_LABELS = {
    "rule_introduced": _("正社員転換制度などを新しく定めた（この計画で最初の人）"),
    "diverse_regular": _("多様な正社員制度を新しく定めた（最初の人）"),
    "disclosure": _("情報公表加算（転換の制度と実績を公表した）"),
}


class PeriodPayForm(PlainText, forms.Form):
    """What the ledgers of both six months say."""

    before_yen = AmountField(label=_("転換前6か月の賃金の総額"), min_value=1)
    after_yen = AmountField(
        label=_("この期の6か月の賃金の総額"),
        min_value=1,
        help_text=_("基本給と毎月決まって払う手当。賞与・通勤・住宅・食事の手当、歩合、残業代は入れません。"),
    )
    before_weekly = forms.DecimalField(
        label=_("転換前の週所定労働時間"), min_value=Decimal(1), max_value=HOURS_OF_WEEK, decimal_places=2
    )
    after_weekly = forms.DecimalField(
        label=_("この期の週所定労働時間"), min_value=Decimal(1), max_value=HOURS_OF_WEEK, decimal_places=2
    )
    worked_days = forms.CharField(
        label=_("月ごとの勤務日数"),
        max_length=100,
        help_text=_(
            "最初の月から順に「21、20、22、19、21、20」のように。有給休暇も数えます。11日に満たない月は数えません。"
        ),
    )
    last_paid_on = day(_("最後の月の賃金を支払った日"))
    is_paid_late = forms.BooleanField(label=_("規定の支払日より遅れて支払った"), required=False)
    additions = forms.MultipleChoiceField(
        label=_("加算"),
        choices=[(code, ADDITION_LABELS[code]) for code in ADDITIONS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("1事業所に1回ずつです。情報公表のほかは第1期だけに付きます。"),
    )

    def __init__(self, *args: Any, period: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if period == 2:
            self.fields["before_yen"].label = _("第1期の6か月の賃金の総額")
            self.fields["before_weekly"].label = _("第1期の週所定労働時間")
            self.fields["additions"].choices = [("disclosure", ADDITION_LABELS["disclosure"])]  # type: ignore[attr-defined]

    def clean_worked_days(self) -> list[int]:
        parts = self.cleaned_data["worked_days"].replace("、", ",").replace("，", ",").replace(" ", ",").split(",")
        told = [part for part in parts if part]
        if not all(part.isdecimal() and int(part) <= MOST_DAYS for part in told) or not 0 < len(told) <= MOST_MONTHS:
            raise ValidationError(_("月ごとの勤務日数を、0から31までの数で「、」で区切って入力してください。"))
        return [int(part) for part in told]

    def told(self) -> PayTold:
        return PayTold(**self.cleaned_data)


class RequirementForm(NoMyNumber, forms.Form):
    """One requirement; its prefix is the code."""

    value = forms.ChoiceField(label=_("回答"), choices=Answer.Value.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("補足"), max_length=200, required=False)


class CareerUpFilingForm(PlainText, forms.Form):
    filed_on = day(_("届出日（労働局に届いた日）"))
    receipt_number = forms.CharField(label=_("計画書の受理番号"), max_length=40)


class PeriodFilingForm(PlainText, forms.Form):
    filed_on = day(_("申請日（労働局に届いた日）"))
    receipt_number = forms.CharField(label=_("受付番号"), max_length=40, required=False)
