"""Form fields that forgive how a number was typed, and the forms that refuse what no text of ours may hold."""

import re
from typing import Any
from unicodedata import normalize

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _later
from jaconv import hira2kata

from firms.files.media import in_words, taken_for
from firms.numbers import (
    clean_corporate_number,
    clean_insurance_number,
    clean_invoice_number,
    clean_labour_number,
    clean_licence_number,
    refuse_my_number_inside,
)
from firms.words.saying import said as _

# As much as every table of ours holds.
MOST_YEN = 2_000_000_000
MOST_CAPITAL = 100_000_000_000_000
# Marks parted from their letter by a coding are one with it after folding.
KANA_ONLY = re.compile(r"[ァ-ヺー・ヽヾ ]+")
TYPED_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
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


class LabourNumberField(NumberField):
    """労働保険番号 2-1-2-6-3 however it was typed; nothing typed is an empty text."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return clean_labour_number(text) if text else ""


class LicenceNumberField(NumberField):
    """社会保険労務士登録番号 however it was typed; nothing typed is an empty text."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return clean_licence_number(text) if text else ""


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
    default_error_messages = {"invalid": _later("金額は数字で入力してください。例：58,000")}

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


class KanaField(forms.CharField):
    """A reading in katakana: half-width and hiragana are turned, anything else is no reading."""

    def clean(self, value: Any) -> str:
        text = " ".join(hira2kata(normalize("NFKC", super().clean(value))).split())
        if text and not KANA_ONLY.fullmatch(text):
            raise ValidationError(
                _("フリガナはカタカナで入力してください。漢字、英字、数字、記号は使えません。"), code="kana"
            )
        return text


class DayField(forms.DateField):
    """A date with the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(**{"widget": widget, **options})

    def to_python(self, value: Any) -> Any:
        """Where a browser has no calendar people type: ２０２７／２／１, 2027.2.1 and 2027年2月1日 are the same day."""
        if isinstance(value, str):
            value = TYPED_DAY.sub(r"\1-\2-\3", normalize("NFKC", value).strip())
        return super().to_python(value)


class ClockField(forms.TimeField):
    """A time of day; hours and minutes alone."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time", "class": "input"}, format="%H:%M")
        super().__init__(**{"widget": widget, **options})


class EvidenceField(forms.FileField):
    """A file of one kind of evidence: says beside the field what the kind takes, and lets the browser offer that."""

    def __init__(self, *, kind: str = "", help_text: Any = "", **options: Any) -> None:
        endings = taken_for(kind)
        takes = format_lazy(
            _later("{endings}のファイル。{limit}まで。"), endings=in_words(endings), limit=upload_limit()
        )
        options.setdefault("widget", forms.FileInput(attrs={"accept": ",".join(endings)}))
        super().__init__(help_text=format_lazy("{}{}", help_text, takes), **options)


def upload_limit() -> str:
    return f"{settings.UPLOAD_LIMIT_BYTES // (1024 * 1024)}MB"


class PlainText(forms.BaseForm):
    """A form whose texts hold no control characters: a line break breaks letters, calendars and tables of others.

    What is written in several lines keeps its breaks and tabs. Every form of ours that takes text stands on this one.
    """

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and forbidden_in(self.fields[name]).search(value):
                self.add_error(
                    name,
                    _("改行やタブなどの制御文字は使えません。その文字を消して、入力し直してください。")
                    if forbidden_in(self.fields[name]) is CONTROL
                    else _("目に見えない制御文字が含まれています。その文字を消して、入力し直してください。"),
                )


CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
CONTROL_BUT_BREAKS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def forbidden_in(field: forms.Field) -> re.Pattern[str]:
    return CONTROL_BUT_BREAKS if isinstance(field.widget, forms.Textarea) else CONTROL


class ExactFormSet(forms.BaseFormSet):
    """As many forms as the page has shown; another count in the post is refused, and never reckoned with."""

    def total_form_count(self) -> int:
        return self.max_num

    def clean(self) -> None:
        if self.management_form.cleaned_data.get("TOTAL_FORMS") != self.max_num:
            raise ValidationError(_("行の数が画面と合いません。画面を開き直して、もう一度入力してください。"))


class NoMyNumber(PlainText):
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
