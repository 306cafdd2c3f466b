"""A craftsman without an employer gets a login by the ward's link."""

import pytest
from django.urls import reverse

from firms.models import Membership, Person
from mentors.actions.certifying.joining import invite_craftsman
from tests.mentors.makers import act

NAMES = {"family_name": "山田", "given_name": "太郎", "family_kana": "ヤマダ", "given_kana": "タロウ"}
SECRET = {"password": "senban-46-nen", "password_again": "senban-46-nen"}


@pytest.fixture
def link(officer, ward):
    return invite_craftsman(ward=ward, name="山田 太郎", email="yamada@example.jp", by=officer.acting())


def test_whoever_opens_the_link_gets_a_login_and_no_membership(link, client):
    assert act(link, **NAMES, **SECRET).status_code == 302

    person = Person.objects.get(email="yamada@example.jp")
    assert (person.full_kana, person.check_password("senban-46-nen")) == ("ヤマダ タロウ", True)
    assert not Membership.objects.filter(person=person).exists()
    client.force_login(person)
    assert client.get("/").status_code == 200
    assert client.get(reverse("mentors:mine")).status_code == 200


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"password_again": "tigau-46-nen"}, "2つのパスワードが違います"),
        ({"password": "12345678", "password_again": "12345678"}, "パスワード"),
        ({"name": "別人 花子", "position": "代理"}, "ご本人だけができます"),
        ({"family_kana": "山田"}, "フリガナはカタカナで"),
    ],
)
def test_what_is_no_login_is_refused_with_a_sentence(given, sentence, link):
    answer = act(link, **{**NAMES, **SECRET, **given})

    assert sentence in answer.content.decode()
    assert not Person.objects.filter(email="yamada@example.jp").exists()


def test_an_account_that_is_there_is_not_taken_over(link, manager):
    manager.person.email = "yamada@example.jp"
    manager.person.set_password("mine")
    manager.person.save()

    answer = act(link, **NAMES, **SECRET)

    manager.person.refresh_from_db()
    assert "すでに登録されています" in answer.content.decode()
    assert manager.person.check_password("mine")


def test_the_ward_learns_nothing_of_an_account_that_is_there(officer, ward, manager):
    told = {"ward": ward, "name": "大森 太郎", "by": officer.acting()}

    known = invite_craftsman(email=manager.person.email, **told)
    unknown = invite_craftsman(email="nobody@example.jp", **told)

    assert (known.state, known.for_name) == (unknown.state, unknown.for_name)
