"""A table of attendance against the college's own runs: whom each row means, which lesson, and when they were there."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from courses.actions.attendance.imports.plans import Plan, RefusedRow, Row
from courses.models import AttendanceImport, Enrolment, Lesson, Run
from courses.queries.attendance.imports import Register, register_of, register_of_lesson
from courses.tables.people import is_same_name
from courses.tables.rows import TableRow
from firms.errors import Refused
from firms.words.days import day_words
from firms.words.saying import said as _


def register_for(batch: AttendanceImport, rows: list[TableRow]) -> Register:
    if batch.lesson:
        return register_of_lesson(batch.lesson)
    return register_of({row.run for row in rows}, college=batch.college_id)


def matched(
    batch: AttendanceImport, rows: list[TableRow], register: Register, fields: set[str]
) -> tuple[Plan, list[Row]]:
    """Sorts rows that cannot be used into the plan, and answers with the others."""
    plan, usable = Plan(), []
    for row in rows:
        who = row.name or row.mail or row.kana
        if batch.lesson and row.beside and not is_of_lesson(row, batch.lesson, register):
            continue
        if row.is_blank:
            plan.blank += 1
            plan.left_out.append(RefusedRow(row.number, who, _("出欠も時刻も書かれていません。")))
            continue
        enrolment = None
        try:
            run = run_of(batch, row, register)
            enrolment = enrolment_of(row, run, register)
            if row.problem:
                raise Refused(row.problem)
            lesson = lesson_of(batch, row, run, register)
            spans = spans_of(row, lesson, fields)
        except Refused as refusal:
            why, asks = row.problem or refusal.sentence, isinstance(refusal, WhoIsIt)
            person = enrolment.person.full_name if enrolment else ""
            plan.refused.append(RefusedRow(row.number, who, why, person=person, asks=asks))
            continue
        usable.append(Row(row.number, lesson, enrolment, spans, row.remark, told=who))
    plan.read = len({row.number for row in rows if not row.is_blank})
    if batch.lesson:
        plan.left_out += [
            RefusedRow(0, label, other_lesson(label)) for label in others_of(rows, batch.lesson, register)
        ]
    return plan, usable


def is_of_lesson(row: TableRow, lesson: Lesson, register: Register) -> bool:
    """Of lessons side by side: the one the file is handed in for, by its number or its day."""
    return lesson.number == row.lesson if row.lesson is not None else register.dates[lesson.pk] == row.day


def others_of(rows: list[TableRow], lesson: Lesson, register: Register) -> list[str]:
    told = [row.beside for row in rows if row.beside and not is_of_lesson(row, lesson, register)]
    return list(dict.fromkeys(told))


def other_lesson(label: str) -> str:
    return _("「%(label)s」の列は、このコマではないので読んでいません。") % {"label": label}


class WhoIsIt(Refused):
    """Nobody, or more than one, is called as the row says: a person has to choose."""


def run_of(batch: AttendanceImport, row: TableRow, register: Register) -> Run:
    if batch.lesson and not row.run:
        return next(iter(register.runs.values()))
    if found := register.runs.get(row.run):
        return found
    if not row.run:
        raise Refused(_("開講番号がありません。"))
    if batch.lesson:
        raise Refused(_("開講番号「%(code)s」は、このコマの開講ではありません。") % {"code": row.run[:40]})
    raise Refused(_("開講番号「%(code)s」の開講が見つかりません。番号を確かめてください。") % {"code": row.run[:40]})


def lesson_of(batch: AttendanceImport, row: TableRow, run: Run, register: Register) -> Lesson:
    if batch.lesson and row.lesson is None and row.day is None:
        return register.lessons[run.pk, batch.lesson.number]
    found = by_number(row.lesson, run, register) if row.lesson is not None else by_day(row, run, register)
    if row.lesson is not None and row.day and register.dates[found.pk] != row.day:
        raise Refused(
            _("第%(number)s回は%(on)sです。日付が合いません。")
            % {"number": row.lesson, "on": day_words(register.dates[found.pk])}
        )
    if batch.lesson and found.pk != batch.lesson_id:
        raise Refused(_("ほかのコマの行です。このコマの行だけを取り込めます。"))
    return found


def by_number(number: int, run: Run, register: Register) -> Lesson:
    if found := register.lessons.get((run.pk, number)):
        return found
    raise Refused(_("開講%(code)sに第%(number)s回はありません。") % {"code": run.code, "number": number})


def by_day(row: TableRow, run: Run, register: Register) -> Lesson:
    if row.day is None:
        raise Refused(_("回も日付もありません。どちらかを書いてください。"))
    held = register.days.get((run.pk, row.day), [])
    if len(held) == 1:
        return held[0]
    told = {"code": run.code, "day": day_words(row.day)}
    if held:
        raise Refused(_("%(day)sには開講%(code)sのコマが2つ以上あります。「回」を書いてください。") % told)
    raise Refused(_("%(day)sに開講%(code)sのコマはありません。") % told)


def enrolment_of(row: TableRow, run: Run, register: Register) -> Enrolment:
    """By mail first; a mail that belongs to somebody of another name is a slip nobody should pay for."""
    directory = register.directories.get(run.pk)
    who = row.name or row.kana or row.mail
    if not who:
        raise Refused(_("氏名、フリガナ、メールのどれもありません。"))
    if directory and row.mail and (found := directory.with_mail(row.mail)):
        if (row.name and not is_same_name(row.name, found)) or (
            row.kana and not row.name and not is_same_name(row.kana, found)
        ):
            raise Refused(
                _("メール「%(mail)s」は%(name)sさんのものです。氏名かメールを直してください。")
                % {"mail": row.mail[:80], "name": found.name}
            )
        return register.enrolments[found.key]
    found_by_name = directory.with_name(row.name, row.kana) if directory else []
    if len(found_by_name) == 1:
        return register.enrolments[found_by_name[0].key]
    told = {"name": who[:40], "code": run.code}
    if found_by_name:
        raise WhoIsIt(_("開講%(code)sに「%(name)s」さんが2人以上います。メールかフリガナも書いてください。") % told)
    raise WhoIsIt(_("開講%(code)sを受講している人に「%(name)s」さんが見つかりません。") % told)


def spans_of(row: TableRow, lesson: Lesson, fields: set[str]) -> tuple:
    """One span, or none for an absence."""
    told = row.came is not None or row.left is not None or row.late or row.early
    if row.present is False:
        if told:
            raise Refused(_("欠席なのに、時刻か分が書かれています。どちらかを消してください。"))
        return ()
    guard_pair(row, fields)
    guard_days(row, lesson)
    came = moment(row.came, row.late, lesson, edge=lesson.starts_at, sign=1)
    left = moment(row.left, row.early, lesson, edge=lesson.ends_at, sign=-1)
    guard_parts(row, is_late=came > lesson.starts_at, is_early=left < lesson.ends_at)
    return ((came, left),)


def guard_pair(row: TableRow, fields: set[str]) -> None:
    """A stamp that was forgotten is not taken for a whole stay."""
    is_told = row.present is not None
    if row.came is not None and row.left is None and row.early is None and ("left" in fields or not is_told):
        raise Refused(_("入室の時刻はありますが、退室の時刻がありません。"))
    if row.left is not None and row.came is None and row.late is None and ("came" in fields or not is_told):
        raise Refused(_("退室の時刻はありますが、入室の時刻がありません。"))


def guard_days(row: TableRow, lesson: Lesson) -> None:
    for day in (row.came_on, row.left_on):
        if day and day not in (lesson.on, timezone.localdate(lesson.ends_at)):
            raise Refused(
                _("時刻に付いている日（%(day)s）が、コマの日（%(on)s）と違います。")
                % {"day": day_words(day), "on": day_words(lesson.on)}
            )


def guard_parts(row: TableRow, *, is_late: bool, is_early: bool) -> None:
    """Somebody who missed a part is never there for the whole of it: how much is asked."""
    if "late" in row.parts and not is_late:
        raise Refused(_("遅刻とありますが、何分の遅刻か分かりません。遅刻した分か、入室の時刻を書いてください。"))
    if "early" in row.parts and not is_early:
        raise Refused(_("早退とありますが、何分の早退か分かりません。早退した分か、退室の時刻を書いてください。"))
    if "either" in row.parts and not is_late and not is_early:
        raise Refused(
            _("「△」は遅刻か早退か、何分か分かりません。遅刻か早退の分か、入室と退室の時刻を書いてください。")
        )


def moment(clock: time | None, minutes: int | None, lesson: Lesson, *, edge: datetime, sign: int) -> datetime:
    by_minutes = edge + timedelta(minutes=sign * (minutes or 0))
    if clock is None:
        return by_minutes
    by_clock = datetime.combine(lesson.on, clock, timezone.get_current_timezone())
    if minutes is not None and by_clock != by_minutes:
        raise Refused(
            _("時刻（%(clock)s）と分（%(minutes)s分）が合いません。正しいほうだけを書いてください。")
            % {"clock": f"{clock:%H:%M}", "minutes": minutes}
        )
    return by_clock
