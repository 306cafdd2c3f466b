"""Where a subscription can be told, and who can stand on its list."""

from django.db.models import Q, QuerySet

from firms.acting import Acting
from firms.models import Establishment, Person
from firms.models.mandates import Scope
from firms.models.organisations import Kind
from grants.models import GrantCase


def places_for_subscriptions(acting: Acting) -> QuerySet[Establishment]:
    """Of the firm itself, or of the clients whose mandate covers the grants for trainings."""
    if acting.kind == Kind.OFFICE:
        firms = set(acting.clients_for(Scope.TRAINING_GRANTS))
    else:
        firms = {acting.organisation_id} if acting.organisation_id else set()
    found = Establishment.objects.filter(organisation__in=firms)
    return found.select_related("organisation").order_by("organisation", "pk")


def people_for(case: GrantCase) -> QuerySet[Person]:
    """Who works at the establishment in the time of the contract, and whoever stands on the list already."""
    assert case.subscription
    works = Q(
        employments__establishment=case.establishment_id, employments__started_on__lte=case.subscription.contract_to
    )
    works &= Q(employments__ended_on=None) | Q(employments__ended_on__gte=case.subscription.contract_from)
    listed = Q(pk__in=case.subscription.people.values("person"))
    return Person.objects.filter(works | listed).distinct().order_by("family_kana", "given_kana", "pk")
