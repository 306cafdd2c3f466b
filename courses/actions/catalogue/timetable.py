"""What a lesson must keep to: its own order, its breaks, the run's other lessons, the instructor's, the application day."""

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from django.utils import timezone
from django.utils.translation import gettext_lazy

from courses.models import Lesson, Run
from courses.models.catalogue.runs import LessonQuerySet
from courses.states import RunState
from firms.errors import Refused
from firms.models import Person
from firms.words.saying import said as _

OVERLAP = gettext_lazy("この開講の別のコマと時間が重なっています。日付か時刻を直してください。")


@dataclass(frozen=True)
class Pause:
    """A break as it is wished for; `field` is where its sentence belongs."""

    starts_at: datetime
    ends_at: datetime
    is_meal: bool = False
    field: str | None = None


@dataclass(frozen=True)
class LessonWish:
    """A lesson as someone wants it."""

    topic: str
    starts_at: datetime
    ends_at: datetime
    room: str = ""
    instructor: Person | None = None
    pauses: tuple[Pause, ...] = field(default=())


def clock(start: datetime, end: datetime) -> str:
    return f"{timezone.localtime(start):%H:%M}–{timezone.localtime(end):%H:%M}"


def guard_order(wish: LessonWish) -> None:
    if wish.ends_at <= wish.starts_at:
        raise Refused(_("終了は開始より後の時刻にしてください。"), field="ends")


def guard_pauses(wish: LessonWish) -> None:
    """Each break ends after it starts, lies inside the lesson, and touches no other."""
    for pause in wish.pauses:
        if pause.ends_at <= pause.starts_at:
            raise Refused(_("休憩の終わりは始まりより後の時刻にしてください。"), field=pause.field)
        if pause.starts_at < wish.starts_at or pause.ends_at > wish.ends_at:
            raise Refused(
                _("休憩はコマの時間（%(clock)s）の中に入れてください。")
                % {"clock": clock(wish.starts_at, wish.ends_at)},
                field=pause.field,
            )
    for one, other in pairwise(sorted(wish.pauses, key=lambda pause: pause.starts_at)):
        if other.starts_at < one.ends_at:
            raise Refused(_("休憩どうしが重なっています。時刻を直してください。"), field=other.field)
    if is_all_meal(wish):
        raise Refused(_("食事休憩がコマの全体を占めています。時刻を直してください。"), field="meal_from")


def is_all_meal(wish: LessonWish) -> bool:
    meals = [pause.ends_at - pause.starts_at for pause in wish.pauses if pause.is_meal]
    return any(meal >= wish.ends_at - wish.starts_at for meal in meals)


def others(lessons: LessonQuerySet, besides: Lesson | None) -> LessonQuerySet:
    return lessons.exclude(pk=besides.pk) if besides else lessons


def guard_overlap(run: Run, wish: LessonWish, *, besides: Lesson | None = None) -> None:
    """PostgreSQL holds the same rule by exclusion (lesson_no_overlap)."""
    if clash := others(run.lessons.overlapping(wish.starts_at, wish.ends_at), besides).first():
        raise Refused(
            _("第%(number)s回（%(clock)s）と時間が重なっています。日付か時刻を直してください。")
            % {"number": clash.number, "clock": clock(clash.starts_at, clash.ends_at)},
            field="starts",
        )


def guard_instructor(wish: LessonWish, *, besides: Lesson | None = None) -> None:
    """Nobody stands before two classes at once; cancelled runs do not count."""
    if wish.instructor is None:
        return
    # Two runs are locked apart from each other; the person is what they share.
    Person.objects.select_for_update(of=("self",)).get(pk=wish.instructor.pk)
    taught = Lesson.objects.filter(instructor=wish.instructor).exclude(run__state=RunState.CANCELLED)
    clashing = others(taught.overlapping(wish.starts_at, wish.ends_at), besides)
    if clash := clashing.select_related("run__course").first():
        raise Refused(
            _(
                "%(name)sさんは同じ時間（%(clock)s）に「%(course)s」を担当しています。別の講師を選ぶか、時刻を直してください。"
            )
            % {
                "name": wish.instructor.full_name,
                "clock": clock(clash.starts_at, clash.ends_at),
                "course": clash.run.course.title,
            },
            field="instructor",
        )


def guard_application_day(apply_until: date, first: date | None, *, field: str | None = None) -> None:
    """Applications close before the first lesson, or the first day of learning."""
    if first and apply_until >= first:
        raise Refused(
            _("申込締切日（%(until)s）は最初のコマ（%(first)s）より前の日にしてください。")
            % {"until": said(apply_until), "first": said(first)},
            field=field,
        )


def guard_cancel_until(cancel_until: date | None, first: date | None, *, field: str | None = None) -> None:
    """What has begun is not cancelled any more."""
    if cancel_until and first and cancel_until >= first:
        raise Refused(
            _("取消しができる最後の日は最初のコマ（%(first)s）より前の日にしてください。") % {"first": said(first)},
            field=field,
        )


def said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
