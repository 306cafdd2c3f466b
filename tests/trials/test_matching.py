"""Rounds, licences, job seekers, consents, postings and proposals: what each action refuses, and what it does."""

from datetime import date

import pytest
from django.urls import reverse

from firms.actions.links import use_link
from firms.errors import Refused
from firms.models import ActionLink, Notification, Person
from firms.post.tokens import token_of
from tests.conftest import TODAY
from tests.factories import EstablishmentFactory, MembershipFactory, OrganisationFactory, PersonFactory
from tests.trials.factories import JobSeekerFactory, PostingFactory, RoundFactory
from tests.trials.playing import joined
from trials.actions.matching import advising, postings, proposals, rounds, seekers
from trials.consents import consents_on
from trials.models import Answer, Consent, JobSeeker, Placement, Proposal, Round
from trials.queries.matching import answering_of, suggestions
from trials.queries.numbers import numbers_of
from trials.rules import programme
from trials.states import Party, PlacementState

pytestmark = pytest.mark.django_db

YEAR = {"budget_year": 2026, "places": 5, "opens_on": TODAY, "closes_on": date(2027, 3, 31)}
TYPED = {"family_name": "志望", "given_name": "歩", "born_on": date(1998, 5, 1), "standing": "not_working"}
WITHIN = {"valid_from": date(2026, 4, 1), "valid_until": date(2031, 3, 31)}


# --- rounds and licences ---


def test_round_keeps_the_terms_of_the_day_it_was_opened(officer):
    opened = rounds.open_round(programme_name="ward", by=officer.acting(), **YEAR)

    assert opened.rules == programme("ward", TODAY)
    assert Round.objects.get() == opened


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("national", "派遣によらない有期雇用"), ("unheard", "いずれかで指定してください")],
)
def test_round_of_another_kind_is_refused(officer, name, sentence):
    with pytest.raises(Refused, match=sentence):
        rounds.open_round(programme_name=name, by=officer.acting(), **YEAR)


def test_round_is_opened_once_a_year(officer):
    rounds.open_round(programme_name="ward", by=officer.acting(), **YEAR)

    with pytest.raises(Refused, match="すでに開いています"):
        rounds.open_round(programme_name="ward", by=officer.acting(), **YEAR)


def test_round_closes_after_it_opens(officer):
    with pytest.raises(Refused, match="最初の日以後"):
        rounds.open_round(programme_name="ward", by=officer.acting(), **{**YEAR, "closes_on": date(2026, 11, 19)})


@pytest.mark.parametrize(
    ("kind", "days", "sentence"),
    [
        ("firm", {}, "派遣元だけ"),
        ("agency", {"valid_until": date(2026, 3, 31)}, "最初の日以後"),
    ],
)
def test_licence_is_of_an_agency_and_ends_after_it_begins(officer, kind, days, sentence):
    given = {"kind": "dispatch", "number": "派13-1", **WITHIN, **days}
    with pytest.raises(Refused, match=sentence):
        rounds.register_licence(OrganisationFactory(kind=kind), by=officer.acting(), **given)


def test_licence_is_registered_once(officer, agency):
    given = {"kind": "dispatch", "number": "派13-1", **WITHIN, "by": officer.acting()}
    rounds.register_licence(agency, **given)

    with pytest.raises(Refused, match="同じ日に始まる許可"):
        rounds.register_licence(agency, **given)


# --- people ---


def invited(round, adviser, **typed):
    return seekers.invite_seeker(round, email="a@example.jp", by=adviser.acting(), **{**TYPED, **typed})


@pytest.mark.parametrize(
    ("round_fields", "typed", "sentence"),
    [
        ({"closes_on": date(2026, 11, 19)}, {}, "受付の期間ではありません"),
        ({}, {"standing": "regular"}, "就業状況ではありません。（根拠：区の要綱"),
    ],
)
def test_seeker_is_invited_into_an_open_round_they_may_join(adviser, round_fields, typed, sentence):
    with pytest.raises(Refused, match=sentence):
        invited(RoundFactory(**round_fields), adviser, **typed)


def test_seeker_beyond_the_last_place_is_refused(adviser):
    full = RoundFactory(places=1)
    JobSeekerFactory(round=full)

    with pytest.raises(Refused, match="定員1人に達しています"):
        invited(full, adviser)


