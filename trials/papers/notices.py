"""派遣先からの通知: what the host tells the agency of a month (労働者派遣法42条3項; 施行規則38条)."""

from collections.abc import Sequence
from datetime import date

from django.utils import translation

from firms.words.amounts import minutes_words
from firms.words.days import day_words
from firms.words.saying import said as _
from trials.models import DayKind, WorkMonth
from trials.papers.sheets import UNTOLD, lines, party_of, sheet, table
from trials.queries.records import notes_of
from trials.queries.working import DayRow, sums_of
from trials.shapes import SectionFacts, SheetFacts

LAW = "労働者派遣法42条3項; 同法施行規則38条"
COLUMNS = ("日", "区分", "始業", "終業", "休憩", "労働時間", "うち時間外", "備考")


def notice_facts(month: WorkMonth, rows: Sequence[DayRow], *, number: int, on: date) -> SheetFacts:
    placement = month.placement
    host, posting = placement.host, placement.posting
    assert host is not None
    assert posting is not None
    noted = notes_of(placement)
    with translation.override("ja"):
        told = [
            (_("派遣労働者の氏名"), placement.person.full_name),
            (_("対象の月"), f"{month.first.year}年{month.first.month}月"),
            (_("業務の種類"), posting.work),
            (_("責任の程度"), noted.host.duty if noted.host else UNTOLD),
            (_("就業の場所"), f"{posting.establishment} {posting.place}"),
            (_("組織単位"), noted.host.unit if noted.host else UNTOLD),
        ]
        return sheet(
            _("派遣先からの通知書"),
            to=party_of(placement.agency),
            sender=party_of(host),
            on=on,
            law=LAW,
            mark=_("訂正") if number > 1 else "",
            lead=corrected_lead(number),
            sections=[lines(_("通知する事項"), told), days_table(rows)],
            notes=[_("時刻は受入企業が承認した実際の始業・終業です。日をまたぐ勤務は、始業の日に記しています。")],
        )


def corrected_lead(number: int) -> str:
    if number == 1:
        return ""
    return _("第%(before)s版の通知を、この第%(number)s版に替えます。") % {"before": number - 1, "number": number}


def days_table(rows: Sequence[DayRow]) -> SectionFacts:
    sums = sums_of(rows)
    total = [
        _("計"),
        _("%(n)s日") % {"n": sums.days},
        "",
        "",
        "",
        minutes_words(sums.minutes),
        minutes_words(sums.overtime),
        _("休み%(n)s日") % {"n": sums.absent},
    ]
    return table(_("就業した日と時間"), COLUMNS, [day_line(row) for row in rows if row.entry], sums=total)


def day_line(row: DayRow) -> list[str]:
    entry = row.entry
    assert entry is not None
    starts, _dash, ends = entry.span.partition("–")
    worked = entry.kind == DayKind.WORK
    return [
        day_words(row.on),
        entry.get_kind_display(),
        starts,
        ends,
        minutes_words(entry.break_minutes) if worked else "",
        minutes_words(entry.minutes) if worked else "",
        minutes_words(row.overtime.minutes) if row.overtime and row.overtime.minutes else "",
        entry.get_absence_display() if entry.absence else "",
    ]
