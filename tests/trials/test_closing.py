"""A host or an agency is deregistered: its trials are named before, end where one side may end them, and else stand in the way."""

from datetime import date

import pytest
import time_machine

from firms.errors import Refused
from firms.models import ActionLink, JournalEntry, Notification, Organisation
from lms.deregistering.ending import deregister_whole
from lms.deregistering.touched import touched
from lms.tasks import end_deregistered
from tests.conftest import TODAY
from tests.factories import at
from tests.trials.factories import PostingFactory
from tests.trials.playing import PAY
from trials.actions.agreement import terms
from trials.actions.closing import BOUND, CLOSABLE, LASTING, WITHDRAWABLE
from trials.actions.matching import proposals
from trials.actions.matching.seekers import invite_seeker
from trials.models import Answer, BackOut
from trials.states import Party, PlacementState

WHY = "2026年11月19日に廃業した"


def gone(organisation, officer, on=TODAY):
    deregister_whole(organisation, on=on, reason=WHY, by=officer.acting(TODAY))


def lines(items):
    return [f"{one.name}｜{one.note}" for one in items]


def trials_of(items):
    return [line for line in lines(items) if "トライアル" in line or "求人" in line or "求職者" in line]


# --- the host ---


def test_postings_and_open_proposals_of_a_host_end_with_it(officer, firm, trial, establishment):
    trial.matching()
    PostingFactory(establishment=establishment, title="組立の下書き", state="draft", opened_on=None)

    found = touched(firm, TODAY)
    assert trials_of(found.ending) == [
        "組立の下書き｜求人（下書き）",
        f"{trial.posting.title}｜求人（募集中）",
        "トライアル就労（打診中）｜1人",
    ]
    assert trials_of(found.unsettled) == []
    assert trial.placement.person.full_name not in "".join(lines(found.ending))
    gone(firm, officer)

    trial.posting.refresh_from_db()
    assert (trial.posting.state, trial.state) == ("closed", "prepared")
    answer = Answer.objects.get()
    assert (answer.side, answer.is_yes, answer.reason) == ("host", False, WHY)
    assert Notification.objects.filter(person=trial.placement.person, subject__contains="成立しません").exists()


def test_a_host_that_has_said_yes_waits_for_the_other_answer(officer, manager, firm, trial):
    trial.matching()
    proposals.agree(trial.placement, side=Party.HOST, by=manager.acting())

    assert trials_of(touched(firm, TODAY).unsettled) == ["トライアル就労（打診中）｜1人"]
    with pytest.raises(Refused, match="先に片づける手続きが残っています（トライアル就労"):
        gone(firm, officer)


@pytest.mark.parametrize("leaving", ["firm", "agency"])
def test_terms_that_bind_nobody_yet_end_with_either_side(leaving, officer, trial, request):
    trial.drafted()
    organisation = request.getfixturevalue(leaving)

    assert trials_of(touched(organisation, TODAY).unsettled) == []
    assert "トライアル就労（条件の取決め中）｜1人" in trials_of(touched(organisation, TODAY).ending)
    gone(organisation, officer)

    assert trial.state == {"firm": "terminated", "agency": "closed"}[leaving]
    back = BackOut.objects.get()
    assert (back.side, back.reason) == ({"firm": "host", "agency": "agency"}[leaving], WHY)
    with pytest.raises(Refused, match="署名はもう要りません"):
        trial.sign("worker")


def test_a_wish_to_hire_ends_with_the_host_and_stands_in_the_way_of_the_agency(officer, firm, agency, trial):
    trial.answered()

    assert trials_of(touched(agency, TODAY).unsettled) == ["トライアル就労（双方が希望）｜1人"]
    gone(firm, officer)

    assert (trial.state, BackOut.objects.get().reason) == ("host_declined", WHY)


@pytest.mark.parametrize("state", ["contracted", "ready", "active", "intent_open", "offered"])
def test_what_binds_both_sides_is_settled_before_either_leaves(state, officer, firm, agency, trial):
    getattr(trial, state)()
    label = PlacementState(trial.state).label

    for organisation in (firm, agency):
        assert trials_of(touched(organisation, TODAY).unsettled) == [f"トライアル就労（{label}）｜1人"]
        with pytest.raises(Refused, match="先に片づける手続き"):
            gone(organisation, officer)
        assert Organisation.objects.get(pk=organisation.pk).deregistered_on is None


