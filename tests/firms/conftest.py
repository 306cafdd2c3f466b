"""A document to sign, and a link of a purpose of the tests' own."""

import pytest
from django import forms
from django.core.cache import cache

from firms.actions.links import give_link
from firms.errors import Refused
from firms.forms.links import GuestForm
from firms.journal import record
from firms.links.purposes import PURPOSES, Purpose, subject_of
from firms.models import Establishment
from tests.firms.signers import TO, WEEK, Given, freeze_for


class RenameForm(GuestForm):
    new_name = forms.CharField(max_length=60)


def rename(guest, given):
    """A test's own purpose: the establishment gets the name the guest types."""
    place = Establishment.objects.select_for_update().get(pk=guest.link.subject_id)
    if given["new_name"] == "断る":
        raise Refused("その名称は使えません。別の名称にしてください。", field="new_name")
    Establishment.objects.filter(pk=place.pk).update(name=given["new_name"])
    record(place, "establishment.edit", by=None, who=guest.name)


@pytest.fixture(autouse=True)
def uncounted():
    """What was counted of an address before is forgotten: every test is the first visitor."""
    cache.clear()


@pytest.fixture
def purpose(monkeypatch):
    """Known to the tests alone."""
    made = Purpose(
        label="事業所の名称の確認",
        button="確認する",
        done="確認しました",
        template="components/banner.html",
        form=RenameForm,
        shown=lambda link: {"tone": "info", "title": "", "text": str(subject_of(link))},
        act=rename,
    )
    monkeypatch.setitem(PURPOSES, "tests.rename", made)
    return made


@pytest.fixture
def give(purpose, establishment, firm, manager):
    def make(**given):
        facts = {"purpose": "tests.rename", "to": TO, "term": WEEK, "owner": firm, "by": manager.acting()}
        return Given(*give_link(establishment, **facts | given))

    return make


@pytest.fixture
def given(give):
    return give()


@pytest.fixture
def version(trainee, firm, manager):
    return freeze_for(trainee, firm, manager.acting())
