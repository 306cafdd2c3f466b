"""Records that change after a claim was frozen: told to those who answer for it, never written into the claim."""

from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.models import AttendanceMark, LearningEvent
from firms.journal import record
from firms.models import JournalEntry
from firms.notify import notify
from firms.queries import today
from grants.actions.deadlines import people_to_remind
from grants.actions.locking import locked
from grants.claim_page import late_records
from grants.facts import digest
from grants.models import Claim, GrantCase
from grants.states import AFTER_FREEZE

VERB = "claim.late"


def to_look_at() -> models.QuerySet[GrantCase]:
    """Cases with minutes or learning of their own people that were recorded after the newest claim was frozen."""
    own = {"enrolment__employment__establishment": OuterRef("establishment"), "enrolment__run": OuterRef("run")}
    marks = AttendanceMark.objects.filter(**own, recorded_at__gt=OuterRef("frozen_at"))
    events = LearningEvent.objects.filter(**own, at__gt=OuterRef("frozen_at"))
    newest = Claim.objects.filter(case=OuterRef("pk")).order_by("-number").values("frozen_at")[:1]
    found = GrantCase.objects.filter(state__in=AFTER_FREEZE).annotate(frozen_at=Subquery(newest))
    return found.filter(Exists(marks) | Exists(events))


@transaction.atomic
def tell_late_records(case: GrantCase) -> bool:
    """Once for each state of the records: the journal keeps what was told, so a sweep may come as often as it likes."""
    case = locked(case)
    claim = case.claims.current_first().first()
    said = late_records(case, claim) if claim and case.state in AFTER_FREEZE else []
    mark = digest([claim.number if claim else 0, said])
    if not said or is_told(case, mark):
        return False
    record(case, VERB, by=None, concerns=case.firm_id, change="　".join(said), mark=mark)
    tell(case, said)
    return True


def is_told(case: GrantCase, mark: str) -> bool:
    return JournalEntry.objects.about(case).filter(verb=VERB, details__mark=mark).exists()


def tell(case: GrantCase, said: Iterable[str]) -> None:
    firm = case.establishment.organisation
    for person in people_to_remind(case, on=today()):
        notify(
            person,
            subject=_("支給申請のあとに記録が変わりました：%(case)s") % {"case": case},
            body=_("%(said)s\n\n確定した支給申請は変わっていません。案件の画面で確かめてください。")
            % {"said": "\n".join(said)},
            path=reverse("grants:case", args=[case.pk]),
            organisation=firm,
        )
