"""How a trial ends: blind intents, early ends, offers, the hire, and whether it lasts."""

from datetime import date

import pytest

from firms.errors import Refused
from firms.models import Employment, JournalEntry, Notification
from tests.factories import EmploymentFactory, WorkingPatternFactory
from tests.trials.playing import LAST
from trials.actions.agreement.starting import suspend
from trials.actions.conversion import offers, retention
from trials.actions.outcome import ending, intent
from trials.models import ClosedWith, Intent, Offer, PrivateWords, RetentionCheck, Termination
from trials.queries.matching import taken_places
from trials.states import Party
from trials.states import PlacementState as S

pytestmark = pytest.mark.django_db

DAY = date(2027, 1, 16)


def hands_of(trial):
    return {"worker": trial.trialist, "host": trial.manager}


def answer(trial, side, *, is_yes=True, **given):
    intent.answer(trial.placement, side=Party(side), is_yes=is_yes, by=hands_of(trial)[side].acting(DAY), **given)


def seen_by(cast, model=Intent):
    return [(row.side, row.is_yes) for row in model.objects.visible_to(cast.acting(DAY))]


# --- intent ---


def test_intent_opens_three_weeks_before_the_last_day_and_not_a_day_sooner(trial):
    trial.active()

    trial.sweep(date(2027, 1, 9))
    assert trial.state == S.ACTIVE
    trial.sweep(date(2027, 1, 10))
    assert (trial.state, trial.now.intent_opened_on) == (S.INTENT_OPEN, date(2027, 1, 10))


@pytest.mark.parametrize(("side", "other"), [("worker", "host"), ("host", "worker")])
@pytest.mark.parametrize("is_yes", [True, False])
def test_each_side_is_blind_until_both_are_in(trial, adviser, officer, stranger, side, other, is_yes):
    trial.intent_open()
    answer(trial, side, is_yes=is_yes, reason="経験が足りない" if side == "host" and not is_yes else "")

    hands = hands_of(trial)
    assert seen_by(hands[side]) == [(side, is_yes)]
    assert [seen_by(one) for one in (hands[other], adviser, officer, stranger)] == [[], [], [], []]
    assert trial.state == S.INTENT_OPEN
    assert "is_yes" not in str(list(JournalEntry.objects.about(trial.placement).values_list("details", flat=True)))

    answer(trial, other)
    both = sorted([(side, is_yes), (other, True)])
    assert [sorted(seen_by(one)) for one in (*hands.values(), adviser)] == [both, both, both]
    assert [seen_by(one) for one in (officer, stranger)] == [[], []]


@pytest.mark.parametrize(
    ("worker", "host", "state"),
    [
        (True, True, S.MUTUAL_AGREED),
        (False, True, S.WORKER_DECLINED),
        (True, False, S.HOST_DECLINED),
        (False, False, S.WORKER_DECLINED),
    ],
)
def test_both_answers_decide(trial, worker, host, state):
    trial.answered(worker=worker, host=host)

    assert trial.state == state


def test_words_for_the_adviser_reach_nobody_else(trial, adviser, officer, other_adviser):
    trial.answered(worker=False)

    read = [PrivateWords.objects.visible_to(one.acting()).count() for one in (trial.trialist, adviser)]
    hidden = [PrivateWords.objects.visible_to(one.acting()).count() for one in (trial.manager, officer, other_adviser)]
    assert (read, hidden) == ([1, 1], [0, 0, 0])
    told = "".join(Notification.objects.values_list("body", flat=True))
    assert "通勤が遠い" not in told + str(list(JournalEntry.objects.values_list("details", flat=True)))


def test_no_of_the_host_needs_its_reason(trial):
    trial.intent_open()

    with pytest.raises(Refused, match="理由を入力してください。（根拠：労働者派遣法施行規則22条の2"):
        answer(trial, "host", is_yes=False)