def test_seeker_is_invited_once_by_an_agency(round, adviser):
    invited(round, adviser)

    with pytest.raises(Refused, match="すでに送っています"):
        invited(round, adviser)


def secret_of(seeker, monkeypatch, adviser):
    """The secret of a link that is sent again."""
    kept = {}
    monkeypatch.setattr("firms.actions.links.new_nonce", lambda: kept.setdefault("nonce", "n" * 32))
    seekers.send_again(seeker, by=adviser.acting())

    return token_of(kept["nonce"])


def use(token, *, name="志望 歩", position="", **agreed):
    texts = {text.key: agreed.get(text.key, True) for text in consents_on(TODAY)}
    use_link(token, use=0, name=name, position=position, given=texts)


def test_seeker_joins_by_their_mail_and_what_they_agreed_to_is_kept_in_its_words(round, adviser, monkeypatch):
    seeker = invited(round, adviser)
    token = secret_of(seeker, monkeypatch, adviser)

    use(token, foundation_reporting=False)

    placement = Placement.objects.get()
    assert (placement.state, placement.person.email) == (PlacementState.REGISTERED, "a@example.jp")
    kept = Consent.objects.filter(seeker=seeker)
    assert [(one.recipient, one.is_intact, one.text) for one in kept] == [
        (text.recipient, True, text.text) for text in consents_on(TODAY) if text.recipient != "foundation"
    ]


def test_link_forwarded_to_another_registers_nobody(round, adviser, monkeypatch):
    seeker = invited(round, adviser)
    token = secret_of(seeker, monkeypatch, adviser)

    with pytest.raises(Refused, match="本人だけ"):
        use(token, name="家族 花子", position="母")

    assert not Person.objects.filter(email="a@example.jp").exists()
    assert ActionLink.objects.get(state="open").uses == 0


def test_joining_without_a_needed_consent_is_refused(round, adviser):
    with pytest.raises(Refused, match="必要"):
        joined(round, adviser, PersonFactory(), on=TODAY, without={"ward_counting"})


def test_one_person_is_in_a_round_once_whoever_brought_them(round, adviser, other_adviser, trial):
    with pytest.raises(Refused, match="すでに登録されています"):
        joined(round, other_adviser, trial.placement.person, on=TODAY)


def test_link_is_not_sent_to_who_has_joined(trial, adviser):
    with pytest.raises(Refused, match="すでに登録を終えています"):
        seekers.send_again(trial.placement.seeker, by=adviser.acting())


def test_consent_withdrawn_in_mid_trial_ends_what_is_passed_on_and_not_the_contract(trial):
    trial.active()
    seeker = trial.placement.seeker
    consent = seeker.consents.get(recipient="host")

    seekers.withdraw_consent(consent, by=trial.trialist.acting())
    seekers.withdraw_consent(consent, by=trial.trialist.acting())

    assert trial.state == PlacementState.ACTIVE
    assert not seeker.consents.in_force().filter(recipient="host").exists()
    assert Notification.objects.filter(subject="同意が撤回されました", person=seeker.adviser).count() == 1


def test_consent_is_given_to_the_text_that_was_read(trial):
    seeker, by = trial.placement.seeker, trial.trialist.acting()
    seekers.withdraw_consent(seeker.consents.get(recipient="host"), by=by)

    with pytest.raises(Refused, match="文面が新しくなっています"):
        seekers.give_consent(seeker, key="host_matching", seen=date(2020, 1, 1), by=by)

    first = seekers.give_consent(seeker, key="host_matching", seen=date(2021, 5, 1), by=by)
    assert seekers.give_consent(seeker, key="host_matching", seen=date(2021, 5, 1), by=by) == first


@pytest.mark.parametrize(("left_on", "sentence"), [(date(2020, 3, 31), "入社日以後"), (date(2026, 11, 21), "今日まで")])
def test_past_job_ends_after_it_began_and_not_tomorrow(trial, adviser, left_on, sentence):
    given = {"employer": "（架空）旧社", "started_on": date(2020, 4, 1), "is_retiree_over_60": False}
    with pytest.raises(Refused, match=sentence):
        seekers.add_past_job(trial.placement.seeker, left_on=left_on, by=adviser.acting(), **given)


