"""One side goes back by itself: on terms being made, on a contract before its first day, on the hire both had wished."""

from datetime import date, timedelta

import pytest

from firms.errors import Refused
from firms.models import JournalEntry, Notification, SignatureRequest
from lms.homes.trials import own_steps
from tests.conftest import TODAY
from tests.trials.playing import FIRST, LAST
from tests.trials.test_records import values
from trials.actions.conversion import offers
from trials.actions.outcome import ending, taking_back
from trials.actions.working.records import issue
from trials.models import BackOut, Placement, Termination
from trials.queries.steps import open_events
from trials.states import Party
from trials.states import PlacementState as S

pytestmark = pytest.mark.django_db

WHY = "受入企業が破産した"
WISHED = LAST - timedelta(days=14)
NAMES = {"worker": "志望", "host": "大森", "agency": "相談"}


def hand_of(trial, side):
    return {"worker": trial.trialist, "host": trial.manager, "agency": trial.adviser}[side]


def call_off(trial, side):
    taking_back.call_off(trial.placement, side=Party(side), reason=WHY, by=hand_of(trial, side).acting())


def cancel(trial, side, *, on=TODAY, **given):
    by = hand_of(trial, side).acting(on)
    return taking_back.cancel(trial.placement, side=Party(side), reason=WHY, by=by, **given)


def back_out(trial, side, *, on=WISHED, **given):
    taking_back.back_out(trial.placement, side=Party(side), reason=WHY, by=hand_of(trial, side).acting(on), **given)


def told(subject):
    """Family name → what they were told."""
    return {one.person.family_name: one.body for one in Notification.objects.filter(subject=subject)}


def buttons(trial, side, on):
    return {event.code for event in open_events(trial.now, Party(side), on=on)}


# --- terms being made ---


@pytest.mark.parametrize("side", list(NAMES))
def test_each_side_alone_calls_terms_off_and_the_others_hear_why(trial, side):
    trial.drafted()
    assert "call_off" in buttons(trial, side, TODAY)

    call_off(trial, side)

    assert (trial.state, trial.now.starts_on) == (S.TERMINATED, None)
    assert BackOut.objects.values_list("side", "reason").get() == (side, WHY)
    heard = told("条件の取決めが取りやめになりました")
    assert set(heard) == set(NAMES.values()) - {NAMES[side]}
    for name, body in heard.items():
        # The worker's reason is for the adviser.
        assert (WHY in body) is (side != "worker" or name == NAMES["agency"])
    entry = JournalEntry.objects.get(verb="placement.call_off")
    assert (entry.from_state, entry.to_state) == ("terms_pending", "terminated")


@pytest.mark.parametrize("role", ["host", "agency", "worker"])
def test_what_was_sent_to_be_signed_is_signed_no_more(trial, role):
    trial.drafted()
    call_off(trial, "host")

    with pytest.raises(Refused, match="取りやめになったか終わったため、署名はもう要りません"):
        trial.sign(role)
    assert not SignatureRequest.objects.filter(signature__isnull=False).exists()
    assert own_steps(trial.trialist.acting()) == []


def test_who_was_called_off_is_matched_again_and_no_trial_is_counted(trial):
    trial.drafted()
    call_off(trial, "host")

    following = ending.rematch(trial.placement, by=trial.adviser.acting())

    assert (following.state, following.before_id) == (S.PREPARED, trial.placement.pk)
    assert trial.now.started_on is None


# --- a contract before its first day ---


def test_host_that_cancels_owes_notice_reckoned_to_the_eve_of_the_first_day(trial):
    trial.ready()
    with pytest.raises(Refused, match=r"派遣元の同意が要ります.*派遣先指針 第2の6"):
        cancel(trial, "host", noticed_on=TODAY)
    # 2026-11-20 to 2026-11-30, the eve of the first day: ten days of thirty.
    with pytest.raises(Refused, match=r"予告は10日（30日必要）。足りない20日分以上"):
        cancel(trial, "host", noticed_on=TODAY, is_agreed=True)

    ended = cancel(trial, "host", noticed_on=TODAY, is_agreed=True, pays=True)

    assert (ended.missing_days, ended.ended_by, ended.ended_on) == (20, "host", TODAY)
    assert trial.state == S.TERMINATED


@pytest.mark.parametrize(("first", "missing"), [(date(2026, 12, 21), 0), (date(2026, 12, 20), 1)])
def test_thirty_days_before_the_first_day_nothing_is_owed(trial, first, missing):
    trial.ready(first=first)

    assert cancel(trial, "host", noticed_on=TODAY, is_agreed=True, pays=True).missing_days == missing


def test_days_of_a_cancelled_contract_are_free_for_another_host(trial):
    trial.contracted()
    cancel(trial, "worker")

    now = trial.now
    assert (now.starts_on, now.last_on, now.started_on) == (None, None, None)
    assert not Placement.objects.overlapping(FIRST, LAST).exists()
    terms = trial.placement.terms.get()
    assert (terms.starts_on, terms.last_on) == (FIRST, LAST)


