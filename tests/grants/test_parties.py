"""Who left is printed nowhere: the advisor of a mandate, the contact of a firm."""

from datetime import date

import pytest

from firms.errors import Refused
from firms.models import Membership
from grants.actions.claims import freeze_claim
from grants.actions.plans import freeze_plan
from grants.cases.missing import missing_for_plan
from grants.facts import gather_plan
from tests.grants.conftest import CLAIM_DAY

TODAY = date(2026, 11, 20)


def leave(person):
    Membership.objects.filter(person=person).update(ended_on=date(2026, 11, 1))


def test_an_advisor_who_left_the_office_is_missing_on_the_papers(stated, advisor, manager):
    leave(advisor.person)

    facts = gather_plan(stated, on=TODAY)

    assert facts["agent"]["advisor"] == ""
    assert [one.where for one in missing_for_plan(facts) if one.is_needed] == ["mandate"]
    with pytest.raises(Refused, match="委任を結び直して"):
        freeze_plan(stated, by=manager.acting(TODAY))


def test_no_claim_is_frozen_for_an_advisor_who_left(paid, advisor, manager):
    leave(advisor.person)

    with pytest.raises(Refused, match="事務所を離れています"):
        freeze_claim(paid, by=manager.acting(CLAIM_DAY))


def test_a_contact_who_left_the_firm_is_asked_for_anew(stated):
    leave(stated.contact)

    facts = gather_plan(stated, on=TODAY)

    assert facts["contact"] is None
    assert "contact" in [one.where for one in missing_for_plan(facts) if one.is_needed]
