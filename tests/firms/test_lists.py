"""Every list page asks the database as often for three rows as for one, and not more often than it did."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from firms.journal import record
from firms.models import ActionLink, Holiday, Job
from tests.factories import (
    EmploymentFactory,
    MandateFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    WorkingPatternFactory,
)
from tests.firms.makers import make_evidence, make_invitation, make_notification


def add_person(firm, n):
    EmploymentFactory(establishment=firm.establishments.get(), pattern__name=f"日勤{n}")


def add_member(firm, n):
    membership = MembershipFactory(organisation=firm, role="employee")
    make_invitation(organisation=firm, by=membership.person, email=f"p{n}@example.jp")


def add_mandate(firm, n):
    MandateFactory(firm=firm)


def add_pattern(firm, n):
    WorkingPatternFactory(establishment=firm.establishments.get(), name=f"早番{n}")


def add_entry(firm, n):
    evidence = make_evidence(owner=firm, person=PersonFactory())
    member = MembershipFactory(organisation=OrganisationFactory(kind="office"), role="advisor")
    mandate = MandateFactory(firm=firm, office=member.organisation)
    from firms.queries import acting_for

    record(mandate, "mandate.accept", by=acting_for(member.person, member, on=mandate.starts_on), concerns=firm)
    record(evidence, "evidence.check", by=None, concerns=firm, from_state="unchecked", to_state="clean")


def add_holiday(firm, n):
    Holiday.objects.create(
        establishment=firm.establishments.get(), on=timezone.localdate() + timedelta(days=n), name="休業"
    )


def add_note(firm, n):
    person = firm.memberships.get(role="manager").person
    make_notification(person, organisation=OrganisationFactory())


def add_organisation(firm, n):
    OrganisationFactory(kind="college")


def add_job(firm, n):
    Job.objects.create(kind="mail", state="quarantined", finished_at=timezone.now())


def add_link(firm, n):
    giver = PersonFactory()
    given = {"purpose": "sign", "subject_label": f"契約書{n}", "for_name": f"受入{n}", "token_hash": f"{n}"}
    now = timezone.now()
    ActionLink.objects.create(
        **given, subject_id=n, owner=firm, given_by=giver, given_at=now, expires_at=now + timedelta(days=7)
    )


LISTS = {
    "people": (add_person, "manager", 6),
    "members": (add_member, "manager", 8),
    "mandates": (add_mandate, "manager", 6),
    "patterns": (add_pattern, "manager", 8),
    "journal": (add_entry, "manager", 6),
    "holidays": (add_holiday, "manager", 7),
    "notifications": (add_note, "manager", 6),
    "organisations": (add_organisation, "officer", 7),
    "links": (add_link, "manager", 6),
    "jobs": (add_job, "root", 7),
}


@pytest.fixture
def root(manager):
    manager.person.is_superuser = True
    manager.person.save()
    return manager


@pytest.mark.parametrize("name", LISTS)
def test_list_asks_as_often_for_three_rows_as_for_one(
    name, request, firm, establishment, manager, django_assert_num_queries
):
    add, role, queries = LISTS[name]
    client = request.getfixturevalue(role).client()
    address = reverse(f"firms:{name}", args=[establishment.pk] if name == "holidays" else [])
    client.get(address)

    add(firm, 1)
    with django_assert_num_queries(queries):
        one = client.get(address)
    add(firm, 2)
    add(firm, 3)
    with django_assert_num_queries(queries):
        three = client.get(address)

    assert (one.status_code, three.status_code) == (200, 200)
    assert len(three.content) > len(one.content)
