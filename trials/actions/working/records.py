"""What is written beside the days: the ledgers' notes, papers printed, complaints and answers, accidents and what each side did."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.words.days import day_words
from firms.words.saying import said as _
from trials.actions.moving import locked, quoted
from trials.actions.telling import receivers, tell
from trials.models import (
    Accident,
    AccidentStep,
    AccidentWhat,
    Complaint,
    ComplaintAnswer,
    LedgerNote,
    Placement,
    TrialPaper,
)
from trials.papers.kinds import KINDS, made_of
from trials.papers.sheets import hash_of_facts
from trials.queries.records import shown
from trials.rules import electronic_filing
from trials.states import Party

COMPLAINTS = "労働者派遣法40条1項; 同法31条"
COPIES = "労働安全衛生規則97条; 労働者派遣法施行規則42条"


@transaction.atomic
def write_note(placement: Placement, *, side: Party, given: dict[str, Any], by: Acting) -> LedgerNote:
    """A further row; the same again is the newest."""
    placement = locked(placement)
    last = placement.ledger_notes.filter(side=side).order_by("number").last()
    if last and all(getattr(last, name) == value for name, value in given.items()):
        return last
    note = LedgerNote.objects.create(
        placement=placement, side=side, number=last.number + 1 if last else 1, written_by=by.person, **given
    )
    told: dict[str, Any] = {"side": str(side.label), "number": note.number}
    record(note, "ledgernote.write", by=by, concerns=placement.seeker.agency_id, **told)
    return note


@transaction.atomic
def issue(placement: Placement, *, kind: str, by: Acting) -> TrialPaper:
    """Made from the data as they stand. The same facts, but for the day of printing, are the version there is."""
    placement = locked(placement)
    known = KINDS[kind]
    if not known.stands(placement):
        raise Refused(_("「%(label)s」を作る事実がまだありません。") % {"label": known.label})
    facts = made_of(known, placement, by.today)
    last = placement.papers.filter(kind=kind).order_by("number").last()
    if last and {**last.lifted, "on": facts["on"]} == facts:
        return last
    paper = TrialPaper.objects.create(
        placement=placement,
        kind=kind,
        number=last.number + 1 if last else 1,
        facts=facts,
        sha256=hash_of_facts(facts),
        made_by=by.person,
    )
    record(paper, "trialpaper.issue", by=by, concerns=placement.seeker.agency_id, number=paper.number)
    subject = _("「%(label)s」が発行されました") % {"label": known.label}
    body = _("帳票を開き、読んでから「受け取った」を選んでください。")
    for party in known.takers:
        if by.person.pk not in {person.pk for person, _organisation in receivers(placement, party)}:
            tell(placement, party, subject=subject, body=body)
    return paper


@transaction.atomic
def raise_complaint(placement: Placement, *, side: Party, raised_on: date, content: str, by: Acting) -> Complaint:
    """Both 責任者 hear of it at once, whichever of them it was brought to; nobody may be treated worse for it."""
    placement = locked(placement)
    if placement.started_on is None or not placement.started_on <= raised_on <= by.today:
        raise Refused(_("申出の日は、就労を始めた日から今日までの日付にしてください。"), field="raised_on")
    complaint = Complaint.objects.create(
        placement=placement, side=side, raised_on=raised_on, content=content, written_by=by.person
    )
    record(complaint, "complaint.raise", by=by, concerns=placement.seeker.agency_id, side=str(side.label))
    tell(
        placement,
        Party.HOST,
        Party.AGENCY,
        subject=_("苦情の申出がありました"),
        body=_("内容を読み、派遣先責任者と派遣元責任者のそれぞれが対応を記録してください（根拠：%(source)s）。")
        % {"source": COMPLAINTS},
    )
    return complaint


@transaction.atomic
def answer_complaint(
    complaint: Complaint, *, side: Party, answered_on: date, words: str, by: Acting
) -> ComplaintAnswer:
    """By each side on its own; the trialist reads both."""
    placement = locked(complaint.placement)
    if not complaint.raised_on <= answered_on <= by.today:
        raise Refused(_("対応の日は、申出の日から今日までの日付にしてください。"), field="answered_on")
    answer = ComplaintAnswer.objects.create(
        complaint=complaint, side=side, answered_on=answered_on, words=words, written_by=by.person
    )
    record(complaint, "complaint.answer", by=by, concerns=placement.seeker.agency_id, side=str(side.label))
    other = Party.AGENCY if side == Party.HOST else Party.HOST
    body = _("%(side)sが対応を記録しました：%(words)s") % {"side": side.label, "words": words}
    tell(placement, Party.WORKER, other, subject=_("苦情への対応の記録"), body=body)
    return answer


@transaction.atomic
def report_accident(placement: Placement, *, given: dict[str, Any], by: Acting) -> Accident:
    """Both sides hear at once what each has to file and by when."""
    placement = locked(placement)
    happened_at: datetime = given["happened_at"]
    happened_on = timezone.localdate(happened_at)
    if placement.started_on is None or placement.last_on is None:
        raise Refused(_("トライアルが始まっていないため、災害は記録できません。"))
    if not placement.started_on <= happened_on <= placement.last_on or happened_at > timezone.now():
        raise Refused(_("発生の日時は、トライアルの期間の中の、すでに過ぎた日時にしてください。"), field="happened_at")
    accident = Accident.objects.create(placement=placement, written_by=by.person, **given)
    record(accident, "accident.report", by=by, concerns=placement.seeker.agency_id)
    tell_duties(accident, subject=_("災害の記録：両者の手続きがあります"))
    return accident


def tell_duties(accident: Accident, *, subject: str) -> None:
    found = shown(accident)
    report = found.report
    body = quoted(report.because + report.note, report.source)
    if source := electronic_filing(timezone.localdate(accident.happened_at)) if report.required else "":
        body += _("報告は電子申請で行います（%(source)s）。") % {"source": source}
    tell(accident.placement, Party.HOST, Party.AGENCY, subject=subject, body=body)


@transaction.atomic
def take_step(
    accident: Accident, *, side: Party, what: AccidentWhat, done_on: date, receipt: str = "", by: Acting
) -> AccidentStep:
    """What one side has done; the copy goes after the report it is a copy of. A second click finds it done."""
    placement = locked(accident.placement)
    found = shown(accident)
    duty = next((one for one in found.duties if (one.side, one.what) == (side, what)), None)
    if duty is None:
        raise Refused(_("この災害では、その手続きは要りません。"))
    if duty.done:
        return duty.done
    if not timezone.localdate(accident.happened_at) <= done_on <= by.today:
        raise Refused(_("行った日は、発生の日から今日までの日付にしてください。"), field="done_on")
    if what == AccidentWhat.COPIED and not any(
        one.what == AccidentWhat.FILED and one.side == Party.HOST and one.done for one in found.duties
    ):
        raise Refused(
            quoted(_("写しは、派遣先が死傷病報告を提出してから送ります。先に提出を記録してください。"), COPIES)
        )
    step = AccidentStep.objects.create(
        accident=accident, side=side, what=what, done_on=done_on, receipt=receipt, written_by=by.person
    )
    told = {"side": str(side.label), "receipt_number": receipt, "filed_on": done_on.isoformat()}
    record(accident, f"accident.{what.value}", by=by, concerns=placement.seeker.agency_id, **told)
    return step


@transaction.atomic
def change_days_off(accident: Accident, *, side: Party, days_off: int, by: Acting) -> None:
    """More or fewer days off than foreseen move the report between the quarter and without delay; both sides hear it."""
    placement = locked(accident.placement)
    if shown(accident).days_off == days_off:
        return
    AccidentStep.objects.create(
        accident=accident,
        side=side,
        what=AccidentWhat.DAYS_OFF,
        done_on=by.today,
        days_off=days_off,
        written_by=by.person,
    )
    told = {"reason": _("休業%(n)s日（%(day)s）") % {"n": days_off, "day": day_words(by.today)}}
    record(accident, "accident.days_off", by=by, concerns=placement.seeker.agency_id, **told)
    tell_duties(accident, subject=_("休業日数が変わりました"))
