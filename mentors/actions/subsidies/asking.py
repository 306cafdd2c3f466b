"""What the firm does: writes, hands in, reports with its receipts, takes back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from firms.acting import Acting
from firms.actions.evidence import hand_in
from firms.errors import Refused
from firms.journal import move, record
from firms.models import Organisation
from firms.post.notify import notify
from firms.queries import leaders_of
from firms.rules.calendar import fiscal_year
from firms.states import EvidenceState
from firms.words.days import day_words
from firms.words.saying import said as _
from mentors.models import SkillManual, Subsidy, SubsidyPaper, SubsidyProof
from mentors.models.subsidies.subsidies import Aim, Form
from mentors.rules import support
from mentors.shapes import SUBSIDY_SHAPE, SubsidyFacts, WardFacts
from mentors.states import ManualState, SubsidyState

PROOF = "subsidy_proof"
MOST_PROOFS = 20


def locked(subsidy: Subsidy) -> Subsidy:
    rows = Subsidy.objects.select_for_update(of=("self",)).select_related("firm", "ward")
    return rows.get(pk=subsidy.pk)


@transaction.atomic
def begin_subsidy(*, firm: Organisation, ward: Organisation, aim: str, by: Acting, **facts: Any) -> Subsidy:
    """A draft of this fiscal year; one of each kind a year."""
    refuse_past(facts["finish_on"], by=by)
    try:
        with transaction.atomic():
            subsidy = Subsidy.objects.create(
                firm=firm, ward=ward, aim=aim, year=fiscal_year(by.today), made_by=by.person, **facts
            )
    except IntegrityError:
        raise Refused(
            _("この種類の助成は、今年度すでに申請しています。一覧から開いてください。"), field="aim"
        ) from None
    record(subsidy, "subsidy.begin", by=by, concerns=firm)
    return subsidy


def refuse_past(day: date, *, by: Acting) -> None:
    """What is paid is what comes after the decision, within the fiscal year."""
    if day < by.today:
        raise Refused(_("事業を終える予定の日は、今日からの日にしてください。"), field="finish_on")
    if fiscal_year(day) != fiscal_year(by.today):
        raise Refused(_("今年度のうちに終わる事業が対象です。終える予定の日を確かめてください。"), field="finish_on")


@transaction.atomic
def write_subsidy(subsidy: Subsidy, *, by: Acting, **facts: Any) -> None:
    subsidy = locked(subsidy)
    if subsidy.state != SubsidyState.DRAFT:
        raise Refused(_("申請したあとは直せません。直すときは、取り下げてから新しく申請してください。"))
    refuse_past(facts["finish_on"], by=by)
    Subsidy.objects.filter(pk=subsidy.pk).update(**facts)
    record(subsidy, "subsidy.write", by=by, concerns=subsidy.firm)


@transaction.atomic
def apply_subsidy(subsidy: Subsidy, *, by: Acting) -> None:
    """Under the ward's lock, which gives each its place in the order of arrival."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=subsidy.ward_id)
    subsidy = locked(subsidy)
    refuse_past(subsidy.finish_on, by=by)
    found = support(subsidy.aim, cost_yen=subsidy.cost_yen, on=by.today)
    if not found.yen:
        raise Refused(_("この経費では助成額が出ません。%(because)s") % {"because": found.because}, field="cost_yen")
    same = Subsidy.objects.filter(ward=subsidy.ward_id, aim=subsidy.aim, year=subsidy.year)
    order = (same.aggregate(last=Max("order"))["last"] or 0) + 1
    move(
        subsidy,
        SubsidyState.APPLIED,
        by=by,
        verb="subsidy.apply",
        concerns=subsidy.firm,
        told={"amount_yen": found.yen},
        order=order,
        asked_yen=found.yen,
        applied_at=timezone.now(),
    )
    issue(subsidy, Form.APPLICATION, because=found.because, source=found.source, on=by.today)
    subject = _("区の助成の申請が届きました: %(subsidy)s")
    tell(subsidy.ward_id, subsidy, subject, _("受付の順に、交付するかを決めてください。"), on=by.today)


def issue(
    subsidy: Subsidy, form: Form, *, because: str = "", source: str = "", is_late: bool = False, on: date
) -> SubsidyPaper:
    """The facts of this moment, from which the paper is printed ever after."""
    number = subsidy.papers.filter(form=form).count() + 1
    firm, ward = subsidy.firm, subsidy.ward
    facts: SubsidyFacts = {
        "shape": SUBSIDY_SHAPE,
        "aim": str(Aim(subsidy.aim).label),
        "title": subsidy.title,
        "plan": subsidy.plan,
        "year": subsidy.year,
        "order": subsidy.order,
        "cost_yen": subsidy.cost_yen,
        "asked_yen": subsidy.asked_yen,
        "decided_yen": subsidy.decided_yen,
        "spent_yen": subsidy.spent_yen,
        "fixed_yen": subsidy.fixed_yen,
        "finish_on": subsidy.finish_on.isoformat(),
        "finished_on": subsidy.finished_on.isoformat() if subsidy.finished_on else "",
        "report_by": subsidy.report_by.isoformat() if subsidy.report_by else "",
        "result": subsidy.result,
        "manuals": list(subsidy.manuals.order_by("pk").values_list("title", flat=True)),
        "firm": {"address": firm.address, **head_of(firm)},
        "ward": head_of(ward),
        "because": because,
        "source": source,
        "is_late": is_late,
    }
    return SubsidyPaper.objects.create(subsidy=subsidy, form=form, number=number, facts=facts, issued_on=on)


