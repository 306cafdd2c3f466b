"""Asking for the papers of what was frozen last; the job makes them."""

from django.db import transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.models import Job
from firms.post.jobs import enqueue
from firms.words.saying import said as _
from grants.actions.locking import locked
from grants.models import Claim, GrantCase, PlanVersion

KIND = "grants.papers"


def frozen_last(case: GrantCase) -> PlanVersion | Claim | None:
    return case.claims.current_first().first() or case.plans.current_first().first()


def key_of(frozen: PlanVersion | Claim) -> str:
    return f"{KIND}:{frozen._meta.model_name}:{frozen.pk}"


@transaction.atomic
def ask_for_papers(case: GrantCase, *, by: Acting) -> Job:
    """Asking twice is asking once: the same frozen facts give the same papers."""
    case = locked(case)
    frozen = frozen_last(case)
    if frozen is None:
        raise Refused(_("計画が確定していないため、様式をつくれません。先に計画を確定してください。"))
    what = "claim" if isinstance(frozen, Claim) else "plan"
    known = Job.objects.filter(once_key=key_of(frozen)).exists()
    job = enqueue(KIND, {what: frozen.pk}, once_key=key_of(frozen))
    if not known:
        record(case, "papers.ask", by=by, concerns=case.firm_id, what=what, number=frozen.number)
    return job
