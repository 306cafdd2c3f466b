"""A mandate that ended leaves the firm with its cases and papers that name the office: told once to those who lead it."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from firms.journal import record
from firms.models import JournalEntry, Mandate
from firms.post.notify import notify
from firms.queries import leaders_of
from firms.states import MandateState
from firms.words.saying import said as _
from grants.models import GrantCase
from grants.states import ENDED

VERB = "papers.orphan"
# Our own habit: what ended longer ago was settled otherwise.
LOOK_BACK = timedelta(days=30)


def ended_mandates(today: date) -> QuerySet[Mandate]:
    """Revoked, or past their last day, lately, and nobody told yet."""
    told = JournalEntry.objects.filter(subject_type=Mandate._meta.label_lower, subject_id=OuterRef("pk"), verb=VERB)
    revoked = Q(state=MandateState.REVOKED, accepted_at__isnull=False, ended_at__gt=timezone.now() - LOOK_BACK)
    over = Q(state=MandateState.ACTIVE, ends_on__lt=today, ends_on__gt=today - LOOK_BACK)
    return Mandate.objects.filter(revoked | over).exclude(Exists(told)).select_related("firm", "office")


@transaction.atomic
def tell_ended(mandate: Mandate, *, today: date) -> bool:
    """One letter to each who leads the firm, with the cases that go on without the office."""
    mandate = Mandate.objects.select_for_update(of=("self",)).select_related("firm", "office").get(pk=mandate.pk)
    running = GrantCase.objects.filter(establishment__organisation=mandate.firm_id).exclude(state__in=ENDED)
    cases = list(
        running.select_related(
            "establishment__organisation", "run__course", "conversion__person", "subscription"
        ).order_by("pk")
    )
    cases = [one for one in cases if one.scope in mandate.scopes]
    if not cases:
        return False
    if JournalEntry.objects.about(mandate).filter(verb=VERB).exists():
        return False
    record(mandate, VERB, by=None, concerns=mandate.firm_id)
    text = _(
        "%(office)sとの委任が終わりました。次の助成金案件は、これから貴社が進めます。\n\n%(cases)s\n\n"
        "まだ提出していない様式にはこの事務所の名前が印刷されています。案件の画面で確定し直してから、様式をつくり直してください。"
    )
    for person in leaders_of(mandate.firm_id, on=today):
        notify(
            person,
            subject=_("委任が終わった後の助成金案件（%(n)s件）") % {"n": len(cases)},
            body=text
            % {
                "office": mandate.office,
                "cases": "\n".join(f"{one.number} {one.title}（{one.get_state_display()}）" for one in cases),
            },
            path=reverse("grants:cases"),
            organisation=mandate.firm,
        )
    return True
