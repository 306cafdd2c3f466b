"""The open form of a firm that asks to take part, and the ward's answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import CorporateNumberField, KanaField, NoMyNumber
from firms.models import Corporation, Newcomer


class NewcomerForm(NoMyNumber, forms.ModelForm):
    corporate_number = CorporateNumberField(
        label=_("法人番号"),
        required=False,
        help_text=_("13桁。全角・ハイフン入りでもかまいません。個人事業主は空欄のまま。"),
    )

    class Meta:
        model = Newcomer
        fields = [
            "corporate_number",
            "name",
            "name_kana",
            "postal_code",
            "address",
            "industry",
            "main_business",
            "regular_employees",
            "family_name",
            "given_name",
            "email",
            "phone",
            "words",
        ]
        field_classes = {"name_kana": KanaField}
        help_texts = {
            "regular_employees": _("2か月を超えて使用され、週の所定労働時間が通常の労働者とおおむね同じ人の数です。"),
            "email": _("このアドレスに届くリンクを開くと、申込みが区に届きます。"),
            "main_business": _("例：金属部品の切削加工"),
        }
        widgets = {"words": forms.Textarea(attrs={"rows": 4})}


class NumberForm(NoMyNumber, forms.Form):
    """Asks the list of 法人番号 before the rest is typed."""

    compact = True
    number = CorporateNumberField(label=_("法人番号から入力する"), max_length=40)


def filled_by(known: Corporation) -> dict[str, Any]:
    """What the form begins with; a name or an address longer than a form takes is cut and put right by hand."""
    limits = {"name": 120, "name_kana": 160, "postal_code": 8, "address": 200}
    found = {name: getattr(known, name)[:limit] for name, limit in limits.items()}
    return {"corporate_number": known.number, **found}


class DeclineNewcomerForm(NoMyNumber, forms.Form):
    reason = forms.CharField(
        label=_("受け付けられない理由"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("このまま担当者にメールで届きます。次に何をすればよいかも書いてください。"),
    )
