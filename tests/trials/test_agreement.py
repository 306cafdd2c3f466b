"""The contract: what must hold before it, when the last side signs it, on the first day, and when it is extended."""

from datetime import date

import pytest
import time_machine

from firms.errors import Refused
from firms.queries.signing import version_in_force
from tests.conftest import TODAY, cast
from tests.factories import EstablishmentFactory, OrganisationFactory, at
from tests.trials.factories import PlacementFactory, PostingFactory, RoundFactory
from tests.trials.playing import FIRST, LAST, PAY, SAFE
from trials.actions.agreement import starting, terms
from trials.actions.matching import seekers
from trials.actions.outcome import ending
from trials.models import Licence, PastJob, Placement, Termination
from trials.papers import CONTRACT, contract_text
from trials.states import PlacementState as S

pytestmark = pytest.mark.django_db


def test_no_contract_before_the_notice_of_the_bar(trial):
    trial.terms_pending()

    with pytest.raises(Refused, match="労働者派遣法26条4項"):
        terms.draft(trial.placement, starts_on=FIRST, last_on=LAST, hourly_yen=1_400, by=trial.adviser.acting(), **SAFE)


def test_bar_that_has_passed_is_no_notice(trial):
    trial.terms_pending()

    with pytest.raises(Refused, match="抵触日は明日以後"):
        terms.notify_agency(trial.placement, bar_on=TODAY, pay=PAY, by=trial.manager.acting())


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (FIRST, date(2026, 12, 30), "30日以内のため日雇派遣.*労働者派遣法35条の4"),
        (FIRST, date(2027, 2, 1), "プログラムの上限2か月.*民法140条"),
        (date(2026, 11, 19), LAST, "今日以後"),
        (date(2028, 3, 1), date(2028, 4, 30), "抵触日（2028年4月1日）の前日まで"),
        (date(2029, 3, 1), date(2029, 4, 10), "抵触日"),
    ],
)
def test_days_outside_the_limits_are_refused(trial, first, last, sentence):
    with pytest.raises(Refused, match=sentence):
        trial.drafted(first, last)


def test_thirty_one_days_and_two_months_to_the_day_are_allowed(trial):
    trial.drafted(FIRST, date(2026, 12, 31))

    assert trial.placement.terms.count() == 1


def test_two_months_end_the_day_before_the_same_day(trial):
    trial.drafted(FIRST, LAST)

    assert trial.placement.terms.get().last_on == LAST


@pytest.mark.parametrize("kind", ["dispatch", "placement"])
def test_licence_that_lapses_in_the_trial_is_refused(trial, kind):
    Licence.objects.filter(kind=kind).update(valid_until=date(2027, 1, 30))

    with pytest.raises(Refused, match=r"許可が、2026年12月1日から2027年1月31日まで.*労働者派遣法2条4号"):
        trial.drafted()


def test_ordinary_dispatch_needs_no_licence_to_place(trial):
    Licence.objects.filter(kind="placement").delete()
    ordinary(trial)

    trial.drafted()

    assert trial.placement.terms.count() == 1


def ordinary(trial):
    of_another = RoundFactory(programme="monozukuri", budget_year=2025)
    type(of_another).objects.filter(pk=trial.placement.seeker.round_id).update(terms=of_another.terms)


def test_consent_withdrawn_before_the_contract_stops_it(trial):
    trial.terms_pending()
    terms.notify_agency(trial.placement, bar_on=date(2028, 4, 1), pay=PAY, by=trial.manager.acting())
    consent = trial.placement.seeker.consents.get(recipient="host")
    seekers.withdraw_consent(consent, by=trial.trialist.acting())

    with pytest.raises(Refused, match="職業安定法5条の5"):
        terms.draft(trial.placement, starts_on=FIRST, last_on=LAST, hourly_yen=1_400, by=trial.adviser.acting(), **SAFE)


def test_contract_does_not_name_the_worker_before_they_are_sent(trial):
    trial.drafted()

    text = contract_text(trial.now, trial.placement.terms.get())

    assert "志望" not in text
    assert "期間の定めなし・試用期間なし" in text


