"""The lists of one case ask the database as often for three rows as for one, and not more often than they did."""

from datetime import date

import pytest
from django.urls import reverse

from firms.models import StoredFile
from grants.actions.statements import add_cost
from grants.models import Paper
from tests.firms.makers import PDF, upload
from tests.grants.conftest import CLAIM_DAY, freeze_anyway


def ask(client, name, case, queries, django_assert_num_queries):
    address = reverse(f"grants:{name}", args=[case.pk])
    client.get(address)
    with django_assert_num_queries(queries):
        answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_costs_take_the_same_queries(rows, manager, filed, django_assert_num_queries):
    for n in range(rows):
        add_cost(
            filed,
            amount_yen=20_001 + n,
            paid_on=date(2027, 1, 29),
            payer="firm",
            upload=upload(content=PDF + b"%d" % n),
            by=manager.acting(CLAIM_DAY),
        )

    page = ask(manager.client(), "costs", filed, 9, django_assert_num_queries)

    assert page.count("20,00") >= rows


@pytest.mark.parametrize("rows", [1, 3])
def test_journal_of_a_case_takes_the_same_queries(rows, manager, advisor, filed, django_assert_num_queries):
    for n in range(rows):
        who = (manager, advisor)[n % 2]
        add_cost(filed, amount_yen=20_001 + n, paid_on=date(2027, 1, 29), payer="firm", by=who.acting(CLAIM_DAY))

    page = ask(manager.client(), "case_journal", filed, 6, django_assert_num_queries)

    assert page.count("支払を記録") >= rows


@pytest.mark.parametrize("rows", [1, 3])
def test_papers_take_the_same_queries(rows, manager, filed, django_assert_num_queries):
    plan = filed.plans.latest("number")
    for n in range(rows):
        file = StoredFile.objects.create(sha256=f"{n:064x}", size=1, media_type="application/pdf")
        Paper.objects.create(case=filed, plan=plan, form=f"form{n}", format="pdf", title=f"様式{n}", file=file)

    page = ask(manager.client(), "papers", filed, 20, django_assert_num_queries)

    assert page.count(reverse("grants:paper", args=[Paper.objects.latest("pk").pk])) == 1


@pytest.mark.parametrize("people", [1, 3])
def test_claim_takes_the_same_queries(people, manager, paid, enrolled, django_assert_num_queries):
    for enrolment in enrolled[people:]:
        type(enrolment).objects.filter(pk=enrolment.pk).update(state="cancelled")
    freeze_anyway(paid, by=manager.acting(CLAIM_DAY))

    page = ask(manager.client(), "claim", paid, 32, django_assert_num_queries)

    assert page.count("出席率") >= people
