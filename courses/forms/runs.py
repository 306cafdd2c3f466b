"""A run, and a lesson with its breaks."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.actions.timetable import LessonWish, Pause
from courses.forms.offering import at_least_one_seat
from courses.models import Course, Lesson, Run
from courses.queries import college_staff
from firms.forms.fields import NoMyNumber

RUN_FACTS = ["seats", "fee_yen", "venue", "venue_address", "apply_until"]
YEARS_AROUND = 10
BREAKS = ("break1", "break2", "break3")


class RunForm(NoMyNumber, forms.ModelForm):
    class Meta:
        model = Run
        fields = RUN_FACTS
        widgets = {
            "apply_until": forms.DateInput(attrs={"type": "date"}),
            "seats": forms.NumberInput(attrs={"class": "w-short", "min": "1"}),
            "fee_yen": forms.NumberInput(attrs={"class": "w-short", "min": "0"}),
        }
        help_texts = {"apply_until": _("最初のコマより前の日。この日の終わりまで申し込めます。")}

    def clean_seats(self) -> int:
        return at_least_one_seat(self.cleaned_data["seats"])

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in RUN_FACTS}


def clock_field(label: object, *, required: bool = False) -> forms.TimeField:
    return forms.TimeField(
        label=label,  # type: ignore[arg-type]
        required=required,
        widget=forms.TimeInput(attrs={"type": "time", "class": "w-short"}, format="%H:%M"),
        error_messages={"invalid": _("時刻を「10:00」の形で入力してください。")},
    )


class LessonForm(NoMyNumber, forms.Form):
    topic = forms.CharField(label=_("内容"), max_length=120)
    on = forms.DateField(label=_("日付"), widget=forms.DateInput(attrs={"type": "date"}))
    starts = clock_field(_("開始"), required=True)
    ends = clock_field(_("終了"), required=True)
    meal_from = clock_field(_("食事休憩の始まり"))
    meal_to = clock_field(_("終わり"))
    break1_from = clock_field(_("休憩1の始まり"))
    break1_to = clock_field(_("終わり"))
    break2_from = clock_field(_("休憩2の始まり"))
    break2_to = clock_field(_("終わり"))
    break3_from = clock_field(_("休憩3の始まり"))
    break3_to = clock_field(_("終わり"))
    room = forms.CharField(label=_("教室"), max_length=60, required=False)
    instructor: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("講師"),
        queryset=None,
        required=False,
        empty_label=_("未定"),
        error_messages={"invalid_choice": _("この人はいま連携校の講師ではありません。選び直してください。")},
    )

    def __init__(self, *args: Any, course: Course, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = on
        self.fields["instructor"].queryset = college_staff(course.college_id, on=on)  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        """A slip in the year is caught here, before calendars that know no such day."""
        day: date = self.cleaned_data["on"]
        if abs(day.year - self.today.year) > YEARS_AROUND:
            raise forms.ValidationError(_("日付の年を確かめてください。今日から離れすぎています。"))
        return day

    def clean(self) -> dict[str, Any]:
        """A break has both ends or none."""
        super().clean()
        for name in ("meal", *BREAKS):
            ends = [self.cleaned_data.get(f"{name}_{end}") for end in ("from", "to")]
            if any(ends) and not all(ends):
                self.add_error(
                    f"{name}_{'to' if ends[0] else 'from'}", _("休憩は始まりと終わりの両方を入力してください。")
                )
        return self.cleaned_data

    def wish(self) -> LessonWish:
        data = self.cleaned_data
        return LessonWish(
            topic=data["topic"],
            starts_at=moment(data["on"], data["starts"]),
            ends_at=moment(data["on"], data["ends"]),
            room=data["room"],
            instructor=data["instructor"],
            pauses=tuple(self.pauses()),
        )

    def pauses(self) -> list[Pause]:
        data = self.cleaned_data
        return [
            Pause(
                starts_at=moment(data["on"], data[f"{name}_from"]),
                ends_at=moment(data["on"], data[f"{name}_to"]),
                is_meal=name == "meal",
                field=f"{name}_from",
            )
            for name in ("meal", *BREAKS)
            if data[f"{name}_from"]
        ]


def moment(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def initial_of(lesson: Lesson) -> dict[str, Any]:
    """The form's fields for a lesson that exists."""
    start, end = timezone.localtime(lesson.starts_at), timezone.localtime(lesson.ends_at)
    initial = {
        "topic": lesson.topic,
        "on": start.date().isoformat(),
        "starts": start.time(),
        "ends": end.time(),
        "room": lesson.room,
        "instructor": lesson.instructor_id,
    }
    names = iter(BREAKS)
    for pause in lesson.breaks.all():
        name = "meal" if pause.is_meal else next(names)
        initial[f"{name}_from"] = timezone.localtime(pause.starts_at).time()
        initial[f"{name}_to"] = timezone.localtime(pause.ends_at).time()
    return initial
