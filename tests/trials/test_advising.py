"""An adviser sees the people in their hands alone; they are handed over whole, and looked after by a deputy for some days."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from firms.errors import Refused
from firms.models import JournalEntry, Membership, Notification
from tests.conftest import TODAY, Cast
from tests.factories import MembershipFactory, PersonFactory
from tests.trials.factories import DeputyFactory
from tests.trials.playing import Trial, joined
from trials.actions.matching import advising
from trials.actions.outcome import intent
from trials.actions.telling import advisers_of
from trials.models import Deputy, HandOver, JobSeeker, Placement, PrivateWords, RetentionCheck
from trials.policies import may_advise, may_arrange, may_see_advisers, party_of
from trials.states import Party

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=1)


def adviser_called(name, agency):
    person = PersonFactory(family_name=name)
    return Cast(person, MembershipFactory(person=person, organisation=agency, role="career"))


@pytest.fixture
def career(agency):
    return adviser_called("担当", agency)


@pytest.fixture
def colleague(agency):
    return adviser_called("同僚", agency)


@pytest.fixture
def theirs(round, career, manager, posting):
    """A trial in the hands of the adviser who invited."""
    person = PersonFactory(family_name="望月", given_name="歩")
    return Trial(joined(round, career, person, on=TODAY), career, manager, posting)


MODELS = (JobSeeker, Placement, RetentionCheck)


def seen_by(one, day=TODAY):
    return [model.objects.visible_to(one.acting(day)).count() for model in MODELS]


def test_adviser_sees_the_people_in_their_hands_and_the_desk_sees_all(theirs, trial, career, colleague, adviser):
    theirs.converted()

    assert seen_by(career) == [1, 1, 6]
    assert seen_by(colleague) == [0, 0, 0]
    assert seen_by(adviser) == [2, 2, 6]


def test_adviser_acts_for_the_agency_in_their_own_trials_alone(theirs, career, colleague, adviser, other_adviser):
    found = {one: party_of(one.acting(), theirs.now) for one in (career, colleague, adviser, other_adviser)}

    assert list(found.values()) == [Party.AGENCY, None, Party.AGENCY, None]
    assert [may_advise(one.acting(), theirs.placement.seeker) for one in found] == [True, False, True, False]


def test_who_may_see_and_arrange_caseloads(career, colleague, adviser, other_adviser, manager, officer):
    people = (career, colleague, adviser, other_adviser, manager, officer)

    assert [may_see_advisers(one.acting()) for one in people] == [True, True, True, True, False, False]
    assert [may_arrange(one.acting(), career.person) for one in people] == [True, False, True, True, False, False]


def test_desk_of_another_agency_finds_nobody_of_ours(theirs, career, other_adviser):
    browser = other_adviser.client()

    assert browser.get(reverse("trials:caseload_hand_over", args=[career.person.pk])).status_code == 404
    assert career.person.full_name not in browser.get(reverse("trials:advisers")).content.decode()


def test_colleague_gets_no_page_of_somebody_else_s_people(theirs, colleague):
    browser = colleague.client()
    pages = [("seeker", theirs.placement.seeker_id), ("placement", theirs.placement.pk)]

    assert [browser.get(reverse(f"trials:{name}", args=[pk])).status_code for name, pk in pages] == [404, 404]
    assert "望月" not in browser.get(reverse("trials:placements")).content.decode()
    assert "望月" not in browser.get("/").content.decode()


def test_adviser_finds_their_people_at_home_and_in_the_list(theirs, trial, career):
    browser = career.client()

    assert "望月" in browser.get("/").content.decode()
    page = browser.get(reverse("trials:placements")).content.decode()
    assert ("望月" in page, "志望" in page) == (True, False)


# --- handed over ---


def test_hand_over_takes_everything_and_is_told_to_all_three(theirs, career, colleague):
    theirs.active()

    advising.hand_over(theirs.placement.seeker, to=colleague.person, reason="産休に入るため", by=career.acting(LATER))

    assert (seen_by(career), seen_by(colleague)) == ([0, 0, 0], [1, 1, 0])
    told = Notification.objects.filter(subject__startswith="担当の").order_by("pk")
    assert {(one.person.family_name, "産休" in one.body) for one in told.filter(subject__contains="引継ぎ")} == {
        ("担当", True),
        ("同僚", True),
    }
    person = told.get(person=theirs.placement.person)
    assert ("産休" in person.body, colleague.person.full_name in person.body) == (False, True)
    entry = JournalEntry.objects.get(verb="seeker.hand_over")
    assert (entry.details["reason"], entry.details["who"]) == ("産休に入るため", colleague.person.full_name)
    assert HandOver.objects.get().giver == career.person


def test_whole_caseload_goes_at_once(theirs, round, career, colleague, adviser):
    joined(round, career, PersonFactory(family_name="二人目"), on=TODAY)

    count = advising.hand_over_all(
        career.person, agency=career.organisation, to=colleague.person, reason="退職", by=adviser.acting()
    )

    assert (count, seen_by(career), seen_by(colleague)) == (2, [0, 0, 0], [2, 2, 0])
    assert Notification.objects.filter(subject="担当の引継ぎ（2人）").count() == 2


def test_caseload_goes_to_nobody_elsewhere_and_not_to_oneself(theirs, career, other_adviser, adviser):
    agency = career.organisation
    for to, sentence in ((other_adviser.person, "同じ派遣元"), (career.person, "同じ人")):
        with pytest.raises(Refused, match=sentence):
            advising.hand_over_all(career.person, agency=agency, to=to, reason="異動", by=adviser.acting())
    with pytest.raises(Refused, match="求職者はいません"):
        advising.hand_over_all(adviser.person, agency=agency, to=career.person, reason="異動", by=adviser.acting())
    assert not HandOver.objects.exists()


def test_who_has_left_people_behind_stands_on_the_page_and_the_desk_is_told_instead(theirs, career, adviser):
    Membership.objects.filter(pk=career.membership.pk).update(ended_on=TODAY)

    page = adviser.client().get(reverse("trials:advisers")).content.decode()

    assert "在籍していません" in page
    assert advisers_of(theirs.placement.seeker, on=TODAY) == [adviser.person]


def test_desk_hands_over_on_the_page_and_an_adviser_only_their_own(theirs, career, colleague, adviser):
    address = reverse("trials:caseload_hand_over", args=[career.person.pk])
    given = {"adviser": colleague.person.pk, "reason": "退職"}

    assert colleague.client().post(address, given).status_code == 403
    adviser.client().post(address, given)

    assert JobSeeker.objects.get(pk=theirs.placement.seeker_id).adviser == colleague.person


# --- deputies ---


def appointed(career, deputy, by, *, starts_on=TODAY, last_on=LATER):
    return advising.appoint_deputy(
        career.person,
        agency=career.organisation,
        deputy=deputy.person,
        starts_on=starts_on,
        last_on=last_on,
        by=by.acting(),
    )


@pytest.mark.parametrize(
    ("day", "seen"),
    [(TODAY - timedelta(days=1), 0), (TODAY, 1), (LATER, 1), (LATER + timedelta(days=1), 0)],
)
def test_deputy_sees_the_people_on_their_days_and_no_other(theirs, career, colleague, day, seen):
    appointed(career, colleague, career)

    assert Placement.objects.visible_to(colleague.acting(day)).count() == seen
    assert (party_of(colleague.acting(day), theirs.now) == Party.AGENCY) is bool(seen)


def test_deputy_is_told_what_the_adviser_is_told_and_goes_with_the_end(theirs, career, colleague, adviser):
    deputy = appointed(career, colleague, adviser)
    assert advisers_of(theirs.placement.seeker, on=TODAY) == [career.person, colleague.person]

    advising.end_deputy(deputy, by=career.acting())
    advising.end_deputy(deputy, by=career.acting())

    assert advisers_of(theirs.placement.seeker, on=TODAY) == [career.person]
    assert seen_by(colleague) == [0, 0, 0]
    assert JournalEntry.objects.filter(verb="deputy.end").count() == 1


def test_private_words_are_for_whose_hands_one_is_in_and_not_for_the_desk(theirs, career, colleague, adviser):
    theirs.intent_open()
    day = date(2027, 1, 16)
    intent.answer(theirs.placement, side=Party.WORKER, is_yes=False, words="通勤が遠い", by=theirs.trialist.acting(day))
    appointed(career, colleague, career)

    seen = {one: PrivateWords.objects.visible_to(one.acting()).count() for one in (career, colleague, adviser)}

    assert list(seen.values()) == [1, 1, 0]


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({"last_on": TODAY - timedelta(days=1), "starts_on": TODAY - timedelta(days=3)}, "今日以後"),
        ({"starts_on": LATER, "last_on": TODAY}, "今日以後"),
        ({"starts_on": LATER, "last_on": LATER}, "すでに"),
    ],
)
def test_deputy_has_days_ahead_and_is_named_once(career, colleague, days, sentence):
    appointed(career, colleague, career)

    with pytest.raises(Refused, match=sentence):
        appointed(career, colleague, career, **days)


def test_nobody_deputises_for_themselves_or_from_elsewhere(career, other_adviser):
    for deputy, sentence in ((career, "別の人"), (other_adviser, "同じ派遣元")):
        with pytest.raises(Refused, match=sentence):
            appointed(career, deputy, career)


def test_deputy_is_appointed_and_ended_on_the_page(theirs, career, colleague):
    browser = career.client()
    browser.post(
        reverse("trials:deputy_new", args=[career.person.pk]),
        {"deputy": colleague.person.pk, "starts_on": TODAY.isoformat(), "last_on": LATER.isoformat()},
    )
    assert f"{career.person.full_name}さんの代理：{colleague.person.full_name}さん" in (
        browser.get(reverse("trials:advisers")).content.decode()
    )

    browser.post(reverse("trials:deputy_end", args=[Deputy.objects.get().pk]))

    assert Deputy.objects.get().ended_at is not None


@pytest.mark.parametrize("count", [1, 3])
def test_advisers_cost_the_same_for_one_and_three(django_assert_num_queries, agency, adviser, count):
    for n in range(count):
        one = adviser_called(f"担当{n}", agency)
        DeputyFactory(agency=agency, adviser=adviser.person, deputy=one.person)
    client = adviser.client()
    client.get(reverse("trials:advisers"))

    with django_assert_num_queries(7):
        client.get(reverse("trials:advisers"))
