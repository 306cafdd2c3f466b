"""Forms of a manual: what it says, its steps, captions and film, its questions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from firms.film import chapters as chapter_lines
from firms.film.captions import Cue, from_typed
from firms.film.chapters import BrokenLine
from firms.forms.fields import DayField, NoMyNumber
from firms.forms.film import LengthField, SecondField, refuse_address
from firms.words.saying import said as _now
from mentors import occupations
from mentors.models import ManualVersion, Step

CHOOSE = ("", _("選んでください"))
CHOICES = 4
MOST_TYPED = 1_000_000


class ManualForm(NoMyNumber, forms.ModelForm):
    occupation = forms.ChoiceField(label=_("職種"))

    class Meta:
        model = ManualVersion
        fields = ["title", "machine", "method", "summary", "also"]
        help_texts = {
            "title": _("例：汎用旋盤でおねじを切る"),
            "machine": _("例：汎用旋盤"),
            "method": _("例：総形バイトによるねじ切り"),
            "also": _("現場で使う別の呼び名や読み。さがすときに、この言葉でも見つかります。"),
        }
        widgets = {"summary": forms.Textarea(attrs={"rows": 4})}

    field_order = ["title", "occupation", "machine", "method", "summary", "also"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["occupation"] = forms.ChoiceField(
            label=_("職種"), choices=[CHOOSE, *occupations.choices()], initial=self.initial.get("occupation")
        )
        self.order_fields(self.field_order)


class StepForm(NoMyNumber, forms.ModelForm):
    at = SecondField(label=_("動画の時刻"), required=False, help_text=_("例：1:30。動画がないときは、空欄にします。"))
    picture = forms.FileField(
        label=_("静止画"), required=False, widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.heic"})
    )

    class Meta:
        model = Step
        fields = ["title", "text", "caution"]
        help_texts = {
            "title": _("例：芯押し台を合わせる"),
            "caution": _("例：手袋をしない。切粉を素手で払わない。"),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    field_order = ["title", "at", "text", "caution", "picture"]


class CaptionsForm(NoMyNumber, forms.Form):
    captions = forms.CharField(
        label=_("字幕"),
        required=False,
        max_length=MOST_TYPED,
        widget=forms.Textarea(attrs={"rows": 14, "data-typed-captions": ""}),
        help_text=_(
            "1行に1つ。例：0:05 - 0:08 刃物を当てる。終わりの時刻を書かなければ、次の字幕まで続きます。行の中の改行は「 / 」。"
        ),
    )
    chapters = forms.CharField(
        label=_("目次"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("1行に1つ、時刻と題名。例：0:00 段取り"),
    )

    def __init__(self, *args: Any, duration: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.duration = duration

    def clean_captions(self) -> tuple[Cue, ...]:
        try:
            return from_typed(self.cleaned_data["captions"])
        except BrokenLine as broken:
            raise ValidationError(str(broken)) from None

    def clean_chapters(self) -> list[dict[str, Any]]:
        try:
            return chapter_lines.read(self.cleaned_data["chapters"], duration=self.duration)
        except BrokenLine as broken:
            raise ValidationError(str(broken)) from None


class CaptionFileForm(NoMyNumber, forms.Form):
    file = forms.FileField(
        label=_("字幕のファイル"),
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt"}),
        help_text=_(".vttか.srt。文字コードはUTF-8でもShift_JISでも読みます。いまの字幕と入れ替わります。"),
    )


class FilmForm(forms.Form):
    film = forms.FileField(
        label=_("動画のファイル"),
        widget=forms.FileInput(attrs={"accept": "video/mp4,video/webm"}),
        help_text=_("MP4かWebM。途中で切れても、同じファイルを選び直すと続きから送ります。"),
    )


class LinkForm(NoMyNumber, forms.Form):
    link = forms.URLField(
        label=_("動画のアドレス"),
        assume_scheme="https",
        help_text=_("動画ファイル（mp4・webm）そのもののアドレスです。"),
    )
    seconds = LengthField(label=_("動画の長さ"), help_text=_("再生画面に出る長さ。例：12:30"))

    def clean_link(self) -> str:
        address: str = self.cleaned_data["link"]
        refuse_address(address)
        return address


class LengthForm(NoMyNumber, forms.Form):
    seconds = LengthField(label=_("動画の長さ"), help_text=_("再生画面に出る長さ。例：12:30"))


class ManualQuestionForm(NoMyNumber, forms.Form):
    text = forms.CharField(label=_("問題"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    explanation = forms.CharField(label=_("解説"), max_length=400, required=False)
    at = SecondField(label=_("答えのある時刻"), required=False, help_text=_("間違えた人を、この時刻に案内します。"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for n in range(1, CHOICES + 1):
            self.fields[f"choice_{n}"] = forms.CharField(
                label=_now("選択肢%(n)s") % {"n": n}, max_length=200, required=False
            )
            self.fields[f"right_{n}"] = forms.BooleanField(label=_("正しい"), required=False)

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"choice_{n}"], self[f"right_{n}"]) for n in range(1, CHOICES + 1)]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if len(choices_of(given)) < 2:
            self.add_error("choice_1", _now("選択肢を2つ以上書いてください。"))
        elif not any(one["is_right"] for one in choices_of(given)):
            self.add_error(None, _now("正しい選択肢に、印を1つ以上付けてください。"))
        return given

    @property
    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {**{name: given[name] for name in ("text", "explanation", "at")}, "choices": choices_of(given)}


def choices_of(given: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"text": text, "is_right": bool(given.get(f"right_{n}"))}
        for n in range(1, CHOICES + 1)
        if (text := given.get(f"choice_{n}"))
    ]


class ReviewForm(NoMyNumber, forms.Form):
    on = DayField(label=_("次に見直す日"))
