"""What stands in a feed: deadlines and lessons of one person for one organisation, as small frozen rows."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max, QuerySet
from django.urls import reverse
from django.utils import timezone

from courses.models import Enrolment, Lesson
from courses.states import RunState
from firms.acting import Acting
from firms.models import JournalEntry
from firms.models.organisations import Kind, Role
from firms.words.saying import said as _
from grants.models import Deadline, GrantCase
from grants.states import DeadlineState
from lms.calendar.entry import Event

# What changes words of a feed beside its timetable: what people, firms and colleges are called.
NAMES = ("person.rename", "correction.make", "organisation.edit")
# How long a cancelled entry stays, so that every calendar that is opened once a month hears of it.
TRACE = timedelta(days=30)
# What changes a calendar: marks and scans are entries of a lesson too, and change nothing a calendar shows.
TIMETABLE = (
    "lesson.add",
    "lesson.edit",
    "lesson.move",
    "lesson.remove",
    "run.edit",
    "run.move",
    "run.open",
    "run.cancel",
    "course.edit",
    "revision.accept",
)
# Lessons further back than this are history; the attendance page has them.
LESSONS_BACK = timedelta(days=90)


def fingerprint(token_hash: str, events: list[Event]) -> str:
    """Equal feeds have equal tags, so an unchanged feed costs no writing out."""
    return hashlib.sha256(f"{token_hash} {events!r}".encode()).hexdigest()[:32]


def address(name: str, pk: int) -> str:
    return settings.SITE_URL + reverse(name, args=[pk])


# --- deadlines ---


def deadline_events(acting: Acting, *, now: datetime) -> Iterable[Event]:
    """One entry for each deadline of a case: a newer row of the same deadline moves it, the last one speaks."""
    rows = (
        Deadline.objects.visible_to(acting)
        .select_related(
            "case__establishment__organisation", "case__run__course", "case__conversion__person", "case__subscription"
        )
        .order_by("pk")
    )
    chains: dict[tuple[int, str, str], list[Deadline]] = defaultdict(list)
    for row in rows:
        chains[row.case_id, row.code, row.subject].append(row)
    for rows_of_one in chains.values():
        last = rows_of_one[-1]
        is_done_early = last.state == DeadlineState.MET and last.last_on >= timezone.localdate(now)
        if last.closed_at is None or now - last.closed_at <= TRACE or is_done_early:
            yield deadline_event(last, older=len(rows_of_one) - 1)


def deadline_event(row: Deadline, *, older: int) -> Event:
    is_open = row.state == DeadlineState.OPEN
    is_met = row.state == DeadlineState.MET
    firm, title = row.case.establishment.organisation, row.case.title
    label = _("済：%(what)s") if is_met else _("期限：%(what)s")
    return Event(
        uid="-".join(part for part in ("deadline", str(row.case_id), row.code, row.subject) if part),
        sequence=older * 2 + (not is_open),
        starts=row.last_on,
        ends=row.last_on + timedelta(days=1),
        summary=f"{label % {'what': row.get_code_display()}} {title}（{firm}）",
        description=f"{title}\n{row.because}\n{_('根拠')}: {row.source}\n{row.get_state_display()}",
        location="",
        url=address("grants:case", row.case_id),
        stamp=row.closed_at or row.created_at,
        is_cancelled=not is_open and not is_met,
        has_alarm=is_open,
    )


# --- lessons ---


def lessons_seen(acting: Acting) -> QuerySet[Lesson]:
    """One's own lessons; those a firm or a client has people in; those a college teaches."""
    seated = Enrolment.objects.accepted()
    if acting.role in ("", Role.EMPLOYEE):
        return Lesson.objects.filter(run__in=seated.filter(person=acting.person).values("run"))
    if acting.role == Role.MANAGER:
        sent = seated.filter(employment__establishment__organisation=acting.organisation_id)
        return Lesson.objects.filter(run__in=sent.values("run"))
    if acting.role == Role.INSTRUCTOR:
        return Lesson.objects.filter(instructor=acting.person, run__course__college=acting.organisation_id)
    if acting.kind == Kind.COLLEGE:
        return Lesson.objects.filter(run__course__college=acting.organisation_id)
    if acting.kind == Kind.OFFICE:
        cases = GrantCase.objects.visible_to(acting).running()
        return Lesson.objects.filter(run__in=cases.values("run"))
    return Lesson.objects.none()


def lesson_events(acting: Acting, *, now: datetime) -> Iterable[Event]:
    rows = list(
        lessons_seen(acting)
        .exclude(run__state=RunState.PREPARING)
        .filter(starts_at__gte=now - LESSONS_BACK)
        .select_related("run__course__college", "instructor")
        .order_by("pk")
    )
    changes, stamps = journal_of("courses.lesson", [row.pk for row in rows])
    runs, moments = journal_of("courses.run", [row.run_id for row in rows])
    for row in rows:
        stamp = max(filter(None, (stamps.get(row.pk), moments.get(row.run_id))), default=row.starts_at)
        event = lesson_event(row, sequence=changes[row.pk] + runs[row.run_id], stamp=stamp)
        if not event.is_cancelled or now - stamp <= TRACE:
            yield event


def journal_of(
    subject_type: str, ids: Iterable[int], *, verbs: Sequence[str] = TIMETABLE
) -> tuple[Counter[int], dict[int, datetime]]:
    """How often these were changed, and when last; the journal never shrinks, so the count only grows."""
    found = (
        JournalEntry.objects.filter(subject_type=subject_type, subject_id__in=set(ids), verb__in=verbs)
        .order_by()
        .values("subject_id")
        .annotate(n=Count("pk"), last=Max("at"))
    )
    rows = list(found)
    return Counter({row["subject_id"]: row["n"] for row in rows}), {row["subject_id"]: row["last"] for row in rows}


def lesson_event(row: Lesson, *, sequence: int, stamp: datetime) -> Event:
    run = row.run
    teacher = row.instructor.full_name if row.instructor else _("未定")
    parts = [
        _("第%(n)s回 %(topic)s") % {"n": row.number, "topic": row.topic},
        f"{run.course.college}",
        f"{_('講師')}: {teacher}",
    ]
    return Event(
        uid=f"lesson-{row.pk}",
        sequence=sequence,
        starts=row.starts_at,
        ends=row.ends_at,
        summary=f"{run.course.title} {_('第%(n)s回') % {'n': row.number}}",
        description="\n".join(parts),
        location=" ".join(part for part in (run.venue, row.room, run.venue_address) if part),
        url=address("courses:run", run.pk),
        stamp=stamp,
        is_cancelled=run.state == RunState.CANCELLED,
        has_alarm=False,
    )
