"""Somebody without an employer gets a login: the ward sends a link, and whoever opens it proves the address."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from firms.acting import Acting
from firms.actions.links import Receiver, send_link
from firms.errors import Refused
from firms.journal import record
from firms.links.purposes import Guest
from firms.models import ActionLink, Organisation, Person
from firms.models.people import NAME_FIELDS
from firms.words.saying import said as _
from mentors.rules import link_term

JOIN = "mentors.join"


@transaction.atomic
def invite_craftsman(*, ward: Organisation, name: str, email: str, by: Acting) -> ActionLink:
    """Whether the address has an account is neither asked nor told; who opens the link learns it."""
    to = Receiver(name, "", email.lower())
    return send_link(ward, purpose=JOIN, to=to, term=link_term(by.today), owner=ward, by=by)


def join(guest: Guest, given: dict[str, Any]) -> None:
    """What pressing the button behind the link does: a person with a password, and no membership anywhere."""
    if not guest.is_the_receiver:
        raise Refused(_("登録は、案内が届いたご本人だけができます。"), field="position")
    email = guest.link.email
    known = Person.objects.filter(email__iexact=email).first()
    if known and (known.has_usable_password() or not known.is_active):
        raise Refused(_("このメールアドレスはすでに登録されています。ログインして「マイスター」から申請してください。"))
    person = known or Person(email=email)
    for name in NAME_FIELDS:
        setattr(person, name, given[name])
    person.set_password(given["password"])
    person.save()
    EmailAddress.objects.get_or_create(user=person, email=email, defaults={"verified": True, "primary": True})
    record(person, "person.join_as_craftsman", by=None, concerns=guest.link.owner_id, who=person.full_name)
