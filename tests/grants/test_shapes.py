"""Facts as earlier versions froze them, one file a shape: each is read in today's, and its page and papers are printed."""

import json
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from grants.actions.claims import freeze_claim
from grants.actions.plans import freeze_plan
from grants.facts import gather_claim, gather_plan
from grants.models import Claim, PlanVersion
from grants.papers import forms_of_claim, forms_of_plan
from grants.shapes import SHAPE, ClaimFacts, OutcomeFacts, PlanFacts, lifted_claim, lifted_plan
from tests.grants.conftest import CLAIM_DAY, FILED_ON, fresh
from tests.shapes import misfits

STORED = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(Path(__file__).with_name("shapes").glob("*.json"))
}


@pytest.fixture(params=STORED)
def stored_facts(request):
    return STORED[request.param]


def test_stored_facts_are_lifted_to_what_is_frozen_today(stored_facts):
    claim = lifted_claim(stored_facts["claim"])

    assert claim["shape"] == claim["plan"]["shape"] == SHAPE
    assert list(misfits(claim, ClaimFacts)) == []
    assert list(misfits(stored_facts["outcome"], OutcomeFacts)) == []


def test_stored_facts_are_left_as_they_are(stored_facts):
    before = json.dumps(stored_facts)

    lifted = lifted_claim(stored_facts["claim"])

    assert json.dumps(stored_facts) == before
    assert lifted_claim(lifted) is lifted
    assert lifted_plan(lifted["plan"]) is lifted["plan"]


def test_there_is_a_stored_example_of_every_shape_before_todays():
    assert {int(name[:2]) for name in STORED} == set(range(1, SHAPE))


def test_facts_of_a_later_program_are_refused():
    with pytest.raises(ValueError, match=f"shape {SHAPE + 1}"):
        lifted_plan({"shape": SHAPE + 1})


def lifted_worker(name, n=0):
    return lifted_claim(STORED[name]["claim"])["workers"][n]


def test_what_an_older_shape_lacks_means_what_its_lack_meant():
    first, ground = lifted_claim(STORED["01_class"]["claim"]), lifted_claim(STORED["02_class"]["claim"])

    assert (first["training"]["starts_on"], first["training"]["first_attended_on"]) == ("2027-02-03", None)
    assert (first["plan"]["conversion_plan"], first["outside"], first["training"]["recorded_at"]) == (None, [], None)
    assert {answer["answered_at"] for answer in ground["answers"].values()} == {""}
    assert (ground["training"]["units"], ground["plan"]["training"]["has_lessons"]) == (None, True)


def test_what_a_shape_has_is_kept():
    assert lifted_worker("02_class")["lessons"][0]["away"] == []
    assert lifted_worker("03_class")["lessons"][0]["away"] == [["13:30", "14:00"]]
    assert (lifted_worker("04_class")["log"], lifted_worker("04_online")["log"]["name"]) == (None, "糀谷 太郎")
    assert (lifted_worker("06_online")["outside_hours"], len(lifted_worker("07_online", 2)["outside_hours"])) == ([], 2)


def papers_of(claim):
    specs = [*forms_of_plan(PlanVersion(number=1, facts=claim.facts["plan"], digest="ab" * 32)), *forms_of_claim(claim)]
    return {f"{one.code} {one.person}": render_to_string(one.template, {**one.context(), "spec": one}) for one in specs}


def claim_of(stored_facts, **more):
    told = stored_facts["outcome"]
    return Claim(
        as_of=CLAIM_DAY,
        facts=stored_facts["claim"],
        outcome=told,
        total_yen=told["payable_amount"],
        digest="cd" * 32,
        **more,
    )


def test_papers_are_printed_from_every_shape(stored_facts):
    claim = claim_of(stored_facts, number=1)
    people = [one["name"] for one in claim.lifted["workers"]]

    printed = papers_of(claim)

    assert {"1-1 ", "1-3 ", "3-1 ", "checklist ", "4-2 ", "6-2 "} <= set(printed)
    assert [name for name in people if name not in printed["3-1 "]] == []
    assert [name for name in people if name not in printed["checklist "]] == []


def test_pages_show_a_claim_of_every_shape(filed, advisor):
    client, plan = advisor.client(), filed.plans.get()

    for number, stored in enumerate(STORED.values(), start=1):
        claim_of(stored, number=number, case=filed, plan=plan, frozen_by=advisor.person).save()
        page = client.get(reverse("grants:claim", args=[filed.pk])).content.decode()
        papers = client.get(reverse("grants:papers", args=[filed.pk]))

        assert [one["name"] for one in stored["claim"]["workers"] if one["name"] not in page] == []
        assert papers.context["frozen"].number == number


def without_number(facts):
    return {part: value for part, value in facts.items() if part != "shape"}


def test_plan_of_an_older_shape_is_the_same_plan_when_frozen_again(stated, advisor):
    facts = without_number(gather_plan(stated, on=FILED_ON))
    del facts["conversion_plan"]
    PlanVersion.objects.create(
        case=stated, number=1, facts=facts, outcome={}, digest="ab" * 32, frozen_by=advisor.person
    )

    assert freeze_plan(fresh(stated), by=advisor.acting(FILED_ON)).number == 1


def test_claim_of_an_older_shape_is_the_same_claim_when_frozen_again(frozen, advisor):
    held = frozen.claims.get()
    facts = {**without_number(held.facts), "plan": without_number(held.facts["plan"])}
    del facts["outside"]
    older = Claim.objects.create(
        **{name: getattr(held, name) for name in ("case", "plan", "as_of", "outcome", "total_yen", "frozen_by")},
        number=2,
        facts=facts,
        digest="ef" * 32,
    )

    assert freeze_claim(fresh(frozen), by=advisor.acting(CLAIM_DAY)) == older


def test_what_is_frozen_today_has_todays_shape(frozen):
    claim, plan = frozen.claims.get(), frozen.plans.get()

    assert (claim.facts["shape"], plan.facts["shape"]) == (SHAPE, SHAPE)
    assert list(misfits(plan.facts, PlanFacts)) == list(misfits(claim.facts, ClaimFacts)) == []
    assert list(misfits(claim.outcome, OutcomeFacts)) == []
    assert claim.lifted is claim.facts


def test_facts_gathered_before_anything_is_known_have_todays_shape(case, filed):
    assert list(misfits(gather_plan(case, on=FILED_ON), PlanFacts)) == []
    assert list(misfits(gather_claim(filed, CLAIM_DAY), ClaimFacts)) == []