@pytest.mark.parametrize("state", ["converted", "retention_6"])
def test_a_job_begun_stays_and_its_lasting_is_still_told(state, officer, firm, agency, trial):
    getattr(trial, state)()

    for organisation in (firm, agency):
        assert len(trials_of(touched(organisation, TODAY).staying)) == 1
        gone(organisation, officer)
    assert trial.state == state


def test_a_trial_that_is_over_does_not_hold_its_host(officer, firm, trial):
    trial.terminated()

    assert touched(firm, TODAY).unsettled == []
    gone(firm, officer)
    assert trial.state == "terminated"


# --- the agency ---


@pytest.mark.parametrize(("state", "closed_with"), [("prepared", "withdrawn"), ("terminated", "no_conversion")])
def test_an_agency_takes_out_who_is_proposed_to_nobody_and_closes_what_is_over(
    state, closed_with, officer, agency, trial
):
    getattr(trial, state)()
    label = PlacementState(trial.state).label

    day = date(2026, 12, 10)
    with time_machine.travel(at(day, "09:00")):
        assert trials_of(touched(agency, day).ending) == [f"トライアル就労（{label}）｜1人"]
        deregister_whole(agency, on=day, reason=WHY, by=officer.acting(day))

    now = trial.now
    assert (now.state, now.closed_with, now.closed_on) == ("closed", closed_with, day)
    assert WHY in Notification.objects.filter(person=now.person).latest("pk").body


def test_links_of_people_an_agency_invited_end(officer, adviser, agency, round):
    typed = {"family_name": "待つ", "given_name": "人", "born_on": date(1998, 5, 1), "standing": "not_working"}
    invite_seeker(round, email="waiting@example.jp", by=adviser.acting(), **typed)

    assert trials_of(touched(agency, TODAY).ending) == ["求職者の招待｜1人"]
    gone(agency, officer)

    link = ActionLink.objects.get()
    assert link.state == "revoked"
    assert "区にお尋ねください" in link.closed_because


def test_the_other_agency_keeps_its_people(officer, other_adviser, trial):
    trial.matching()

    gone(other_adviser.organisation, officer)

    assert trial.state == "matching"


# --- the day ---


def test_what_is_open_on_a_day_ahead_ends_on_it_once(officer, firm, trial):
    trial.matching()
    day = date(2026, 12, 1)
    gone(firm, officer, on=day)

    with time_machine.travel(at(date(2026, 11, 30), "09:00")):
        end_deregistered()
    assert trial.state == "matching"
    with time_machine.travel(at(day, "09:00")):
        end_deregistered()
        before = JournalEntry.objects.count()
        end_deregistered()
    assert (trial.state, JournalEntry.objects.count()) == ("prepared", before)


@pytest.mark.parametrize(("last", "may"), [(date(2027, 1, 30), True), (date(2027, 1, 31), False)])
@pytest.mark.parametrize("leaving", ["firm", "agency"])
def test_no_contract_goes_past_the_day_of_a_side(last, may, leaving, officer, manager, trial, request):
    day = date(2027, 1, 31)
    gone(request.getfixturevalue(leaving), officer, on=day)
    trial.terms_pending()
    terms.notify_agency(trial.placement, bar_on=date(2028, 4, 1), pay=PAY, by=manager.acting())
    given = {"starts_on": date(2026, 12, 1), "hourly_yen": 1_400, "exception": "", "may_be_renewed": False}

    def draft():
        return terms.draft(trial.placement, last_on=last, by=trial.adviser.acting(), **given)

    if may:
        assert draft().last_on == last
    else:
        with pytest.raises(Refused, match="登録が抹消"):
            draft()


def test_every_state_is_thought_of():
    assert {*WITHDRAWABLE, *CLOSABLE, *LASTING, *BOUND, "closed"} == set(PlacementState.values)
    assert set(BOUND) & {*WITHDRAWABLE, *CLOSABLE, *LASTING} == set()
