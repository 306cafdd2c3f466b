"""What an author says of a unit and of a question."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from courses.actions.elearning.materials import stored_captions, stored_handout, stored_video
from courses.learning.kinds import KINDS
from courses.models import Question, Unit
from courses.models.elearning.learning import UnitKind
from firms.film import chapters
from firms.forms.fields import NoMyNumber
from firms.forms.film import LengthField, refuse_address
from firms.words.saying import said as _

CHOICES_MOST = 6
# What a file or its type may end with in the chooser of the browser.
ACCEPTED = {UnitKind.VIDEO: "video/mp4,video/webm", UnitKind.FILE: ".pdf,.png,.jpg,.jpeg,.xlsx,.docx,.csv,.zip"}


def needed(sentence: object) -> dict[str, Any]:
    return {"required": sentence}


class UnitForm(NoMyNumber, forms.Form):
    """The fields of one kind; the others are taken away."""

    title = forms.CharField(
        label=gettext_lazy("教材名"), max_length=120, error_messages=needed(gettext_lazy("教材名を書いてください。"))
    )
    standard_minutes = forms.IntegerField(
        label=gettext_lazy("標準学習時間"),
        min_value=1,
        max_value=6000,
        error_messages=needed(gettext_lazy("標準学習時間を分で書いてください。")),
    )
    body = forms.CharField(label=gettext_lazy("説明"), required=False, widget=forms.Textarea, max_length=60_000)
    video_url = forms.URLField(label=gettext_lazy("動画のアドレス"), required=False, assume_scheme="https")
    upload = forms.FileField(label=gettext_lazy("ファイル"), required=False)
    duration_seconds = LengthField(
        label=gettext_lazy("動画の長さ"),
        error_messages=needed(gettext_lazy("動画の長さを「12:30」のように書いてください。")),
    )
    vtt = forms.FileField(
        label=gettext_lazy("字幕（WebVTT）"), required=False, widget=forms.ClearableFileInput(attrs={"accept": ".vtt"})
    )
    chapters = forms.CharField(label=gettext_lazy("目次"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
    draw = forms.IntegerField(label=gettext_lazy("1回に出す問題の数"), min_value=0, max_value=100, initial=0)
    pass_percent = forms.IntegerField(label=gettext_lazy("合格点"), min_value=1, max_value=100, initial=80)
    attempts = forms.IntegerField(label=gettext_lazy("受けられる回数"), min_value=0, max_value=99, initial=0)

    def __init__(self, *args: Any, kind: str, unit: Unit | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        extra = {UnitKind.VIDEO: {"upload", "vtt"}, UnitKind.FILE: {"upload"}}.get(UnitKind(kind), set())
        for name in set(self.fields) - set(KINDS[kind].fields) - extra:
            del self.fields[name]
        if kind == UnitKind.TEXT:
            self.fields["body"].required = True
            self.fields["body"].label = _("本文")
        if "upload" in self.fields:
            self.fields["upload"].widget = forms.FileInput(attrs={"accept": ACCEPTED[UnitKind(kind)]})
        if unit:
            self.initial = {**initial_of(unit), **self.initial}

    def clean_video_url(self) -> str:
        address: str = self.cleaned_data["video_url"]
        if address:
            refuse_address(address)
        return address

    def clean_chapters(self) -> list[dict[str, Any]]:
        try:
            return chapters.read(self.cleaned_data["chapters"], duration=self.cleaned_data.get("duration_seconds") or 0)
        except chapters.BrokenLine as broken:
            raise ValidationError(str(broken)) from None

    def facts(self) -> dict[str, Any]:
        """The fields of the unit, its files looked at and stored."""
        facts = {name: self.cleaned_data[name] for name in KINDS[self.kind].fields}
        # The captions first: a film is not kept for a line of theirs that is refused.
        if captions := self.cleaned_data.get("vtt"):
            facts["captions"] = stored_captions(captions)
        if upload := self.cleaned_data.get("upload"):
            facts |= stored_video(upload) if self.kind == UnitKind.VIDEO else stored_handout(upload)
        if facts.get("video_url"):
            facts |= {"file": None, "file_name": ""}
        return facts


def initial_of(unit: Unit) -> dict[str, Any]:
    return {name: getattr(unit, name) for name in KINDS[unit.kind].fields} | {"chapters": chapters.write(unit.chapters)}


class QuestionForm(NoMyNumber, forms.Form):
    compact = True

    text = forms.CharField(
        label=gettext_lazy("問題"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages=needed(gettext_lazy("問題の文を書いてください。")),
    )
    explanation = forms.CharField(
        label=gettext_lazy("解説"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for n in range(1, CHOICES_MOST + 1):
            self.fields[f"choice_{n}"] = forms.CharField(
                label=_("選択肢%(n)s") % {"n": n}, max_length=300, required=False
            )
            self.fields[f"right_{n}"] = forms.BooleanField(label=_("正しい"), required=False)
            self.fields[f"feedback_{n}"] = forms.CharField(label=_("選んだ人への一言"), max_length=300, required=False)

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        numbers = range(1, CHOICES_MOST + 1)
        return [(self[f"choice_{n}"], self[f"right_{n}"], self[f"feedback_{n}"]) for n in numbers]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if len(self.choices()) < 2:
            self.add_error("choice_1", _("選択肢を2つ以上書いてください。"))
        elif not any(choice["is_right"] for choice in self.choices()):
            self.add_error(None, _("正しい選択肢に、印を1つ以上付けてください。"))
        return data

    def choices(self) -> list[dict[str, Any]]:
        data = self.cleaned_data
        return [
            {"text": text, "is_right": data.get(f"right_{n}", False), "feedback": data.get(f"feedback_{n}", "")}
            for n in range(1, CHOICES_MOST + 1)
            if (text := data.get(f"choice_{n}"))
        ]

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"text": data["text"], "explanation": data["explanation"], "choices": self.choices()}


def initial_of_question(question: Question) -> dict[str, Any]:
    initial: dict[str, Any] = {"text": question.text, "explanation": question.explanation}
    for n, choice in enumerate(question.choices, start=1):
        initial |= {
            f"choice_{n}": choice["text"],
            f"right_{n}": choice["is_right"],
            f"feedback_{n}": choice["feedback"],
        }
    return initial
