"""The second factor of a person: put onto another phone by themselves, taken away by the ward for who has lost it."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.models import Person
from firms.post.notify import notify
from firms.words.saying import said as _


@transaction.atomic
def replace_totp(person: Person, secret: str, *, by: Acting) -> None:
    """The old phone opens nothing from here on, nor do the recovery codes that were made for it."""
    factors_of(person).delete()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    record(person, "second_factor.replace", by=by, concerns=by.organisation_id or None)


@transaction.atomic
def reset_second_factor(email: str, *, reason: str, by: Acting) -> Person:
    """Who has lost phone and recovery codes signs in with the password, and where the role asks for it sets up a new one.

    The letter goes to the person: should somebody else have asked, they learn of it.
    """
    person = Person.objects.filter(email__iexact=email).first()
    if person is None or not factors_of(person).exists():
        raise Refused(
            _("このメールアドレスで二段階認証を使っている人はいません。本人に確かめて入力し直してください。"),
            field="email",
        )
    if person == by.person:
        raise Refused(
            _("自分の二段階認証は、ここでは解除できません。「二段階認証」の画面から登録し直してください。"),
            field="email",
        )
    factors_of(person).delete()
    first = person.memberships.on(by.today).order_by("started_on", "pk").first()
    record(person, "second_factor.reset", by=by, concerns=first.organisation_id if first else None, reason=reason)
    notify(
        person,
        subject=_("二段階認証が解除されました"),
        body=_(
            "%(who)sが、あなたの二段階認証を解除しました。\n理由: %(reason)s\n\n"
            "パスワードでログインし、新しいスマートフォンの認証アプリを登録してください。"
            "頼んだ覚えがないときは、すぐにパスワードを変更し、区の担当へ連絡してください。"
        )
        % {"who": by.organisation or by.person.full_name, "reason": reason},
        path=reverse("mfa_index"),
    )
    return person


def factors_of(person: Person) -> QuerySet[Authenticator]:
    """Under the person's lock."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=person)
    return found