def test_seeker_is_handed_over_within_the_agency_alone(trial, adviser, other_adviser):
    with pytest.raises(Refused, match="同じ派遣元"):
        advising.hand_over(trial.placement.seeker, to=other_adviser.person, reason="異動", by=adviser.acting())

    colleague = MembershipFactory(organisation=adviser.organisation, role="coordinator").person
    advising.hand_over(trial.placement.seeker, to=colleague, reason="異動", by=adviser.acting())
    assert JobSeeker.objects.get().adviser == colleague


# --- postings ---


def test_posting_opens_with_every_item_the_law_asks_for(manager, establishment):
    draft = PostingFactory(establishment=establishment, state="draft", opened_on=None, work_range="", renewal="")

    with pytest.raises(Refused, match="仕事の変更の範囲、更新の有無・基準・上限。（根拠：職業安定法5条の3"):
        postings.open_posting(draft, by=manager.acting())


@pytest.mark.parametrize(
    ("on", "checked", "sentence"),
    [
        (date(2026, 9, 30), True, "1,?225円はこれを下回っています"),
        (date(2026, 11, 20), False, "労働局の公表で確かめてください"),
    ],
)
def test_posting_below_the_least_wage_or_beyond_its_figure_is_refused(manager, establishment, on, checked, sentence):
    fields = {"state": "draft", "opened_on": None, "hourly_yen": 1_225, "wage_is_checked": checked}
    draft = PostingFactory(establishment=establishment, **fields)

    with pytest.raises(Refused, match=sentence):
        postings.open_posting(draft, by=manager.acting(on))


def test_open_posting_is_not_edited_and_closes_once(manager, posting):
    with pytest.raises(Refused, match="公開した求人は変更できません"):
        postings.edit_posting(posting, by=manager.acting(), title="別の仕事")

    postings.close_posting(posting, by=manager.acting())
    postings.close_posting(posting, by=manager.acting())
    posting.refresh_from_db()
    assert posting.state == "closed"


# --- proposals ---


def test_host_is_not_told_of_who_did_not_agree(round, adviser, posting):
    placement = joined(round, adviser, PersonFactory(), on=TODAY, without={"host_matching"})
    proposals.prepare(placement, preparation="面談", by=adviser.acting())

    with pytest.raises(Refused, match=r"受入企業に知らせること.*職業安定法5条の5"):
        proposals.propose(placement, posting=posting, by=adviser.acting())


def test_firm_left_within_a_year_is_not_proposed(trial, firm):
    trial.prepared()
    seekers.add_past_job(
        trial.placement.seeker,
        employer=firm.name,
        started_on=date(2020, 4, 1),
        left_on=date(2026, 3, 31),
        is_retiree_over_60=False,
        by=trial.adviser.acting(),
    )

    with pytest.raises(Refused, match=r"離職した.*労働者派遣法35条の5"):
        proposals.propose(trial.placement, posting=trial.posting, by=trial.adviser.acting())


def test_firm_one_still_works_at_is_not_proposed(trial, firm):
    trial.prepared()
    trial.placement.seeker.past_jobs.create(employer=firm.name, started_on=date(2020, 4, 1))

    with pytest.raises(Refused, match="まだ在籍しています"):
        proposals.propose(trial.placement, posting=trial.posting, by=trial.adviser.acting())


def test_closed_posting_is_not_proposed(trial, manager):
    trial.prepared()
    postings.close_posting(trial.posting, by=manager.acting())

    with pytest.raises(Refused, match="募集中ではありません"):
        proposals.propose(trial.placement, posting=trial.posting, by=trial.adviser.acting())


def test_interview_is_for_temp_to_perm_alone(trial):
    trial.matching()
    given = {"kind": "interview", "held_on": TODAY, "note": "", "by": trial.adviser.acting()}
    proposals.record_viewing(trial.placement, **given)

    ordinary = RoundFactory(programme="monozukuri", budget_year=2025)
    placement = trial.placement.seeker.round
    Round.objects.filter(pk=placement.pk).update(terms=ordinary.terms)
    with pytest.raises(Refused, match="労働者派遣法26条6項"):
        proposals.record_viewing(trial.placement, **given)