def test_nothing_starts_before_all_three_have_signed(trial):
    trial.drafted().sign("worker", "host")
    assert trial.state == S.TERMS_PENDING

    trial.sign("agency")
    assert trial.state == S.READY


def test_worker_signs_last_as_well(trial):
    trial.drafted().sign("host", "agency")
    assert (trial.state, trial.now.starts_on, trial.now.last_on) == (S.CONTRACTED, FIRST, LAST)

    trial.sign("worker")
    assert trial.state == S.READY


def test_changed_terms_are_asked_again_and_the_old_text_is_signed_no_more(trial):
    trial.drafted().sign("host")
    old = trial.placement.terms.get()
    given = {"starts_on": FIRST, "last_on": date(2027, 1, 15), "hourly_yen": 1_400, **SAFE}
    terms.draft(trial.placement, by=trial.adviser.acting(), **given)

    trial.sign("agency")

    assert (trial.state, trial.placement.terms.count(), old.last_on) == (S.TERMS_PENDING, 2, LAST)


def test_two_hosts_that_take_the_same_person_at_once_do_not_both_get_them(trial):
    trial.drafted()
    placed = trial.now
    PlacementFactory(
        seeker__person=placed.person,
        posting=PostingFactory(),
        state="contracted",
        starts_on=LAST,
        last_on=date(2027, 3, 31),
    )

    trial.sign("host")
    with pytest.raises(Refused, match="別のトライアルの契約があります"):
        trial.sign("agency")

    assert trial.state == S.TERMS_PENDING


def test_person_left_the_host_after_the_draft_is_refused_at_the_last_signature(trial, firm):
    trial.drafted().sign("host")
    PastJob.objects.create(
        seeker=trial.placement.seeker,
        employer=firm.name,
        firm=firm,
        started_on=date(2020, 4, 1),
        left_on=date(2026, 10, 1),
    )

    with pytest.raises(Refused, match="離職した"):
        trial.sign("agency")


def test_start_is_within_the_days_and_after_safety_training(trial):
    trial.ready()

    with pytest.raises(Refused, match="契約の期間は2026年12月1日から"):
        starting.start(trial.placement, safety_trained_on=TODAY, by=trial.manager.acting())
    with pytest.raises(Refused, match="労働安全衛生法59条"):
        starting.start(trial.placement, safety_trained_on=date(2026, 12, 2), by=trial.manager.acting(FIRST))

    starting.start(trial.placement, safety_trained_on=FIRST, by=trial.manager.acting(FIRST))
    assert (trial.state, trial.now.started_on) == (S.ACTIVE, FIRST)


def test_start_under_a_lapsed_licence_is_refused(trial):
    trial.ready()
    Licence.objects.update(valid_until=date(2026, 11, 30))

    with pytest.raises(Refused, match="許可が"):
        starting.start(trial.placement, safety_trained_on=FIRST, by=trial.manager.acting(FIRST))


def test_who_does_not_come_has_used_no_trial(trial):
    trial.ready()
    with pytest.raises(Refused, match="最初の日（2026年12月1日）になってから"):
        starting.record_not_started(trial.placement, reason="来なかった", by=trial.adviser.acting())

    starting.record_not_started(trial.placement, reason="来なかった", by=trial.adviser.acting(FIRST))

    assert (trial.state, trial.now.started_on, trial.now.last_on) == (S.TERMINATED, None, FIRST)
    assert Termination.objects.get().ended_by == "not_started"


def test_suspended_trial_keeps_its_term(trial):
    trial.active()
    day = date(2026, 12, 10)
    with pytest.raises(Refused, match="今日まで"):
        starting.suspend(trial.placement, since=date(2026, 12, 11), by=trial.adviser.acting(day))

    starting.suspend(trial.placement, since=day, by=trial.adviser.acting(day))
    assert (trial.state, trial.now.last_on) == (S.SUSPENDED, LAST)

    starting.resume(trial.placement, by=trial.adviser.acting(day))
    assert (trial.state, trial.now.suspended_on) == (S.ACTIVE, None)


# --- extensions ---


