"""One form for each request: clean input, nothing about other rows."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Enrolment
from firms.forms.fields import AmountField, EvidenceField, NoMyNumber, PlainText
from firms.models import Organisation, Person
from grants.actions.conversions import StatedConversion
from grants.actions.statements import StatedPlan
from grants.claims.excused import CHANGE_REASONS, ORDINARY
from grants.forms.stated import channel_field
from grants.models import Answer, Channel, Cost, Excuse, OfficeStep, ReskillingPlan
from grants.states import CaseState

Purpose = ReskillingPlan.Purpose


def day(label: Any, **extra: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **extra)


class CaseFilter(forms.Form):
    compact = True
    state = forms.ChoiceField(label=_("状態"), choices=[("", _("すべて")), *CaseState.choices], required=False)

    def __init__(self, *args: Any, firms: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(firms) > 1:
            self.fields["firm"] = forms.TypedChoiceField(
                label=_("企業"),
                choices=[("", _("すべて")), *((firm.pk, firm.name) for firm in firms)],
                required=False,
                coerce=int,
                empty_value=None,
            )


class PlanFactsForm(NoMyNumber, forms.Form):
    """様式第1-3号."""

    purpose = forms.ChoiceField(
        label=_("計画の種類"),
        choices=Purpose.choices,
        widget=forms.RadioSelect,
        help_text=_("新しい事業を始めるための訓練か、いまの仕事をデジタル化・脱炭素化するための訓練かを選びます。"),
    )
    from_on = day(
        _("始める時期"),
        help_text=_("事業展開・DX・GXを始める（始めた）日です。訓練の開始日から離れすぎていると対象になりません。"),
    )
    to_on = day(_("終える予定の時期"), required=False)
    business = forms.CharField(
        label=_("事業展開の内容"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("「事業展開」を選んだときに書きます。何を新しく始めるのか、なぜ始めるのか。"),
    )
    change = forms.CharField(
        label=_("DX・GX化の内容"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("例：切削機にセンサをつけて稼働を見えるようにし、段取り替えと保全の判断を早くする。"),
    )
    task_link = forms.CharField(
        label=_("受講者の職務と訓練のつながり"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "だれが、どの仕事で、この訓練の何を使うのか。「AIの概要を知る」のような一般的な内容は認められません。"
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        needed = "business" if cleaned.get("purpose") == Purpose.NEW_BUSINESS else "change"
        if cleaned.get("purpose") and not cleaned.get(needed):
            self.add_error(needed, _("選んだ種類の内容を入力してください。様式第1-3号に印刷されます。"))
        if cleaned.get("from_on") and cleaned.get("to_on") and cleaned["to_on"] < cleaned["from_on"]:
            self.add_error("to_on", _("終える時期は、始める時期より後の日にしてください。"))
        return cleaned

    def stated(self) -> StatedPlan:
        return StatedPlan(**self.cleaned_data)


class ConversionPlanForm(NoMyNumber, forms.Form):
    """The last row of 様式第1-1号; what is not known yet may stay empty until the plan is frozen."""

    is_wanted = forms.ChoiceField(
        label=_("計画届をキャリアアップ計画書に代える"),
        choices=[("yes", _("代える")), ("no", _("代えない（転換の前日までにキャリアアップ計画書を出す）"))],
        widget=forms.RadioSelect,
    )
    manager_name = forms.CharField(
        label=_("キャリアアップ管理者の氏名"),
        max_length=60,
        required=False,
        help_text=_(
            "この事業所で働く人か役員。届出の日までに選びます。労働者の代表や、ほかの事業所の管理者とは兼ねられません。"
        ),
    )
    is_conversion = forms.BooleanField(label=_("訓練を修了した人を正社員に転換する"), required=False)
    month = forms.DateField(
        label=_("転換する予定の年月"),
        required=False,
        input_formats=["%Y-%m"],
        widget=forms.DateInput(format="%Y-%m", attrs={"type": "month"}),
        help_text=_("例：2027-04"),
    )

    def stated(self) -> StatedConversion:
        return StatedConversion(**self.cleaned_data | {"is_wanted": self.cleaned_data["is_wanted"] == "yes"})


class AnswerForm(NoMyNumber, forms.Form):
    """One requirement of the questionnaire; its prefix is the code."""

    value = forms.ChoiceField(label=_("回答"), choices=Answer.Value.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("補足"), max_length=200, required=False)
    file = EvidenceField(label=_("証拠書類"), required=False)


class CostForm(forms.Form):
    amount_yen = AmountField(label=_("支払額（税込）"), min_value=1)
    paid_on = day(_("支払日"))
    payer = forms.ChoiceField(
        label=_("負担した人"), choices=Cost.Payer.choices, widget=forms.RadioSelect, initial=Cost.Payer.FIRM
    )
    file = EvidenceField(
        kind="payment",
        label=_("支払を証明する書類"),
        required=False,
        help_text=_("振込通知書、または請求書と領収書。"),
    )
    # Equal payments of one day are common, so what is the same click is told by this mark alone.
    once = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)


class ExcuseForm(forms.Form):
    enrolment = forms.ModelChoiceField(label=_("受講者"), queryset=Enrolment.objects.none(), empty_label=None)
    minutes = forms.IntegerField(
        label=_("受けられなかった時間"),
        min_value=1,
        max_value=32_000,
        widget=forms.NumberInput(attrs={"class": "w-medium"}),
    )
    reason = forms.ChoiceField(label=_("理由"), choices=Excuse.Reason.choices, widget=forms.RadioSelect)
    file = EvidenceField(
        kind="excuse",
        label=_("理由を証明する書類"),
        help_text=_("退職届、診断書、り災証明書など。病名など要らない部分は隠してかまいません。"),
    )

    def __init__(self, *args: Any, people: list[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["enrolment"]
        field.queryset = Enrolment.objects.filter(pk__in=[one.pk for one in people]).select_related("person")  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: one.person.full_name  # type: ignore[attr-defined]

    def entry(self) -> dict[str, Any]:
        named = {part: self.cleaned_data[part] for part in ("enrolment", "minutes", "reason")}
        return named | {"upload": self.cleaned_data["file"]}


class ContactForm(forms.Form):
    contact = forms.ModelChoiceField(label=_("企業の担当者"), queryset=Person.objects.none(), empty_label=None)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = people  # type: ignore[attr-defined]


class PlanFilingForm(PlainText, forms.Form):
    filed_on = day(_("届出日（労働局に届いた日）"))
    receipt_number = forms.CharField(label=_("計画届受付番号"), max_length=40)


class PlanFiledForm(PlanFilingForm):
    """The first time: the way it was filed binds all that follows."""

    channel = channel_field()


class ClaimFilingForm(PlainText, forms.Form):
    filed_on = day(_("申請日（労働局に届いた日）"))
    receipt_number = forms.CharField(label=_("受付番号"), max_length=40, required=False)


class ClaimFiledForm(ClaimFilingForm):
    channel = channel_field()


class ChangeFilingForm(PlainText, forms.Form):
    filed_on = day(_("変更届を出した日（労働局に届いた日）"))
    reason = forms.ChoiceField(
        label=_("変更の理由"),
        choices=list(CHANGE_REASONS.items()),
        initial=ORDINARY,
        widget=forms.RadioSelect,
        help_text=_("病気・けがや災害のときは、変更後の日の翌日から7日以内まで出せます。"),
    )


class DecisionForm(NoMyNumber, forms.Form):
    given_numbers = ("notice_number",)
    decided_on = day(_("決定日"), help_text=_("通知書の日付です。"))
    is_approved = forms.TypedChoiceField(
        label=_("決定"),
        choices=[("yes", _("支給")), ("no", _("不支給"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    amount_yen = AmountField(label=_("決定額"), required=False, help_text=_("不支給のときは空欄にします。"))
    notice_number = forms.CharField(label=_("通知書番号"), max_length=40, required=False)
    reason = forms.CharField(label=_("不支給・減額の理由"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def name_notices(self, numbers: Mapping[str, str]) -> None:
        """By the forms on which this scheme's decisions come."""
        self.fields["is_approved"].choices = [  # type: ignore[attr-defined]
            ("yes", _("支給（様式第%(number)s号）") % {"number": numbers["granted"]}),
            ("no", _("不支給（様式第%(number)s号）") % {"number": numbers["refused"]}),
        ]