def test_intent_is_given_once(trial):
    trial.intent_open()
    answer(trial, "worker")

    with pytest.raises(Refused, match="回答は変えられません"):
        answer(trial, "worker", is_yes=False)


def test_silence_on_the_intent_is_reminded_and_goes_to_adviser_and_ward(trial, officer):
    trial.intent_open()
    answer(trial, "worker")

    for day in (17, 18, 20, 21, 22):
        trial.sweep(date(2027, 1, day))

    asked = Notification.objects.filter(subject="意向の回答をお願いします")
    risen = Notification.objects.filter(subject="意向の回答がありません")
    assert [one.person.family_name for one in asked] == ["大森"]
    assert sorted(one.person.family_name for one in risen) == ["区役", "相談"]


# --- an end before the last day ---


def end(trial, side, *, noticed_on, ended_on, on=None, **given):
    hands = {**hands_of(trial), "agency": trial.adviser}
    days = {"noticed_on": noticed_on, "ended_on": ended_on}
    by = hands[side].acting(on or ended_on)
    return ending.end_early(trial.placement, side=Party(side), reason="仕事の量が減った", by=by, **days, **given)


def test_host_that_ends_early_gives_thirty_days_or_pays_what_is_missing(trial):
    trial.active()
    days = {"noticed_on": date(2026, 12, 10), "ended_on": date(2027, 1, 8)}

    with pytest.raises(Refused, match=r"派遣元の同意が要ります.*派遣先指針"):
        end(trial, "host", **days)
    with pytest.raises(Refused, match=r"予告は29日（30日必要）。足りない1日分以上.*派遣先指針"):
        end(trial, "host", is_agreed=True, **days)

    ended = end(trial, "host", is_agreed=True, pays=True, **days)
    assert (ended.missing_days, trial.state, trial.now.last_on) == (1, S.TERMINATED, date(2027, 1, 8))


def test_host_that_gave_thirty_days_owes_no_pay(trial):
    trial.active()

    ended = end(trial, "host", is_agreed=True, noticed_on=date(2026, 12, 10), ended_on=date(2027, 1, 9))

    assert (ended.missing_days, ended.pays) == (0, False)


@pytest.mark.parametrize(
    ("noticed_on", "ended_on", "on", "sentence"),
    [
        (date(2026, 12, 11), date(2026, 12, 10), date(2026, 12, 11), "予告した日は、最後の日より後"),
        (date(2026, 12, 1), date(2026, 12, 12), date(2026, 12, 11), "今日まで"),
        (date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 11), "就労を始めた2026年12月1日から"),
        (date(2027, 1, 1), date(2027, 2, 1), date(2027, 2, 2), "契約の期間の中"),
    ],
)
def test_end_on_an_impossible_day_is_refused(trial, noticed_on, ended_on, on, sentence):
    trial.active()

    with pytest.raises(Refused, match=sentence):
        end(trial, "worker", noticed_on=noticed_on, ended_on=ended_on, on=on)


@pytest.mark.parametrize("side", ["worker", "agency"])
def test_worker_and_agency_end_without_the_checklist_of_the_host(trial, side):
    trial.intent_open()

    end(trial, side, noticed_on=date(2027, 1, 11), ended_on=date(2027, 1, 11))

    assert (trial.state, Termination.objects.get().ended_by) == (S.TERMINATED, side)


def test_suspended_trial_that_ends_is_suspended_no_more(trial):
    trial.active()
    suspend(trial.placement, since=date(2026, 12, 5), by=trial.adviser.acting(date(2026, 12, 5)))
    end(trial, "worker", noticed_on=date(2026, 12, 6), ended_on=date(2026, 12, 6))

    assert (trial.state, trial.now.suspended_on) == (S.TERMINATED, None)


@pytest.mark.parametrize(
    ("act", "what"), [(ending.close, ClosedWith.NO_CONVERSION), (ending.turn_to_dispatch, ClosedWith.DISPATCH)]
)
def test_trial_without_a_hire_is_closed_with_what_followed(trial, act, what):
    trial.answered(host=False)

    act(trial.placement, by=trial.adviser.acting(DAY))

    assert (trial.state, trial.now.closed_with) == (S.CLOSED, what)


