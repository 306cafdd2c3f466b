"""People of the demo stay in the demo."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from firms.actions.organisations import create_organisation
from firms.models import Organisation
from firms.web.accounts import VariedPasswordValidator
from tests.factories import PersonFactory
from tests.firms.test_middleware import sign_in, with_password


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
