"""A request: made, and its learners named."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from firms.acting import Acting
from firms.actions.registered import refuse_deregistered
from firms.errors import Refused
from firms.journal import record
from firms.models import Organisation
from firms.words.saying import said as _
from mentors import occupations
from mentors.models import Learner, MentoringRequest

MOST_LEARNERS = 30


def locked(request: MentoringRequest) -> MentoringRequest:
    rows = MentoringRequest.objects.select_for_update(of=("self",)).select_related(
        "host", "ward", "certification__person"
    )
    return rows.get(pk=request.pk)


@transaction.atomic
def ask(*, host: Organisation, ward: Organisation, by: Acting, **facts: Any) -> MentoringRequest:
    refuse_deregistered(host, on=by.today)
    if occupations.occupation(facts["occupation"]) is None:
        raise Refused(_("職種を一覧から選んでください。"), field="occupation")
    if facts["wanted_on"] <= by.today:
        raise Refused(_("始めたい日は、明日からの日にしてください。"), field="wanted_on")
    request = MentoringRequest.objects.create(host=host, ward=ward, asked_by=by.person, **facts)
    record(request, "request.ask", by=by, concerns=host)
    return request


@transaction.atomic
def name_learner(request: MentoringRequest, *, by: Acting, **facts: Any) -> Learner:
    """Until the first session begins: who was taught is then a matter of record."""
    request = locked(request)
    refuse_begun(request)
    if request.learners.count() >= MOST_LEARNERS:
        raise Refused(_("受講者は%(n)s人までです。") % {"n": MOST_LEARNERS})
    try:
        with transaction.atomic():
            learner = Learner.objects.create(request=request, **facts)
    except IntegrityError:
        raise Refused(_("同じ氏名の受講者が、すでに名簿にあります。"), field="name") from None
    record(request, "request.name_learner", by=by, concerns=request.host, who=learner.name)
    return learner


@transaction.atomic
def remove_learner(learner: Learner, *, by: Acting) -> None:
    request = locked(learner.request)
    refuse_begun(request)
    record(request, "request.remove_learner", by=by, concerns=request.host, who=learner.name)
    learner.delete()


def refuse_begun(request: MentoringRequest) -> None:
    if request.sessions.standing().filter(starts_at__lte=timezone.now()).exists():
        raise Refused(
            _(
                "最初の実技指導が始まったため、受講者の名簿は変えられません。新しい人のためには、あらためて依頼してください。"
            )
        )
