"""Lessons of a run: added, changed, moved, removed; whoever is concerned is told."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.actions.catalogue.timetable import (
    OVERLAP,
    LessonWish,
    clock,
    guard_application_day,
    guard_instructor,
    guard_order,
    guard_overlap,
    guard_pauses,
)
from courses.actions.seats.quotas import shorten_quotas
from courses.actions.seats.seats import locked_run
from courses.actions.seats.waiting import shorten_offers
from courses.actions.telling import tell_everyone
from courses.models import Lesson, LessonBreak, Run
from courses.queries import first_day
from courses.states import RunState
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import one_act, record
from firms.words.days import spoken
from firms.words.saying import said as _

# Numbers are unique within a run, so those that change step aside before they take their place.
ASIDE = 1000


@transaction.atomic
def add_lesson(run: Run, wish: LessonWish, *, by: Acting) -> Lesson:
    lesson = place_lesson(locked_run(run), wish)
    concerned(lesson, "lesson.add", change=_("コマが追加されました。"), by=by, after=facts_of(lesson))
    return lesson


def place_lesson(run: Run, wish: LessonWish) -> Lesson:
    """In a locked run; whoever calls says it to those concerned."""
    guard_run(run)
    guard(run, wish)
    lesson = Lesson(run=run, number=run.lessons.count() + 1)
    write(lesson, wish)
    after_change(run, lesson)
    return lesson


@transaction.atomic
def change_lesson(lesson: Lesson, wish: LessonWish, *, by: Acting) -> Lesson:
    """Time or room changed is a move, of which everybody is told; topic or instructor changed is not."""
    run = locked_run(lesson.run)
    lesson = Lesson.objects.select_for_update(of=("self",)).select_related("run__course").get(pk=lesson.pk)
    guard_run(run)
    guard(run, wish, besides=lesson)
    before = facts_of(lesson)
    guard_marks(lesson, wish)
    write(lesson, wish)
    after_change(run, lesson)
    note_change(lesson, before=before, by=by)
    return lesson


def note_change(lesson: Lesson, *, before: dict[str, Any], by: Acting) -> None:
    after = facts_of(lesson)
    changed = {name for name in after if after[name] != before[name]}
    if changed & {"time", "room", "breaks"}:
        change = _("変更前: %(before)s\n変更後: %(after)s") % {"before": place_of(before), "after": place_of(after)}
        concerned(lesson, "lesson.move", change=change, by=by, before=before, after=after)
    elif changed:
        record(lesson, "lesson.edit", by=by, concerns=lesson.run.course.college_id, before=before, after=after)


@transaction.atomic
def remove_lesson(lesson: Lesson, *, by: Acting) -> None:
    run = locked_run(lesson.run)
    guard_run(run)
    if lesson.marks.exists():
        raise Refused(_("出席が記録されたコマは削除できません。"))
    if run.state == RunState.OPEN and run.learn_from is None and run.lessons.count() == 1:
        raise Refused(_("募集中の開講には、コマが1つは必要です。日時を変更するか、開講を中止してください。"))
    before = facts_of(lesson)
    concerned(
        lesson,
        "lesson.remove",
        change=_("取りやめ: %(before)s") % {"before": place_of(before)},
        by=by,
        before=before,
    )
    lesson.delete()
    renumber(run)


def guard_run(run: Run) -> None:
    if run.state == RunState.CANCELLED:
        raise Refused(_("中止した開講のコマは変更できません。"))


def guard(run: Run, wish: LessonWish, *, besides: Lesson | None = None) -> None:
    guard_order(wish)
    guard_pauses(wish)
    guard_overlap(run, wish, besides=besides)
    guard_instructor(wish, besides=besides)


def guard_marks(lesson: Lesson, wish: LessonWish) -> None:
    """Minutes already written stand for the times they were written under."""
    planned = {(pause.starts_at, pause.ends_at, pause.is_meal) for pause in wish.pauses}
    kept = {(pause.starts_at, pause.ends_at, pause.is_meal) for pause in lesson.breaks.all()}
    is_same = (lesson.starts_at, lesson.ends_at, kept) == (wish.starts_at, wish.ends_at, planned)
    if not is_same and lesson.marks.exists():
        raise Refused(
            _("出席が記録されたコマの日時と休憩は変えられません。受講時間の誤りは出席記録の訂正で直してください。"),
            field="starts",
        )


def write(lesson: Lesson, wish: LessonWish) -> None:
    """Lesson and breaks; what the guards let pass and the database refuses is the race for the same hours."""
    lesson.topic, lesson.room, lesson.instructor = wish.topic, wish.room, wish.instructor
    lesson.starts_at, lesson.ends_at = wish.starts_at, wish.ends_at
    try:
        with transaction.atomic():
            lesson.save()
    except IntegrityError:
        raise Refused(OVERLAP, field="starts") from None
    lesson.breaks.all().delete()
    LessonBreak.objects.bulk_create(
        LessonBreak(lesson=lesson, starts_at=pause.starts_at, ends_at=pause.ends_at, is_meal=pause.is_meal)
        for pause in wish.pauses
    )


def after_change(run: Run, lesson: Lesson) -> None:
    if run.state == RunState.OPEN:
        guard_application_day(run.apply_until, first_day(run, run.lessons.all()), field="on")
        shorten_offers(run)
        shorten_quotas(run)
    renumber(run)
    lesson.refresh_from_db(fields=["number"])


def renumber(run: Run) -> None:
    """Lessons are numbered in the order of their time."""
    ordered = enumerate(run.lessons.order_by("starts_at"), start=1)
    wrong = [(number, lesson.pk) for number, lesson in ordered if lesson.number != number]
    for offset in (ASIDE, 0):
        for number, pk in wrong:
            run.lessons.filter(pk=pk).update(number=number + offset)


@one_act()
def concerned(lesson: Lesson, verb: str, *, change: str, by: Acting, **details: Any) -> None:
    """The college's journal and that of each firm with people in the run say it; the people are told."""
    subject = _("日程の変更: %(run)s") % {"run": lesson.run}
    body = _("%(lesson)s\n%(change)s") % {"lesson": lesson, "change": spoken(change)}
    firms = tell_everyone(lesson.run, subject=subject, body=body, by=by)
    for organisation in [lesson.run.course.college, *firms]:
        record(lesson, verb, by=by, concerns=organisation, **details)


def facts_of(lesson: Lesson) -> dict[str, Any]:
    """What the journal keeps of a lesson."""
    day = timezone.localtime(lesson.starts_at)
    return {
        "time": f"{day:%Y-%m-%d} {clock(lesson.starts_at, lesson.ends_at)}",
        "room": lesson.room,
        "topic": lesson.topic,
        "instructor": str(lesson.instructor or ""),
        "breaks": [clock(pause.starts_at, pause.ends_at) for pause in LessonBreak.objects.filter(lesson=lesson)],
    }


def place_of(facts: dict[str, Any]) -> str:
    return f"{facts['time']} {facts['room']}".strip()
