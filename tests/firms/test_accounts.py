"""People of the demo stay in the demo."""

import pytest
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from firms.actions.organisations import create_organisation
from firms.models import Organisation
from firms.web.accounts import VariedPasswordValidator
from tests.factories import PersonFactory
from tests.firms.test_middleware import sign_in, with_password

OURS = "firms.web.accounts.PasswordHasher"
OF_OLD = "django.contrib.auth.hashers.PBKDF2PasswordHasher"


def test_passwords_are_hashed_as_owasp_asks_for(settings):
    settings.PASSWORD_HASHERS = [OURS, OF_OLD]

    assert make_password("word").startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_hash_of_old_is_made_anew_at_sign_in(manager, settings):
    settings.PASSWORD_HASHERS = [OF_OLD]
    with_password(manager)
    settings.PASSWORD_HASHERS = [OURS, OF_OLD]

    sign_in(manager)

    manager.person.refresh_from_db()
    assert manager.person.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert sign_in(manager)[1].status_code == 302


def test_a_wrong_password_leaves_a_hash_of_old(manager, settings):
    settings.PASSWORD_HASHERS = [OF_OLD]
    person = with_password(manager).person
    settings.PASSWORD_HASHERS = [OURS, OF_OLD]

    assert not person.check_password("another")
    person.refresh_from_db()
    assert person.password.startswith("pbkdf2_sha256$")


def test_outside_the_demo_invented_people_cannot_sign_in(manager, settings):
    settings.DEMO = False

    client, answer = sign_in(with_password(manager))

    assert answer.headers["Location"] == reverse("account_inactive")
    assert client.get(reverse("firms:people")).status_code == 302


def test_outside_the_demo_invented_people_do_not_stay_signed_in(manager, settings):
    client, _answer = sign_in(with_password(manager))
    settings.DEMO = False

    assert client.get(reverse("firms:people")).headers["Location"].startswith(reverse("account_login"))


def test_outside_the_demo_real_people_sign_in(manager, settings):
    settings.DEMO = False
    Organisation.objects.update(is_fictional=False)

    client, _answer = sign_in(with_password(manager))

    assert client.get(reverse("firms:people")).status_code == 200


def test_outside_the_demo_one_who_belongs_to_nobody_may_sign_in(db, settings, client):
    settings.DEMO = False
    client.force_login(PersonFactory())

    assert client.get(reverse("firms:organisation")).status_code == 200


@pytest.mark.parametrize("is_fictional", [True, False])
def test_what_an_invented_ward_registers_is_invented(is_fictional, officer, ward):
    ward.is_fictional = is_fictional

    made = create_organisation(by=officer.acting(), kind="firm", name="（架空）新規工業")

    assert made.is_fictional is is_fictional


@pytest.mark.parametrize(
    "typed", ["ああああああああ", "あああああああア", "abababab", "12341234", "98765432", "あぃいぅうぇえぉ"]
)
def test_a_password_without_variety_is_none(typed):
    with pytest.raises(ValidationError, match="同じ文字のくり返し"):
        VariedPasswordValidator().validate(typed)


@pytest.mark.parametrize("typed", ["takumi-demo", "とても長い合言葉-2026", "aabbccdde"])
def test_a_password_of_five_letters_and_more_is_one(typed):
    assert VariedPasswordValidator().validate(typed) is None
