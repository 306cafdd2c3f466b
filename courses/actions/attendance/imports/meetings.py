"""A participant list against the people of one lesson: stays merged, names matched, the rest left to a person's hand."""

from django.utils import timezone

from courses.actions.attendance.imports.plans import Plan, RefusedRow, Row
from courses.models import Enrolment, Lesson
from courses.queries.attendance.imports import Register
from courses.tables.grids import Grid
from courses.tables.meetings import meeting_of
from courses.tables.stays import Attendee, merged
from firms.words.saying import said as _

# Said by hand of somebody in the list who takes no part: the teacher, a guest.
NOBODY = "none"


def matched_list(grid: Grid, lesson: Lesson, register: Register, assigned: dict[str, str]) -> tuple[Plan, list[Row]]:
    """`assigned` is what a person said: the key of an attendee → an enrolment, or nobody."""
    held = register.lessons[lesson.run_id, lesson.number]
    plan = Plan()
    stays: dict[int, list[Attendee]] = {}
    meeting = meeting_of(grid, on=held.on, zone=timezone.get_current_timezone())
    plan.left_out += [RefusedRow(*passed) for passed in meeting.left_out]
    for one in meeting.people:
        enrolment = meant(one, held, register, assigned)
        plan.read += len(one.rows)
        plan.people.append(told(one, enrolment, assigned))
        if enrolment is not None:
            stays.setdefault(enrolment, []).append(one)
        if enrolment is not None or assigned.get(one.key) != NOBODY:
            plan.refused += objections(one, register.enrolments.get(enrolment) if enrolment else None)
        else:
            plan.blank += 1
            plan.left_out.append(RefusedRow(one.rows[0], one.name or one.mail, _("受講しない人として選ばれています。")))
    plan.not_listed = [one.person.full_name for one in register.people_of(held.run_id) if one.pk not in stays]
    return plan, rows_of(stays, held, register, plan)


def objections(one: Attendee, enrolment: Enrolment | None) -> list[RefusedRow]:
    person = enrolment.person.full_name if enrolment else ""
    found = [RefusedRow(number, one.name, why, person=person) for number, why in one.problems]
    if enrolment is None:
        why = (
            several(one)
            if one.is_several
            else _("受講する人のだれか分かりません。「一覧の名前と受講する人」で選んでください。")
        )
        found.append(RefusedRow(one.rows[0], one.name or one.mail, why, asks=True))
    return found


def several(one: Attendee) -> str:
    """Stays are told apart by their lines; events of one name are not."""
    if one.row is None:
        return _("「%(name)s」が同時に2つ以上あり、だれがいつ退出したか分かりません。出席簿で記録してください。") % {
            "name": one.name
        }
    return _(
        "「%(name)s」が同時に2つ以上あります。「一覧の名前と受講する人」で、それぞれがだれかを選んでください。"
    ) % {"name": one.name}


def rows_of(stays: dict[int, list[Attendee]], lesson: Lesson, register: Register, plan: Plan) -> list[Row]:
    """One row for each person, from whatever devices they took part."""
    rows = []
    for enrolment, seen in stays.items():
        spans = [span for one in seen for span in one.spans]
        union = tuple(merged(spans, start=lesson.starts_at, end=lesson.ends_at))
        if union:
            told = seen[0].name or seen[0].mail
            rows.append(Row(seen[0].rows[0], lesson, register.enrolments[enrolment], union, told=told))
        elif not any(one.problems for one in seen):
            why = _("コマの時間の中に、参加していた時間がありません。")
            person = register.enrolments[enrolment].person.full_name
            plan.refused.append(RefusedRow(seen[0].rows[0], seen[0].name, why, person=person))
    return rows


def meant(one: Attendee, lesson: Lesson, register: Register, assigned: dict[str, str]) -> int | None:
    """Who an attendee is: by hand, by mail unless the name is somebody else's, or by the only name that fits."""
    if hand := assigned.get(one.key):
        return int(hand) if hand != NOBODY and int(hand) in register.enrolments else None
    directory = register.directories.get(lesson.run_id)
    if directory is None:
        return None
    fitting = directory.shown_as(one.name) if one.name else []
    if one.mail and (found := directory.with_mail(one.mail)):
        return found.key if found in fitting or not fitting else None
    return fitting[0].key if len(fitting) == 1 else None


def told(one: Attendee, enrolment: int | None, assigned: dict[str, str]) -> dict:
    """The attendee for the page, with the true stays as the tool told them."""
    return {
        "key": one.key,
        "name": one.name or one.mail,
        "mail": one.mail,
        "row": one.rows[0],
        "spans": [
            [f"{timezone.localtime(came):%H:%M:%S}", f"{timezone.localtime(left):%H:%M:%S}"]
            for came, left in sorted(one.spans)
        ],
        "enrolment": enrolment,
        "by_hand": assigned.get(one.key, ""),
    }
