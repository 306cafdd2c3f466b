"""Who can be converted, and the plans a conversion may rest on."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from firms.acting import Acting
from firms.models import Employment, Establishment, Organisation
from firms.models.mandates import Scope
from firms.models.organisations import Kind
from grants.models import CareerUpPlan, GrantCase
from grants.states import CaseState


def firms_for_conversions(acting: Acting) -> list[Organisation]:
    """The firm itself, or the clients whose mandate covers キャリアアップ助成金."""
    if acting.kind == Kind.OFFICE:
        return list(Organisation.objects.filter(pk__in=acting.clients_for(Scope.CAREER_UP)))
    return [acting.organisation] if acting.organisation else []


def workers_of(place: Establishment, *, on: date) -> QuerySet[Employment]:
    """Those who work there that day, and those whose hire is settled."""
    return Employment.objects.filter(not_over(on), establishment=place)


def not_over(on: date) -> Q:
    return Q(ended_on=None) | Q(ended_on__gte=on)


def convertible(firms: Sequence[Organisation], *, on: date) -> QuerySet[Employment]:
    """Of the firms one acts for, whoever works there now and has no case of a conversion."""
    held = GrantCase.objects.conversions().filter(
        conversion__person=OuterRef("person"), establishment=OuterRef("establishment")
    )
    found = Employment.objects.filter(
        not_over(on), establishment__organisation__in=[firm.pk for firm in firms]
    ).exclude(Exists(held.exclude(state=CaseState.DROPPED)))
    return found.select_related("person", "establishment__organisation").order_by(
        "establishment__organisation", "person__family_kana", "pk"
    )


def filed_plans(case: GrantCase) -> QuerySet[CareerUpPlan]:
    """Filed for its establishment, and not over by the day of the conversion."""
    found = CareerUpPlan.objects.filter(establishment=case.establishment_id, filed_on__isnull=False)
    if case.conversion and case.conversion.converted_on:
        found = found.filter(ends_on__gte=case.conversion.converted_on)
    return found
