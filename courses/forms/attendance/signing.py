"""A signature: drawn on the pad, or the name typed by somebody who cannot draw."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.actions.attendance.attendance import line_from_minutes
from courses.actions.attendance.marking import MarkLine
from courses.forms.attendance.attendance import minutes_field
from courses.models import Enrolment, Lesson
from firms.forms.fields import NoMyNumber

# A data: address of a picture of this many letters is already larger than what is kept.
PICTURE_LETTERS = 400_000


def plain(name: str) -> str:
    """A name without the ways of writing it: width and blanks."""
    return "".join(unicodedata.normalize("NFKC", name).split())


class SignatureForm(NoMyNumber, forms.Form):
    given_numbers = ("picture",)

    late = minutes_field(_("遅刻"))
    early = minutes_field(_("早退"))
    typed = forms.CharField(label=_("氏名の入力（署名の代わり）"), max_length=100, required=False)
    reason = forms.CharField(label=_("訂正の理由"), max_length=200, required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    picture = forms.CharField(
        required=False,
        max_length=PICTURE_LETTERS,
        widget=forms.HiddenInput,
        error_messages={"max_length": _("署名の画像が大きすぎます。「書き直す」を押して、もう一度署名してください。")},
    )

    def __init__(self, *args: Any, enrolment: Enrolment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.enrolment = enrolment

    def clean_typed(self) -> str:
        typed: str = self.cleaned_data["typed"]
        if typed and plain(typed) != plain(self.enrolment.person.full_name):
            raise forms.ValidationError(
                _("本人の氏名（%(name)s）を入力してください。"), params={"name": self.enrolment.person.full_name}
            )
        return typed

    def line(self, lesson: Lesson) -> MarkLine:
        data = self.cleaned_data
        return line_from_minutes(
            self.enrolment,
            lesson,
            late=data["late"] or 0,
            early=data["early"] or 0,
            reason=data["reason"],
            seen=data["seen"],
        )
