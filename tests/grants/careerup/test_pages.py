"""The pages, for whom they open and for whom they are nothing."""

import pytest
from django.urls import reverse

from grants.cases.situation import situations_of
from grants.models import GrantCase
from tests.factories import MandateFactory
from tests.grants.careerup.cast import FILED_ON, filed, opened, told, worker

PAGES = ("careerup_plan", "careerup_plan_file", "conversion_facts", "conversion_answers", "period_pay", "period_file")


@pytest.mark.parametrize("who", ["manager", "advisor"])
def test_pages_open_for_the_firm_and_its_advisor(first_claimed, in_time, who, request):
    client = request.getfixturevalue(who).client()

    found = {name: client.get(reverse(f"grants:{name}", args=[first_claimed.pk])).status_code for name in PAGES}

    assert set(found.values()) == {200}
    assert client.get(reverse("grants:case", args=[first_claimed.pk]), follow=True).status_code == 200


def test_office_of_another_scope_sees_nothing(planned, manager, advisor_without_mandate, office, firm):
    in_time = filed(planned, by=manager)
    MandateFactory(office=office, firm=firm, advisor=advisor_without_mandate.person)
    client = advisor_without_mandate.client()

    desk = client.get(reverse("grants:desk"))

    assert client.get(reverse("grants:careerup_case", args=[in_time.pk])).status_code == 404
    assert [(row.cases, row.due) for row in desk.context["rows"]] == [(0, None)]
    assert in_time.title not in client.get(reverse("grants:cases")).content.decode()


@pytest.mark.parametrize("who", ["stranger", "officer", "trainee", "coordinator"])
def test_pages_are_nothing_to_others(first_claimed, who, request):
    client = request.getfixturevalue(who).client()

    found = {
        name: client.get(reverse(f"grants:{name}", args=[first_claimed.pk])).status_code
        for name in ("careerup_case", *PAGES)
    }

    assert set(found.values()) == {404}


def test_page_of_a_training_is_none_of_a_conversion(first_claimed, manager):
    pages = ("answers", "costs", "plan_facts", "claim", "plan_file", "excuses", "confirmation")

    found = {manager.client().get(reverse(f"grants:{name}", args=[first_claimed.pk])).status_code for name in pages}

    assert found == {404}


def test_board_and_lists_name_the_conversion(in_time, manager, advisor):
    for who, name in ((manager, "cases"), (manager, "deadlines"), (advisor, "desk"), (manager, "cases_csv")):
        answer = who.client().get(reverse(f"grants:{name}"))

        assert answer.status_code == 200
        wanted = "6か月働き、賃金を支払う" if name == "desk" else in_time.title
        assert wanted in answer.content.decode()


@pytest.mark.parametrize("n", [1, 3])
def test_list_asks_as_much_for_one_as_for_many(n, establishment, pattern, manager, advisor, django_assert_num_queries):
    filed(told(opened(worker(establishment, pattern, name="六郷", number=8), by=manager), by=manager), by=advisor)
    for number in range(1, n):
        opened(worker(establishment, pattern, name=f"六郷{number}", number=number), by=manager)
    keys = set(GrantCase.objects.conversions().values_list("pk", flat=True))

    with django_assert_num_queries(3):
        assert len(situations_of(keys, on=FILED_ON)) == n
