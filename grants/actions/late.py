"""Records that change after a claim was frozen: told to those who answer for it, never written into the claim."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse

from firms.journal import record
from firms.models import JournalEntry
from firms.post.notify import notify
from firms.queries import today
from firms.words.saying import said as _
from grants.actions.locking import locked
from grants.actions.reminding import people_to_remind
from grants.claims.claim_page import late_records
from grants.facts import digest
from grants.models import GrantCase
from grants.states import AFTER_FREEZE

VERB = "claim.late"


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
