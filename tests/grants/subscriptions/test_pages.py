"""The pages, for whom they open and for whom they are nothing."""

import pytest
from django.urls import reverse

from grants.cases.situation import situations_of
from grants.models import GrantCase, Subscription
from tests.grants.subscriptions.cast import FILED_ON, OPENED_ON, filed, opened, told

PAGES = (
    "subscription_facts",
    "subscription_plan_file",
    "subscription_change",
    "subscription_learning",
    "subscription_answers",
    "subscription_claim_file",
)


@pytest.mark.parametrize("who", ["manager", "advisor"])
def test_pages_open_for_the_firm_and_its_advisor(whole, who, request):
    client = request.getfixturevalue(who).client()

    found = {name: client.get(reverse(f"grants:{name}", args=[whole.pk])).status_code for name in PAGES}

    assert set(found.values()) == {200}
    page = client.get(reverse("grants:case", args=[whole.pk]), follow=True)
    assert (page.status_code, page.templates[0].name) == (200, "grants/subscriptions/case.html")


@pytest.mark.parametrize("who", ["stranger", "officer", "trainee", "coordinator"])
def test_pages_are_nothing_to_others(whole, who, request):
    person = request.getfixturevalue(who)
    client = person.client()

    found = {
        name: client.get(reverse(f"grants:{name}", args=[whole.pk])).status_code
        for name in ("subscription_case", *PAGES)
    }

    assert set(found.values()) == {404}
    assert not Subscription.objects.visible_to(person.acting()).exists()


def test_page_of_a_training_is_none_of_a_subscription(whole, manager):
    pages = ("answers", "costs", "plan_facts", "claim", "plan_file", "excuses", "confirmation", "careerup_case")

    found = {manager.client().get(reverse(f"grants:{name}", args=[whole.pk])).status_code for name in pages}

    assert found == {404}


def test_a_case_is_opened_told_and_answered_on_its_pages(establishment, people, manager):
    client = manager.client()
    new = {
        "establishment": establishment.pk,
        "service": "まなび",
        "contract_from": "2027-02-01",
        "contract_to": "2028-01-31",
    }

    client.post(reverse("grants:subscription_new"), new)
    case = GrantCase.objects.subscriptions().get()
    facts = {**new, "price_yen": "240000", "accounts": "4", "people": [one.pk for one in people]}
    client.post(reverse("grants:subscription_facts", args=[case.pk]), facts)

    found = Subscription.objects.get()
    assert (found.price_yen, found.people.count()) == (240_000, 2)


def test_board_and_lists_name_the_subscription(in_time, manager, advisor):
    for who, name in ((manager, "cases"), (manager, "deadlines"), (advisor, "desk"), (manager, "cases_csv")):
        answer = who.client().get(reverse(f"grants:{name}"))

        assert answer.status_code == 200
        wanted = "受講を進め、修了した時間を記録する" if name == "desk" else in_time.title
        assert wanted in answer.content.decode()


@pytest.mark.parametrize("n", [1, 3])
def test_list_asks_as_much_for_one_as_for_many(n, establishment, people, manager, advisor, django_assert_num_queries):
    filed(told(opened(establishment, by=manager), people, by=manager), by=advisor)
    for number in range(1, n):
        opened(establishment, by=manager, service=f"まなび{number}", on=OPENED_ON)
    keys = set(GrantCase.objects.subscriptions().values_list("pk", flat=True))

    with django_assert_num_queries(4):
        assert len(situations_of(keys, on=FILED_ON)) == n