class PaymentForm(PlainText, forms.Form):
    paid_on = day(_("入金日"))
    amount_yen = AmountField(label=_("入金額"), min_value=1)


class StepVoidForm(NoMyNumber, forms.Form):
    reason = forms.CharField(label=_("取り消す理由"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))


class StepForm(NoMyNumber, forms.Form):
    """One step after filing; only what asks for something has a day it is due, only money has an amount."""

    on = day(_("日付"))
    due_on = day(_("期限"), help_text=_("労働局の書類にある日付です。"))
    amount_yen = AmountField(label=_("金額"), min_value=1)
    note = forms.CharField(label=_("内容"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    file = EvidenceField(kind="office_step", label=_("書類"), required=False, help_text=_("通知や控えの写し。"))

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label, needs_due, needs_yen = STEP_FORMS[kind]
        self.fields["on"].label = label
        for name, is_needed in (("due_on", needs_due), ("amount_yen", needs_yen)):
            if not is_needed:
                del self.fields[name]

    def taken(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return given | {"upload": self.cleaned_data["file"]}


STEP_FORMS: dict[str, tuple[Any, bool, bool]] = {
    OfficeStep.Kind.AMEND_ASKED: (_("補正を求められた日"), True, False),
    OfficeStep.Kind.AMENDED: (_("補正が労働局に届いた日"), False, False),
    OfficeStep.Kind.WITHDRAWN: (_("労働局が取下げを認めた日"), False, False),
    OfficeStep.Kind.REPAY_ASKED: (_("返還を求められた日"), True, True),
    OfficeStep.Kind.REPAID: (_("返還した日"), False, True),
}


def why() -> forms.CharField:
    return forms.CharField(
        label=_("訂正の理由"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("例：受付印のある控えと見比べたら、番号の末尾が違っていた。"),
    )


class PlanFilingCorrection(PlanFilingForm):
    why = why()


class ChannelCorrection(NoMyNumber, forms.Form):
    way = forms.ChoiceField(
        label=_("実際の提出の方法"),
        choices=Channel.Way.choices,
        widget=forms.RadioSelect,
        help_text=_("計画届を実際に出した方法です。変更届と支給申請も同じ方法で出します。"),
    )
    why = why()


class ClaimFilingCorrection(ClaimFilingForm):
    why = why()


class DecisionCorrection(DecisionForm):
    why = why()


class PaymentCorrection(PaymentForm):
    why = why()


class DropForm(NoMyNumber, forms.Form):
    reason = forms.CharField(label=_("取りやめる理由"), widget=forms.Textarea(attrs={"rows": 3}), max_length=400)
