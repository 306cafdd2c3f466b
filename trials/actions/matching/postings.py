"""A firm's posting: written, opened with every item the law asks for, closed."""

from typing import Any

from django.db import transaction

from firms.acting import Acting
from firms.actions.registered import refuse_deregistered
from firms.errors import Refused
from firms.journal import move, record
from firms.models import Establishment
from firms.words.saying import said as _
from trials.actions.guards import refuse_low_wage
from trials.actions.moving import quoted
from trials.models import Posting
from trials.states import PostingState

ITEMS = "職業安定法5条の3; 施行規則4条の2（令和6年4月1日施行）"


@transaction.atomic
def write_posting(establishment: Establishment, *, by: Acting, **told: Any) -> Posting:
    refuse_deregistered(establishment.organisation, on=by.today)
    posting = Posting.objects.create(establishment=establishment, **told)
    record(posting, "posting.write", by=by, concerns=establishment.organisation_id)
    return posting


@transaction.atomic
def edit_posting(posting: Posting, *, by: Acting, **told: Any) -> Posting:
    """A draft alone: what was put before people stays as they read it."""
    posting = lock(posting)
    if posting.state != PostingState.DRAFT:
        raise Refused(_("公開した求人は変更できません。募集を終えて、新しい求人を作ってください。"))
    for name, value in told.items():
        setattr(posting, name, value)
    posting.save()
    record(posting, "posting.edit", by=by, concerns=posting.establishment.organisation_id)
    return posting


def lock(posting: Posting) -> Posting:
    rows = Posting.objects.select_for_update(of=("self",)).select_related("establishment__organisation")
    return rows.get(pk=posting.pk)


@transaction.atomic
def open_posting(posting: Posting, *, by: Acting) -> None:
    posting = lock(posting)
    if posting.state == PostingState.OPEN:
        return
    refuse_deregistered(posting.establishment.organisation, on=by.today)
    if missing := posting.missing:
        raise Refused(quoted(_("次の項目がまだありません：%(items)s。") % {"items": "、".join(missing)}, ITEMS))
    refuse_low_wage(posting, hourly_yen=posting.hourly_yen, on=by.today)
    concerns = posting.establishment.organisation_id
    move(posting, PostingState.OPEN, by=by, verb="posting.open", concerns=concerns, opened_on=by.today)


@transaction.atomic
def close_posting(posting: Posting, *, by: Acting) -> None:
    posting = lock(posting)
    if posting.state != PostingState.CLOSED:
        concerns = posting.establishment.organisation_id
        move(posting, PostingState.CLOSED, by=by, verb="posting.close", concerns=concerns)
