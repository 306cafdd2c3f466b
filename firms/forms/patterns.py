"""Forms about working patterns and the establishment's own calendar."""

from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import ClockField, DayField, ExactFormSet, NoMyNumber
from firms.models import Establishment, Organisation, WorkingPattern
from firms.models.employments import Weekday
from firms.working_time import DAY_MINUTES, minute_of

# A night of 仮眠 and two duties; what would be longer is a slip of the hand.
LONGEST_SHIFT = 16 * 60
HOURS = ("starts_at", "ends_at", "break_starts_at", "break_ends_at")


def length(start: time, end: time) -> int:
    """Minutes from one clock to the other, through midnight where the other is earlier; the same clock is none."""
    return (minute_of(end) - minute_of(start)) % DAY_MINUTES


class PatternForm(NoMyNumber, forms.Form):
    establishment = forms.ModelChoiceField(Establishment.objects.none(), label=_("事業所"), empty_label=None)
    name = forms.CharField(label=_("勤務形態の名称"), max_length=60, help_text=_("例：日勤、早番、短時間"))
    works_on_public_holidays = forms.BooleanField(label=_("国民の祝日も所定労働日とする"), required=False)

    def __init__(self, *args: Any, organisation: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["establishment"].queryset = organisation.establishments.all()  # type: ignore[attr-defined]


class HoursForm(forms.Form):
    """One weekday; left empty it is a day off."""

    compact = True
    starts_at = ClockField(label=_("始業"), required=False)
    ends_at = ClockField(label=_("終業"), required=False)
    break_starts_at = ClockField(label=_("休憩開始"), required=False)
    break_ends_at = ClockField(label=_("休憩終了"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{self.day} {field.label}"

    @property
    def weekday(self) -> int:
        """The row's place in the set, so that nobody can name a day twice or one that is none."""
        return int(str(self.prefix).rpartition("-")[2])

    @property
    def day(self) -> str:
        return str(Weekday(self.weekday).label)

    def clean(self) -> dict[str, Any]:
        start, end, rest, back = (self.cleaned_data.get(name) for name in HOURS)
        if any((start, end, rest, back)) and not (start and end):
            raise ValidationError(_("始業と終業を両方入力してください。休みの曜日はすべて空欄にします。"))
        if start and end and not 0 < length(start, end) <= LONGEST_SHIFT:
            raise ValidationError(
                _("終業は始業より後の時刻にしてください。日をまたぐ夜勤は、始業から16時間以内の翌朝の時刻にします。")
            )
        if bool(rest) != bool(back):
            raise ValidationError(_("休憩の開始と終了を両方入力してください。"))
        if (
            start
            and end
            and rest
            and back
            and not (0 <= length(start, rest) < length(start, back) <= length(start, end))
        ):
            raise ValidationError(_("休憩は始業から終業までの間にしてください。"))
        return self.cleaned_data


HoursFormSet = forms.formset_factory(HoursForm, formset=ExactFormSet, extra=0, min_num=7, max_num=7)


def week_of(pattern: WorkingPattern | None) -> list[dict[str, Any]]:
    """Seven rows as the form shows them, Monday first."""
    known = {hours.weekday: hours for hours in pattern.hours.all()} if pattern else {}
    return [{name: getattr(known.get(day), name, None) for name in HOURS} for day in Weekday.values]


class HolidayForm(NoMyNumber, forms.Form):
    on = DayField(label=_("日付"))
    name = forms.CharField(label=_("名称"), max_length=60, help_text=_("例：夏季休業、創立記念日、振替出勤"))
    is_worked = forms.BooleanField(label=_("休日を労働日に振り替えた日"), required=False)
