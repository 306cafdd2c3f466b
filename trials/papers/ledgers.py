"""派遣先管理台帳 and 派遣元管理台帳: they fill themselves from the contract, the days at work, complaints and what each side has noted."""

from datetime import date

from firms.words.amounts import minutes_words
from firms.words.days import day_words
from firms.words.saying import said as _
from trials.models import LedgerNote, LicenceKind, Placement, TermKind
from trials.papers.notices import COLUMNS, day_line
from trials.papers.sheets import UNTOLD, Row, lines, party_of, sheet, table, term_of
from trials.queries.outcome import host_no_of
from trials.queries.records import notes_of
from trials.queries.working import DayRow, months_of, rows_of, sums_of
from trials.rules import is_elder
from trials.shapes import SectionFacts, SheetFacts
from trials.states import HIRED, PlacementState

HOST_LAW = "労働者派遣法42条; 同法施行規則35条・36条（派遣の終了から3年間保存）"
AGENCY_LAW = "労働者派遣法37条; 同法施行規則30条・31条（派遣の終了から3年間保存）"


def host_ledger(placement: Placement, on: date) -> SheetFacts:
    host = placement.host
    assert host is not None
    return sheet(
        _("派遣先管理台帳"),
        to=_("（派遣先に備え付け）"),
        sender=party_of(host),
        on=on,
        law=HOST_LAW,
        sections=[
            lines(_("派遣労働者と派遣元"), host_lines(placement)),
            lines(_("紹介予定派遣に関する事項"), perm_lines(placement)),
            days_of(placement),
            complaints_of(placement),
        ],
    )


def host_lines(placement: Placement) -> list[Row]:
    noted, posting = notes_of(placement), placement.posting
    assert posting is not None
    return [
        (_("氏名"), placement.person.full_name),
        (_("派遣元の名称・所在地"), party_of(placement.agency)),
        (_("派遣元の許可番号"), licence_of(placement)),
        (_("協定対象か否か"), noted.agency.get_agreement_kind_display() if noted.agency else UNTOLD),
        (_("無期雇用か有期雇用か"), noted.agency.get_term_kind_display() if noted.agency else UNTOLD),
        (_("業務の種類"), posting.work),
        (_("責任の程度"), noted.host.duty if noted.host else UNTOLD),
        (_("就業の場所"), f"{posting.establishment} {posting.establishment.address} {posting.place}".strip()),
        (_("組織単位"), noted.host.unit if noted.host else UNTOLD),
        (_("派遣の期間"), term_of(placement)),
        (_("派遣先責任者"), officer_of(noted.host)),
        (_("指揮命令者"), noted.host.commander if noted.host else UNTOLD),
        (_("派遣元責任者"), officer_of(noted.agency)),
        (_("期間制限の例外"), exception_of(placement, noted.agency)),
        (_("社会保険・雇用保険"), insurance_of(placement)),
        (
            _("安全衛生教育"),
            _("%(day)sに実施") % {"day": day_words(placement.safety_trained_on)}
            if placement.safety_trained_on
            else UNTOLD,
        ),
    ]


def agency_ledger(placement: Placement, on: date) -> SheetFacts:
    return sheet(
        _("派遣元管理台帳"),
        to=_("（派遣元に備え付け）"),
        sender=party_of(placement.agency),
        on=on,
        law=AGENCY_LAW,
        sections=[
            lines(_("派遣労働者と派遣先"), agency_lines(placement)),
            lines(_("紹介予定派遣に関する事項"), perm_lines(placement)),
            days_of(placement),
            complaints_of(placement),
        ],
    )


def agency_lines(placement: Placement) -> list[Row]:
    noted, posting = notes_of(placement), placement.posting
    assert posting is not None
    assert placement.host is not None
    is_sixty = is_sixty_at_start(placement)
    return [
        (_("氏名"), placement.person.full_name),
        (_("協定対象か否か"), noted.agency.get_agreement_kind_display() if noted.agency else UNTOLD),
        (_("無期雇用か有期雇用か"), noted.agency.get_term_kind_display() if noted.agency else UNTOLD),
        (_("労働契約の期間"), term_of(placement)),
        (_("60歳以上か否か"), _("60歳以上") if is_sixty else _("60歳未満")),
        (_("派遣先の名称"), party_of(placement.host)),
        (_("就業の場所"), f"{posting.establishment} {posting.establishment.address} {posting.place}".strip()),
        (_("組織単位"), noted.host.unit if noted.host else UNTOLD),
        (_("業務の種類"), posting.work),
        (_("責任の程度"), noted.host.duty if noted.host else UNTOLD),
        (_("始業・終業の時刻と休憩"), f"{posting.hours}（{_('休憩')} {posting.breaks}）"),
        (_("時間外労働"), posting.overtime),
        (_("派遣元責任者"), officer_of(noted.agency)),
        (_("派遣先責任者"), officer_of(noted.host)),
        (_("雇用安定措置"), noted.agency.stability if noted.agency else UNTOLD),
        (_("教育訓練・キャリアコンサルティング"), noted.agency.training if noted.agency else UNTOLD),
        (_("社会保険・雇用保険"), insurance_of(placement)),
    ]


def is_sixty_at_start(placement: Placement) -> bool:
    assert placement.starts_on is not None
    return is_elder(placement.seeker.age_on(placement.starts_on), on=placement.starts_on)


