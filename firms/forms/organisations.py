"""Forms about organisations and establishments."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import (
    CorporateNumberField,
    DayField,
    InsuranceNumberField,
    InvoiceNumberField,
    KanaField,
    LabourNumberField,
    LicenceNumberField,
    NoMyNumber,
    PlainText,
    amount_of,
)
from firms.models import Establishment, Organisation
from firms.models.organisations import EMPLOYERS, Kind


class OrganisationForm(NoMyNumber, forms.ModelForm):
    corporate_number = CorporateNumberField(
        label=_("法人番号"),
        required=False,
        help_text=_("13桁。全角・ハイフン入りでもかまいません。個人事業主は空欄のまま。"),
    )

    class Meta:
        model = Organisation
        formfield_callback = amount_of
        field_classes = {"name_kana": KanaField}
        fields = [
            "name",
            "name_kana",
            "corporate_number",
            "postal_code",
            "address",
            "phone",
            "email",
            "representative_title",
            "representative_name",
            "industry",
            "main_business",
            "capital_yen",
            "regular_employees",
        ]
        help_texts = {
            "industry": _("中小企業かどうかの判定に使います。日本標準産業分類での主たる事業を選びます。"),
            "regular_employees": _("2か月を超えて使用され、週の所定労働時間が通常の労働者とおおむね同じ人の数です。"),
        }


class CollegeForm(OrganisationForm):
    """A college is asked for what its invoices say, and not for what makes a firm small or large."""

    given_numbers = ("bank_account",)
    invoice_number = InvoiceNumberField(
        label=_("適格請求書発行事業者の登録番号"),
        required=False,
        help_text=_("Tと13桁の数字。登録がなければ空欄のままにします（請求書は適格請求書になりません）。"),
    )

    class Meta(OrganisationForm.Meta):
        fields = [
            "name",
            "name_kana",
            "corporate_number",
            "postal_code",
            "address",
            "phone",
            "email",
            "representative_title",
            "representative_name",
            "provider",
            "invoice_number",
            "bank_account",
        ]
        help_texts = {"bank_account": _("請求書に印刷します。例: ○○銀行 ○○支店 普通 1234567 名義")}


class OfficeForm(OrganisationForm):
    """An office of 社会保険労務士: who leads it is known by a number, and its size decides nothing."""

    licence_number = LicenceNumberField(
        label=_("代表社会保険労務士の登録番号"), required=False, help_text=_("数字8桁。社会保険労務士証票にあります。")
    )

    class Meta(OrganisationForm.Meta):
        fields = [
            "name",
            "name_kana",
            "corporate_number",
            "licence_number",
            "postal_code",
            "address",
            "phone",
            "email",
            "representative_title",
            "representative_name",
        ]


FORMS_OF: dict[str, type[OrganisationForm]] = {Kind.COLLEGE: CollegeForm, Kind.OFFICE: OfficeForm}
LABOUR_HELP = _("2桁-1桁-2桁-6桁-3桁。「労働保険概算・確定保険料申告書」の控えにあります。")


class NewOrganisationForm(OrganisationForm):
    """The ward registers an organisation of any kind, with the numbers it is known by."""

    insurance_number = InsuranceNumberField(
        label=_("最初の事業所の雇用保険適用事業所番号"),
        required=False,
        help_text=_("企業と派遣元で、分かるとき。4桁-6桁-1桁。事業所もいっしょに登録します。"),
    )
    labour_number = LabourNumberField(
        label=_("最初の事業所の労働保険番号"),
        required=False,
        help_text=format_lazy("{}{}", _("事業所番号とあわせて。"), LABOUR_HELP),
    )
    licence_number = LicenceNumberField(
        label=_("代表社会保険労務士の登録番号"),
        required=False,
        help_text=_("社労士事務所のとき。数字8桁。最初に参加する社会保険労務士の番号になります。"),
    )

    class Meta(OrganisationForm.Meta):
        fields = ["kind", *OrganisationForm.Meta.fields, "licence_number"]

    field_order = [
        "kind",
        "name",
        "name_kana",
        "corporate_number",
        "insurance_number",
        "labour_number",
        "licence_number",
    ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = cleaned.get("kind")
        for name in ("insurance_number", "labour_number"):
            if cleaned.get(name) and kind not in EMPLOYERS:
                self.add_error(
                    name, _("この番号は企業と派遣元だけに登録します。種別を確かめるか、空欄にしてください。")
                )
        if cleaned.get("labour_number") and not cleaned.get("insurance_number"):
            self.add_error("insurance_number", _("労働保険番号は、事業所番号とあわせて登録します。"))
        if cleaned.get("licence_number") and kind != Kind.OFFICE:
            self.add_error(
                "licence_number", _("登録番号は社労士事務所だけに登録します。種別を確かめるか、空欄にしてください。")
            )
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What `found_organisation` takes."""
        given = dict(self.cleaned_data)
        return {"place": {name: given.pop(name) for name in ("insurance_number", "labour_number")}, **given}


class EstablishmentForm(NoMyNumber, forms.ModelForm):
    insurance_number = InsuranceNumberField(
        label=_("雇用保険適用事業所番号"), help_text=_("4桁-6桁-1桁。「適用事業所設置届事業主控」にあります。")
    )
    labour_number = LabourNumberField(label=_("労働保険番号"), required=False, help_text=LABOUR_HELP)

    class Meta:
        model = Establishment
        fields = ["name", "insurance_number", "labour_number", "postal_code", "address", "phone", "prefecture"]


class ReasonForm(NoMyNumber, forms.Form):
    reason = forms.CharField(label=_("理由"), max_length=400)


class CorrectionReasonForm(ReasonForm):
    """Asked beside the values that are put right."""

    reason = forms.CharField(
        label=_("訂正の理由"), max_length=400, help_text=_("例：登記事項証明書の商号と違っていた。")
    )


class DeregisterForm(NoMyNumber, forms.Form):
    on = DayField(
        label=_("抹消の日"), help_text=_("この日から操作も新しい手続きもできません。前の日まではこれまでどおりです。")
    )
    reason = forms.CharField(
        label=_("抹消の理由"), max_length=400, help_text=_("例：2026年10月31日に廃業した。組織の人と取引先に届きます。")
    )


class OrganisationSearch(PlainText, forms.Form):
    compact = True
    q = forms.CharField(label=_("名称・フリガナ・法人番号"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_("登録"), required=False, choices=[("", _("登録中")), ("gone", _("抹消済み")), ("all", _("すべて"))]
    )
    kind = forms.ChoiceField(label=_("種別"), required=False, choices=[("", _("すべて")), *Kind.choices])
