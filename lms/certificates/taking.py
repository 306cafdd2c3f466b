"""Recording what a table asks for: looked at by the rules of each certificate's day, written whole, and taken back whole."""

from collections.abc import Sequence

from django.db import transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.models import Person, StoredFile
from firms.words.saying import said as _
from lms.people.keeping import CERTIFICATES, record_taken
from lms.people.sheets import Wish
from lms.people.taking import LookedAt
from mentors.actions.certifying.recording import record_certificate
from mentors.models import Certification

OWN = ("names", "email")
People = dict[tuple[str, ...], Person]


def look(wishes: Sequence[Wish], *, by: Acting) -> None:
    """Gives each row the refusal that recording it would meet; nothing is written."""
    people: People = {}
    try:
        with transaction.atomic():
            for wish in wishes:
                try:
                    take(wish, people, by=by)
                except Refused as refused:
                    wish.problem = refused.sentence
            raise LookedAt
    except LookedAt:
        return


def take(wish: Wish, people: People, *, by: Acting) -> Certification | None:
    """None where the row has a problem of its own."""
    if wish.problem:
        return None
    assert by.organisation
    facts = {name: value for name, value in wish.fields.items() if name not in OWN}
    with transaction.atomic():
        person = person_of(wish, people)
        made = record_certificate(ward=by.organisation, person=person, by=by, **facts)
    people[key_of(wish)] = person
    return made


def key_of(wish: Wish) -> tuple[str, ...]:
    return (*wish.fields["names"].values(), wish.fields["email"])


def person_of(wish: Wish, people: People) -> Person:
    """Somebody new without a login, whoever has the same name: nobody is taken for another. In one table the same name,
    reading and address are one person with several occupations.
    """
    if known := people.get(key_of(wish)):
        return known
    email = wish.fields["email"]
    if email and Person.objects.filter(email__iexact=email).exists():
        raise Refused(
            _("このメールアドレスでは取り込めません。空欄にして取り込み、本人には登録の案内を別に送ってください。")
        )
    return Person.objects.create_user(email or None, **wish.fields["names"])


@transaction.atomic
def take_in(wishes: Sequence[Wish], stored: StoredFile, *, by: Acting) -> list[Certification]:
    """Every row without a problem, or none: what changed since it was looked at refuses the whole."""
    people: People = {}
    made = [one for wish in wishes if (one := take(wish, people, by=by))]
    record_taken(stored, len(made), verb=CERTIFICATES.taken, by=by)
    return made
