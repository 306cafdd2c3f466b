"""Logs as the pages and the actions read them, and what waits to be logged, confirmed or paid."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum, prefetch_related_objects
from django.utils import timezone

from firms.models import SignatureRequest
from firms.rules.calendar import add_months
from firms.words.amounts import minutes_words, yen_words
from firms.words.days import day_words
from firms.words.saying import said as _
from mentors.briefings import Item, items_for
from mentors.models import (
    Learner,
    LogAttendance,
    LogTask,
    MentoringRequest,
    Session,
    SessionLog,
    SessionMessage,
    SessionMove,
    SessionPhoto,
    Statement,
    StatementCarry,
    StatementLine,
)
from mentors.models.certifying.certifications import Standing
from mentors.models.requesting.plans import SessionQuerySet, midnight
from mentors.models.sessions.paying import StatementQuerySet
from mentors.models.sessions.rulings import Ruling
from mentors.rules import Materials, fee, materials
from mentors.skills import Task, tasks_for
from mentors.states import SETTLED

LOG = "mentors.log"
# What a log and its form call the same.
SAME = (
    "break_minutes",
    "topic",
    "method",
    "briefing",
    "safety",
    "materials",
    "materials_yen",
    "travel_yen",
    "is_travel_to_carrier",
    "incident",
    "comment",
)


def materials_of(log: SessionLog, attended: Iterable[LogAttendance]) -> Materials | None:
    """What was used against its limit, by those who were there."""
    if not log.materials_yen:
        return None
    present = sum(one.minutes > 0 for one in attended)
    return materials(log.materials_yen, people=present, on=log.session.on)


def newest_log(session: Session) -> SessionLog | None:
    return session.logs.current().prefetch_related("attendances__learner", "tasks").first()


def tasks_of(session: Session) -> tuple[Task, ...]:
    """What its learners are looked at for, by the list of that day and the grade they are on the way to."""
    return tasks_for(session.request.occupation, session.request.grade, on=session.on)


def items_of(session: Session) -> tuple[Item, ...]:
    """What is ticked of its safety briefing, by the list of that day."""
    return items_for(session.request.occupation, is_remote=session.is_remote, on=session.on)


def task_field(learner_id: int, task: str, when: str) -> str:
    """The name of the form's field: `when` is before or after."""
    return f"l{learner_id}-t-{task}-{when}"


def last_told(session: Session) -> SessionLog | None:
    """The newest log of the same request and マイスター, which the next one resembles."""
    told = SessionLog.objects.current().filter(session__request=session.request_id, session__mentor=session.mentor_id)
    return told.order_by("-session__starts_at").prefetch_related("attendances", "tasks").first()


def reached_before(last: SessionLog | None) -> dict[str, int]:
    """Where learners stood at the end of the last time: how the next one begins."""
    if last is None:
        return {}
    whole = {f"l{one.learner_id}-{when}": one.after for one in last.attendances.all() for when in ("before", "after")}
    tasks = {
        task_field(one.learner_id, one.task, when): one.after
        for one in last.tasks.all()
        for when in ("before", "after")
    }
    return whole | tasks


def facts_of(log: SessionLog | None, learners: Sequence[Learner]) -> dict[str, Any]:
    """By the names of the form's fields; nothing where nothing was written yet."""
    if log is None:
        return {}
    facts = {"starts_at": clock_of(log.starts_at), "ends_at": clock_of(log.ends_at)}
    facts |= {name: getattr(log, name) for name in SAME}
    held = {one.learner_id: one for one in log.attendances.all()}
    for learner in learners:
        facts |= attendance_facts(learner, held.get(learner.pk), whole=log.teaching_minutes)
    looked_at = {(one.learner_id, one.task): one for one in log.tasks.all()}
    for learner in learners:
        for task in tasks_of(log.session):
            one = looked_at.get((learner.pk, task.key))
            facts |= {
                task_field(learner.pk, task.key, when): getattr(one, when) if one else 0 for when in ("before", "after")
            }
    return facts


def clock_of(moment: datetime) -> Any:
    return timezone.localtime(moment).time().replace(second=0, microsecond=0)


def attendance_facts(learner: Learner, one: LogAttendance | None, *, whole: int) -> dict[str, Any]:
    """Whole attendance is told without minutes, as it is typed."""
    minutes = one.minutes if one else 0
    return {
        f"l{learner.pk}-is_there": minutes > 0,
        f"l{learner.pk}-minutes": None if minutes in (0, whole) else minutes,
        f"l{learner.pk}-before": one.before if one else 0,
        f"l{learner.pk}-after": one.after if one else 0,
    }