def test_withdrawal_before_a_match_frees_the_place(trial):
    ending.withdraw(trial.placement, by=trial.trialist.acting())

    assert (trial.now.closed_with, taken_places(trial.placement.seeker.round)) == (ClosedWith.WITHDRAWN, 0)


def test_host_puts_away_accounts_and_keys_after_the_last_day(trial):
    trial.answered(host=False)
    with pytest.raises(Refused, match="最後の日になってから"):
        ending.clear_up(trial.placement, by=trial.manager.acting(DAY))

    for _click in range(2):
        ending.clear_up(trial.placement, by=trial.manager.acting(LAST))

    assert trial.now.cleared_on == LAST
    assert JournalEntry.objects.filter(verb="placement.clear_up").count() == 1


# --- the permanent job ---


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"is_without_term": False}, "期間の定めのない雇用"),
        ({"probation_months": 3}, "試用期間を設けられません。（根拠：派遣先指針 第2の18"),
        ({"hire_on": LAST}, "最後の日（2027年1月31日）より後"),
        ({"pay": "月給200,000円"}, "月給240,000円）と違います"),
    ],
)
def test_offer_keeps_to_the_law_and_says_what_differs(trial, given, sentence):
    with pytest.raises(Refused, match=sentence):
        trial.offered(**given)


def test_offer_that_differs_is_made_with_its_reason(trial):
    trial.offered(pay="月給250,000円", difference_reason="資格手当を加えた")

    offer = Offer.objects.get()
    assert (offer.planned_pay, offer.pay) == ("月給240,000円", "月給250,000円")


def test_offer_names_a_pattern_of_the_establishment_alone(trial):
    with pytest.raises(Refused, match="別の事業所の勤務形態"):
        trial.offered(pattern=WorkingPatternFactory())


def test_offer_refused_is_the_workers_no(trial):
    trial.offered()

    offers.refuse_offer(trial.placement, by=trial.trialist.acting(DAY))

    assert trial.state == S.WORKER_DECLINED


def test_accepted_offer_is_refused_no_more_and_hires_on_its_day_once(trial, establishment):
    trial.offered()
    by = trial.trialist.acting(LAST)
    offers.accept(trial.placement, by=by)
    offers.accept(trial.placement, by=by)
    with pytest.raises(Refused, match="すでに承諾しています"):
        offers.refuse_offer(trial.placement, by=by)

    trial.sweep(LAST)
    assert (trial.state, Employment.objects.count()) == (S.OFFERED, 0)
    trial.sweep(date(2027, 2, 3))
    trial.sweep(date(2027, 2, 4))

    employment = Employment.objects.get()
    assert (employment.establishment, employment.started_on) == (establishment, date(2027, 2, 1))
    assert (trial.state, trial.now.hired_on, trial.now.employment) == (S.CONVERTED, date(2027, 2, 1), employment)


def test_hire_of_somebody_already_employed_there_waits(trial, establishment):
    trial.offered()
    offers.accept(trial.placement, by=trial.trialist.acting(LAST))
    EmploymentFactory(person=trial.placement.person, establishment=establishment)

    with pytest.raises(Refused, match="すでにこの事業所に雇用されています"):
        offers.hire(trial.placement, on=date(2027, 2, 1))
    trial.sweep(date(2027, 2, 1))

    assert (trial.state, Employment.objects.count()) == (S.OFFERED, 1)


# --- whether it lasts ---


def check(trial, side, day, *, is_employed=True, left_on=None, left_because=""):
    given = {"is_employed": is_employed, "left_on": left_on, "left_because": left_because}
    retention.answer_check(trial.placement, side=Party(side), by=hands_of(trial)[side].acting(day), **given)


