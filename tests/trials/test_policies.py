"""Who may and who may not: one list each."""

import pytest

from firms.models import Person
from firms.queries import acting_for
from tests.factories import MembershipFactory, PersonFactory
from tests.trials.playing import Alone
from trials.models import JobSeeker, Licence, Placement, Posting, Round
from trials.policies import (
    may_advise,
    may_approve_days,
    may_assign_learning,
    may_call_on_host,
    may_clear_up,
    may_close_month,
    may_complain,
    may_consent,
    may_enter_paper,
    may_evaluate,
    may_invite_seeker,
    may_keep_agreements,
    may_keep_licences,
    may_keep_posting,
    may_keep_records,
    may_notify_end,
    may_open_round,
    may_post,
    may_print,
    may_reopen_month,
    may_report_results,
    may_see_placements,
    may_see_rounds,
    may_take,
    may_tell_day,
    may_tell_pay,
    party_of,
)
from trials.states import EVENTS, Party

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody(trial, adviser, other_adviser, manager, officer, stranger, trainee, coordinator, advisor, trialist):
    """The host has been chosen, so that every side can see."""
    trial.matching()
    return {
        "adviser": adviser,
        "other adviser": other_adviser,
        "host": manager,
        "ward": officer,
        "other firm": stranger,
        "employee": trainee,
        "college": coordinator,
        "office": advisor,
        "trialist": trialist,
    }


def allowed(everybody, ask):
    return {name for name, one in everybody.items() if ask(one.acting())}


@pytest.mark.parametrize(
    ("policy", "who"),
    [
        (may_see_rounds, {"ward", "adviser", "other adviser"}),
        (may_open_round, {"ward"}),
        (may_keep_licences, {"ward"}),
        (may_invite_seeker, {"adviser", "other adviser"}),
        (may_see_placements, {"adviser", "other adviser", "host", "other firm"}),
        (may_post, {"host", "other firm"}),
        (may_report_results, {"adviser", "other adviser"}),
        (may_keep_agreements, {"adviser", "other adviser"}),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_who_may(everybody, policy, who):
    assert allowed(everybody, policy) == who


@pytest.mark.parametrize(
    ("policy", "of", "who"),
    [
        (may_advise, "seeker", {"adviser"}),
        (may_consent, "seeker", {"trialist"}),
        (may_keep_posting, "posting", {"host"}),
        (may_clear_up, "placement", {"host"}),
        (may_tell_day, "placement", {"trialist"}),
        (may_enter_paper, "placement", {"adviser"}),
        (may_approve_days, "placement", {"host"}),
        (may_close_month, "placement", {"host", "adviser"}),
        (may_reopen_month, "placement", {"adviser"}),
        (may_keep_records, "placement", {"host", "adviser"}),
        (may_complain, "placement", {"host", "adviser", "trialist"}),
        (may_call_on_host, "placement", {"adviser"}),
        (may_evaluate, "placement", {"host", "adviser", "trialist"}),
        (may_tell_pay, "placement", {"host"}),
        (may_notify_end, "placement", {"adviser"}),
        (may_assign_learning, "placement", {"adviser"}),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_who_may_with(everybody, trial, policy, of, who):
    row = {"seeker": trial.placement.seeker, "posting": trial.posting, "placement": trial.now}[of]

    assert allowed(everybody, lambda acting: policy(acting, row)) == who


def test_a_paper_is_for_its_sides_alone(everybody, trial):
    sides = (Party.WORKER, Party.AGENCY)

    assert allowed(everybody, lambda acting: may_print(acting, trial.now, sides)) == {"trialist", "adviser"}


PARTIES = {Party.WORKER: "trialist", Party.HOST: "host", Party.AGENCY: "adviser"}


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.code)
def test_may_take_is_what_the_table_says(everybody, trial, event):
    expected = {PARTIES[party] for party in event.by if party != Party.SYSTEM}

    assert allowed(everybody, lambda acting: may_take(acting, trial.now, event.code)) == expected


def test_manager_who_is_the_trialist_does_not_answer_for_the_host(trial, firm, manager):
    MembershipFactory(person=trial.placement.person, organisation=firm, role="manager")
    trial.matching()
    member = Person.objects.get(pk=trial.placement.person_id).memberships.get()
    acting = acting_for(trial.placement.person, member, on=trial.adviser.acting().today)

    assert (party_of(acting, trial.now), party_of(manager.acting(), trial.now)) == (Party.WORKER, Party.HOST)


def test_agency_sees_nothing_of_another_agency_s_people(everybody, other_adviser):
    acting = other_adviser.acting()

    assert [model.objects.visible_to(acting).count() for model in (JobSeeker, Placement, Licence)] == [0, 0, 0]


def test_each_sees_what_is_theirs(everybody):
    def seen(model):
        return {name for name, one in everybody.items() if model.objects.visible_to(one.acting()).exists()}

    assert seen(Placement) == {"adviser", "host", "trialist"}
    assert seen(JobSeeker) == {"adviser", "trialist"}
    assert seen(Posting) == {"adviser", "other adviser", "host", "trialist"}
    assert seen(Round) == {"ward", "adviser", "other adviser"}
    assert seen(Licence) == {"adviser", "ward"}


def test_visitor_of_nowhere_sees_nothing(everybody):
    acting = Alone(PersonFactory()).acting()

    assert not any(
        model.objects.visible_to(acting).exists() for model in (Placement, JobSeeker, Posting, Round, Licence)
    )
