"""The open page of a round: leads to an agency, tells nobody who is known, and ends in a job at the firm one may sign in to."""

import re
from datetime import date

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.forms import BaseForm
from django.test import Client
from django.urls import reverse

from firms.errors import Refused
from firms.models import ActionLink, JournalEntry, Membership, Notification, Person
from tests.conftest import TODAY, Cast
from tests.factories import MembershipFactory, PersonFactory, at
from tests.trials.factories import RoundFactory
from tests.trials.playing import joined
from trials.actions.matching import intakes, seekers
from trials.forms import advising, coming, joining, matching, steps
from trials.models import Intake, JobSeeker, Placement

pytestmark = pytest.mark.django_db
TYPED = {
    "family_name": "来野",
    "given_name": "歩",
    "email": "Newcomer@example.jp",
    "born_on": "1998-05-01",
    "standing": "not_working",
}


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


@pytest.fixture
def intake(round, adviser):
    return intakes.open_intake(round, contact=adviser.person, words="見学から", by=adviser.acting())


def sent(round, at_intake, **changed):
    given = {**TYPED, "intake": at_intake.pk, **changed}
    return Client().post(reverse("trials:come", args=[round.pk]), given)


def test_visitor_finds_the_round_and_its_agencies(round, intake):
    browser = Client()

    assert round.title in browser.get(reverse("trials:welcome")).content.decode()
    page = browser.get(reverse("trials:come", args=[round.pk])).content.decode()
    assert "（架空）城南スタッフィング　見学から" in page
    assert "紹介予定派遣" in page


def test_whoever_comes_gets_a_letter_and_is_registered_by_opening_it(round, intake, adviser):
    answer = sent(round, intake)

    seeker = JobSeeker.objects.get()
    link = ActionLink.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("trials:came"))
    assert (seeker.email, seeker.adviser, seeker.joined_at) == ("newcomer@example.jp", adviser.person, None)
    assert (link.email, link.purpose, link.given_by) == ("newcomer@example.jp", seekers.JOIN, adviser.person)
    assert JournalEntry.objects.get(verb="seeker.come").person is None


def test_page_answers_alike_for_a_known_address_and_an_unknown_one(round, intake, adviser):
    known = PersonFactory(email="known@example.jp")
    joined(round, adviser, known, on=TODAY)
    elsewhere = PersonFactory(email="elsewhere@example.jp")

    answers = [sent(round, intake, email=email) for email in (known.email, elsewhere.email, "nobody@example.jp")]

    told = {(one.status_code, one["Location"], one.content) for one in answers}
    assert len(told) == 1
    assert [one.client.get(one["Location"]).status_code for one in answers] == [200, 200, 200]
    assert Notification.objects.get(subject="トライアル就労には、すでに登録されています").person == known
    assert ActionLink.objects.exclude(email=known.email).count() == 2


def test_stranger_changes_nothing_an_adviser_typed(round, intake, adviser):
    given = {"family_name": "志望", "given_name": "歩", "born_on": date(1998, 5, 1), "standing": "not_working"}
    seekers.invite_seeker(round, email="newcomer@example.jp", by=adviser.acting(), **given)

    sent(round, intake, family_name="偽名")

    assert JobSeeker.objects.get().family_name == "志望"


def test_second_try_by_page_corrects_the_first_until_one_has_joined(round, intake):
    sent(round, intake)
    sent(round, intake, family_name="来島", wished_area="大田区")

    seeker = JobSeeker.objects.get()
    assert (seeker.family_name, seeker.wished_area) == ("来島", "大田区")
    assert ActionLink.objects.filter(state="open").count() == 1


def test_nobody_s_letter_box_is_filled(round, intake):
    answers = [sent(round, intake) for _n in range(5)]

    assert {one.status_code for one in answers} == {302}
    assert ActionLink.objects.count() == 3


def test_visitor_who_sends_too_often_is_stopped_for_a_while(round, intake):
    statuses = [sent(round, intake, email=f"n{n}@example.jp").status_code for n in range(21)]

    assert (set(statuses[:20]), statuses[20]) == ({302}, 429)
    assert JobSeeker.objects.count() == 20


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [({"born_on": ""}, "必須"), ({"standing": "regular"}, "就業状況"), ({"intake": 0}, "選んで|正しく")],
)
def test_what_is_missing_or_unfit_is_said_on_the_page(round, intake, changed, sentence):
    answer = sent(round, intake, **changed)

    assert answer.status_code == 200
    assert re.search(sentence, answer.content.decode())
    assert not JobSeeker.objects.exists()


def test_full_round_says_so_to_everybody(round, intake):
    type(round).objects.update(places=1)
    sent(round, intake)

    assert "定員1人に達しています" in sent(round, intake, email="second@example.jp").content.decode()


def closed_by_day(round, adviser):
    type(round).objects.update(closes_on=date(2026, 11, 1))


