"""What the papers say, gathered once: of a session when its log is written, of a month when it is closed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from firms.models import Organisation
from firms.words.amounts import minutes_words
from firms.words.saying import said as _
from mentors.models import (
    LogAttendance,
    LogFacts,
    LogTask,
    Session,
    SessionLog,
    Statement,
    StatementCarry,
    StatementFacts,
    StatementLine,
)
from mentors.queries.sessions import materials_of
from mentors.rules import fee, visit_limit
from mentors.shapes import (
    MONTH_SHAPE,
    SESSION_SHAPE,
    LearnerFacts,
    LineFacts,
    MentorFacts,
    MonthFacts,
    RemarkFacts,
    SessionFacts,
    TimesFacts,
    WardFacts,
)


def freeze_log(log: SessionLog, attended: Sequence[LogAttendance], tasks: Sequence[LogTask]) -> LogFacts:
    """`log` with its session's request, host, ward and certification at hand."""
    return LogFacts.objects.create(log=log, facts=log_facts(log, attended, tasks))


def log_facts(log: SessionLog, attended: Sequence[LogAttendance], tasks: Sequence[LogTask]) -> SessionFacts:
    session, request = log.session, log.session.request
    paid, bought = fee(log.teaching_minutes, session.on), materials_of(log, attended)
    return {
        "shape": SESSION_SHAPE,
        "edition": log.number,
        "number": session.number,
        "limit": visit_limit(request.host_kind, done=0, planned=0, on=session.on).left,
        "on": session.on.isoformat(),
        "planned": times_of(session.starts_at, session.ends_at, session.break_minutes, session.minutes),
        "actual": times_of(log.starts_at, log.ends_at, log.break_minutes, log.teaching_minutes),
        "is_remote": session.is_remote,
        "supervisor": session.supervisor,
        "remarks": remark_facts(session),
        "host": {"name": request.host.name, "place": request.place, "contact": request.contact_name},
        "ward": ward_facts(request.ward),
        "mentor": mentor_facts(log),
        "occupation": request.occupation_label,
        "need": request.need,
        "machine": request.machine,
        "topic": log.topic,
        "method": str(log.get_method_display()),
        "briefing": log.briefed,
        "safety": log.safety,
        "incident": log.incident,
        "comment": log.comment,
        "because": log.because,
        "materials": {"what": log.materials, "yen": log.materials_yen, "because": bought.because if bought else ""},
        "travel": {"yen": log.travel_yen, "is_to_carrier": log.is_travel_to_carrier},
        "fee": {"yen": paid.yen, "because": paid.because, "source": paid.source},
        "learners": [learner_facts(one, tasks) for one in attended],
        "standing": str(log.get_standing_display()),
        "is_certified": log.is_certified,
        "written_at": timezone.localtime(log.typed_at).isoformat(timespec="minutes"),
        "came_late": log.came_late,
    }


def remark_facts(session: Session) -> list[RemarkFacts]:
    """Of a session from afar; nobody writes any at the bench."""
    rows = session.remarks.all() if session.is_remote else ()
    return [{"second": one.second, "clock": one.clock, "text": one.text} for one in rows]


def times_of(starts: datetime, ends: datetime, break_minutes: int, minutes: int) -> TimesFacts:
    begin, end = timezone.localtime(starts), timezone.localtime(ends)
    return {"times": f"{begin:%H:%M}–{end:%H:%M}", "break_minutes": break_minutes, "minutes": minutes}


def ward_facts(ward: Organisation) -> WardFacts:
    return {"name": ward.name, "title": ward.representative_title, "head": ward.representative_name}


def mentor_facts(log: SessionLog) -> MentorFacts:
    held = log.session.request.certification
    assert held is not None
    return {
        "name": log.written_by.full_name,
        "kana": log.written_by.full_kana,
        "number": held.number,
        "title": held.title,
    }


