"""An application: begun, filled, given proofs, handed in, taken back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from firms.acting import Acting
from firms.actions.evidence import hand_in
from firms.actions.links import end_links
from firms.errors import Refused
from firms.journal import move, record
from firms.models import Organisation
from firms.post.notify import notify
from firms.queries import leaders_of
from firms.states import EvidenceState
from firms.words.saying import said as _
from mentors import occupations, places
from mentors.models import Application, CareerStretch, Proof
from mentors.models.certifying.applications import Designation
from mentors.queries.certifying import judged, unmet_words
from mentors.states import ApplicationState

PROOF = "mentor_proof"
MOST_PROOFS = 20


def locked(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("person", "ward")
    return rows.get(pk=application.pk)


@transaction.atomic
def begin_application(
    *, ward: Organisation, by: Acting, stretches: Sequence[dict[str, Any]], **facts: Any
) -> Application:
    """A draft nobody but the applicant sees."""
    check_facts(facts)
    try:
        with transaction.atomic():
            edition = occupations.current_edition().edition
            application = Application.objects.create(person=by.person, ward=ward, edition=edition, **facts)
    except IntegrityError:
        raise Refused(
            _("同じ種類と職種の申請が、すでにあります。前の申請を開いて続けるか、取り下げてください。"),
            field="occupation",
        ) from None
    write_stretches(application, stretches, by=by)
    record(application, "application.begin", by=by, concerns=ward)
    return application


@transaction.atomic
def edit_application(
    application: Application, *, by: Acting, stretches: Sequence[dict[str, Any]], **facts: Any
) -> None:
    """What a recommendation was given about may change until it is handed in; the desk compares them then."""
    application = locked(application)
    refuse_closed(application)
    check_facts(facts)
    for name, value in facts.items():
        setattr(application, name, value)
    try:
        with transaction.atomic():
            application.save(update_fields=list(facts))
    except IntegrityError:
        raise Refused(_("同じ種類と職種の申請が、ほかにあります。"), field="occupation") from None
    application.stretches.all().delete()
    write_stretches(application, stretches, by=by)
    record(application, "application.edit", by=by, concerns=application.ward)


def check_facts(facts: dict[str, Any]) -> None:
    if facts["designation"] == Designation.DX and not facts["dx_facts"]:
        raise Refused(_("+DXの認定には、DXで改善した実績を書いてください。"), field="dx_facts")
    if occupations.occupation(facts["occupation"]) is None:
        raise Refused(_("職種を一覧から選んでください。"), field="occupation")
    if facts.get("base") and places.place(facts["base"]) is None:
        raise Refused(_("お住まいか仕事場の区市を、一覧から選んでください。"), field="base")


def write_stretches(application: Application, stretches: Sequence[dict[str, Any]], *, by: Acting) -> None:
    for one in stretches:
        if one["first_on"] > by.today:
            raise Refused(_("経歴の最初の日は、今日までの日にしてください。"))
        if one["last_on"] and one["last_on"] < one["first_on"]:
            raise Refused(_("経歴の最後の日が、最初の日より前です。日付を確かめてください。"))
        CareerStretch.objects.create(application=application, **one)


def refuse_closed(application: Application) -> None:
    if not application.is_editable:
        raise Refused(_("提出した申請は直せません。直すところがあるときは、区に差戻しを頼んでください。"))


@transaction.atomic
def add_proof(application: Application, upload: UploadedFile, *, by: Acting) -> Proof:
    """Kept as evidence of the ward; the same file again is once."""
    application = locked(application)
    refuse_closed(application)
    if application.proofs.count() >= MOST_PROOFS:
        raise Refused(_("添付できる書類は%(n)s点までです。まとめて1つのPDFにしてください。") % {"n": MOST_PROOFS})
    evidence = hand_in(upload, owner=application.ward, kind=PROOF, by=by)
    proof, _is_new = Proof.objects.get_or_create(application=application, evidence=evidence)
    return proof


@transaction.atomic
def remove_proof(proof: Proof, *, by: Acting) -> None:
    """The file stays in store; it stands with the application no more."""
    application = locked(proof.application)
    refuse_closed(application)
    record(application, "application.remove_proof", by=by, concerns=application.ward, reason=str(proof))
    proof.delete()


@transaction.atomic
def submit_application(application: Application, *, by: Acting) -> None:
    """With the criteria met today, a proof, and somebody's recommendation."""
    application = locked(application)
    refuse_closed(application)
    refuse_unmet(application, on=by.today)
    refuse_without_papers(application)
    move(
        application,
        ApplicationState.SUBMITTED,
        by=by,
        verb="application.submit",
        concerns=application.ward,
        submitted_at=timezone.now(),
        because="",
    )
    tell_ward(application, on=by.today)


def refuse_unmet(application: Application, *, on: date) -> None:
    found = judged(application, on=on)
    if not found.eligible:
        raise Refused(" ".join([*unmet_words(found), found.because]))


def refuse_without_papers(application: Application) -> None:
    if not application.proofs.exclude(evidence__state=EvidenceState.REJECTED).exists():
        raise Refused(_("資格の証書などの写しを、1点以上添付してください。"))
    if not application.recommendations.exists():
        raise Refused(_("推薦がまだ届いていません。推薦をお願いする方に、リンクを送ってください。"))


def tell_ward(application: Application, *, on: date) -> None:
    for officer in leaders_of(application.ward_id, on=on):
        notify(
            officer,
            subject=_("マイスター認定の申請が届きました: %(name)s") % {"name": application.person.full_name},
            body=_("%(title)sの申請です。内容と書類を確かめ、審査会にかけるか、差し戻してください。")
            % {"title": application.title},
            path=reverse("mentors:application", args=[application.pk]),
            organisation=application.ward,
        )


@transaction.atomic
def withdraw_application(application: Application, *, by: Acting) -> None:
    application = locked(application)
    end_links(application, because=_("この申請は取り下げられたため、推薦は要らなくなりました。"), by=by)
    move(application, ApplicationState.WITHDRAWN, by=by, verb="application.withdraw", concerns=application.ward)
