"""The organisation acted for, switching it, and the second factor."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firms.models import Invitation
from tests.conftest import cast
from tests.factories import MembershipFactory, OrganisationFactory

PASSWORD = "とても長い合言葉-2026"
SECRET = "JBSWY3DPEHPK3PXP"


def with_password(member):
    member.person.set_password(PASSWORD)
    member.person.save()
    return member


def sign_in(member, client=None):
    client = client or Client()
    answer = client.post(reverse("account_login"), {"login": member.person.email, "password": PASSWORD})
    return client, answer


def code_now():
    return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))


def test_a_manager_signs_in_with_a_password_alone(manager):
    client, answer = sign_in(with_password(manager))

    assert answer.status_code == 302
    assert client.get(reverse("firms:people")).status_code == 200


def test_nobody_signs_up_alone(db):
    client = Client()

    page = client.get(reverse("account_signup"))
    client.post(reverse("account_signup"), {"email": "a@example.jp", "password1": PASSWORD, "password2": PASSWORD})

    assert "招待" in page.content.decode()
    assert client.get(reverse("firms:people")).status_code == 302


@pytest.mark.parametrize("role", ["advisor_without_mandate", "officer", "clerk"])
def test_these_roles_are_sent_to_set_up_a_second_factor(role, request, office):
    member = cast("clerk", office, "書記") if role == "clerk" else request.getfixturevalue(role)
    client, _answer = sign_in(with_password(member))

    answer = client.get(reverse("firms:organisation"))

    assert answer.headers["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_a_second_factor_is_asked_for_by_any_membership_not_only_the_one_acted_for(manager, ward):
    MembershipFactory(person=manager.person, organisation=ward, role="officer")
    client = Client()
    client.force_login(manager.person)

    assert client.get(reverse("firms:people")).headers["Location"] == reverse("mfa_activate_totp")


@pytest.mark.parametrize("name", ["account_email", "account_change_password", "firms:notifications", "calendar:feeds"])
def test_nothing_but_setting_it_up_opens_before_the_second_factor(name, officer):
    client, _answer = sign_in(with_password(officer))

    assert client.get(reverse(name)).headers["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.get(reverse("account_reauthenticate")).status_code == 200


def test_who_runs_the_site_needs_a_second_factor_also_without_the_admin_site(manager):
    manager.person.is_superuser = True
    manager.person.save()
    client = Client()
    client.force_login(manager.person)

    assert client.get(reverse("firms:jobs")).headers["Location"] == reverse("mfa_activate_totp")


def test_staff_of_the_admin_site_need_a_second_factor_and_come_by_our_own_door(manager):
    manager.person.is_staff = True
    manager.person.save()
    client = Client()
    client.force_login(manager.person)

    assert client.get("/admin/").headers["Location"] == reverse("mfa_activate_totp")
    assert Client().get("/admin/login/").headers["Location"].startswith(reverse("account_login"))


def test_an_advisor_with_a_second_factor_is_in_only_after_the_code(advisor):
    TOTP.activate(advisor.person, SECRET)
    client, answer = sign_in(with_password(advisor))

    assert answer.headers["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get(reverse("firms:people")).headers["Location"].startswith(reverse("account_login"))
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert client.get(reverse("firms:people")).status_code == 200


def test_a_recovery_code_opens_once(advisor):
    TOTP.activate(advisor.person, SECRET)
    RecoveryCodes.activate(advisor.person)
    code = Authenticator.objects.get(user=advisor.person, type="recovery_codes").wrap().get_unused_codes()[0]
    with_password(advisor)

    first, _answer = sign_in(advisor)
    first.post(reverse("mfa_authenticate"), {"code": code})
    second, _answer = sign_in(advisor)
    second.post(reverse("mfa_authenticate"), {"code": code})

    assert first.get(reverse("firms:people")).status_code == 200
    assert second.get(reverse("firms:people")).status_code == 302


def test_changing_the_second_factor_asks_for_the_password_again(advisor):
    client = advisor.client()

    for name in ("mfa_deactivate_totp", "mfa_generate_recovery_codes"):
        assert client.get(reverse(name)).headers["Location"].startswith(reverse("account_reauthenticate"))


def test_switching_changes_what_one_sees(manager):
    college = OrganisationFactory(kind="college", name="（架空）別の学校")
    other = MembershipFactory(person=manager.person, organisation=college, role="coordinator")
    client = manager.client()

    client.post(reverse("firms:switch"), {"membership": other.pk})

    assert client.get(reverse("firms:organisation")).context["organisation"] == college
    assert client.get(reverse("firms:people")).status_code == 403


@pytest.fixture
def two_desks(manager):
    """A manager of two firms, whose first tab still shows the first after the second tab has switched."""
    other = MembershipFactory(person=manager.person, organisation=OrganisationFactory(), role="manager")
    client = manager.client()
    page = client.get(reverse("firms:invite")).content.decode()
    assert f'data-acting-for="{manager.membership.pk}"' in page
    client.post(reverse("firms:switch"), {"membership": other.pk})
    return client, other


def test_a_form_filled_in_for_one_organisation_is_not_taken_for_another(two_desks, manager):
    client, _other = two_desks
    given = {"email": "shintaro@example.jp", "role": "manager", "acting_for": manager.membership.pk}

    answer = client.post(reverse("firms:invite"), given, follow=True)

    assert "別の組織に切り替えた" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_a_form_of_the_organisation_acted_for_is_taken(two_desks):
    client, other = two_desks
    given = {"email": "shintaro@example.jp", "role": "manager", "acting_for": other.pk}

    client.post(reverse("firms:invite"), given)

    assert Invitation.objects.get().organisation == other.organisation


def test_a_tab_left_behind_may_still_switch_and_sign_out(two_desks, manager):
    client, _other = two_desks
    stale = {"acting_for": manager.membership.pk}

    client.post(reverse("firms:switch"), {"membership": manager.membership.pk, **stale})
    assert client.get(reverse("firms:organisation")).context["organisation"] == manager.organisation
    client.post(reverse("account_logout"), {**stale, "acting_for": "0"})
    assert client.get(reverse("firms:organisation")).status_code == 302


@pytest.mark.parametrize("whose", ["foreign", "ended", "nonsense", "nothing"])
def test_only_ones_own_membership_in_force_can_be_chosen(whose, manager, stranger, firm):
    ended = MembershipFactory(person=manager.person, role="manager", ended_on=timezone.localdate())
    chosen = {"foreign": stranger.membership.pk, "ended": ended.pk, "nonsense": "x", "nothing": ""}[whose]
    client = manager.client()

    answer = client.post(reverse("firms:switch"), {"membership": chosen}, follow=True)

    assert "この組織では操作できません" in answer.content.decode()
    assert client.get(reverse("firms:organisation")).context["organisation"] == firm


def test_rights_end_with_the_next_request_when_a_membership_ends(manager):
    client = manager.client()
    assert client.get(reverse("firms:people")).status_code == 200

    manager.membership.ended_on = timezone.localdate()
    manager.membership.save()

    assert client.get(reverse("firms:people")).status_code == 403


def test_a_membership_that_begins_tomorrow_gives_nothing_today(manager):
    manager.membership.started_on = timezone.localdate() + timedelta(days=1)
    manager.membership.save()

    assert manager.client().get(reverse("firms:people")).status_code == 403