def test_viewing_is_recorded_when_it_was_held(trial):
    trial.matching()

    with pytest.raises(Refused, match="終わってから"):
        proposals.record_viewing(
            trial.placement, kind="tour", held_on=date(2026, 11, 21), note="", by=trial.adviser.acting()
        )


def test_one_yes_waits_for_the_other_and_a_second_click_changes_nothing(trial):
    trial.matching()
    for _click in range(2):
        proposals.agree(trial.placement, side=Party.WORKER, by=trial.trialist.acting())

    assert (trial.state, Answer.objects.count()) == (PlacementState.MATCHING, 1)


def test_no_of_one_side_ends_the_proposal_and_the_host_sees_it_no_more(trial, manager):
    trial.matching()
    proposals.decline(trial.placement, side=Party.WORKER, reason="通勤", by=trial.trialist.acting())

    assert (trial.state, Proposal.objects.get().ended_at is not None) == (PlacementState.PREPARED, True)
    assert not Placement.objects.visible_to(manager.acting()).exists()


def test_who_has_said_yes_does_not_say_no_after_it(trial):
    trial.matching()
    proposals.agree(trial.placement, side=Party.WORKER, by=trial.trialist.acting())

    with pytest.raises(Refused, match="すでに回答しています"):
        proposals.decline(trial.placement, side=Party.WORKER, reason="通勤", by=trial.trialist.acting())


def test_silence_is_reminded_once_and_then_goes_to_adviser_and_ward(trial, officer):
    trial.matching()
    due = Proposal.objects.get().answer_by
    assert due == date(2026, 11, 30)

    for day in (due, date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 3), date(2026, 12, 4)):
        trial.sweep(day)

    asked = Notification.objects.filter(subject="打診への回答をお願いします")
    assert {one.person.family_name for one in asked} == {"志望", "大森"}
    risen = Notification.objects.filter(subject="打診への回答がありません")
    assert {(one.person.family_name, "志望" in one.body) for one in risen} == {("相談", False), ("区役", False)}
    assert (asked.count(), risen.count()) == (2, 2)


# --- what is shown ---


def test_suggestions_say_why_and_put_the_best_first(trial):
    wishes = {"wished_field": "machining", "most_weekly_hours": 40, "wished_area": "大田区", "home_area": "大田区"}
    JobSeeker.objects.update(**wishes, skills="フォークリフト、図面")
    type(trial.posting).objects.update(wanted_skills="図面、ﾌｫｰｸﾘﾌﾄ, 溶接")
    other = PostingFactory(establishment=EstablishmentFactory(address="千葉県"), field="office")

    found = suggestions(JobSeeker.objects.get())

    assert [(one.posting.pk, len(one.reasons)) for one in found] == [(trial.posting.pk, 5), (other.pk, 1)]
    assert found[0].reasons[0] == "生かせる技能（フォークリフト・図面）"


def test_suggestions_know_neither_age_nor_sex(trial):
    before = [(one.posting.pk, one.reasons) for one in suggestions(JobSeeker.objects.get())]
    JobSeeker.objects.update(born_on=date(1960, 1, 1), given_name="花子")

    assert [(one.posting.pk, one.reasons) for one in suggestions(JobSeeker.objects.get())] == before
    assert not any(word in "".join(before[0][1]) for word in ("歳", "男", "女"))


def test_how_fast_a_firm_answers_is_shown_to_who_proposes(trial, adviser):
    assert answering_of(trial.posting.establishment.organisation_id) is None
    trial.terms_pending()

    found = answering_of(trial.posting.establishment.organisation_id)
    page = adviser.client().get(reverse("trials:posting", args=[trial.posting.pk])).content.decode()

    assert (found.count, found.days) == (1, 0)
    assert "提示から0日（中央値、これまで1件）" in page


def test_ward_reads_counts_of_a_round_and_not_who(trial, officer):
    counts = numbers_of(trial.placement.seeker.round, on=TODAY).standings

    assert [one.number for one in counts] == [None, 0, 0, 0, 0, 0]
    assert not Placement.objects.visible_to(officer.acting()).exists()
    assert not JobSeeker.objects.visible_to(officer.acting()).exists()
