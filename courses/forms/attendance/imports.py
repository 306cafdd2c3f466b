"""Handing in a file of attendance, and the word to write it."""

from datetime import date, timedelta

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import Lesson
from courses.models.attendance.attendance import FileKind
from courses.models.catalogue.runs import LessonQuerySet
from firms.acting import Acting
from firms.forms.fields import NoMyNumber
from firms.web.http import row_number
from firms.words.days import day_words

# Lessons held this many days ago are offered; an older one is reached from its own roster.
LESSONS_BACK = timedelta(days=60)


class LessonChoice(forms.ModelChoiceField):
    def label_from_instance(self, lesson: Lesson) -> str:
        return f"{day_words(lesson.on)} {lesson.run.code} {lesson.run.course.title} {lesson}"


class UploadForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("ファイルの種類"), choices=FileKind.choices, initial=FileKind.TABLE, widget=forms.RadioSelect
    )
    lesson = LessonChoice(
        label=_("コマ"),
        queryset=Lesson.objects.none(),
        required=False,
        empty_label=_("（ファイルに開講番号と回が書いてある）"),
        help_text=_("会議ツールの参加者一覧では必ず選びます。出席の表では、1つのコマだけのファイルのときに選びます。"),
    )
    file = forms.FileField(
        label=_("ファイル"),
        help_text=_("Excel（xlsx）、CSV（Shift_JIS・UTF-8）、タブ区切り。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
        error_messages={"required": _("取り込むファイルを選んでください。")},
    )

    def __init__(self, *args: object, acting: Acting, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["lesson"].queryset = lessons_offered(acting, acting.today, self.asked_for())  # type: ignore[attr-defined]

    def asked_for(self) -> object:
        """The lesson whose roster led here, however long ago it was."""
        return self.data.get("lesson") or self.initial.get("lesson") if self.is_bound else self.initial.get("lesson")


def lessons_offered(acting: Acting, on: date, asked_for: object) -> LessonQuerySet:
    named = Q(pk=row_number(str(asked_for or "")))
    held = Q(starts_at__date__gte=on - LESSONS_BACK, starts_at__date__lte=on)
    lessons = Lesson.objects.taught_by(acting).filter(held | named).select_related("run__course")
    return lessons.order_by("-starts_at", "pk")


class WriteForm(NoMyNumber, forms.Form):
    """`how` is the button that was pressed."""

    WHOLE, WITHOUT_REFUSED = "whole", "without_refused"
    # A fingerprint may well hold twelve digits in a row.
    given_numbers = ("seen",)

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    how = forms.ChoiceField(choices=[(WHOLE, ""), (WITHOUT_REFUSED, "")], required=False)
    reason = forms.CharField(
        label=_("訂正の理由（このファイルで直す記録すべてに付きます）"), max_length=150, required=False
    )
