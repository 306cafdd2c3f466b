"""Recording minutes missed for a reason the rules forgive, and taking a mistake back."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from courses.models import Enrolment
from firms.acting import Acting
from firms.actions.evidence import hand_in
from firms.errors import Refused
from firms.journal import record
from firms.words.amounts import minutes_words
from firms.words.saying import said as _
from grants.actions.locking import locked, refuse_ended
from grants.actions.statements import refuse_after_claim
from grants.facts import enrolments_of
from grants.models import Excuse, GrantCase
from grants.time.learning import is_online

EVIDENCE_KIND = "excuse"


@transaction.atomic
def add_excuse(
    case: GrantCase, enrolment: Enrolment, *, minutes: int, reason: str, upload: UploadedFile, by: Acting
) -> Excuse:
    """The same minutes of the same person for the same reason under the same proof, sent twice, are one; another day
    in bed has a proof of its own."""
    case = locked(case)
    refuse_ended(case)
    refuse_after_claim(case)
    if is_online(case.run):
        raise Refused(_("eラーニングと通信制は期間内の修了が要件で、欠席を補うことはできません（要領0407ロ）。"))
    if enrolment not in enrolments_of(case.run, case.establishment):
        raise Refused(_("この案件の受講者を選んでください。"), field="enrolment")
    proof = hand_in(upload, owner=case.establishment.organisation, kind=EVIDENCE_KIND, by=by)
    known = {"enrolment": enrolment, "minutes": minutes, "reason": reason, "evidence": proof}
    if held := case.excuses.filter(**known, voids=None, voided_by=None).first():
        return held
    excuse = Excuse.objects.create(case=case, **known, recorded_by=by.person)
    told = {
        "change": f"{enrolment.person.full_name} {minutes_words(minutes)}",
        "reason": str(excuse.get_reason_display()),
    }
    record(case, "excuse.add", by=by, concerns=case.firm_id, **told)
    return excuse


@transaction.atomic
def void_excuse(excuse: Excuse, *, by: Acting) -> Excuse:
    case = locked(excuse.case)
    refuse_ended(case)
    refuse_after_claim(case)
    if excuse.voids_id or Excuse.objects.filter(voids=excuse).exists():
        raise Refused(_("この記録はすでに取り消されています。"))
    void = Excuse.objects.create(
        case=case,
        enrolment=excuse.enrolment,
        minutes=excuse.minutes,
        reason=excuse.reason,
        evidence=excuse.evidence,
        voids=excuse,
        recorded_by=by.person,
    )
    record(
        case,
        "excuse.void",
        by=by,
        concerns=case.firm_id,
        change=f"{excuse.enrolment.person.full_name} {minutes_words(excuse.minutes)}",
    )
    return void
