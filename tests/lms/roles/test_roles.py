"""All roles on one page, a switch that leads on, and what came since the last visit."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from firms.models import Notification, Person
from firms.queries import ACTING_KEY
from lms.roles.gathering import cards_of
from tests.conftest import TODAY
from tests.factories import EnrolmentFactory, MembershipFactory
from tests.firms.makers import make_notification
from tests.lms.rows import training


@pytest.fixture
def both(manager, college):
    """The firm's manager, who also looks after a college's courses."""
    return MembershipFactory(person=manager.person, organisation=college, role="coordinator", started_on=TODAY)


@pytest.fixture
def asked(trainee, college):
    """A trainee's wish, which waits for the manager."""
    run = training(college, starts_in=30)
    return EnrolmentFactory(run=run, employment=trainee.person.employments.get(), state="requested")


def test_whoever_has_two_roles_sees_what_waits_in_both(manager, both, asked, college):
    training(college, starts_in=40, state="preparing")

    page = manager.client().get(reverse("roles"))

    titles = {card.acting.organisation: [one.title for one in card.waiting] for card in page.context["cards"]}
    assert any("受講を承認する" in title for title in titles[manager.organisation])
    assert any("募集を始める" in title for title in titles[college])
    shown = page.content.decode()
    assert reverse("courses:enrolment_approve", args=[asked.pk]) in shown
    assert f'name="membership" value="{both.pk}"' in shown


def test_a_line_of_the_other_role_switches_and_opens(manager, both, college):
    run = training(college, starts_in=40, state="preparing")
    client = manager.client()
    wanted = reverse("courses:run", args=[run.pk])

    answer = client.post(reverse("firms:switch"), {"membership": both.pk, "next": wanted})

    assert answer.headers["Location"] == wanted
    assert client.session[ACTING_KEY] == both.pk
    assert client.get(wanted).status_code == 200


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_a_switch_never_leads_elsewhere(wanted, manager, both):
    answer = manager.client().post(reverse("firms:switch"), {"membership": both.pk, "next": wanted})

    assert answer.headers["Location"] == reverse("home")


def test_notices_are_counted_by_the_role_they_are_about(manager, both, college, firm):
    for organisation in (firm, firm, college, None):
        Notification.objects.create(person=manager.person, subject="a", body="b", organisation=organisation)

    cards = manager.client().get(reverse("roles")).context["cards"]

    assert [(card.acting.organisation, card.unread) for card in cards] == [(firm, 2), (college, 1), (None, 1)]


def test_another_persons_roles_and_work_are_not_there(manager, both, stranger, asked):
    page = stranger.client().get(reverse("roles"))

    assert [card.acting.organisation for card in page.context["cards"]] == [stranger.organisation]
    assert asked.person.full_name not in page.content.decode()


def test_an_ended_role_is_no_longer_there(manager, both):
    both.started_on, both.ended_on = TODAY - timedelta(days=9), TODAY - timedelta(days=1)
    both.save()

    assert len(manager.client().get(reverse("roles")).context["cards"]) == 1


def test_the_page_is_in_the_menu_of_whoever_has_two_roles(manager, trainee, both):
    link = f'href="{reverse("roles")}"'

    assert link in manager.client().get(reverse("home")).content.decode()
    assert link not in trainee.client().get(reverse("home")).content.decode()


def test_more_work_asks_no_more_of_the_page(manager, both, college, trainee, django_assert_max_num_queries):
    training(college, starts_in=40, state="preparing")
    assert len(cards_of(manager.person, [manager.membership, both], on=TODAY)) == 2
    for number in range(3):
        training(college, starts_in=40 + number, state="preparing")

    with django_assert_max_num_queries(60):
        assert manager.client().get(reverse("roles")).status_code == 200


# --- since the last visit ---


def sign_in(person):
    client = Client()
    client.force_login(Person.objects.get(pk=person.pk))
    return client


def test_the_home_says_how_many_notices_came_since_the_last_visit(manager, clock):
    sign_in(manager.person)
    clock.shift(timedelta(days=1))
    make_notification(manager.person)
    make_notification(manager.person)

    page = sign_in(manager.person).get(reverse("home")).content.decode()

    assert "2026年11月20日（金）10:00" in page
    assert "届いたお知らせ：2件" in page


def test_what_came_before_the_last_visit_does_not_count(manager, clock):
    make_notification(manager.person)
    clock.shift(timedelta(minutes=1))
    sign_in(manager.person)
    clock.shift(timedelta(days=1))

    assert "届いたお知らせ：0件" in sign_in(manager.person).get(reverse("home")).content.decode()


def test_the_first_visit_has_nothing_before_it(manager):
    assert "前回のログイン" not in manager.client().get(reverse("home")).content.decode()


def test_other_pages_say_nothing_of_it(manager, clock):
    sign_in(manager.person)
    clock.shift(timedelta(days=1))

    assert "前回のログイン" not in sign_in(manager.person).get(reverse("firms:notifications")).content.decode()


def test_one_without_a_role_sees_themselves(db):
    person = Person.objects.create_user("one@example.jp", family_name="一")

    (card,) = cards_of(person, [], on=TODAY)

    assert (card.acting.organisation, card.waiting) == (None, [])
