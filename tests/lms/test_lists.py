"""Lists beside the work: places, memberships, calendar addresses and the demo's letters take the same queries."""

import pytest
from django.core.mail import send_mail
from django.urls import reverse

from firms.models import FeedToken
from tests.factories import EstablishmentFactory, MembershipFactory, OrganisationFactory


def add_place(manager, n):
    EstablishmentFactory(organisation=manager.organisation, name=f"第{n}工場")


def add_membership(manager, n):
    MembershipFactory(person=manager.person, organisation=OrganisationFactory(kind="firm"), role="manager")


def add_feed(manager, n):
    member = MembershipFactory(person=manager.person, organisation=OrganisationFactory(kind="firm"), role="manager")
    FeedToken.objects.create(person=manager.person, organisation=member.organisation, token_hash=f"{n:064x}")


def add_letter(manager, n):
    send_mail(f"手紙{n}", "本文", "takumi@example.jp", [manager.person.email])


LISTS = {
    "firms:organisation": (add_place, 6),
    "firms:switch": (add_membership, 4),
    "calendar:feeds": (add_feed, 7),
    "firms:outbox": (add_letter, 6),
}


@pytest.mark.parametrize("name", LISTS)
def test_list_asks_as_often_for_three_rows_as_for_one(name, manager, letter_box, django_assert_num_queries):
    add, queries = LISTS[name]
    client, address = manager.client(), reverse(name)
    client.get(address)

    add(manager, 1)
    with django_assert_num_queries(queries):
        one = client.get(address)
    add(manager, 2)
    add(manager, 3)
    with django_assert_num_queries(queries):
        three = client.get(address)

    assert (one.status_code, three.status_code) == (200, 200)
    assert len(three.content) > len(one.content)