def test_paper_of_a_cancelled_contract_says_which_it_was(trial):
    trial.ready()
    cancel(trial, "host", noticed_on=TODAY, is_agreed=True, pays=True)

    facts = issue(trial.placement, kind="early_end", by=trial.manager.acting()).facts

    assert values(facts, "解除の内容")["対象の契約"] == "2026年12月1日〜2027年1月31日"


def test_agency_cancels_what_the_worker_has_signed_for_an_unavoidable_reason_alone(trial):
    trial.ready()
    with pytest.raises(Refused, match=r"やむを得ない事由が要ります.*労働契約法17条1項"):
        cancel(trial, "agency")

    cancel(trial, "agency", is_unavoidable=True)

    assert (trial.state, Termination.objects.get().ended_by) == (S.TERMINATED, "agency")
    assert WHY in told("トライアル就労は開始の前に取りやめになりました")["志望"]


def test_agency_cancels_what_the_worker_has_not_signed_without_that(trial):
    trial.contracted()

    cancel(trial, "agency")

    assert trial.state == S.TERMINATED


def test_notice_is_not_of_a_day_to_come(trial):
    trial.ready()

    with pytest.raises(Refused, match="今日までの日付"):
        cancel(trial, "host", noticed_on=TODAY + timedelta(days=1), is_agreed=True, pays=True)


# --- after both have wished it ---


@pytest.mark.parametrize(
    ("side", "state"), [("worker", S.WORKER_DECLINED), ("host", S.HOST_DECLINED), ("agency", S.TERMINATED)]
)
@pytest.mark.parametrize("reached", ["answered", "offered"])
def test_each_side_alone_takes_its_wish_back(trial, side, state, reached):
    getattr(trial, reached)()

    back_out(trial, side)

    assert (trial.state, BackOut.objects.get().side) == (state, side)
    assert set(told("採用の希望が取り下げられました")) == set(NAMES.values()) - {NAMES[side]}


def test_an_accepted_job_is_taken_back_by_the_host_with_the_persons_word_alone(trial):
    trial.offered()
    offers.accept(trial.placement, by=trial.trialist.acting(WISHED))
    with pytest.raises(Refused, match=r"本人の合意が要ります.*労働契約法16条"):
        back_out(trial, "host")

    back_out(trial, "host", is_agreed=True)

    assert trial.state == S.HOST_DECLINED
    trial.sweep(date(2027, 2, 1))
    assert trial.state == S.HOST_DECLINED


def test_an_accepted_job_is_taken_back_by_the_person_and_an_open_offer_refused(trial):
    trial.offered()
    assert {"refuse_offer", "accept"} <= buttons(trial, "worker", WISHED)
    assert "worker_back_out" not in buttons(trial, "worker", WISHED)
    offers.accept(trial.placement, by=trial.trialist.acting(WISHED))
    assert "worker_back_out" in buttons(trial, "worker", WISHED)

    back_out(trial, "worker")

    assert trial.state == S.WORKER_DECLINED


def test_reason_of_a_host_that_went_back_is_printed_as_its_no(trial):
    trial.answered()
    back_out(trial, "host")

    told_by_host = issue(trial.placement, kind="no_hire_reason", by=trial.manager.acting(LAST)).facts
    letter = issue(trial.placement, kind="no_hire_letter", by=trial.adviser.acting(LAST)).facts
    ledger = issue(trial.placement, kind="host_ledger", by=trial.manager.acting(LAST)).facts

    assert values(told_by_host, "理由")["理由"] == values(letter, "理由")["理由"] == WHY
    assert values(ledger, "紹介予定派遣に関する事項")["紹介を希望しない理由"] == WHY


def test_days_still_to_be_worked_end_early_also_after_both_have_wished(trial):
    trial.answered()
    assert "end" in buttons(trial, "worker", LAST)
    assert "end" not in buttons(trial, "worker", LAST + timedelta(days=1))

    ending.end_early(
        trial.placement,
        side=Party.WORKER,
        noticed_on=WISHED,
        ended_on=WISHED,
        reason="体調",
        by=trial.trialist.acting(WISHED),
    )

    assert (trial.state, trial.now.last_on) == (S.TERMINATED, WISHED)


# --- pages ---


@pytest.mark.parametrize(
    ("reached", "code", "form", "state"),
    [
        ("drafted", "call_off", {"reason": WHY}, S.TERMINATED),
        ("contracted", "cancel", {"reason": WHY}, S.TERMINATED),
    ],
)
def test_trialist_takes_back_on_the_page_and_the_host_reads_no_reason_of_theirs(trial, reached, code, form, state):
    getattr(trial, reached)()
    page = f"/trials/placements/{trial.placement.pk}/"
    client = trial.trialist.client()
    assert f"{page}{code}/" in client.get(page).content.decode()

    client.post(f"{page}{code}/", form)

    assert trial.state == state
    read = {side: hand_of(trial, side).client().get(page).content.decode() for side in ("host", "agency")}
    assert (WHY in read["host"], WHY in read["agency"]) == (False, True)
    assert "署名する" not in client.get(page).content.decode()


def test_reason_is_asked_for(trial):
    trial.drafted()
    page = f"/trials/placements/{trial.placement.pk}/call_off/"

    answer = trial.trialist.client().post(page, {"reason": ""})

    assert (answer.status_code, trial.state) == (200, S.TERMS_PENDING)
