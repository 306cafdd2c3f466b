"""Who may and who may not: each policy with both lists."""

import pytest

from mentors import policies
from mentors.actions.requesting.moving import ask_move
from mentors.actions.requesting.planning import propose_plan
from mentors.models import MentoringRequest
from tests.mentors.makers import agreed, asked, begin, certification_of, craftsman, submitted, visit


@pytest.fixture
def everybody(officer, manager, trainee, coordinator, advisor, stranger, master, another):
    return {
        "officer": officer.acting(),
        "manager": manager.acting(),
        "trainee": trainee.acting(),
        "coordinator": coordinator.acting(),
        "advisor": advisor.acting(),
        "stranger": stranger.acting(),
        "master": master.acting(),
        "another": another.acting(),
    }


def those(everybody, ask):
    return {name for name, acting in everybody.items() if ask(acting)}


def test_may_apply(everybody):
    assert those(everybody, policies.may_apply) == set(everybody) - {"officer"}


def test_may_edit_application(everybody, master, ward):
    draft, handed_in = begin(master, ward), submitted(master, ward, occupation="welding")

    assert those(everybody, lambda one: policies.may_edit_application(one, draft)) == {"master"}
    assert those(everybody, lambda one: policies.may_edit_application(one, handed_in)) == set()


def test_may_withdraw_application(everybody, master, ward):
    handed_in = submitted(master, ward)

    assert those(everybody, lambda one: policies.may_withdraw_application(one, handed_in)) == {"master"}
    handed_in.state = "reviewing"
    assert those(everybody, lambda one: policies.may_withdraw_application(one, handed_in)) == set()


def test_may_review(everybody, master, officer, ward):
    assert those(everybody, lambda one: policies.may_review(one, submitted_once(master, ward))) == {"officer"}
    own = begin(craftsman("区"), ward)
    own.person = officer.person
    assert not policies.may_review(officer.acting(), own)


def submitted_once(master, ward):
    return master.person.applications.first() or begin(master, ward)


def test_may_keep_board(everybody):
    assert those(everybody, policies.may_keep_board) == {"officer"}


def test_may_stop_and_may_choose_listing(everybody, master, ward, officer):
    held = certification_of(master, ward)

    assert those(everybody, lambda one: policies.may_stop(one, held)) == {"officer"}
    assert those(everybody, lambda one: policies.may_choose_listing(one, held)) == {"master"}
    held.person = officer.person
    assert not policies.may_stop(officer.acting(), held)


# --- requesting ---


def test_may_ask_and_list_requests(everybody):
    assert those(everybody, policies.may_ask) == {"manager", "stranger", "coordinator"}
    assert those(everybody, policies.may_list_requests) == {"manager", "stranger", "coordinator", "officer"}


def test_may_plan_name_learners_and_cancel(everybody, manager, ward):
    request = asked(manager, ward=ward)

    for may in (policies.may_plan, policies.may_name_learners, policies.may_cancel_request):
        assert those(everybody, lambda one, may=may: may(one, request)) == {"manager"}
    request.state = "cancelled"
    for may in (policies.may_plan, policies.may_name_learners, policies.may_cancel_request):
        assert those(everybody, lambda one, may=may: may(one, request)) == set()


def test_may_answer_plan(everybody, manager, master, ward):
    request = asked(manager, ward=ward)
    propose_plan(request, certification_of(master, ward), [visit()], by=manager.acting())
    request = MentoringRequest.objects.select_related("certification").get()

    assert those(everybody, lambda one: policies.may_answer_plan(one, request)) == {"master"}
    request.state = "agreed"
    assert those(everybody, lambda one: policies.may_answer_plan(one, request)) == set()


def test_may_cancel_session(everybody, manager, master, ward):
    (session,) = agreed(manager, certification_of(master, ward))

    assert those(everybody, lambda one: policies.may_cancel_session(one, session)) == {"manager", "master"}
    session.state = "cancelled"
    assert those(everybody, lambda one: policies.may_cancel_session(one, session)) == set()


def test_may_ask_move_answer_it_and_take_it_back(everybody, manager, master, ward):
    (session,) = agreed(manager, certification_of(master, ward))
    wanted = ask_move(session, visit(start="09:00", end="11:00"), because="x", by=manager.acting())

    assert those(everybody, lambda one: policies.may_ask_move(one, session)) == {"manager", "master"}
    assert those(everybody, lambda one: policies.may_take_part(one, session)) == {"manager", "master"}
    assert those(everybody, lambda one: policies.may_answer_move(one, wanted)) == {"master"}
    assert those(everybody, lambda one: policies.may_take_back_move(one, wanted)) == {"manager"}
    wanted.side = "mentor"
    assert those(everybody, lambda one: policies.may_answer_move(one, wanted)) == {"manager"}


# --- sessions ---


def test_may_log(everybody, manager, master, ward):
    (session,) = agreed(manager, certification_of(master, ward))

    assert those(everybody, lambda one: policies.may_log(one, session)) == {"master"}
    session.state = "cancelled"
    assert those(everybody, lambda one: policies.may_log(one, session)) == set()


def test_may_add_photo_and_withdraw_consent(everybody, manager, master, ward):
    (session,) = agreed(manager, certification_of(master, ward))

    assert those(everybody, lambda one: policies.may_add_photo(one, session)) == {"manager", "master"}
    assert those(everybody, lambda one: policies.may_withdraw_consent(one, session)) == {"manager", "master", "officer"}
    session.state = "cancelled"
    assert those(everybody, lambda one: policies.may_add_photo(one, session)) == set()


def test_may_hold_remote_and_write_a_message(everybody, manager, master, ward):
    (session,) = agreed(manager, certification_of(master, ward))

    for may in (policies.may_hold_remote, policies.may_write_message):
        assert those(everybody, lambda one, may=may: may(one, session)) == {"manager", "master"}
    session.state = "cancelled"
    assert those(everybody, lambda one: policies.may_hold_remote(one, session)) == set()
    assert those(everybody, lambda one: policies.may_write_message(one, session)) == {"manager", "master"}
    session.request.mentor_agreed_at = None
    assert those(everybody, lambda one: policies.may_write_message(one, session)) == set()


def test_may_pay(everybody):
    assert those(everybody, policies.may_pay) == {"officer"}
