"""A paper roster typed in: one short word a person, as fast as the sheet is read."""

import re
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.actions.attendance.marking import MarkLine
from courses.models import AttendanceMark, Enrolment, Lesson
from courses.models.attendance.attendance import MarkSource
from courses.tables.values import folded
from firms.forms.fields import EvidenceField, NoMyNumber

ABSENT = {"-", "ー", "―", "欠", "欠席", "x", "×"}
PRESENT = {"o", "○", "◯", "〇", "出", "出席"}
MINUTES = re.compile(r"(\d{0,4})(?:[/+](\d{1,4}))?")
CLOCK = r"(?:([01]?\d|2[0-3]):([0-5]\d))"
CLOCKS = re.compile(rf"{CLOCK}?[-~]?{CLOCK}?")
NOT_READ = _(
    "読み取れません。遅刻の分（例: 20）、遅刻/早退（例: 20/15）、時刻（例: 10:20-16:45）か「-」で入力してください。"
)
Span = tuple[datetime, datetime]


class PaperLine(NoMyNumber, forms.Form):
    """Left empty, nothing is said of the person."""

    told = forms.CharField(max_length=20, required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_told(self) -> str:
        text = folded(self.cleaned_data["told"]).replace(" ", "").lower()
        if text in ABSENT | PRESENT or MINUTES.fullmatch(text) or CLOCKS.fullmatch(text):
            return text
        raise forms.ValidationError(NOT_READ)

    def line(self, enrolment: Enrolment, lesson: Lesson, *, reason: str) -> MarkLine | None:
        text: str = self.cleaned_data["told"]
        if not text:
            return None
        came, left = (None, None) if text in ABSENT else span_of(text, lesson)
        return MarkLine(
            enrolment=enrolment,
            came_at=came,
            left_at=left,
            reason=reason,
            seen=self.cleaned_data["seen"],
            source=MarkSource.PAPER,
        )


def span_of(text: str, lesson: Lesson) -> Span:
    if text in PRESENT:
        return lesson.starts_at, lesson.ends_at
    if match := MINUTES.fullmatch(text):
        late, early = (timedelta(minutes=int(part or 0)) for part in match.groups())
        return lesson.starts_at + late, lesson.ends_at - early
    match = CLOCKS.fullmatch(text)
    assert match  # clean_told lets nothing else through
    hour, minute, last_hour, last_minute = match.groups()
    came = moment(lesson, hour, minute) if hour else lesson.starts_at
    return came, moment(lesson, last_hour, last_minute) if last_hour else lesson.ends_at


def moment(lesson: Lesson, hour: str, minute: str) -> datetime:
    return datetime.combine(lesson.on, time(int(hour), int(minute)), timezone.get_current_timezone())


def initial_of(mark: AttendanceMark | None) -> dict[str, Any]:
    """The word that would be typed for what is on record."""
    if mark is None or mark.is_void:
        return {"seen": mark.pk if mark else None}
    if mark.is_absence:
        return {"told": "-", "seen": mark.pk}
    early = f"/{mark.early_minutes}" if mark.early_minutes else ""
    return {"told": f"{mark.late_minutes}{early}", "seen": mark.pk}


class SheetForm(NoMyNumber, forms.Form):
    """What goes with all lines: why records change, and the sheet itself."""

    reason = forms.CharField(label=_("訂正の理由"), max_length=200, required=False)
    sheet = EvidenceField(
        kind="attendance_sheet",
        label=_("署名のある名簿（写真かPDF）"),
        required=False,
        help_text=_("記録の証拠として保管します。"),
    )
