"""Forms at the end of a run: the instructor's word, taking back a certificate, the public checks, the survey."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courses.models import Enrolment, InstructorWord
from courses.queries.completion.surveys import SCALES
from firms.forms.fields import NoMyNumber, PlainText

NOT_YET, PASSED, FAILED = "", "passed", "failed"
WORDS = [(NOT_YET, _("まだ")), (PASSED, _("合格")), (FAILED, _("不合格"))]


class InstructorWordForm(NoMyNumber, forms.Form):
    """One person's line: a word, or none yet."""

    word = forms.ChoiceField(label=_("判定"), choices=WORDS, required=False, widget=forms.RadioSelect)
    comment = forms.CharField(label=_("講評"), max_length=400, required=False)

    def __init__(self, data: Any = None, *, enrolment: Enrolment, newest: InstructorWord | None = None) -> None:
        said = {"word": (PASSED if newest.has_passed else FAILED), "comment": newest.comment} if newest else {}
        super().__init__(data, prefix=f"e{enrolment.pk}", initial=said)
        self.enrolment, self.newest = enrolment, newest
        self.fields["comment"].widget.attrs["aria-label"] = _("%(name)sさんへの講評") % {
            "name": enrolment.person.full_name
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("word"):
            if self.newest:
                self.add_error("word", _("一度出した判定は「まだ」に戻せません。合格か不合格を選んでください。"))
            elif cleaned.get("comment"):
                self.add_error("word", _("講評を書いた人には、合格か不合格を選んでください。"))
        return cleaned


class RevocationForm(NoMyNumber, forms.Form):
    reason = forms.CharField(
        label=_("理由"),
        max_length=200,
        error_messages={"required": _("理由を書いてください。照会ページに表示されます。")},
    )


class CheckForm(PlainText, forms.Form):
    """The code of a certificate however it was typed: full width, small letters, with dashes or blanks."""

    code = forms.CharField(
        label=_("照会コード"),
        max_length=60,
        error_messages={"required": _("修了証に書かれた照会コードを入力してください。")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "w-medium"}
        ),
    )

    def clean_code(self) -> str:
        code = plain_code(self.cleaned_data["code"])
        if not code:
            raise ValidationError(self.fields["code"].error_messages["required"])
        return code


def plain_code(typed: str) -> str:
    """Nothing but letters and digits, as the code is kept."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", typed).upper() if sign.isalnum())


class VerifyForm(PlainText, forms.Form):
    """A badge as text: the JWT itself, or the JSON that envelops it."""

    token = forms.CharField(
        label=_("デジタル修了証の中身"),
        max_length=20_000,
        error_messages={
            "required": _("デジタル修了証のファイルを開き、中の文字をすべて貼り付けてください。"),
            "max_length": _("長すぎます。デジタル修了証ひとつの中身だけを貼り付けてください。"),
        },
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "code"}),
    )


def scale_field(label: object, words: tuple[object, ...]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,  # type: ignore[arg-type]
        choices=[(number, word) for number, word in enumerate(words, start=1)],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("ひとつ選んでください。")},
    )


class SurveyForm(NoMyNumber, forms.Form):
    comment = forms.CharField(
        label=_("自由記述"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields = {name: scale_field(label, words) for name, label, words in SCALES} | self.fields