def test_retention_is_asked_of_both_on_each_day(trial):
    trial.converted()
    asked = list(RetentionCheck.objects.filter(side="worker").values_list("months", "due_on"))
    assert asked == [(1, date(2027, 3, 1)), (3, date(2027, 5, 1)), (6, date(2027, 8, 1))]

    trial.sweep(date(2027, 2, 28))
    assert trial.state == S.CONVERTED
    trial.sweep(date(2027, 3, 1))
    assert trial.state == S.RETENTION_1


def test_side_that_was_not_asked_yet_has_nothing_to_answer(trial):
    trial.converted()
    trial.sweep(date(2027, 3, 1))
    check(trial, "worker", date(2027, 3, 1))

    with pytest.raises(Refused, match="いま答える定着の確認はありません"):
        check(trial, "worker", date(2027, 3, 1))


def test_six_months_count_when_both_have_said_so(trial):
    trial.retention_6()
    check(trial, "worker", date(2027, 8, 1))
    assert trial.state == S.RETENTION_6

    check(trial, "host", date(2027, 8, 2))
    assert trial.state == S.RETAINED_6M


@pytest.mark.parametrize(
    ("left_on", "because", "sentence"),
    [
        (None, "voluntary", "離職日は"),
        (date(2027, 1, 31), "voluntary", "離職日は"),
        (date(2027, 3, 2), "voluntary", "離職日は"),
        (date(2027, 2, 20), "", "離職の理由を選んで"),
    ],
)
def test_leaving_has_its_day_and_its_reason(trial, left_on, because, sentence):
    trial.converted()
    trial.sweep(date(2027, 3, 1))

    with pytest.raises(Refused, match=sentence):
        check(trial, "host", date(2027, 3, 1), is_employed=False, left_on=left_on, left_because=because)


@pytest.mark.parametrize("because", ["voluntary", "dismissal", "mutual", "unknown"])
def test_leaving_is_kept_apart_by_its_reason_and_asked_no_further(trial, because):
    trial.converted()
    trial.sweep(date(2027, 3, 1))
    check(trial, "host", date(2027, 3, 1), is_employed=False, left_on=date(2027, 2, 20), left_because=because)
    trial.sweep(date(2027, 8, 1))
    assert trial.state == S.RETENTION_1

    by = trial.adviser.acting(date(2027, 8, 1))
    retention.record_left(trial.placement, left_on=date(2027, 2, 20), left_because=because, by=by)
    ending.close(trial.placement, by=by)

    placement = trial.now
    assert (placement.closed_with, placement.left_because) == (ClosedWith.LEFT, because)


def test_silence_on_retention_stays_unknown_and_is_reminded_once(trial):
    trial.converted()
    for day in (date(2027, 3, 1), date(2027, 3, 11), date(2027, 3, 12), date(2027, 3, 13)):
        trial.sweep(day)

    asked = Notification.objects.filter(subject="定着の確認への回答がありません")
    assert sorted(one.person.family_name for one in asked) == ["大森", "志望", "相談", "相談"]
    assert RetentionCheck.objects.filter(months=1, is_employed=None).count() == 2


def test_retention_after_a_hire_at_the_end_of_a_month_is_asked_on_the_last_day_there_is(trial):
    trial.offered(hire_on=date(2027, 11, 30))
    offers.accept(trial.placement, by=trial.trialist.acting(date(2027, 11, 30)))

    days = RetentionCheck.objects.filter(side="host").values_list("due_on", flat=True)
    assert list(days) == [date(2027, 12, 30), date(2028, 2, 29), date(2028, 5, 30)]


def test_answers_to_retention_are_the_side_s_own_and_the_agency_s(trial, adviser, other_adviser):
    trial.converted()

    def sides(cast):
        return set(RetentionCheck.objects.visible_to(cast.acting()).values_list("side", flat=True))

    assert [sides(one) for one in (trial.trialist, trial.manager, adviser, other_adviser)] == [
        {"worker"},
        {"host"},
        {"worker", "host"},
        set(),
    ]
