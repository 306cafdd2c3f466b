"""Forms about organisations and establishments."""

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import (
    CorporateNumberField,
    InsuranceNumberField,
    InvoiceNumberField,
    KanaField,
    NoMyNumber,
    PlainText,
    amount_of,
)
from firms.models import Establishment, Organisation
from firms.models.organisations import Kind


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


class NewOrganisationForm(OrganisationForm):
    """The ward registers an organisation of any kind."""

    class Meta(OrganisationForm.Meta):
        fields = ["kind", *OrganisationForm.Meta.fields]


class EstablishmentForm(NoMyNumber, forms.ModelForm):
    insurance_number = InsuranceNumberField(
        label=_("雇用保険適用事業所番号"), help_text=_("4桁-6桁-1桁。「適用事業所設置届事業主控」にあります。")
    )

    class Meta:
        model = Establishment
        fields = ["name", "insurance_number", "postal_code", "address", "phone", "prefecture"]


class OrganisationSearch(PlainText, forms.Form):
    compact = True
    q = forms.CharField(label=_("名称・フリガナ・法人番号"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("種別"), required=False, choices=[("", _("すべて")), *Kind.choices])
