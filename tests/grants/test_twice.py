"""A form sent twice, by a double click or by the browser's own retry, does its work once."""

import pytest
from django.urls import reverse

from firms.models import JournalEntry

PAYMENT = {"amount_yen": "22000", "paid_on": "2026-11-05", "payer": "firm"}


def once_of(client, address):
    return client.get(address).context["form"]["once"].value()


def test_a_payment_sent_twice_is_recorded_once(manager, case):
    client, address = manager.client(), reverse("grants:costs", args=[case.pk])
    once = once_of(client, address)

    answers = [client.post(address, {**PAYMENT, "once": once}) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert [cost.amount_yen for cost in case.costs.all()] == [22_000]
    assert JournalEntry.objects.filter(verb="cost.add").count() == 1


def test_three_equal_payments_of_a_day_are_three(manager, case):
    client, address = manager.client(), reverse("grants:costs", args=[case.pk])

    for _payment in range(3):
        client.post(address, {**PAYMENT, "once": once_of(client, address)})

    assert case.costs.count() == 3
    assert f'name="once" value="{once_of(client, address)}"' not in client.get(address).content.decode()


def test_a_refused_payment_keeps_its_mark_and_can_be_sent_again(manager, case):
    client, address = manager.client(), reverse("grants:costs", args=[case.pk])
    once = once_of(client, address)

    refused = client.post(address, {**PAYMENT, "amount_yen": "0", "once": once})

    assert refused.context["form"]["once"].value() == once
    assert f'name="once" value="{once}"' in refused.content.decode()


def test_an_odd_mark_is_refused(manager, case):
    address = reverse("grants:costs", args=[case.pk])

    manager.client().post(address, {**PAYMENT, "once": "not a mark of ours"})

    assert case.costs.count() == 0


@pytest.mark.parametrize(
    "other", [{"amount_yen": "21000"}, {"paid_on": "2026-11-06"}, {"payer": "worker"}], ids=["yen", "day", "payer"]
)
def test_a_mark_sent_again_with_other_facts_is_refused(manager, case, other):
    client, address = manager.client(), reverse("grants:costs", args=[case.pk])
    once = once_of(client, address)
    client.post(address, {**PAYMENT, "once": once})

    answer = client.post(address, {**PAYMENT, **other, "once": once})

    assert answer.status_code == 200
    assert "すでに 2026年11月5日 の 22,000円 が記録されています" in answer.content.decode()
    assert [cost.amount_yen for cost in case.costs.all()] == [22_000]
