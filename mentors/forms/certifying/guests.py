"""What the pages behind links ask for beside the name: a recommendation, a vote, a first login."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import KanaField
from firms.forms.links import GuestForm
from firms.models import ActionLink, Person
from firms.models.people import NAME_FIELDS
from firms.words.saying import said as _now
from mentors.models.certifying.applications import Tie
from mentors.models.certifying.board import Choice

NEW_PASSWORD = {"autocomplete": "new-password"}


class RecommendForm(GuestForm):
    tie = forms.ChoiceField(label=_("申請した方との関係"), choices=Tie.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("推薦の理由"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("技能の高さ、教え方、人柄などを、ご自身の言葉で書いてください。"),
    )
    is_no_relative = forms.BooleanField(label=_("私は、申請した方の二親等以内の親族ではありません"))


class VoteForm(GuestForm):
    choice = forms.ChoiceField(label=_("判断"), choices=Choice.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("理由"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


class CraftsmanJoinForm(GuestForm):
    given_numbers = ("password", "password_again")

    family_name = forms.CharField(label=_("姓"), max_length=40)
    given_name = forms.CharField(label=_("名"), max_length=40)
    family_kana = KanaField(label=_("姓（フリガナ）"), max_length=60)
    given_kana = KanaField(label=_("名（フリガナ）"), max_length=60)
    password = forms.CharField(
        label=_("パスワード"),
        strip=False,
        widget=forms.PasswordInput(attrs=NEW_PASSWORD),
        help_text=_("8文字以上。次からは、メールアドレスとこのパスワードでログインします。"),
    )
    password_again = forms.CharField(
        label=_("パスワード（もう一度）"), strip=False, widget=forms.PasswordInput(attrs=NEW_PASSWORD)
    )

    def __init__(self, *args: Any, link: ActionLink, **options: Any) -> None:
        super().__init__(*args, link=link, **options)
        family, _blank, given = link.for_name.replace("\u3000", " ").partition(" ")
        self.initial.update(name=link.for_name, family_name=family, given_name=given.strip())

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("password") and given["password"] != given.get("password_again"):
            self.add_error("password_again", _now("2つのパスワードが違います。同じものを入力してください。"))
        return given

    def clean_password(self) -> str:
        """Judged together with the names, to which it must not be alike."""
        password: str = self.cleaned_data["password"]
        person = Person(email=self.link.email, **{name: self.data.get(name, "") for name in NAME_FIELDS})
        try:
            validate_password(password, person)
        except ValidationError as refused:
            raise ValidationError(refused.messages) from None
        return password