def text_of(log: SessionLog, attended: Iterable[LogAttendance], tasks: Iterable[LogTask]) -> str:
    """What the マイスター has written down under their name and the host confirms; the signature is bound to it."""
    session = log.session
    told = [
        _("実技指導の記録（第%(number)s版）") % {"number": log.number},
        _("派遣先: %(host)s") % {"host": session.request.host},
        _("マイスター: %(name)s") % {"name": log.written_by.full_name},
        _("職種: %(occupation)s　第%(n)s回") % {"occupation": session.request.occupation_label, "n": session.number},
        _("日時: %(day)s %(times)s（休憩 %(pause)s）")
        % {"day": day_words(session.on), "times": log.begun, "pause": minutes_words(log.break_minutes)},
        _("指導した時間: %(time)s") % {"time": minutes_words(log.teaching_minutes)},
        *(
            [_("遠隔で行った（現場で見守る方: %(name)s）") % {"name": session.supervisor or "—"}]
            if session.is_remote
            else []
        ),
        _("内容: %(topic)s（%(method)s）") % {"topic": log.topic, "method": log.get_method_display()},
        _("安全の説明: %(safety)s") % {"safety": safety_words(log)},
        _("材料: %(materials)s %(yen)s") % {"materials": log.materials or "—", "yen": yen_words(log.materials_yen)},
        *(learner_words(one) for one in attended),
        *(task_words(one, session.request.occupation) for one in tasks),
        _("けが・ヒヤリ: %(incident)s") % {"incident": log.incident or _("なし")},
        _("ひとこと: %(comment)s") % {"comment": log.comment or "—"},
    ]
    return "\n".join([*told, _("訂正の理由: %(because)s") % {"because": log.because}] if log.because else told)


def safety_words(log: SessionLog) -> str:
    """What was ticked, and what was added in one's own words."""
    return "、".join([*log.briefed, *([log.safety] if log.safety else [])])


def learner_words(one: LogAttendance) -> str:
    told = {"name": one.learner.name, "time": minutes_words(one.minutes)}
    told |= {"before": str(one.get_before_display()), "after": str(one.get_after_display())}
    return _("受講者 %(name)s: %(time)s、%(before)s → %(after)s") % told


def task_words(one: LogTask, occupation: str) -> str:
    told = {"name": one.learner.name, "task": one.label_in(occupation)}
    told |= {"before": str(one.get_before_display()), "after": str(one.get_after_display())}
    return _("課題 %(name)s「%(task)s」: %(before)s → %(after)s") % told


def host_request(session: Session) -> SignatureRequest | None:
    """What the host is asked to sign: that of the newest text."""
    asked = SignatureRequest.objects.filter(
        version__document__subject_type=session._meta.label_lower,
        version__document__subject_id=session.pk,
        version__document__kind=LOG,
    )
    return (
        asked.select_related("version__document", "side", "signature", "carried").order_by("-version__number").first()
    )


def hours_of(person_id: int, *, host_id: int | None = None) -> QuerySet[LogAttendance]:
    """How long somebody was taught, as both sides have settled it; for one host, or wherever it was."""
    settled = LogAttendance.objects.filter(
        learner__person=person_id, minutes__gt=0, log__correction=None, log__session__state__in=SETTLED
    )
    if host_id is not None:
        settled = settled.filter(log__session__request__host=host_id)
    rows = settled.select_related("log__session__request__host", "log__session__mentor")
    return rows.order_by("-log__session__starts_at", "pk")


def has_papers(request: MentoringRequest) -> bool:
    """Whether facts of any of its logs are kept; those of old may have none."""
    return SessionLog.objects.filter(session__request=request, frozen__isnull=False).exists()


@dataclass(frozen=True)
class PhotoPersonShown:
    pk: int
    name: str
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class PhotoShown:
    pk: int
    caption: str
    people: tuple[PhotoPersonShown, ...]

    @property
    def is_shown(self) -> bool:
        """As `SessionPhoto.objects.shown` asks the database."""
        return all(one.withdrawn_at is None for one in self.people)


def photos_of(session: Session) -> list[PhotoShown]:
    """With who is on each, in one query."""
    columns = ("pk", "caption", "people__pk", "people__name", "people__withdrawn_at")
    rows = session.photos.order_by("pk", "people__pk").values_list(*columns)
    return [
        PhotoShown(pk, caption, tuple(PhotoPersonShown(*row[2:]) for row in each if row[2]))
        for (pk, caption), each in groupby(rows, key=lambda row: row[:2])
    ]


