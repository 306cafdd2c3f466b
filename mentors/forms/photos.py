"""A photograph of a session, with everybody who is on it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import NoMyNumber
from firms.words.saying import said as _now
from mentors.actions.sessions.photos import ENDINGS

LONGEST_NAME, MOST_OTHERS = 60, 20


class PhotoForm(NoMyNumber, forms.Form):
    file = forms.FileField(
        label=_("写真を選ぶ"),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        help_text=_("撮った場所や時刻の情報は、取り除いて保存します。"),
    )
    caption = forms.CharField(label=_("何の写真か"), max_length=100, help_text=_("例：ねじ切りの送りの合わせ方"))
    known = forms.MultipleChoiceField(label=_("写っている人"), required=False, widget=forms.CheckboxSelectMultiple)
    others = forms.CharField(
        label=_("ほかに写っている人"), max_length=300, required=False, help_text=_("氏名を「、」で区切ります。")
    )
    is_nobody = forms.BooleanField(label=_("人は写っていません"), required=False)
    consents = forms.BooleanField(
        label=_("写っている全員が、記録に残して派遣先・マイスター・区が見ることに同意しています"), required=False
    )

    def __init__(self, *args: Any, names: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        known = self.fields["known"]
        assert isinstance(known, forms.MultipleChoiceField)
        known.choices = [(name, name) for name in names]

    def clean_others(self) -> str:
        given: str = self.cleaned_data["others"]
        names = split(given)
        if len(names) > MOST_OTHERS or any(len(name) > LONGEST_NAME for name in names):
            raise forms.ValidationError(_now("氏名を「、」で区切って、20人までで入力してください。"))
        return given

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        is_somebody = bool(given.get("known") or split(given.get("others") or ""))
        if is_somebody and given.get("is_nobody"):
            self.add_error("is_nobody", _now("写っている人が選ばれています。どちらか一方にしてください。"))
        elif is_somebody and not given.get("consents"):
            self.add_error("consents", _now("写っている全員の同意を確かめて、印を付けてください。"))
        elif not is_somebody and not given.get("is_nobody"):
            self.add_error("known", _now("写っている人を選ぶか、「人は写っていません」に印を付けてください。"))
        return given

    @property
    def people(self) -> list[str]:
        return [*self.cleaned_data["known"], *split(self.cleaned_data["others"])]


def split(names: str) -> list[str]:
    return [name.strip() for name in names.replace(",", "、").replace("，", "、").split("、") if name.strip()]
