"""Form fields that forgive how a number was typed, and the form that refuses an individual number."""

import re
from typing import Any
from unicodedata import normalize

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy

from firms.numbers import clean_corporate_number, clean_insurance_number, clean_invoice_number, refuse_my_number_inside

# As much as every table of ours holds.
MOST_YEN = 2_000_000_000
MOST_CAPITAL = 100_000_000_000_000
GROUPED = re.compile(r"\d{1,3}(,\d{3})+")


class NumberField(forms.CharField):
    """A public number: as wide as its digits, with the keys of a telephone."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "class": "w-medium", "inputmode": "numeric"}


class CorporateNumberField(NumberField):
    """法人番号 in full or half width, with or without dashes; nothing typed is None."""

    def clean(self, value: Any) -> str | None:
        text = super().clean(value)
        return clean_corporate_number(text) if text else None


class InsuranceNumberField(NumberField):
    """雇用保険の番号 4-6-1 however it was typed; nothing typed is an empty text."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return clean_insurance_number(text) if text else ""


class InvoiceNumberField(forms.CharField):
    """適格請求書発行事業者の登録番号 however it was typed; nothing typed is an empty text."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "class": "w-medium"}

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return clean_invoice_number(text) if text else ""


class AmountField(forms.IntegerField):
    """Whole yen however they were typed: 58000, 58,000, ５８，０００, ¥58,000, 58,000円."""

    widget = forms.TextInput
    default_error_messages = {"invalid": gettext_lazy("金額は数字で入力してください。例：58,000")}

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": MOST_YEN, **options})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "class": "w-medium", "inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = without_signs(value)
        return super().to_python(value)


def without_signs(typed: str) -> str:
    """58,000 is one number; 5,8 is not, for a comma stands before three digits or it is a slip."""
    text = normalize("NFKC", typed).strip().removeprefix("¥").removesuffix("円").strip()
    return text.replace(",", "") if GROUPED.fullmatch(text) else text


def amount_of(field: Any, **options: Any) -> forms.Field | None:
    """For `Meta.formfield_callback`: every yen of a model form is an `AmountField`."""
    if field.name.endswith("_yen"):
        options.pop("widget", None)
        most = MOST_CAPITAL if isinstance(field, models.PositiveBigIntegerField) else MOST_YEN
        return field.formfield(form_class=AmountField, max_value=most, **options)
    return field.formfield(**options)


class DayField(forms.DateField):
    """A date with the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(**{"widget": widget, **options})


class ClockField(forms.TimeField):
    """A time of day; hours and minutes alone."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time", "class": "input"}, format="%H:%M")
        super().__init__(**{"widget": widget, **options})


class NoMyNumber(forms.BaseForm):
    """A form none of whose texts may hold a マイナンバー.

    `given_numbers` names the fields that hold what an authority gave, however many digits that has.
    It does not call Django's own `clean`, so a ModelForm asks no other row: that is the action's part.
    """

    given_numbers: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and name not in self.given_numbers:
                try:
                    refuse_my_number_inside(value)
                except ValidationError as refused:
                    self.add_error(name, refused)
        return self.cleaned_data
