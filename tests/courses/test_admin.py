"""The admin site of courses/ lists, and changes nothing."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from firms.models import Person

MODELS = ["course", "run", "lesson", "enrolment", "attendancemark", "certificate"]


@pytest.fixture
def keeper(db):
    person = Person.objects.create_superuser("keeper@example.jp", "x", family_name="管理")
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("model", MODELS)
def test_admin_lists_and_searches(model, keeper, run, seated):
    seated(run)

    response = keeper.get(reverse(f"admin:courses_{model}_changelist"), {"q": "現場"})

    assert response.status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_admin_adds_nothing(model, keeper):
    assert keeper.get(reverse(f"admin:courses_{model}_add")).status_code == 403
