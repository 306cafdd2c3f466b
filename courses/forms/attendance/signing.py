"""A signature: drawn on the pad, or the name typed by somebody who cannot draw."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.actions.attendance.attendance import line_from_minutes
from courses.actions.attendance.marking import MarkLine
from courses.forms.attendance.attendance import minutes_field
from courses.models import Enrolment, Lesson
from firms.forms.fields import NoMyNumber
from firms.forms.signing import picture_field
from firms.words.names import plain


class SignatureForm(NoMyNumber, forms.Form):
    given_numbers = ("picture",)

    late = minutes_field(_("遅刻"))
    early = minutes_field(_("早退"))
    typed = forms.CharField(label=_("氏名の入力（署名の代わり）"), max_length=100, required=False)
    reason = forms.CharField(label=_("訂正の理由"), max_length=200, required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    picture = picture_field()

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