def head_of(organisation: Organisation) -> WardFacts:
    return {
        "name": organisation.name,
        "title": organisation.representative_title,
        "head": organisation.representative_name,
    }


def tell(organisation_id: int, subsidy: Subsidy, subject: str, body: str, *, on: date) -> None:
    for person in leaders_of(organisation_id, on=on):
        notify(
            person,
            subject=subject % {"subsidy": subsidy.title},
            body=body,
            path=reverse("mentors:subsidy", args=[subsidy.pk]),
        )


@transaction.atomic
def prove_subsidy(subsidy: Subsidy, upload: UploadedFile, *, by: Acting) -> SubsidyProof:
    """A receipt, kept as evidence of the ward; the same file again is once."""
    subsidy = locked(subsidy)
    if subsidy.state != SubsidyState.DECIDED:
        raise Refused(_("書類を付けられるのは、交付決定のあと、実績を報告するまでです。"))
    if subsidy.proofs.count() >= MOST_PROOFS:
        raise Refused(_("書類は%(n)s点までです。まとめて1つのPDFにしてください。") % {"n": MOST_PROOFS})
    evidence = hand_in(upload, owner=subsidy.ward, kind=PROOF, by=by)
    proof, is_new = SubsidyProof.objects.get_or_create(subsidy=subsidy, evidence=evidence)
    if is_new:
        record(subsidy, "subsidy.prove", by=by, concerns=subsidy.firm)
    return proof


@transaction.atomic
def report_subsidy(
    subsidy: Subsidy,
    *,
    finished_on: date,
    spent_yen: int,
    result: str,
    manuals: Sequence[SkillManual],
    by: Acting,
) -> None:
    """What was done and spent, with receipts; of an archive the manuals that stand published."""
    subsidy = locked(subsidy)
    if subsidy.decided_on and finished_on < subsidy.decided_on:
        raise Refused(_("交付決定の日より前に終わった事業は、対象になりません。"), field="finished_on")
    if finished_on > by.today:
        raise Refused(_("事業を終えた日は、今日までの日にしてください。"), field="finished_on")
    if not subsidy.proofs.exclude(evidence__state=EvidenceState.REJECTED).exists():
        raise Refused(_("領収書などの写しを、1点以上付けてください。"))
    refuse_unpublished(subsidy, manuals)
    subsidy.manuals.set(manuals)
    move(
        subsidy,
        SubsidyState.REPORTED,
        by=by,
        verb="subsidy.report",
        concerns=subsidy.firm,
        told={"amount_yen": spent_yen},
        finished_on=finished_on,
        spent_yen=spent_yen,
        result=result,
        reported_on=by.today,
        because="",
    )
    late = bool(subsidy.report_by and by.today > subsidy.report_by)
    issue(subsidy, Form.REPORT, is_late=late, on=by.today)
    subject = _("実績報告が届きました: %(subsidy)s")
    body = _("書類を確かめ、額を確定するか、差し戻してください。")
    if late:
        body = _("期限の%(day)sを過ぎています。") % {"day": day_words(subsidy.report_by or by.today)} + body
    tell(subsidy.ward_id, subsidy, subject, body, on=by.today)


def refuse_unpublished(subsidy: Subsidy, manuals: Sequence[SkillManual]) -> None:
    if subsidy.aim != Aim.ARCHIVE:
        return
    if not manuals:
        raise Refused(_("作った技能マニュアルを選んでください。公開中のものが1つ以上要ります。"), field="manuals")
    for manual in manuals:
        if not manual.versions.filter(state=ManualState.PUBLISHED).exists():
            raise Refused(
                _("「%(title)s」は公開されていません。公開してから報告してください。") % {"title": manual.title},
                field="manuals",
            )


@transaction.atomic
def withdraw_subsidy(subsidy: Subsidy, *, because: str, by: Acting) -> None:
    """Its place is free for the next."""
    subsidy = locked(subsidy)
    was_draft = subsidy.state == SubsidyState.DRAFT
    told = {"reason": because}
    move(
        subsidy,
        SubsidyState.WITHDRAWN,
        by=by,
        verb="subsidy.withdraw",
        concerns=subsidy.firm,
        told=told,
        because=because,
    )
    if not was_draft:
        tell(subsidy.ward_id, subsidy, _("区の助成が取り下げられました: %(subsidy)s"), because, on=by.today)
