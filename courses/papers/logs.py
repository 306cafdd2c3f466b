"""The learning log as CSV, in the two codes that Excel opens, and as PDF."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import StringIO

from django.utils import timezone

from courses.models import Enrolment, Run
from courses.queries.elearning.logs import LearningLog, UnitLog
from firms.files.formulas import harmless
from firms.papers.press import render
from firms.words.days import day_words, spoken
from firms.words.saying import said as _

UTF8, CP932 = "utf-8", "cp932"
CODES = (UTF8, CP932)
# The sign Japanese printers set where a character is missing.
MISSING = "〓"
HEADER = (
    "講座", "開講番号", "受講者", "フリガナ", "企業", "番号", "教材", "種類", "標準学習時間（分）",
    "開始日時", "終了日時", "進捗（％）", "確認テスト", "結果",
)  # fmt: skip


def moment(at: datetime | None) -> str:
    """Server time in Japan, with its seconds."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}" if at else ""


def log_csv(run: Run, logs: Iterable[LearningLog], *, code: str) -> bytes:
    written = StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(HEADER)
    for log in logs:
        rows.writerows([harmless(cell) for cell in row] for row in rows_of(run, log))
    text = written.getvalue()
    return "".join(map(in_cp932, text)).encode(CP932) if code == CP932 else b"\xef\xbb\xbf" + text.encode(UTF8)


def rows_of(run: Run, log: LearningLog) -> Iterable[Sequence[object]]:
    head = (run.course.title, run.code, *who(log.enrolment))
    for one in log.units:
        yield (*head, one.unit.number, one.unit.title, one.unit.get_kind_display(), *cells(one))
    yield (
        *head, "", _("合計"), "", log.standard_minutes, moment(log.starts_at), moment(log.ends_at),
        log.percent, "", log.result,
    )  # fmt: skip


def who(enrolment: Enrolment) -> tuple[str, str, str]:
    return enrolment.person.full_name, enrolment.person.full_kana, firm_of(enrolment)


def firm_of(enrolment: Enrolment) -> str:
    return enrolment.employment.establishment.organisation.name if enrolment.employment else ""


def cells(one: UnitLog) -> tuple[object, ...]:
    trace = one.trace
    return (
        one.unit.standard_minutes,
        moment(trace.first_at if trace else None),
        moment(trace.completed_at if trace else None),
        one.percent,
        tries(one),
        one.result,
    )


def tries(one: UnitLog) -> str:
    """Every attempt, in its order."""
    found = one.trace.attempts if one.trace else ()
    return "／".join(
        _("%(n)s回目 %(percent)s%% %(word)s")
        % {"n": n, "percent": attempt.percent, "word": _("合格") if attempt.has_passed else _("不合格")}
        for n, attempt in enumerate(found, start=1)
    )


def in_cp932(sign: str) -> str:
    """What the code page of Windows lacks becomes 〓; a file that does not open helps nobody."""
    try:
        sign.encode(CP932)
    except UnicodeEncodeError:
        return MISSING
    return sign


def log_pdf(run: Run, logs: Iterable[LearningLog], *, on: date) -> bytes:
    sheets = [sheet(run, log) for log in logs]
    title = _("学習ログ %(run)s") % {"run": run}
    foot = _("Takumi 作成　サーバの時計（日本時間）で記録した学習ログの写し　出力日 %(day)s") % {"day": day_words(on)}
    return render("courses/papers/learning_log.html", {"title": title, "foot": foot, "sheets": sheets})


def sheet(run: Run, log: LearningLog) -> dict[str, object]:
    """What the paper prints of one learner: words and numbers alone, so that a frozen claim can keep them."""
    name, kana, firm = who(log.enrolment)
    return {
        "course": run.course.title,
        "run_code": run.code,
        "college": run.course.college.name,
        "name": name,
        "kana": kana,
        "firm": firm,
        "first": log.days.first.isoformat() if log.days.first else "",
        "last": log.days.last.isoformat() if log.days.last else "",
        "starts_at": spoken(moment(log.starts_at)),
        "ends_at": spoken(moment(log.ends_at)),
        "standard_minutes": log.standard_minutes,
        "done_minutes": log.done_minutes,
        "percent": log.percent,
        "result": log.result,
        "completed_on": log.completed_on.isoformat() if log.completed_on else "",
        "units": [unit_row(one) for one in log.units],
    }


def unit_row(one: UnitLog) -> dict[str, object]:
    trace = one.trace
    return {
        "id": one.unit.pk,
        "number": one.unit.number,
        "title": one.unit.title,
        "kind": str(one.unit.get_kind_display()),
        "standard_minutes": one.unit.standard_minutes,
        "starts_at": spoken(moment(trace.first_at if trace else None)),
        "ends_at": spoken(moment(trace.completed_at if trace else None)),
        "percent": one.percent,
        "tries": tries(one),
        "result": one.result,
        "counts": one.counts,
    }
