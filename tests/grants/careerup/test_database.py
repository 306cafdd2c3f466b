"""What the database itself refuses of a conversion."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from grants.models import CareerUpPlan, Conversion, GrantCase, PeriodPay
from tests.grants.careerup.cast import CONVERTED_ON, PLAN, TOLD


def other_case(case, **changed):
    held = {"establishment": case.establishment, "subject": "conversion", "conversion": case.conversion, "period": 1}
    return GrantCase.objects.create(**held | {"scheme": "careerup", "menu": "conversion"} | changed)


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("grant_case_period_once", {}),
        ("grant_case_conversion_has_its_period", {"period": 3}),
        ("grant_case_conversion_has_its_period", {"period": None}),
        ("grant_case_has_its_subject", {"subject": "run"}),
        ("grant_case_has_its_subject", {"conversion": None, "period": None}),
    ],
    ids=["twice", "third period", "no period", "another subject", "no subject"],
)
def test_database_refuses_a_case_that_cannot_be(case, name, changed):
    with pytest.raises(IntegrityError, match=rf"{name}|CHECK|UNIQUE"), transaction.atomic():
        other_case(case, **changed)


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("careerup_plan_days_in_order", {"ends_on": PLAN["starts_on"]}),
        ("careerup_plan_filed_before_it_starts", {"filed_on": PLAN["starts_on"]}),
        ("careerup_plan_is_for_somebody", {"for_fixed_term": False}),
        ("careerup_plan_month_is_its_first_day", {"month": date(2026, 12, 2)}),
    ],
)
def test_database_refuses_a_plan_that_cannot_be(establishment, name, changed):
    with pytest.raises(IntegrityError, match=rf"{name}|CHECK"), transaction.atomic():
        CareerUpPlan.objects.create(establishment=establishment, **PLAN | changed)


def test_database_keeps_one_plan_being_written(establishment):
    CareerUpPlan.objects.create(establishment=establishment, **PLAN)

    with pytest.raises(IntegrityError, match=r"careerup_plan_one_being_written|UNIQUE"), transaction.atomic():
        CareerUpPlan.objects.create(establishment=establishment, **PLAN)


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("conversion_after_it_began", {"since": CONVERTED_ON}),
        ("conversion_dispatch_alone_has_its_facts", {"until": date(2026, 11, 30)}),
        ("conversion_probation_agrees", {"probation_to": date(2026, 12, 31)}),
        ("conversion_probation_agrees", {"has_probation": True, "probation_to": date(2026, 11, 30)}),
    ],
    ids=["began after", "dispatch of nobody dispatched", "end of no probation", "ends before"],
)
def test_database_refuses_a_conversion_that_cannot_be(establishment, employment, name, changed):
    with pytest.raises(IntegrityError, match=rf"{name}|CHECK"), transaction.atomic():
        Conversion.objects.create(establishment=establishment, person=employment.person, **TOLD | changed)


def test_database_converts_a_person_once(case):
    with pytest.raises(IntegrityError, match=r"conversion_person_once|UNIQUE"), transaction.atomic():
        Conversion.objects.create(establishment=case.establishment, person=case.conversion.person)


def test_database_refuses_pay_of_nothing(first):
    with pytest.raises(IntegrityError, match=r"period_pay_is_positive|CHECK"), transaction.atomic():
        PeriodPay.objects.filter(case=first).update(after_yen=0)
