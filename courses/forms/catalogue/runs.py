"""A run, and a lesson with its breaks."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.actions.catalogue.timetable import LessonWish, Pause
from courses.forms.catalogue.offering import at_least_one_seat
from courses.models import Course, Lesson, Run
from courses.models.catalogue.runs import Selection
from courses.queries import college_staff
from firms.forms.fields import DayField, NoMyNumber, amount_of

RUN_FACTS = [
    "seats",
    "min_seats",
    "selection",
    "fee_yen",
    "venue",
    "venue_address",
    "link",
    "apply_from",
    "apply_until",
    "cancel_until",
    "confirm_days",
    "learn_from",
    "learn_until",
]
# What may be left empty, and what it then is.
WHEN_EMPTY = {"min_seats": 1, "selection": Selection.FIRST_COME, "confirm_days": 3}
DAYS = ("apply_from", "apply_until", "cancel_until", "learn_from", "learn_until")
YEARS_AROUND = 10
BREAKS = ("break1", "break2", "break3")


class CopyForm(NoMyNumber, forms.Form):
    first_on = DayField(
        label=_("新しい開講の最初の日"),
        help_text=_("すべてのコマと締切を、同じ日数だけずらします。曜日をそろえるには、7日の倍数だけ後の日にします。"),
    )


class RepeatForm(NoMyNumber, forms.Form):
    """Which lessons, and from when to when they come again."""

    first_on = DayField(label=_("写すコマの最初の日"))
    last_on = DayField(
        label=_("写すコマの最後の日"), help_text=_("1週間を選ぶと毎週、2週間を選ぶと2週間ごとにくり返します。")
    )
    starts_on = DayField(label=_("くり返しの最初の日"))
    until = DayField(
        label=_("くり返しの最後の日"), help_text=_("この日までの同じ曜日に、同じ時刻・教室・講師でつくります。")
    )
    skips_holidays = forms.BooleanField(label=_("国民の祝日にはつくらない"), required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for first, last in (("first_on", "last_on"), ("starts_on", "until")):
            start, end = cleaned.get(first), cleaned.get(last)
            if start and end and end < start:
                self.add_error(last, _("最後の日は最初の日以後の日付にしてください。"))
        return cleaned


def number(least: int) -> forms.NumberInput:
    return forms.NumberInput(attrs={"class": "w-short", "min": str(least)})


class RunForm(NoMyNumber, forms.ModelForm):
    given_numbers = ("link",)

    class Meta:
        model = Run
        fields = RUN_FACTS
        formfield_callback = amount_of
        widgets = {
            **{name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in DAYS},
            "seats": number(1),
            "min_seats": number(0),
            "confirm_days": number(1),
            "selection": forms.RadioSelect,
        }
        help_texts = {
            "min_seats": _("申込締切日までに届かないと、開講するかどうかを決めるようお知らせします。"),
            "link": _("同時双方向の授業のとき。席が決まった人と連携校にだけ見えます。"),
            "apply_from": _("空けておくと、募集を始めた日から。"),
            "apply_until": _("最初のコマより前の日。この日の終わりまで申し込めます。"),
            "cancel_until": _("空けておくと、最初のコマの前日まで。"),
            "confirm_days": _("席が空いたとき、次の人に何日以内の返事を求めるか。"),
            "learn_from": _("eラーニング・通信制のとき。コマがなくても開講できます。"),
        }
        error_messages = {"link": {"invalid": _("https:// から始まるURLを入力してください。")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in WHEN_EMPTY:
            self.fields[name].required = False

    def clean_seats(self) -> int:
        return at_least_one_seat(self.cleaned_data["seats"])

    def clean(self) -> dict[str, Any]:
        """Days and numbers agree with each other."""
        super().clean()
        for name, value in WHEN_EMPTY.items():
            if name not in self.errors and self.cleaned_data.get(name) in (None, ""):
                self.cleaned_data[name] = value
        for name, sentence in disorder(self.cleaned_data).items():
            self.add_error(name, sentence)
        return self.cleaned_data

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in RUN_FACTS}


def disorder(data: dict[str, Any]) -> dict[str, str]:
    """What does not agree, by the field it is said at."""
    said: dict[str, str] = {}
    if is_beyond(data, "min_seats", "seats"):
        said["min_seats"] = gettext("最少開講人数は定員までの数にしてください。")
    if data.get("confirm_days") == 0:
        said["confirm_days"] = gettext("1日以上にしてください。")
    if is_beyond(data, "apply_from", "apply_until"):
        said["apply_from"] = gettext("申込開始日は申込締切日までの日にしてください。")
    if bool(data.get("learn_from")) != bool(data.get("learn_until")):
        said["learn_until" if data.get("learn_from") else "learn_from"] = gettext(
            "学習を始められる日と終える日は、両方を入力してください。"
        )
    if is_beyond(data, "learn_from", "learn_until"):
        said["learn_until"] = gettext("学習を終える日は、始められる日以後にしてください。")
    return said


def is_beyond(data: dict[str, Any], name: str, other: str) -> bool:
    one, two = data.get(name), data.get(other)
    return one is not None and two is not None and one > two


class MotiveForm(NoMyNumber, forms.Form):
    """Why somebody wants to take part: asked where the college chooses. `seen`: the terms the page showed."""

    given_numbers = ("seen",)

    motive = forms.CharField(
        label=_("受講の動機"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("何を身につけ、仕事にどう使うか。連携校が選考のために読みます（400字まで）。"),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class DrawForm(NoMyNumber, forms.Form):
    seed = forms.CharField(
        label=_("抽選の種"),
        max_length=64,
        required=False,
        help_text=_(
            "空けておくと、でたらめな文字列を機械が作ります。立会いの人が決めた言葉や数字を入れることもできます。"
        ),
    )


class ReserveForm(forms.Form):
    seats = forms.IntegerField(
        label=_("確保する席"),
        min_value=1,
        max_value=999,
        widget=number(1),
        error_messages={"min_value": _("1席以上にしてください。")},
    )
    name_until = forms.DateField(
        label=_("氏名を届ける期限"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("この日の終わりまでに届かない席は、順番を待つ人に回ります。"),
    )


class GiveBackForm(forms.Form):
    seats = forms.IntegerField(
        label=_("返す席"),
        min_value=1,
        widget=number(1),
        error_messages={"min_value": _("1席以上にしてください。")},
    )


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

    def __init__(self, *args: Any, course: Course, on: date, is_following: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.is_following = on, is_following
        self.fields["instructor"].queryset = college_staff(course.college_id, on=on)  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        """A slip in the year is caught here, before calendars that know no such day."""
        day: date = self.cleaned_data["on"]
        if abs(day.year - self.today.year) > YEARS_AROUND:
            raise forms.ValidationError(_("日付の年を確かめてください。今日から離れすぎています。"))
        return day

    def clean(self) -> dict[str, Any]:
        """A break has both ends or none; one that was only filled in beforehand and touches no minute is left out."""
        super().clean()
        self.drop_untouched_breaks()
        for name in ("meal", *BREAKS):
            ends = [self.cleaned_data.get(f"{name}_{end}") for end in ("from", "to")]
            if any(ends) and not all(ends):
                self.add_error(
                    f"{name}_{'to' if ends[0] else 'from'}", _("休憩は始まりと終わりの両方を入力してください。")
                )
        return self.cleaned_data

    def drop_untouched_breaks(self) -> None:
        """The breaks come from the lesson before; a shorter lesson has none of those that do not fit into it."""
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if not self.is_following or starts is None or ends is None:
            return
        for name in ("meal", *BREAKS):
            keys = [f"{name}_from", f"{name}_to"]
            span = [self.cleaned_data.get(key) for key in keys]
            if not all(span) or span != [self.initial.get(key) for key in keys]:
                continue
            if span[1] <= starts or ends <= span[0]:
                self.cleaned_data.update(dict.fromkeys(keys))

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
