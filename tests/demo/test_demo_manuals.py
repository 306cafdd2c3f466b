"""The demo's manuals and subsidies: each in every state, played by the product's own actions, and found by who signs in."""

from datetime import date

from django.test import Client
from django.urls import reverse

from demo.load import load
from demo.logins import email_of
from firms.models import JournalEntry, Person
from mentors.models import Film, ManualAnswer, ManualVersion, Subsidy, Viewing
from mentors.states import ManualState, SubsidyState

DAY = date(2026, 11, 20)


def test_demo_has_manuals_and_subsidies_in_every_state(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    load(DAY)

    assert set(ManualVersion.objects.values_list("state", flat=True)) == set(ManualState.values)
    assert set(Subsidy.objects.values_list("state", flat=True)) == set(SubsidyState.values)
    assert set(Film.objects.values_list("state", flat=True)) == {"clean"}
    assert (Viewing.objects.count(), ManualAnswer.objects.count()) == (2, 2)
    assert JournalEntry.objects.filter(verb="manual.take_down").count() == 1

    employee = Client()
    employee.force_login(Person.objects.get(email=email_of("employee")))
    shown = employee.get(reverse("mentors:manuals")).content.decode()
    assert "あなたの承認を待っているもの" in shown
    assert "三つ爪チャックの芯出し" in shown
    found = employee.get(reverse("mentors:manuals"), {"q": "ねじゲージ"}).content.decode()
    assert "?t=19" in found
