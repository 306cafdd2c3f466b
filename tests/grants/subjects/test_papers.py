"""Every paper of every edition, from the frozen facts of the paper tests under another scheme."""

import pytest

from grants.papers import forms_of_claim, forms_of_plan
from grants.subjects import trainings
from tests.grants.papers import facts
from tests.grants.papers.conftest import read_back, squeezed, unsaved_claim, unsaved_plan

EDITIONS = [
    pytest.param(one, edition, id=f"{one.code} {edition.name}") for one in trainings() for edition in one.editions
]


def under(entry, edition):
    scheme = {"code": entry.scheme, "menu": entry.menu, "label": entry.label, "grant": entry.grant}
    return {"scheme": scheme, "form_edition": edition.name, "reskilling_plan": facts.plan_facts()["reskilling_plan"]}


@pytest.mark.parametrize(("entry", "edition"), EDITIONS)
def test_plan_papers_carry_the_numbers_of_the_edition(entry, edition):
    forms = forms_of_plan(unsaved_plan(**under(entry, edition)))

    names = [name for name in entry.plan if name != "lecturers"]
    assert [spec.code for spec in forms] == ["checklist", *(edition.forms[name] for name in names), "common-2"]
    for spec in forms:
        printed = read_back(spec.pdf()).run_on
        assert spec.label in printed
        assert squeezed(entry.label) in printed


@pytest.mark.parametrize(("entry", "edition"), EDITIONS)
def test_claim_papers_carry_the_numbers_of_the_edition(entry, edition):
    claim = unsaved_claim()
    claim.facts["plan"] |= under(entry, edition)

    forms = forms_of_claim(claim)

    names = ["claim", "wages", "costs", "report", "report", "houses", "price"]
    assert [spec.code for spec in forms[1:]] == [
        *(edition.forms[name] for name in names),
        *("common-1", "payee", "common-2"),
    ]
    checklist, asked, *_rest = (read_back(spec.pdf()).run_on for spec in forms)
    assert squeezed(edition.sources["papers"]) in checklist
    assert f"様式第{edition.forms['costs']}号" in asked
