"""Forms by which someone is invited, and joins."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import KanaField, NoMyNumber
from firms.models import Membership, Organisation, Person
from firms.models.organisations import ROLES_OF, Role


class InviteForm(NoMyNumber, forms.Form):
    email = forms.EmailField(
        label=_("メールアドレス"), help_text=_("招待のリンクをこの宛先に送ります。14日間有効です。")
    )
    role = forms.ChoiceField(label=_("役割"))
    family_name = forms.CharField(label=_("姓"), max_length=40, required=False)
    given_name = forms.CharField(label=_("名"), max_length=40, required=False)

    def __init__(self, *args: Any, organisation: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        roles = [(role, Role(role).label) for role in ROLES_OF[organisation.kind]]
        # Who leads the organisation is chosen on purpose; only where nobody does, the first is invited to.
        least, most = roles[-1][0], roles[0][0]
        is_led = Membership.objects.on(timezone.localdate()).leading().filter(organisation=organisation).exists()
        self.fields["role"] = forms.ChoiceField(label=_("役割"), choices=roles)
        self.initial["role"] = self.initial.get("role") or (least if is_led else most)


class JoinForm(NoMyNumber, forms.ModelForm):
    """A person's name and first password."""

    new_password = {"autocomplete": "new-password"}
    password = forms.CharField(
        label=_("パスワード"),
        strip=False,
        widget=forms.PasswordInput(attrs=new_password),
        help_text=_("8文字以上。名前やメールアドレスに似たもの、よく使われるものは避けてください。"),
    )
    password_again = forms.CharField(
        label=_("パスワード（確認）"), strip=False, widget=forms.PasswordInput(attrs=new_password)
    )

    class Meta:
        model = Person
        fields = ["family_name", "given_name", "family_kana", "given_kana"]
        field_classes = {"family_kana": KanaField, "given_kana": KanaField}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in self.Meta.fields:
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        password = cleaned.get("password")
        if password and password != cleaned.get("password_again"):
            self.add_error("password_again", _("2つのパスワードが違います。同じものを入力してください。"))
        return cleaned

    def clean_password(self) -> str:
        """Judged together with the names, to which it must not be alike."""
        password: str = self.cleaned_data["password"]
        person = Person(email=self.instance.email, **{name: self.data.get(name, "") for name in self.Meta.fields})
        try:
            validate_password(password, person)
        except ValidationError as refused:
            raise ValidationError(refused.messages) from None
        return password
