"""What every page is told: a navigation that leads somewhere, and in the demo how one signs in."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse

from demo.logins import PASSWORD, demo_logins, email_of, is_invented, totp_secret
from firms.models import Organisation, Person
from lms.context import NAV, current, nav_of
from lms.homes import HOMES
from tests.conftest import cast
from tests.factories import CourseFactory, OrganisationFactory


@pytest.fixture
def login_page_members(db):
    """A manager and an advisor of the demo, with the password of the login page."""
    manager = cast("manager", OrganisationFactory(), "大森")
    advisor = cast("advisor", OrganisationFactory(kind="office"), "青葉")
    for member, name in ((manager, "manager"), (advisor, "advisor")):
        member.person.email = email_of(name)
        member.person.set_password(PASSWORD)
        member.person.save()
    TOTP.activate(advisor.person, totp_secret(advisor.person.email))
    return manager, advisor


@pytest.mark.parametrize("key", NAV, ids=[f"{kind}-{role}" for kind, role in NAV])
def test_nav_leads_to_pages_that_exist(key):
    assert all(reverse(name) for _label, name in NAV[key])


def test_nav_and_home_know_the_same_roles():
    assert set(NAV) == set(HOMES)


def test_nav_marks_the_page_one_is_on(manager):
    page = manager.client().get(reverse("calendar:feeds"))

    assert [item.url for item in page.context["nav"] if item.is_current] == []
    assert [item.url for item in manager.client().get("/").context["nav"] if item.is_current] == ["/"]


def test_nav_finds_a_roster_among_the_lessons_one_teaches():
    covers = {"/": "/", "/courses/": "/courses/", "/courses/lessons/mine/": "/courses/lessons/"}

    marked = {path: current(covers, path) for path in ("/", "/courses/3/", "/courses/lessons/9/roster/", "/else/")}

    assert marked == {
        "/": "/",
        "/courses/3/": "/courses/",
        "/courses/lessons/9/roster/": "/courses/lessons/mine/",
        "/else/": "",
    }


@pytest.mark.parametrize(
    ("role", "path", "marked"),
    [
        (("ward", "officer"), "/courses/revisions/1/", "courses:own_courses"),
        (("ward", "officer"), "/courses/3/edit/", "courses:own_courses"),
        (("ward", "officer"), "/courses/3/", "courses:catalogue"),
        (("college", "coordinator"), "/courses/lessons/9/roster/", "courses:own_courses"),
        (("college", "coordinator"), "/courses/runs/4/completion/", "courses:own_courses"),
        (("college", "coordinator"), "/courses/runs/4/", "courses:catalogue"),
        (("college", "coordinator"), "/courses/certificates/7/revoke/", "courses:certificates"),
        (("college", "instructor"), "/courses/runs/4/attendance/", "courses:my_lessons"),
        (("firm", "employee"), "/courses/check-in/", "courses:my_enrolments"),
        (("firm", "employee"), "/courses/hours/", "courses:my_enrolments"),
        (("firm", "employee"), "/courses/learn/3/5/", "courses:learn"),
        (("firm", "employee"), "/courses/badges/verify/", "courses:certificates"),
    ],
)
def test_nav_marks_the_list_a_page_stands_under(role, path, marked):
    assert [item.url for item in nav_of(NAV[role], path) if item.is_current] == [reverse(marked)]


def test_breadcrumb_begins_with_the_list_the_nav_marks(officer, coordinator, college):
    course = CourseFactory(college=college, state="draft")

    for who in (officer, coordinator):
        page = who.client().get(reverse("courses:course_edit", args=[course.pk]))
        (marked,) = [item for item in page.context["nav"] if item.is_current]
        assert f'<li><a href="{marked.url}">{marked.label}</a></li>' in page.content.decode().split("<h1>")[0]


def test_page_to_check_a_certificate_says_where_it_stands(client):
    page = client.get(reverse("courses:badge_verify")).content.decode()

    assert f'<li><a href="{reverse("courses:certificate_find")}">修了証の照会</a></li>' in page.split("本文")[1]
    assert 'class="breadcrumb"' in page


def test_login_page_of_the_demo_lists_its_people(login_page_members, client):
    listed = client.get("/accounts/login/").context["demo_logins"]

    assert [(one["email"], one["password"], bool(one["note"])) for one in listed] == [
        ("manager@demo.example", PASSWORD, False),
        ("advisor@demo.example", PASSWORD, True),
    ]


def test_login_page_of_a_real_site_lists_nobody(login_page_members, settings):
    settings.DEMO = False

    assert demo_logins() == []


def test_login_page_lists_nobody_of_a_real_organisation(login_page_members):
    Organisation.objects.update(is_fictional=False)

    assert demo_logins() == []


def sign_in(name):
    """The browser after the password, and the page it is led to."""
    browser = Client()
    page = browser.post("/accounts/login/", {"login": email_of(name), "password": PASSWORD}, follow=True)
    return browser, page


def test_second_factor_is_asked_for_and_its_code_is_shown(login_page_members):
    browser, page = sign_in("advisor")
    code = page.context["demo_code"]

    inside = browser.post("/accounts/2fa/authenticate/", {"code": code}, follow=True)

    assert page.request["PATH_INFO"] == "/accounts/2fa/authenticate/"
    assert code in page.content.decode()
    assert (inside.request["PATH_INFO"], inside.status_code) == ("/", 200)


def test_second_factor_code_is_shown_on_no_other_page(login_page_members):
    browser, _page = sign_in("manager")

    assert browser.get("/").context["demo_code"] == ""


def test_second_factor_code_of_a_real_site_stays_secret(login_page_members, settings):
    settings.DEMO = False

    _browser, page = sign_in("advisor")

    assert page.context["demo_code"] == ""


def test_second_factor_code_of_a_real_organisation_stays_secret(login_page_members):
    _manager, advisor = login_page_members
    Organisation.objects.filter(pk=advisor.organisation.pk).update(is_fictional=False)

    _browser, page = sign_in("advisor")

    assert page.context["demo_code"] == ""


def test_second_factor_code_of_one_who_ever_belonged_to_a_real_organisation_stays_secret(login_page_members):
    _manager, advisor = login_page_members
    cast("advisor", OrganisationFactory(kind="office", is_fictional=False), "実在")
    person = Person.objects.get(pk=advisor.person.pk)
    person.memberships.create(
        organisation=Organisation.objects.get(is_fictional=False),
        role="clerk",
        started_on=advisor.membership.started_on,
    )

    assert not is_invented(person.memberships.select_related("organisation"))


def test_nav_marks_only_the_item_that_covers_most_of_the_address(instructor):
    page = instructor.client().get(reverse("courses:my_lessons"))

    assert [str(item.label) for item in page.context["nav"] if item.is_current] == ["担当するコマ"]