def exception_of(placement: Placement, noted: LedgerNote | None) -> str:
    """労働者派遣法40条の2第1項1号・2号: the bar of three years is not for whom the agency employs without a term, nor from
    60 on. Left to a pen where the agency has not said how it employs."""
    found = [_("60歳以上")] if is_sixty_at_start(placement) else []
    if noted and noted.term_kind == TermKind.INDEFINITE:
        found.append(_("無期雇用"))
    if found:
        return _("該当（%(why)s）") % {"why": "・".join(found)}
    if noted is None or placement.bar_on is None:
        return UNTOLD
    return _("該当なし（抵触日 %(day)s）") % {"day": day_words(placement.bar_on)}


def licence_of(placement: Placement) -> str:
    numbers = placement.agency.licences.filter(kind=LicenceKind.DISPATCH).values_list("number", flat=True)
    return "、".join(dict.fromkeys(numbers)) or UNTOLD


def officer_of(note: LedgerNote | None) -> str:
    return " ".join(part for part in (note.officer, note.phone) if part) if note else UNTOLD


def insurance_of(placement: Placement) -> str:
    assert placement.posting is not None
    terms = placement.terms.last()
    if terms is None:
        return placement.posting.insurance
    told = (
        _("健康保険・厚生年金は%(day)sから加入") % {"day": day_words(terms.insured_from)}
        if terms.insured_from
        else _("健康保険・厚生年金はこの期間は適用除外")
    )
    return f"{placement.posting.insurance}（{told}）"


def perm_lines(placement: Placement) -> list[Row]:
    """How the worker was chosen, what was referred, and what became of it; nothing of an intent before both are in."""
    if not placement.may_be_interviewed:
        return [(_("紹介予定派遣"), _("該当しない"))]
    seen = [
        _("%(kind)s %(day)s") % {"kind": one.get_kind_display(), "day": day_words(one.held_on)}
        for proposal in placement.proposals.prefetch_related("viewings")
        for one in proposal.viewings.all()
    ]
    return [
        (_("紹介予定派遣である旨"), _("該当する")),
        (_("特定する行為（方法と日）"), "、".join(seen) or _("行っていない")),
        (_("採否の結果"), result_of(placement)),
        (_("紹介を希望しない理由"), host_no_of(placement) or _("該当なし")),
    ]


def result_of(placement: Placement) -> str:
    if placement.state in HIRED and placement.hired_on:
        return _("%(day)sに雇入れ") % {"day": day_words(placement.hired_on)}
    return {
        PlacementState.OFFERED: _("採用条件を明示"),
        PlacementState.HOST_DECLINED: _("派遣先が希望しない"),
        PlacementState.WORKER_DECLINED: _("本人が希望しない"),
        PlacementState.TERMINATED: _("途中で終了"),
    }.get(PlacementState(placement.state), _("まだ決まっていない"))


def days_of(placement: Placement) -> SectionFacts:
    """Every month there is, day by day, as the host approved it."""
    rows: list[DayRow] = []
    known = {one.first: one for one in placement.months.all()}
    for first in months_of(placement):
        if month := known.get(first):
            month.placement = placement
            rows += [row for row in rows_of(month) if row.entry and not row.entry.is_open]
    sums = sums_of(rows)
    total = [
        _("計"),
        _("%(n)s日") % {"n": sums.days},
        "",
        "",
        "",
        minutes_words(sums.minutes),
        minutes_words(sums.overtime),
        "",
    ]
    return table(_("就業した日ごとの始業・終業・休憩"), COLUMNS, [approved(row) for row in rows], sums=total)


def approved(row: DayRow) -> list[str]:
    line = day_line(row)
    mark = line[-1] or ("" if row.is_approved else _("未承認"))
    return [*line[:-1], mark]


def complaints_of(placement: Placement) -> SectionFacts:
    found = placement.complaints.prefetch_related("answers")
    rows = [
        [
            day_words(one.raised_on),
            one.content,
            "\n".join(
                f"{answer.get_side_display()} {day_words(answer.answered_on)} {answer.words}"
                for answer in one.answers.all()
            ),
        ]
        for one in found
    ]
    return table(_("苦情の申出と処理"), (_("申出の日"), _("内容"), _("処理の状況")), rows)


def timesheet(placement: Placement, on: date) -> SheetFacts:
    """Every day as it was told and approved, for all three."""
    host = placement.host
    assert host is not None
    return sheet(
        _("タイムシート"),
        to=party_of(placement.agency),
        sender=f"{placement.person.full_name}\n{host.name}",
        on=on,
        law="労働基準法108条; 労働者派遣法42条3項",
        sections=[
            lines(_("対象"), [(_("氏名"), placement.person.full_name), (_("期間"), term_of(placement))]),
            days_of(placement),
        ],
        notes=[_("「未承認」は、受入企業がまだ承認していない日です。")],
    )


def complaint_sheet(placement: Placement, on: date) -> SheetFacts:
    return sheet(
        _("苦情処理票"),
        to=_("派遣先責任者・派遣元責任者"),
        sender=party_of(placement.agency),
        on=on,
        law="労働者派遣法40条1項・36条3号; 派遣先指針 第2の7",
        sections=[
            lines(_("対象"), [(_("氏名"), placement.person.full_name), (_("受入企業"), str(placement.host))]),
            complaints_of(placement),
        ],
    )