@pytest.fixture
def short(trial):
    return trial.active(last=date(2026, 12, 31))


def extended(trial, last_on, on=date(2026, 12, 20)):
    terms.extend(trial.placement, last_on=last_on, by=trial.adviser.acting(on))


def sign_on(trial, day, *roles):
    with time_machine.travel(at(day, "12:00"), tick=True):
        trial.sign(*roles, on=day)


def test_extension_holds_when_all_three_agree(short):
    extended(short, LAST)
    sign_on(short, date(2026, 12, 20), "host", "agency")
    assert short.now.last_on == date(2026, 12, 31)
    assert version_in_force(short.placement, kind=CONTRACT).number == 2

    sign_on(short, date(2026, 12, 21), "worker")
    assert (short.state, short.now.last_on) == (S.ACTIVE, LAST)


@pytest.mark.parametrize(
    ("last_on", "on", "sentence"),
    [
        (date(2027, 2, 1), date(2026, 12, 20), "プログラムの上限2か月"),
        (date(2026, 12, 31), date(2026, 12, 20), "いまの最後の日（2026年12月31日）より後"),
        (LAST, date(2027, 1, 1), "最後の日を過ぎた契約"),
    ],
)
def test_extension_over_the_limits_is_refused(short, last_on, on, sentence):
    with pytest.raises(Refused, match=sentence):
        extended(short, last_on, on)


def test_extension_signed_after_the_old_last_day_does_not_hold(short):
    extended(short, LAST)
    sign_on(short, date(2026, 12, 20), "host", "agency")

    with pytest.raises(Refused, match="最後の日を過ぎた"):
        sign_on(short, date(2027, 1, 1), "worker")


# --- the next trial ---


def test_trials_of_a_programme_are_counted(trial):
    trial.answered(host=False)
    for _n in range(2):
        earlier = PlacementFactory(
            seeker__person=trial.placement.person,
            seeker__round=RoundFactory(budget_year=2020 + _n),
            posting=PostingFactory(),
            state="terminated",
            starts_on=date(2024 + _n, 1, 1),
            last_on=date(2024 + _n, 1, 31),
            started_on=date(2024 + _n, 1, 1),
        )
        assert earlier.person == trial.placement.person

    with pytest.raises(Refused, match="すでに3回トライアルをしており"):
        ending.rematch(trial.placement, by=trial.adviser.acting(date(2027, 2, 1)))

    assert Placement.objects.exclude(state="closed").filter(seeker=trial.placement.seeker).count() == 1


def test_round_that_is_over_begins_no_further_trial(trial):
    trial.answered(host=False)

    with pytest.raises(Refused, match="受付が終わっている"):
        ending.rematch(trial.placement, by=trial.adviser.acting(date(2027, 4, 1)))


def test_event_out_of_its_turn_is_refused_with_the_state_it_met(trial):
    with pytest.raises(Refused, match="「登録済み」のトライアルでは「開始する」は行えません"):
        starting.start(trial.placement, safety_trained_on=TODAY, by=trial.manager.acting())


def test_second_firm_sees_its_own_trials_alone(trial):
    place = EstablishmentFactory(organisation=OrganisationFactory())
    other = cast("manager", place.organisation, "隣町")
    trial.drafted()

    assert not Placement.objects.visible_to(other.acting()).exists()


def test_extension_past_six_months_is_refused_whatever_the_programme_allows(trial, round):
    """紹介予定派遣 of the first of December ends on the last of May, to the day."""
    type(round).objects.filter(pk=round.pk).update(terms={**round.terms, "months_per_trial": 8})
    trial.placement.refresh_from_db()
    trial.active(last=date(2027, 4, 30))

    with pytest.raises(Refused, match=r"紹介予定派遣の上限6か月.*派遣先指針 第2の18\(1\)"):
        terms.extend(trial.placement, last_on=date(2027, 6, 1), by=trial.adviser.acting(date(2027, 4, 1)))
    assert terms.extend(
        trial.placement, last_on=date(2027, 5, 31), by=trial.adviser.acting(date(2027, 4, 1))
    ).last_on == date(2027, 5, 31)
