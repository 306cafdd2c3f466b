"""Two at once in a trial: two hosts with one person, two answers, two hand-overs, two clicks of the open page."""

from datetime import date

import pytest
from django.db import connection

from firms.actions.signing import sign
from firms.errors import Refused
from firms.models import SignatureRequest
from tests.conftest import TODAY, Cast
from tests.factories import (
    EmploymentFactory,
    EstablishmentFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.firms.test_races import race, refused
from tests.trials.factories import LicenceFactory, PostingFactory, RoundFactory
from tests.trials.playing import LAST, Trial, joined
from trials.actions.conversion import direct as act
from trials.actions.matching import advising, intakes
from trials.actions.outcome import intent
from trials.actions.outcome.taking_back import call_off
from trials.actions.working.papers import take_in
from trials.actions.working.records import issue
from trials.models import BackOut, DirectTrial, HandOver, Intake, JobSeeker, PaperReceipt, Placement
from trials.states import Party

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one after the other; PostgreSQL races"),
]


def member(role, organisation):
    person = PersonFactory()
    return Cast(person, MembershipFactory(person=person, organisation=organisation, role=role))


@pytest.fixture
def another(trial, ward, officer):
    """The same person through another agency, at another host, on the same days."""
    agency = OrganisationFactory(kind="agency")
    for kind in ("dispatch", "placement"):
        LicenceFactory(agency=agency, kind=kind)
    place = EstablishmentFactory(organisation=OrganisationFactory(kind="firm"))
    adviser, manager = member("coordinator", agency), member("manager", place.organisation)
    round = RoundFactory(ward=ward, opened_by=officer.person, budget_year=2027)
    posting = PostingFactory(establishment=place)
    placement = joined(round, adviser, trial.placement.person, on=TODAY)
    return Trial(placement, adviser, manager, posting)


def last_signature(trial):
    """What the agency is asked last, once the host has signed."""
    trial.drafted().sign("host")
    return SignatureRequest.objects.get(version__document__subject_id=trial.placement.pk, side__role="agency")


def test_two_hosts_that_take_one_person_at_once_are_one_contract(trial, another):
    first, second = last_signature(trial), last_signature(another)

    outcomes = race(
        lambda: sign(first, seen=first.version.sha256, by=trial.adviser.acting()),
        lambda: sign(second, seen=second.version.sha256, by=another.adviser.acting()),
    )

    assert refused(outcomes) == 1
    assert "別のトライアルの契約があります" in next(one.sentence for one in outcomes if isinstance(one, Refused))
    assert sorted(Placement.objects.values_list("state", flat=True)) == ["contracted", "terms_pending"]


def test_two_sides_that_answer_at_once_are_decided_once(trial):
    trial.intent_open()
    day = date(2027, 1, 16)

    outcomes = race(
        lambda: intent.answer(trial.placement, side=Party.WORKER, is_yes=True, by=trial.trialist.acting(day)),
        lambda: intent.answer(trial.placement, side=Party.HOST, is_yes=True, by=trial.manager.acting(day)),
    )

    assert refused(outcomes) == 0
    assert (trial.state, trial.placement.intents.count()) == ("mutual_agreed", 2)


def test_two_sides_that_go_back_at_once_leave_one_word(trial):
    trial.drafted()

    outcomes = race(
        lambda: call_off(trial.placement, side=Party.WORKER, reason="別の会社", by=trial.trialist.acting()),
        lambda: call_off(trial.placement, side=Party.HOST, reason="破産", by=trial.manager.acting()),
    )

    assert refused(outcomes) == 1
    assert (trial.state, BackOut.objects.count()) == ("terminated", 1)


def test_last_signature_and_going_back_at_once_are_a_contract_or_none(trial):
    asked = last_signature(trial)

    outcomes = race(
        lambda: sign(asked, seen=asked.version.sha256, by=trial.adviser.acting()),
        lambda: call_off(trial.placement, side=Party.WORKER, reason="別の会社", by=trial.trialist.acting()),
    )

    assert refused(outcomes) == 1
    signed = SignatureRequest.objects.get(pk=asked.pk).standing is not None
    assert (trial.state, BackOut.objects.count()) == (("contracted", 0) if signed else ("terminated", 1))


def test_a_paper_taken_in_by_two_clicks_is_taken_once(trial):
    trial.drafted()
    paper = issue(trial.placement, kind="bar_notice", by=trial.manager.acting())

    def take():
        return take_in(paper, side=Party.AGENCY, by=trial.adviser.acting())

    assert refused(race(take, take)) == 0
    assert PaperReceipt.objects.count() == 1


def test_two_hand_overs_at_once_stand_one_behind_the_other(trial, agency):
    takers = [member("career", agency) for _n in range(2)]

    outcomes = race(
        *(
            lambda to=one: advising.hand_over(
                trial.placement.seeker, to=to.person, reason="異動", by=trial.adviser.acting()
            )
            for one in takers
        )
    )

    assert refused(outcomes) == 0
    chain = list(HandOver.objects.order_by("pk").values_list("giver", "taker"))
    assert chain[0][1] == chain[1][0]
    assert JobSeeker.objects.get(pk=trial.placement.seeker_id).adviser_id == chain[1][1]


def test_two_deputies_of_one_name_at_once_are_one(trial, agency):
    one = member("career", agency)
    days = {"starts_on": TODAY, "last_on": LAST, "by": trial.adviser.acting()}
    told = {"agency": agency, "deputy": one.person, **days}

    outcomes = race(*[lambda: advising.appoint_deputy(trial.adviser.person, **told)] * 2)

    assert refused(outcomes) == 1


def test_two_clicks_on_the_open_page_are_one_job_seeker(round, adviser):
    intake = intakes.open_intake(round, contact=adviser.person, words="", by=adviser.acting())
    typed = {"family_name": "来", "given_name": "歩", "born_on": date(1998, 5, 1), "standing": "not_working"}

    outcomes = race(*[lambda: intakes.ask_to_join(round, intake=intake, email="a@example.jp", **typed)] * 2)

    assert refused(outcomes) == 0
    assert JobSeeker.objects.count() == 1


def test_two_who_open_an_intake_at_once_leave_one_open(round, adviser, agency):
    people = [adviser, member("career", agency)]

    outcomes = race(
        *(lambda who=one: intakes.open_intake(round, contact=who.person, words="", by=who.acting()) for one in people)
    )

    assert refused(outcomes) == 0
    assert Intake.objects.open().count() == 1


def test_one_hire_is_one_national_trial(manager, establishment, pattern):
    hired = EmploymentFactory(
        establishment=establishment, pattern=pattern, contract="fixed_term", started_on=date(2026, 11, 2)
    )
    told = {"office": "ハローワーク", "referred_on": date(2026, 10, 26), "weekly_hours": 40, "last_on": None}

    outcomes = race(*[lambda: act.begin_direct(hired, by=manager.acting(), **told)] * 2)

    assert refused(outcomes) == 1
    assert DirectTrial.objects.count() == 1