def without_licence(round, adviser):
    adviser.organisation.licences.filter(kind="dispatch").delete()


def contact_gone(round, adviser):
    Membership.objects.filter(pk=adviser.membership.pk).update(ended_on=TODAY)


def deregistered(round, adviser):
    type(adviser.organisation).objects.filter(pk=adviser.organisation.pk).update(
        deregistered_on=TODAY, deregistered_because="廃業"
    )


def shut(round, adviser):
    intakes.close_intake(Intake.objects.get(), by=adviser.acting())


@pytest.mark.parametrize("happens", [closed_by_day, without_licence, contact_gone, deregistered, shut])
def test_page_is_gone_with_what_it_leads_to(round, intake, adviser, happens):
    happens(round, adviser)

    assert Client().get(reverse("trials:come", args=[round.pk])).status_code == 404
    assert round.title not in Client().get(reverse("trials:welcome")).content.decode()


# --- the agency's side ---


def test_agency_opens_its_intake_names_another_contact_and_closes_it(round, adviser):
    colleague = MembershipFactory(organisation=adviser.organisation, role="career").person
    browser = adviser.client()
    for who in (adviser.person, colleague):
        browser.post(reverse("trials:intake_new", args=[round.pk]), {"contact": who.pk, "words": ""})

    assert [one.contact for one in Intake.objects.open()] == [colleague]
    browser.post(reverse("trials:intake_close", args=[Intake.objects.open().get().pk]))
    assert not Intake.objects.open().exists()
    assert list(
        JournalEntry.objects.filter(verb__startswith="intake").values_list("verb", flat=True).order_by("pk")
    ) == [
        "intake.open",
        "intake.open",
        "intake.close",
    ]


def test_contact_is_of_the_agency_and_the_round_still_open(round, adviser, other_adviser):
    with pytest.raises(Refused, match="この派遣元の人"):
        intakes.open_intake(round, contact=other_adviser.person, words="", by=adviser.acting())
    past = RoundFactory(budget_year=2025, closes_on=date(2026, 11, 1))
    with pytest.raises(Refused, match="終わっています"):
        intakes.open_intake(past, contact=adviser.person, words="", by=adviser.acting())


# --- what is never asked (職業安定法5条の5; 平成11年労働省告示141号 第5) ---

FORBIDDEN = (
    "人種|民族|国籍|本籍|出生地|出身地|門地|身分|家族|親|兄弟|配偶者|結婚|婚姻|妊娠|出産|住宅|資産|宗教|信仰|思想|信条|"
    "政党|支持|労働組合|組合|学生運動|社会運動|尊敬|愛読|購読|病歴|既往|障害|性別|男|女"
)


def every_form():
    modules = (advising, coming, joining, matching, steps)
    return {
        found
        for module in modules
        for found in vars(module).values()
        if isinstance(found, type) and issubclass(found, BaseForm) and found.__module__.startswith("trials.")
    }


def labels_of(form):
    for name, field in form.base_fields.items():
        yield name, str(field.label or ""), str(field.help_text or "")


def test_no_form_of_trials_asks_what_the_law_forbids():
    asked = [(form, *told) for form in every_form() for told in labels_of(form)]

    assert len(asked) > 80
    assert [one for one in asked if re.search(FORBIDDEN, one[2])] == []
    # A help text may say that it is not asked; it never asks for it.
    assert [
        one for one in asked if re.search(FORBIDDEN, re.sub("年齢や性別を理由にすることはできません。", "", one[3]))
    ] == []


def test_no_field_of_a_job_seeker_keeps_what_the_law_forbids():
    kept = [str(field.verbose_name) for field in JobSeeker._meta.fields]

    assert [label for label in kept if re.search(FORBIDDEN, label)] == []


# --- the job ---


def test_who_was_hired_signs_in_as_an_employee_of_the_firm(trial, firm):
    trial.converted()
    person = Person.objects.get(pk=trial.placement.person_id)
    person.set_password("trial-to-job")
    person.save()
    EmailAddress.objects.get_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})

    membership = Membership.objects.get(person=person)
    browser = Client()
    with time_machine.travel(at(date(2027, 2, 2), "09:00"), tick=True):
        browser.post(reverse("account_login"), {"login": person.email, "password": "trial-to-job"})
        home = browser.get("/")

    assert (membership.organisation, membership.role, membership.started_on) == (firm, "employee", date(2027, 2, 1))
    assert home.context["acting"].organisation == firm
    assert JournalEntry.objects.filter(verb="membership.begin").count() == 1
    assert Placement.objects.visible_to(Cast(person, membership).acting(date(2027, 2, 2))).exists()


def test_who_acts_for_the_firm_already_goes_on_as_they_are(trial, firm):
    held = MembershipFactory(person=trial.placement.person, organisation=firm, role="employee")
    trial.converted()

    assert list(Membership.objects.filter(person=trial.placement.person)) == [held]
