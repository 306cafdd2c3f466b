"""Questions whose SQL is written once: they answer as Django's own do, and refuse what cannot be asked that way."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from firms.models import Establishment, Invitation, Mandate, Membership, Person
from firms.queries import memberships_in_force, today
from firms.queries.prepared import Prepared, PreparedFor
from tests.factories import MandateFactory


def test_prepared_answers_each_call_by_its_own_values(manager, trainee):
    day = today()

    asked = [(who.person.pk, on) for who in (manager, trainee, manager) for on in (day, day - timedelta(days=99_999))]

    assert [memberships_in_force(*one) for one in asked] == [list(memberships_in_force.rows(*one)) for one in asked]
    assert [len(memberships_in_force(*one)) for one in asked] == [1, 0, 1, 0, 1, 0]


def test_prepared_asks_what_django_would(manager):
    with CaptureQueriesContext(connection) as queries:
        found = memberships_in_force(manager.person.pk, today())
        same = list(memberships_in_force.rows(manager.person.pk, today()))
    first, second = (one["sql"] for one in queries)

    assert first == second
    assert found[0].organisation == same[0].organisation


def test_prepared_sees_what_changed_since(manager):
    before = memberships_in_force(manager.person.pk, today())

    Membership.objects.filter(pk=before[0].pk).update(ended_on=today())

    assert memberships_in_force(manager.person.pk, today()) == []


def test_prepared_takes_texts_as_they_are(manager):
    by_name = Prepared(lambda name: Person.objects.filter(family_name=name))
    odd = "x' OR 1=1 --"

    assert by_name(odd) == []
    assert by_name(manager.person.family_name) == [manager.person]


@pytest.mark.parametrize(
    "rows",
    [
        lambda pk: Person.objects.filter(pk=pk + 1),
        lambda pk: Person.objects.filter(pk=1),
        lambda pk: Person.objects.filter(pk=pk)[: 1 if pk < 750_000_000 else 2],
    ],
    ids=["reckoned with", "left out", "looked at"],
)
def test_prepared_refuses_a_value_that_does_not_go_in_as_it_is(db, rows):
    with pytest.raises(TypeError, match="cannot be prepared"):
        Prepared(rows)(1)


@pytest.mark.parametrize("count", [1, 2, 3, 5, 0, 300])
def test_prepared_takes_lists_of_any_length(manager, trainee, count):
    by_keys = Prepared(lambda keys: Person.objects.filter(pk__in=keys).order_by("pk"))
    keys = (manager.person.pk, trainee.person.pk, *range(900_000, 901_000))[:count]

    assert by_keys(keys) == [manager.person, trainee.person][:count]


def test_prepared_shows_each_reader_what_is_theirs(
    manager, trainee, officer, coordinator, stranger, advisor_without_mandate, establishment
):
    """An office gains its client, and loses it again, without a new process."""
    asked = PreparedFor(lambda acting: Establishment.objects.visible_to(acting))
    readers = (manager, trainee, officer, coordinator, stranger, advisor_without_mandate)
    mandate = MandateFactory(office=advisor_without_mandate.organisation, firm=establishment.organisation)

    with_client = [asked(who.acting()) for who in readers]
    Mandate.objects.filter(pk=mandate.pk).delete()
    without = [asked(who.acting()) for who in readers]

    assert [one == [establishment] for one in with_client] == [True, True, True, False, False, True]
    assert [one == [establishment] for one in without] == [True, True, True, False, False, False]


def test_prepared_for_a_reader_of_nothing_finds_nothing(trainee):
    asked = PreparedFor(lambda acting: Invitation.objects.visible_to(acting))

    assert [asked(trainee.acting()) for _n in range(2)] == [[], []]
