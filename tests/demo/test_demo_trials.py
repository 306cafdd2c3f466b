"""The demo's trials: one in every state, played by the product's own actions."""

from datetime import date

from django.test import Client
from django.urls import reverse

from courses.models import Enrolment
from demo.load import load
from demo.logins import demo_logins, email_of
from demo.mass_trials import STANDING
from firms.models import JournalEntry, Person
from trials.models import Assignment, Deputy, DirectTrial, Intake, Intent, JobSeeker, Placement
from trials.states import PlacementState

DAY = date(2026, 11, 20)


def test_demo_has_a_trial_in_every_state(db):
    load(DAY)

    assert sorted(Placement.objects.values_list("state", flat=True)) == sorted(PlacementState.values)
    assert Intent.objects.filter(placement__state="intent_open").count() == 1
    assert (
        Assignment.objects.count() == Enrolment.objects.filter(run__course__title__contains="現場の安全").count() > 12
    )
    moved = JournalEntry.objects.filter(subject_type="trials.placement").values_list("to_state", flat=True)
    assert set(moved) - {""} == set(PlacementState.values) - {"registered"}


def test_every_side_of_a_demo_trial_signs_in_and_finds_it(db, settings):
    settings.DEMO = True
    load(DAY)
    offered = {login["email"] for login in demo_logins()}
    found = {}

    for name, page in (("adviser", "placements"), ("manager", "placements"), ("trialist", "mine")):
        client = Client()
        client.force_login(Person.objects.get(email=email_of(name)))
        found[name] = client.get(reverse(f"trials:{page}")).content.decode().count("機械加工のトライアル")

    assert {email_of(name) for name in ("adviser", "trialist", "trialist2")} <= offered
    assert found == {"adviser": 18, "manager": 9, "trialist": 1}


def test_adviser_of_the_demo_has_people_of_their_own(db):
    load(DAY)
    browser = Client()
    browser.force_login(Person.objects.get(email=email_of("adviser2")))

    theirs = JobSeeker.objects.filter(adviser__email=email_of("adviser2")).count()
    page = browser.get(reverse("trials:placements")).content.decode()

    assert theirs == 7
    assert "トライアル就労（6件）" in page
    assert Deputy.objects.count() == 1
    assert Intake.objects.open().count() == 1


def test_national_trials_of_the_demo_wait_with_their_days(db):
    load(DAY)

    assert sorted(DirectTrial.objects.values_list("state", flat=True)) == ["ended", "hired"]


def test_scale_brings_trials_of_every_set(db):
    load(DAY, scale=3)

    assert Placement.objects.count() == len(PlacementState) + 2 * len(STANDING)
    browser = Client()
    browser.force_login(Person.objects.get(email=email_of("adviser")))
    assert browser.get(reverse("trials:placements")).status_code == 200
