"""The first organisation of a real site and its first person, whom nobody could have invited."""

from datetime import date

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from firms.errors import Refused
from firms.journal import record
from firms.models import Membership, Organisation, Person
from firms.models.organisations import Kind, Role
from firms.words.saying import said as _


@transaction.atomic
def found_ward(name: str, *, email: str, family_name: str, given_name: str, on: date) -> Person:
    """Register the ward and its first officer, who has no password yet; everyone after them is invited."""
    if Person.objects.filter(email__iexact=email).exists():
        raise Refused(_("このメールアドレスの利用者はすでに登録されています。別のアドレスを指定してください。"))
    if Organisation.objects.filter(kind=Kind.WARD, is_fictional=False).exists():
        raise Refused(_("区はすでに登録されています。職員は、区の所属の画面から招待してください。"))
    if Organisation.objects.filter(is_fictional=True).exists():
        raise Refused(_("デモのデータがあるデータベースでは始められません。空のデータベースを指定してください。"))
    ward = Organisation.objects.create(kind=Kind.WARD, name=name)
    officer = Person.objects.create_user(email, None, family_name=family_name, given_name=given_name)
    EmailAddress.objects.create(user=officer, email=officer.email, verified=True, primary=True)
    Membership.objects.create(person=officer, organisation=ward, role=Role.OFFICER, started_on=on)
    record(ward, "organisation.create", by=None, concerns=ward)
    return officer


def first_password_link(person: Person) -> str:
    """Where the person chooses a password; good once, as long as a forgotten password's link is."""
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return f"{settings.SITE_URL}{reverse('account_reset_password_from_key', kwargs=key)}"
