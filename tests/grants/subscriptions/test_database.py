"""What the database itself refuses of a subscription."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from grants.models import GrantCase, Subscription, SubscriptionUser
from tests.grants.subscriptions.cast import TOLD


def other_case(case, **changed):
    held = {"establishment": case.establishment, "subject": "subscription", "subscription": case.subscription}
    return GrantCase.objects.create(**held | {"scheme": "reskilling", "menu": "subscription"} | changed)


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("grant_case_subscription_once", {}),
        ("grant_case_has_its_subject", {"subject": "run"}),
        ("grant_case_has_its_subject", {"subscription": None}),
    ],
    ids=["the same price asked of another scheme", "another subject", "no subject"],
)
def test_database_refuses_a_case_that_cannot_be(case, name, changed):
    with pytest.raises(IntegrityError, match=rf"{name}|CHECK|UNIQUE"), transaction.atomic():
        other_case(case, **changed)


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("subscription_days_in_order", {"contract_to": date(2027, 1, 31)}),
        ("subscription_costs_and_serves", {"price_yen": 0}),
        ("subscription_costs_and_serves", {"accounts": 0}),
        ("subscription_excludes_of_its_courses", {"excluded_courses": 101}),
        ("subscription_excludes_of_its_courses", {"courses": None}),
        ("subscription_reached_inside_it", {"reached_on": date(2028, 2, 1)}),
    ],
)
def test_database_refuses_a_contract_that_cannot_be(establishment, name, changed):
    with pytest.raises(IntegrityError, match=rf"{name}|CHECK"), transaction.atomic():
        Subscription.objects.create(establishment=establishment, **TOLD | changed)


def test_database_keeps_a_contract_once(planned):
    with pytest.raises(IntegrityError, match=r"subscription_contract_once|UNIQUE"), transaction.atomic():
        Subscription.objects.create(establishment=planned.establishment, **TOLD)


def test_database_lists_a_person_once(planned, people):
    with pytest.raises(IntegrityError, match=r"subscription_person_once|UNIQUE"), transaction.atomic():
        SubscriptionUser.objects.create(subscription=planned.subscription, person=people[0])
