"""What stands in the feed of one run: its lessons, and the days one must not miss."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone

from courses.models import Run, RunFeed
from courses.policies import may_see_link
from courses.states import RunState
from firms.acting import Acting
from firms.models import Person
from firms.queries import acting_for, memberships_of
from firms.words.saying import said as _
from lms.calendar.entry import Event
from lms.calendar.events import address, journal_of, lesson_event


def run_events(feed: RunFeed, *, now: datetime) -> list[Event]:
    """Empty for somebody who may not see the run any more; the entries of a cancelled run stay, as cancelled."""
    held = actings_of(feed.person, on=timezone.localdate(now))
    run = seen_run(feed, held)
    if run is None:
        return []
    counts, stamps = journal_of("courses.run", [run.pk])
    stamp = stamps.get(run.pk, feed.created_at)
    days = day_events(run, sequence=counts[run.pk], stamp=stamp)
    link = run.link if any(may_see_link(acting, run) for acting in held) else ""
    return sorted([*lesson_events(run, link=link, stamp=stamp), *days], key=lambda event: event.uid)


def actings_of(person: Person, *, on: date) -> list[Acting]:
    """The rights of this day, through every organisation the person still acts for."""
    return [acting_for(person, one, on=on) for one in memberships_of(person, on=on)]


def seen_run(feed: RunFeed, held: list[Acting]) -> Run | None:
    runs = Run.objects.select_related("course__college")
    return next(
        (run for acting in held if (run := runs.filter(pk=feed.run_id).visible_to(acting).first())),
        None,
    )


def lesson_events(run: Run, *, link: str, stamp: datetime) -> Iterable[Event]:
    rows = list(run.lessons.select_related("run__course__college", "instructor").order_by("pk"))
    changes, stamps = journal_of("courses.lesson", [row.pk for row in rows])
    runs, moments = journal_of("courses.run", [run.pk])
    for row in rows:
        newest = max(filter(None, (stamps.get(row.pk), moments.get(run.pk))), default=stamp)
        event = lesson_event(row, sequence=changes[row.pk] + runs[run.pk], stamp=newest)
        yield with_link(event, link)


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