def with_what_was_said(sessions: SessionQuerySet) -> SessionQuerySet:
    """With `has_moves`, `has_photos` and `has_messages`: what nobody has said yet is not looked for."""
    said = {"has_moves": SessionMove, "has_photos": SessionPhoto, "has_messages": SessionMessage}
    return sessions.annotate(
        **{name: Exists(model._default_manager.filter(session=OuterRef("pk"))) for name, model in said.items()}
    )


def tellings_of(session: Session) -> list[SessionLog]:
    """Every telling, the newest first; who was there stands in its frozen facts, and is fetched only where there are none."""
    logs = list(session.logs.order_by("-number").select_related("written_by", "ruling", "frozen"))
    for log in logs:
        log.session = session
    if old := [log for log in logs if not log.has_paper]:
        prefetch_related_objects(old, "attendances__learner", "tasks__learner")
    return logs


# --- money ---


@dataclass(frozen=True)
class Owed:
    """What one telling of a session adds to what was paid for it before; negative where too much was."""

    log: SessionLog
    fee_yen: int
    travel_yen: int
    because: str


def unpaid_logs(ward_id: int, *, month: date) -> QuerySet[SessionLog]:
    """Settled by both sides or by time, certified on the day or released, held by the month's end, in no statement yet."""
    settled = SessionLog.objects.current().filter(session__state__in=SETTLED, session__request__ward=ward_id, line=None)
    payable = settled.filter(Q(standing=Standing.VALID) | Q(ruling__choice=Ruling.RELEASED))
    held = payable.filter(session__starts_at__lt=midnight(add_months(month, 1)))
    rows = held.select_related("session__mentor", "session__request__host", "session__request__certification")
    return rows.order_by("session__starts_at", "pk")


def flagged_logs(ward_id: int) -> QuerySet[SessionLog]:
    """Told of days on which the certification did not count: shown, and paid only where the ward released it."""
    told = SessionLog.objects.current().filter(session__request__ward=ward_id).exclude(standing=Standing.VALID)
    rows = told.select_related("session__mentor", "session__request__host", "ruling__ruled_by")
    return rows.order_by("session__starts_at", "pk")


def owed(log: SessionLog, *, before: Mapping[int, tuple[int, int]]) -> Owed:
    """By the rate of the day of the session; travel paid to a carrier is none of the マイスター's."""
    found = fee(log.teaching_minutes, log.session.on)
    travel = 0 if log.is_travel_to_carrier else log.travel_yen
    had_fee, had_travel = before.get(log.session_id, (0, 0))
    because = found.because
    if had_fee or had_travel:
        because += _("。支払い済みの%(yen)sとの差額") % {"yen": yen_words(had_fee + had_travel)}
    return Owed(log, found.yen - had_fee, travel - had_travel, because)


def paid_before(session_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """session → fee and travel already in statements, in one query."""
    lines = StatementLine.objects.filter(log__session__in=list(session_ids)).order_by()
    sums = lines.values("log__session").annotate(fee=Sum("fee_yen"), travel=Sum("travel_yen"))
    return {row["log__session"]: (row["fee"], row["travel"]) for row in sums}


def open_carries(ward_id: int) -> QuerySet[StatementCarry]:
    """What months could not take back and no later month has taken yet."""
    put = StatementCarry.objects.filter(statement__ward=ward_id, takes=None, taken=None)
    return put.select_related("statement__mentor").order_by("pk")


def statements_of_year(year: int) -> StatementQuerySet:
    """By the days of payment, person by person."""
    if not MINYEAR <= year <= MAXYEAR:
        return Statement.objects.none()
    paid = Statement.objects.filter(pay_on__gte=date(year, 1, 1), pay_on__lte=date(year, 12, 31), frozen__isnull=False)
    return paid.select_related("frozen").order_by("mentor", "pay_on", "pk")


def year_total(person_id: int, *, year: int) -> dict[str, int]:
    """支払調書の項目: what was paid and withheld in a calendar year, by the days of payment."""
    first, last = date(year, 1, 1), date(year + 1, 1, 1) - timedelta(days=1)
    paid = Statement.objects.filter(mentor=person_id, pay_on__gte=first, pay_on__lte=last)
    sums = paid.aggregate(fee=Sum("fee_yen"), travel=Sum("travel_yen"), withheld=Sum("withheld_yen"))
    return {name: total or 0 for name, total in sums.items()}
