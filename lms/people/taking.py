"""Registering what a table asks for: looked at with the rules of registering, written whole, and taken back whole."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import ProtectedError

from firms.acting import Acting
from firms.actions.invitations import withdraw_invitation
from firms.actions.people import lock, start_employment
from firms.errors import Refused
from firms.journal import record
from firms.models import Employment, Invitation, Person, StoredFile
from firms.states import InvitationState
from firms.words.saying import said as _
from lms.people.keeping import PEOPLE, record_taken
from lms.people.sheets import Wish


class LookedAt(Exception):
    """Takes back what was written only to be looked at."""


def look(wishes: Sequence[Wish], *, by: Acting) -> None:
    """Gives each row the refusal that registering it would meet; nothing is written."""
    try:
        with transaction.atomic():
            for wish in wishes:
                try:
                    register(wish, by=by)
                except Refused as refused:
                    wish.problem = refused.sentence
            raise LookedAt
    except LookedAt:
        return


def register(wish: Wish, *, by: Acting) -> Employment | None:
    """None where the row has a problem of its own."""
    if wish.problem:
        return None
    with transaction.atomic():
        refuse_known(wish)
        return start_employment(by=by, **wish.fields)


def refuse_known(wish: Wish) -> None:
    """Typed one by one this is seen on the page; a table handed in twice would double everybody."""
    names = {f"person__{name}": value for name, value in wish.fields["names"].items()}
    if Employment.objects.filter(establishment=wish.fields["establishment"], ended_on=None, **names).exists():
        raise Refused(
            _("同じ氏名とフリガナの従業員が、この事業所にすでにいます。別の人なら、1人ずつ登録してください。")
        )


@transaction.atomic
def take_in(wishes: Sequence[Wish], stored: StoredFile, *, by: Acting) -> list[Employment]:
    """Every row without a problem, or nobody: what changed since it was looked at refuses the whole."""
    made = [one for wish in wishes if (one := register(wish, by=by))]
    record_taken(stored, len(made), verb=PEOPLE.taken, by=by)
    return made


@transaction.atomic
def take_back(ids: Sequence[int], *, by: Acting) -> int:
    """Everybody one table brought in, as long as nothing has been done with any of them."""
    rows = Employment.objects.filter(pk__in=ids, establishment__organisation=by.organisation_id)
    held = list(rows.select_related("person", "establishment"))
    if not held:
        raise Refused(_("取り消せる登録がありません。"))
    lock(held[0].establishment)
    for row in held:
        take_one_back(row, by=by)
    record(held[0].establishment, "people.take_back", by=by, concerns=by.organisation_id, number_of_people=len(held))
    return len(held)


def take_one_back(row: Employment, *, by: Acting) -> None:
    person, establishment = row.person, row.establishment
    for invitation in Invitation.objects.filter(person=person):
        if invitation.state == InvitationState.OPEN:
            withdraw_invitation(invitation, by=by)
    if person.email:
        raise refused_for(person)
    Invitation.objects.filter(person=person).update(person=None)
    try:
        row.delete()
        person.delete()
    except ProtectedError:
        raise refused_for(person) from None
    record(establishment, "people.remove", by=by, concerns=establishment.organisation_id, who=person.full_name)


def refused_for(person: Person) -> Refused:
    return Refused(
        _(
            "%(name)sさんは、もう受講の申込みやログインに使われているため、まとめて取り消せません。1人ずつ訂正してください。"
        )
        % {"name": person.full_name}
    )
