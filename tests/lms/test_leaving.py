"""Somebody leaves the firm: what it touches is named before and after, each with its way to be settled; access ends with it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from courses.models import Enrolment
from firms.actions.people import end_employment
from firms.models import Employment, Invitation, Membership
from firms.queries import today
from tests.factories import EmploymentFactory, EnrolmentFactory, EstablishmentFactory, OrganisationFactory
from tests.lms.rows import case_of, training

TODAY = today()


@pytest.fixture
def employment(trainee):
    return trainee.person.employments.get()


@pytest.fixture
def ahead(college, trainee, employment):
    run = training(college, starts_in=60)
    return EnrolmentFactory(run=run, person=trainee.person, employment=employment)


def page_of(manager, name, employment):
    return manager.client().get(reverse(f"firms:{name}", args=[employment.pk])).content.decode()


def test_page_names_the_seats_and_cases_it_touches_before_and_after(manager, establishment, employment, ahead):
    case = case_of(establishment, ahead.run)

    before = page_of(manager, "employment_end", employment)
    end_employment(employment, by=manager.acting(TODAY), ended_on=TODAY)
    after = page_of(manager, "employment", employment)

    for page in (before, after):
        assert "退職で残る受講と案件" in page
        assert ahead.run.course.title in page
        assert case.number in page


def test_seat_is_given_back_from_there(manager, employment, ahead):
    end_employment(employment, by=manager.acting(TODAY), ended_on=TODAY)

    manager.client().post(reverse("courses:enrolment_cancel", args=[ahead.pk]))

    assert Enrolment.objects.get().state == "cancelled"
    assert "退職で残る受講と案件" not in page_of(manager, "employment", employment)


def test_seat_in_a_run_that_is_over_is_nothing_to_settle(manager, college, trainee, employment):
    EnrolmentFactory(run=training(college, starts_in=-60), person=trainee.person, employment=employment)

    assert "退職で残る受講と案件" not in page_of(manager, "employment_end", employment)


def test_access_ends_with_the_employment(manager, trainee, employment):
    end_employment(employment, by=manager.acting(TODAY), ended_on=TODAY)

    assert Membership.objects.on(TODAY).filter(person=trainee.person).exists()
    assert not Membership.objects.on(TODAY + timedelta(days=1)).filter(person=trainee.person).exists()


def test_access_stays_with_another_place_of_the_same_firm(manager, firm, trainee, employment):
    EmploymentFactory(person=trainee.person, establishment=EstablishmentFactory(organisation=firm))

    end_employment(employment, by=manager.acting(TODAY), ended_on=TODAY)

    assert Membership.objects.get(person=trainee.person).ended_on is None


def test_open_invitation_ends_too(manager, establishment):
    told = {
        "family_name": "架空", "given_name": "三郎", "family_kana": "カクウ", "given_kana": "サブロウ",
        "email": "saburo@example.jp", "establishment": establishment.pk, "started_on": "2026-04-01", "contract": "regular",
    }  # fmt: skip
    manager.client().post(reverse("firms:employment_new"), told)

    end_employment(Employment.objects.get(email="saburo@example.jp"), by=manager.acting(TODAY), ended_on=TODAY)

    assert Invitation.objects.get().state == "withdrawn"


@pytest.mark.parametrize(
    ("who", "role"),
    [("manager", "employee"), ("coordinator", "instructor"), ("advisor", "clerk"), ("officer", "officer")],
)
def test_invitation_begins_with_the_least_role(who, role, request):
    page = request.getfixturevalue(who).client().get(reverse("firms:invite"))

    assert page.context["form"]["role"].value() == role


def test_invitation_of_the_first_one_begins_with_who_leads(officer, db):
    made = OrganisationFactory(kind="firm")

    page = officer.client().get(reverse("firms:invite"), {"organisation": made.pk})

    assert page.context["form"]["role"].value() == "manager"
