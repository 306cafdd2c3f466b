"""What stands in the feed of one run: its lessons, and the days one must not miss."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Enrolment, Lesson, Run, RunFeed
from courses.states import HOLDING_SEAT, RunState
from firms.acting import Acting
from firms.models import Person
from firms.queries import acting_for, memberships_of
from lms.calendar.events import Event, address, journal_of, lesson_event


def run_events(feed: RunFeed, *, now: datetime) -> list[Event]:
    """Empty for somebody who may not see the run any more; the entries of a cancelled run stay, as cancelled."""
    run = seen_run(feed, on=timezone.localdate(now))
    if run is None:
        return []
    counts, stamps = journal_of("courses.run", [run.pk])
    stamp = stamps.get(run.pk, feed.created_at)
    days = day_events(run, sequence=counts[run.pk], stamp=stamp)
    return sorted([*lesson_events(run, feed.person, stamp=stamp), *days], key=lambda event: event.uid)


def seen_run(feed: RunFeed, *, on: date) -> Run | None:
    """By the rights of this day, through any organisation the person acts for, or as one who takes part."""
    held: list[Acting] = [acting_for(feed.person, one, on=on) for one in memberships_of(feed.person, on=on)]
    runs = Run.objects.select_related("course__college")
    return next(
        (run for acting in held if (run := runs.filter(pk=feed.run_id).visible_to(acting).first())),
        None,
    )


def lesson_events(run: Run, person: Person, *, stamp: datetime) -> Iterable[Event]:
    rows = list(run.lessons.select_related("run__course__college", "instructor").order_by("pk"))
    changes, stamps = journal_of("courses.lesson", [row.pk for row in rows])
    runs, moments = journal_of("courses.run", [run.pk])
    link = run.link if may_enter(run, person) else ""
    for row in rows:
        newest = max(filter(None, (stamps.get(row.pk), moments.get(run.pk))), default=stamp)
        event = lesson_event(row, sequence=changes[row.pk] + runs[run.pk], stamp=newest)
        yield with_link(event, link)


def may_enter(run: Run, person: Person) -> bool:
    """The way into an online room is for those with a seat and for who teaches."""
    seated = Enrolment.objects.filter(run=run, person=person, state__in=HOLDING_SEAT)
    return seated.exists() or Lesson.objects.filter(Q(run=run, instructor=person)).exists()


def with_link(event: Event, link: str) -> Event:
    if not link:
        return event
    words = f"{event.description}\n{_('入室先')}: {link}"
    return Event(**{**vars(event), "description": words})


def day_events(run: Run, *, sequence: int, stamp: datetime) -> Iterable[Event]:
    """Whole days: until when one applies, gives a seat back, and learns."""
    days = (
        ("apply", run.apply_until, _("申込締切")),
        ("cancel", run.cancel_until, _("取消しができる最後の日")),
        ("learn-from", run.learn_from, _("学習開始日")),
        ("learn-until", run.learn_until, _("学習の最終日")),
    )
    for name, day, label in days:
        if day is not None:
            yield Event(
                uid=f"run-{run.pk}-{name}",
                sequence=sequence,
                starts=day,
                ends=day + timedelta(days=1),
                summary=f"{label}：{run.course.title}",
                description=f"{run}\n{run.course.college}",
                location="",
                url=address("courses:run", run.pk),
                stamp=stamp,
                is_cancelled=run.state == RunState.CANCELLED,
                has_alarm=name in {"apply", "learn-until"},
            )
