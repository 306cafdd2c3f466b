"""The ward's officers are told what waits for them."""

from django.db.models import QuerySet

from courses.actions.telling import tell
from firms.acting import Acting
from firms.models import Membership, Organisation, Person
from firms.models.organisations import Kind, Role


def officers_of(ward: Organisation, *, by: Acting) -> QuerySet[Person]:
    held = Membership.objects.on(by.today).filter(organisation=ward, role=Role.OFFICER)
    return Person.objects.filter(pk__in=held.values("person")).exclude(pk=by.person.pk)


def tell_officers(*, subject: str, body: str, by: Acting, path: str) -> None:
    """Every officer but the one who did it."""
    for ward in Organisation.objects.of_kind(Kind.WARD):
        tell(officers_of(ward, by=by), subject=subject, body=body, path=path, organisation=ward)
