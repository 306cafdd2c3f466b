"""Days and numbers no case knows get a sentence, never a server error."""

import pytest
from django.urls import reverse

EDGES = ["0001-01-01", "9999-12-31"]
HUGE = "9" * 5000


@pytest.mark.parametrize("day", EDGES)
def test_a_plan_on_the_edge_of_the_calendar_still_shows_its_case(day, manager, case):
    client = manager.client()
    given = {"purpose": "dx", "from_on": day, "to_on": "9999-12-31", "change": "稼働を見える化", "task_link": "保全"}

    client.post(reverse("grants:plan_facts", args=[case.pk]), given)

    assert client.get(reverse("grants:case", args=[case.pk])).status_code == 200
    assert client.post(reverse("grants:plan_freeze", args=[case.pk])).status_code == 302


@pytest.mark.parametrize("day", EDGES)
def test_a_payment_on_the_edge_of_the_calendar_gets_a_page(day, manager, case):
    given = {"amount_yen": "1", "paid_on": day, "payer": "firm"}

    assert manager.client().post(reverse("grants:costs", args=[case.pk]), given).status_code in {200, 302}


@pytest.mark.parametrize("day", EDGES)
def test_a_filing_on_the_edge_of_the_calendar_is_refused(day, manager, planned):
    given = {"filed_on": day, "receipt_number": "1", "channel": "paper"}

    answer = manager.client().post(reverse("grants:plan_file", args=[planned.pk]), given)

    assert "filed_on" in answer.context["form"].errors


@pytest.mark.parametrize("odd", [HUGE, "²", "\x00", "9" * 25])
def test_odd_words_in_the_lists_show_a_page(odd, advisor, case):
    client = advisor.client()

    for name in ("cases", "deadlines"):
        assert client.get(reverse(f"grants:{name}"), {"page": odd, "state": odd, "firm": odd}).status_code == 200
    assert client.post(reverse("grants:case_open"), {"run": odd, "establishment": odd}).status_code == 404
