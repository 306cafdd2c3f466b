"""A roster saved by mistake taken back whole: what stood before stands again, as further rows of the ledger."""

from collections.abc import Collection

from django.db import transaction

from courses.actions.attendance.marking import lock_runs, write_marks
from courses.models import AttendanceMark, Lesson
from courses.models.attendance.attendance import MarkSource
from firms.acting import Acting
from firms.errors import Refused
from firms.words.saying import said as _


@transaction.atomic
def take_back_saved(lesson: Lesson, saved: Collection[int], *, by: Acting) -> list[AttendanceMark]:
    """`saved` are the marks one saving wrote. All of them or none: what somebody corrected since is not taken away."""
    lock_runs([lesson.run_id])
    related = ("corrects", "enrolment__person", "enrolment__employment__establishment", "lesson__run__course")
    marks = list(AttendanceMark.objects.filter(pk__in=saved, lesson=lesson).select_related(*related).order_by("pk"))
    if not marks:
        raise Refused(_("取り消せる保存がありません。"))
    if corrected := AttendanceMark.objects.filter(corrects__in=marks).select_related("enrolment__person").first():
        raise Refused(
            _("%(name)sさんの記録は、もう直されています。保存の取消しはできません。1人ずつ訂正してください。")
            % {"name": corrected.enrolment.person.full_name}
        )
    return write_marks([given_back(mark, by=by) for mark in marks], by=by)


def given_back(mark: AttendanceMark, *, by: Acting) -> AttendanceMark:
    earlier = mark.corrects
    told = {
        "enrolment": mark.enrolment,
        "lesson": mark.lesson,
        "corrects": mark,
        "reason": _("出席簿の保存の取消し"),
        "recorded_by": by.person,
    }
    if earlier is None or earlier.is_void:
        return AttendanceMark(minutes=0, source=MarkSource.ROSTER, is_void=True, **told)
    kept = ("came_at", "left_at", "gaps", "minutes", "source", "batch_id", "signature_id")
    return AttendanceMark(**told, **{name: getattr(earlier, name) for name in kept})
