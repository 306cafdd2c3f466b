"""One line of a roster: present or absent, minutes late, minutes gone early."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.actions.attendance.attendance import line_from_minutes
from courses.actions.attendance.marking import MarkLine
from courses.minutes import whole_minute_after
from courses.models import AttendanceMark, Enrolment, Lesson
from courses.models.catalogue.runs import minutes_between
from courses.queries.attendance.check_ins import InRoom
from firms.forms.fields import NoMyNumber

DAY_MINUTES = 24 * 60
PRESENT, ABSENT = "present", "absent"
STATUSES = [(PRESENT, _("出席")), (ABSENT, _("欠席"))]


def minutes_field(label: object) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,  # type: ignore[arg-type]
        required=False,
        min_value=0,
        max_value=DAY_MINUTES,
        error_messages={
            "invalid": _("分を数字で入力してください。"),
            "min_value": _("コマより長い出席は記録できません。0以上の分で入力してください。"),
            "max_value": _("1日より長くなります。出ていない人は「欠席」にしてください。"),
        },
    )


class LineForm(NoMyNumber, forms.Form):
    status = forms.ChoiceField(
        label=_("出欠"),
        choices=STATUSES,
        initial=PRESENT,
        widget=forms.RadioSelect,
        error_messages={"required": _("出席か欠席を選んでください。")},
    )
    late = minutes_field(_("遅刻"))
    early = minutes_field(_("早退"))
    reason = forms.CharField(label=_("訂正の理由"), max_length=200, required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def line(self, enrolment: Enrolment, lesson: Lesson) -> MarkLine:
        data = self.cleaned_data
        if data["status"] == ABSENT:
            return MarkLine(enrolment=enrolment, reason=data["reason"], seen=data["seen"])
        return line_from_minutes(
            enrolment,
            lesson,
            late=data["late"] or 0,
            early=data["early"] or 0,
            reason=data["reason"],
            seen=data["seen"],
        )


class CorrectionForm(LineForm):
    reason = forms.CharField(
        label=_("訂正の理由"), max_length=200, error_messages={"required": _("訂正の理由を書いてください。")}
    )


def initial_of(mark: AttendanceMark | None) -> dict[str, Any]:
    """The line as it stands; somebody without a mark is taken to be present, so is one whose mark was taken back."""
    if mark is None or mark.is_void:
        return {"status": PRESENT, "seen": mark.pk if mark else None}
    return {
        "status": ABSENT if mark.is_absence else PRESENT,
        "late": mark.late_minutes or None,
        "early": mark.early_minutes or None,
        "seen": mark.pk,
    }


def initial_from_scans(mark: AttendanceMark | None, lesson: Lesson, presence: InRoom) -> dict[str, Any]:
    """Where the room's code was used, it says who came and when; the instructor settles the rest."""
    initial = initial_of(mark)
    if mark and not mark.is_void:
        return initial
    if presence.came_at is None:
        return initial | {"status": ABSENT}
    late = max(minutes_between(lesson.starts_at, whole_minute_after(presence.came_at)), 0)
    return initial | {"late": late or None}