def learner_facts(one: LogAttendance, tasks: Iterable[LogTask]) -> LearnerFacts:
    learner, occupation = one.learner, one.log.session.request.occupation
    return {
        "tasks": [
            {
                "label": task.label_in(occupation),
                "before": str(task.get_before_display()),
                "after": str(task.get_after_display()),
            }
            for task in tasks
            if task.learner_id == learner.pk
        ],
        "name": learner.name,
        "age_band": str(learner.get_age_band_display()),
        "years": learner.years,
        "role": learner.role,
        "minutes": one.minutes,
        "before": str(one.get_before_display()),
        "after": str(one.get_after_display()),
    }


@dataclass(frozen=True)
class Telling:
    """A log as its page shows it: as it was frozen, or of one of old as its rows say."""

    log: SessionLog
    learners: list[LearnerFacts]
    materials: str


def telling(log: SessionLog) -> Telling:
    """With its session's request at hand, and its rows where nothing was frozen."""
    if log.has_paper:
        facts = log.frozen.lifted
        return Telling(log, facts["learners"], facts["materials"]["because"])
    attended, tasks = list(log.attendances.all()), list(log.tasks.all())
    for one in attended:
        one.log = log
    bought = materials_of(log, attended)
    return Telling(log, [learner_facts(one, tasks) for one in attended], bought.because if bought else "")


# --- a month ---


def freeze_statements(
    sources: Mapping[Statement, str], lines: Iterable[StatementLine], carries: Iterable[StatementCarry]
) -> None:
    """`sources` are those of fee and withholding of each; lines with their session's request, host and certification at hand."""
    of_line, of_carry = by_statement(lines), by_statement(carries)
    StatementFacts.objects.bulk_create(
        StatementFacts(
            statement=one, facts=statement_facts(one, of_line.get(one.pk, []), of_carry.get(one.pk, []), source=source)
        )
        for one, source in sources.items()
    )


def by_statement[Row: (StatementLine, StatementCarry)](rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row.statement_id, []).append(row)
    return found


def statement_facts(
    statement: Statement, lines: Iterable[StatementLine], carries: Iterable[StatementCarry], *, source: str
) -> MonthFacts:
    account = statement.account
    return {
        "shape": MONTH_SHAPE,
        "mentor": {"name": statement.mentor.full_name, "kana": statement.mentor.full_kana},
        "ward": ward_facts(statement.ward),
        "month": statement.month.isoformat(),
        "pay_on": statement.pay_on.isoformat(),
        "account": {
            "bank": f"{account.bank_kana}（{account.bank}）",
            "branch": f"{account.branch_kana}（{account.branch}）",
            "kind": str(account.get_account_kind_display()),
            "account": account.account,
            "name": account.name_kana,
        },
        "lines": [line_facts(one) for one in lines],
        "carries": [{"fee_yen": one.fee_yen, "travel_yen": one.travel_yen, "because": one.because} for one in carries],
        "fee_yen": statement.fee_yen,
        "travel_yen": statement.travel_yen,
        "withheld_yen": statement.withheld_yen,
        "paid_yen": statement.paid_yen,
        "because": statement.because,
        "source": source,
    }


def line_facts(line: StatementLine) -> LineFacts:
    log, session = line.log, line.log.session
    held = session.request.certification
    carrier = log.travel_yen if log.is_travel_to_carrier else 0
    return {
        "on": session.on.isoformat(),
        "times": log.begun,
        "minutes": log.teaching_minutes,
        "time": minutes_words(log.teaching_minutes),
        "host": session.request.host.name,
        "occupation": session.request.occupation_label,
        "number": session.number,
        "certification": held.number if held else "",
        "fee_yen": line.fee_yen,
        "travel_yen": line.travel_yen,
        "carrier_yen": carrier,
        "because": line.because,
        "edition": _("第%(n)s版の記録") % {"n": log.number} if log.number > 1 else "",
    }
