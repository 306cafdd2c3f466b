"""Every policy of firms/: who may, and who may not."""

import pytest

from firms import policies
from firms.models import Invitation
from firms.queries import acting_for
from tests.conftest import TODAY, cast
from tests.factories import MandateFactory, OrganisationFactory, PersonFactory
from tests.firms.makers import make_invitation


@pytest.fixture
def clerk(office):
    return cast("clerk", office, "書記")


@pytest.fixture
def who_may(manager, trainee, officer, coordinator, instructor, advisor, clerk, stranger):
    """The names of the cast for whom a policy says yes."""
    people = {
        "manager": manager, "trainee": trainee, "officer": officer, "coordinator": coordinator,
        "instructor": instructor, "advisor": advisor, "clerk": clerk, "stranger": stranger,
    }  # fmt: skip

    def ask(policy, *about):
        return {name for name, member in people.items() if policy(member.acting(), *about)}

    return ask


def test_may_edit_organisation(who_may, firm):
    assert who_may(policies.may_edit_organisation, firm) == {"manager"}


def test_may_edit_establishment(who_may, establishment):
    assert who_may(policies.may_edit_establishment, establishment) == {"manager"}


def test_may_list_organisations(who_may):
    assert who_may(policies.may_list_organisations) == {"officer"}


def test_may_answer_newcomers(who_may):
    assert who_may(policies.may_answer_newcomers) == {"officer"}


def test_may_correct_organisation(who_may, firm, ward):
    assert who_may(policies.may_correct_organisation, firm) == {"officer"}
    assert who_may(policies.may_correct_organisation, ward) == set()


def test_may_deregister(who_may, firm, ward):
    assert who_may(policies.may_deregister, firm) == {"officer"}
    assert who_may(policies.may_deregister, ward) == set()


def test_may_see_members(who_may, firm, office):
    assert who_may(policies.may_see_members, firm) == {"manager"}
    assert who_may(policies.may_see_members, office) == {"advisor"}


def test_may_invite(who_may, firm, college):
    nobody_leads = OrganisationFactory(kind="college")

    assert who_may(policies.may_invite, firm) == {"manager"}
    assert who_may(policies.may_invite, college) == {"coordinator"}
    assert who_may(policies.may_invite, nobody_leads) == {"officer"}


def test_may_invite_again_for_the_ward_when_the_last_leader_has_left(officer, manager, firm):
    manager.membership.ended_on = TODAY
    manager.membership.save()

    assert policies.may_invite(officer.acting(), firm)


def test_may_withdraw_invitation(who_may, firm, manager):
    make_invitation(organisation=firm, by=manager.person)

    assert who_may(policies.may_withdraw_invitation, Invitation.objects.get()) == {"manager", "officer"}


def test_may_end_membership(who_may, trainee):
    assert who_may(policies.may_end_membership, trainee.membership) == {"manager"}


def test_may_list_people(who_may):
    assert who_may(policies.may_list_people) == {"manager", "stranger", "advisor", "clerk"}


def test_may_manage_people(who_may):
    assert who_may(policies.may_manage_people) == {"manager", "stranger"}


def test_may_list_mandates(who_may):
    assert who_may(policies.may_list_mandates) == {"manager", "stranger", "advisor", "clerk"}


def test_may_request_mandate(who_may):
    assert who_may(policies.may_request_mandate) == {"manager", "stranger", "advisor"}


def test_may_answer_mandate(who_may, office, firm, advisor):
    asked_by_office = MandateFactory(office=office, asked_for=office, advisor=advisor.person)
    asked_by_firm = MandateFactory(office=office, advisor=advisor.person)
    asked_by_firm.asked_for = asked_by_firm.firm

    asked_of_us = MandateFactory(office=OrganisationFactory(kind="office"), firm=firm)

    assert who_may(policies.may_answer_mandate, asked_by_office) == set()
    assert who_may(policies.may_answer_mandate, asked_of_us) == {"manager"}
    assert who_may(policies.may_answer_mandate, asked_by_firm) == {"advisor"}


def test_may_revoke_mandate(who_may, advisor, firm):
    mandate = firm.mandates_given.get()

    assert who_may(policies.may_revoke_mandate, mandate) == {"manager", "advisor"}


def test_may_reset_second_factor(who_may, db):
    root = PersonFactory(is_superuser=True)

    assert who_may(policies.may_reset_second_factor) == {"officer"}
    assert policies.may_reset_second_factor(acting_for(root, None, on=TODAY))


def test_may_see_jobs(who_may, db):
    root = PersonFactory(is_superuser=True)

    assert who_may(policies.may_see_jobs) == set()
    assert policies.may_see_jobs(acting_for(root, None, on=TODAY))


def test_rights_come_from_the_organisation_acted_for(manager, stranger, firm):
    """A manager of two firms has no rights over the one they are not acting for now."""
    other = cast("manager", OrganisationFactory(), "兼務")
    acting = acting_for(manager.person, other.membership, on=TODAY)

    assert not policies.may_edit_organisation(acting, firm)


def test_an_employee_has_no_desk(trainee, firm, manager):
    acting = trainee.acting()

    assert not policies.may_list_people(acting)
    assert not policies.may_request_mandate(acting)
