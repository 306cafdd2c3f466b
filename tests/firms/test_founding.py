"""A real site starts with its ward and one officer, and only once."""

import re
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from firms.actions.founding import found_ward
from firms.errors import Refused
from firms.models import Membership, Organisation
from tests.factories import OrganisationFactory

WHO = {"email": "hajime@ward.example", "family_name": "始", "given_name": "一"}


def found(**changes):
    return found_ward("東都区", **{**WHO, "on": date(2026, 11, 20), **changes})


def test_found_registers_the_ward_with_its_first_officer(db):
    officer = found()

    membership = Membership.objects.get()
    assert (membership.person, membership.role, membership.organisation.kind) == (officer, "officer", "ward")
    assert not membership.organisation.is_fictional
    assert not officer.has_usable_password()


def test_the_printed_link_lets_the_officer_choose_a_password(db, settings):
    settings.SITE_URL = "https://takumi.example"
    said = StringIO()
    call_command("found", ward="東都区", email=WHO["email"], family_name="始", given_name="一", stdout=said)
    path = re.search(r"https://takumi\.example(/\S+)", said.getvalue()).group(1)

    browser = Client()
    form = browser.get(path, follow=True)
    browser.post(form.redirect_chain[-1][0], {"password1": "kikai-2026-ota", "password2": "kikai-2026-ota"})

    assert Membership.objects.get().person.check_password("kikai-2026-ota")


@pytest.mark.parametrize(
    ("arrange", "sentence"),
    [
        (found, "このメールアドレス"),
        (lambda: found(email="other@ward.example"), "区はすでに"),
        (lambda: OrganisationFactory(is_fictional=True), "デモのデータ"),
    ],
    ids=["the address is known", "the ward is there", "the demo is loaded"],
)
def test_found_says_why_it_cannot_start(db, arrange, sentence):
    arrange()
    before = Organisation.objects.count()

    with pytest.raises(Refused, match=sentence):
        found()

    assert Organisation.objects.count() == before


def test_found_command_passes_the_sentence_on(db):
    found()

    with pytest.raises(CommandError, match="このメールアドレス"):
        call_command("found", ward="東都区", email=WHO["email"], family_name="始")
