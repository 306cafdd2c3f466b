"""Public numbers of firms and insured people: cleaning and checking what someone typed."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as WrongNumber
from stdnum.jp import cn

INSURANCE_NUMBER = re.compile(r"\d{4}-\d{6}-\d")
LABOUR_NUMBER = re.compile(r"\d{2}-\d-\d{2}-\d{6}-\d{3}")
LICENCE_NUMBER = re.compile(r"\d{8}")
DASHES = "‐‑‒–—―−ー－"
# Twelve digits standing alone, as they are printed on a card or typed in one go; telephone numbers begin with +.
MY_NUMBER_INSIDE = re.compile(r"(?<![\d+-])\d{4}[ -]?\d{4}[ -]?\d{4}(?![\d-])")


def digits(text: str) -> str:
    """The half-width digits of what was typed, whatever dashes and spaces stand between them."""
    return re.sub(r"[\s\-‐-―−ー－]", "", unicodedata.normalize("NFKC", text))


def refuse_my_number(text: str) -> None:
    """Twelve digits in a row may be an individual number (マイナンバー), which Takumi never keeps."""
    if re.fullmatch(r"\d{12}", digits(text)):
        raise ValidationError(
            _("12桁の番号は個人番号（マイナンバー）の可能性があるため登録できません。別の番号をご確認ください。"),
            code="my_number",
        )


def refuse_my_number_inside(text: str) -> None:
    """The same within a sentence, where one may hide in a remark."""
    plain = re.sub(f"[{DASHES}]", "-", unicodedata.normalize("NFKC", text))
    if match := MY_NUMBER_INSIDE.search(plain):
        refuse_my_number(match.group())


def clean_corporate_number(text: str) -> str:
    """13 digits whose first is the check digit (法人番号の指定等に関する省令2条)."""
    refuse_my_number(text)
    number = digits(text)
    try:
        return str(cn.validate(number))
    except WrongNumber:
        raise ValidationError(
            _(
                "法人番号が正しくありません。検査用数字を含む13桁を、登記や国税庁の公表サイトで確かめて入力してください。"
            ),
            code="corporate_number",
        ) from None


def validate_corporate_number(text: str) -> None:
    if clean_corporate_number(text) != text:
        raise ValidationError(_("法人番号は半角数字13桁で保存します。"), code="corporate_number")


def clean_invoice_number(text: str) -> str:
    """T and 13 digits (消費税法施行規則26条の4); a corporation's digits are its 法人番号, which the action compares."""
    typed = unicodedata.normalize("NFKC", text).strip().upper()
    number = digits(typed.removeprefix("T"))
    if not typed.startswith("T") or not re.fullmatch(r"\d{13}", number):
        raise ValidationError(
            _("登録番号は「T」と13桁の数字です。国税庁の公表サイトで確かめて入力してください。"), code="invoice_number"
        )
    return f"T{number}"


def clean_insurance_number(text: str) -> str:
    """4-6-1 digits of an insured person or establishment, dashes put in.

    The last digit is a check digit whose formula the ministry does not publish (行政手引 20706), so the shape alone is
    checked; numbers from before 1981-07-06 carry 0 there.
    """
    refuse_my_number(text)
    number = digits(text)
    if not re.fullmatch(r"\d{11}", number):
        raise ValidationError(
            _("雇用保険の番号は「4桁-6桁-1桁」の数字11桁です。適用事業所台帳や被保険者証を見て入力してください。"),
            code="insurance_number",
        )
    return f"{number[:4]}-{number[4:10]}-{number[10]}"


def validate_insurance_number(text: str) -> None:
    if not INSURANCE_NUMBER.fullmatch(text):
        raise ValidationError(_("雇用保険の番号は「4桁-6桁-1桁」で保存します。"), code="insurance_number")


def clean_labour_number(text: str) -> str:
    """労働保険番号: 府県2 所掌1 管轄2 基幹番号6 枝番号3, dashes put in (労働保険徴収法施行規則4条・5条)."""
    refuse_my_number(text)
    number = digits(text)
    if not re.fullmatch(r"\d{14}", number):
        raise ValidationError(
            _(
                "労働保険番号は「2桁-1桁-2桁-6桁-3桁」の数字14桁です。概算・確定保険料申告書の控えを見て入力してください。"
            ),
            code="labour_number",
        )
    return f"{number[:2]}-{number[2]}-{number[3:5]}-{number[5:11]}-{number[11:]}"


def validate_labour_number(text: str) -> None:
    if not LABOUR_NUMBER.fullmatch(text):
        raise ValidationError(_("労働保険番号は「2桁-1桁-2桁-6桁-3桁」で保存します。"), code="labour_number")


def clean_licence_number(text: str) -> str:
    """社会保険労務士登録番号, eight digits as the federation's register prints them (社労士法14条の2・14条の5)."""
    refuse_my_number(text)
    number = digits(text)
    if not LICENCE_NUMBER.fullmatch(number):
        raise ValidationError(
            _("社会保険労務士の登録番号は数字8桁です。社会保険労務士証票を見て入力してください。"),
            code="licence_number",
        )
    return number


def validate_licence_number(text: str) -> None:
    if not LICENCE_NUMBER.fullmatch(text):
        raise ValidationError(_("社会保険労務士の登録番号は半角数字8桁で保存します。"), code="licence_number")
