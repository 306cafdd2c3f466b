"""Papers before anything is frozen: every page is marked, nothing is kept; a frozen paper carries no mark."""

import pytest
import time_machine
from django.urls import reverse

from grants.actions.claims import draft_claim
from grants.actions.plans import draft_plan
from grants.models import Claim, Paper, PlanVersion
from grants.papers import forms_of_claim, forms_of_plan
from tests.factories import at
from tests.grants.conftest import CLAIM_DAY, FILED_ON
from tests.grants.papers.conftest import read_back

MARK = "下書き（確定前）"


def marks(content):
    """Of each page, how often it says that it is a draft."""
    return {"".join(page.split()).count(MARK) for page in read_back(content).pages}


def test_every_page_of_a_draft_is_marked(stated):
    plan = draft_plan(stated, on=FILED_ON)
    for spec in forms_of_plan(plan):
        assert marks(spec.draft()) == {1}, spec.name


def test_frozen_paper_carries_no_mark(planned):
    assert {count for spec in forms_of_plan(planned.plans.get()) for count in marks(spec.pdf())} == {0}


def test_draft_is_read_on_the_way_and_kept_nowhere(stated, advisor, stranger):
    address = reverse("grants:plan_draft", args=[stated.pk])
    page = advisor.client().get(reverse("grants:case", args=[stated.pk])).content.decode()
    answer = advisor.client().get(address)

    assert f'href="{address}"' in page
    assert answer["Content-Type"] == "application/pdf"
    assert marks(answer.content) == {1}
    assert (PlanVersion.objects.count(), Paper.objects.count()) == (0, 0)
    assert stranger.client().get(address).status_code == 404


@pytest.mark.parametrize(
    ("at", "sentence"),
    [("case", "計画を確定するには、次が足りません"), ("filed", "計画届を出した後の下書きはありません")],
)
def test_draft_that_cannot_be_is_answered_with_a_sentence(at, sentence, request, advisor):
    found = request.getfixturevalue(at)
    client = advisor.client()
    address = reverse("grants:plan_draft", args=[found.pk])

    assert sentence in client.get(address, follow=True).content.decode()
    assert f'href="{address}"' not in client.get(reverse("grants:case", args=[found.pk])).content.decode()


def test_every_page_of_a_drafted_claim_is_marked(paid):
    assert {count for spec in forms_of_claim(draft_claim(paid, on=CLAIM_DAY)) for count in marks(spec.draft())} == {1}


def test_drafted_claim_is_read_from_its_page_and_kept_nowhere(paid, advisor, stranger):
    address = reverse("grants:claim_draft", args=[paid.pk])
    with time_machine.travel(at(CLAIM_DAY, "10:00")):
        page = advisor.client().get(reverse("grants:claim", args=[paid.pk])).content.decode()
        answer = advisor.client().get(address)
        shut = stranger.client().get(address)

    assert f'href="{address}"' in page
    assert marks(answer.content) == {1}
    assert (Claim.objects.count(), Paper.objects.count(), shut.status_code) == (0, 0, 404)


@pytest.mark.parametrize("at_step", ["planned", "claimed"])
def test_claim_has_a_draft_between_the_two_filings_alone(at_step, request, advisor):
    found = request.getfixturevalue(at_step)
    answer = advisor.client().get(reverse("grants:claim_draft", args=[found.pk]), follow=True)

    assert "支給申請の下書きを見られるのは" in answer.content.decode()
