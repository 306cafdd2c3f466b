"""One's own password, address and second factor, with and without one; and the way back for who has lost the phone."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from firms.actions.second_factors import reset_second_factor
from firms.errors import Refused
from firms.models import JournalEntry, Notification
from tests.conftest import MORNING
from tests.factories import PersonFactory
from tests.firms.test_middleware import PASSWORD, SECRET, code_now, sign_in, with_password

NEW = "別の長い合言葉-2027"
# What changes with every page.
TOKEN = re.compile(r'value="[^"]{30,}"|ftoken": "\w+"')
LINK = re.compile(r"https?://\S+?(/accounts/confirm-email/\S+)")


@pytest.fixture(autouse=True)
def nothing_used_yet():
    """A code opens once, and every test has the same moment: which were used is kept in the cache."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(params=["manager", "officer"], ids=["without", "with a second factor"])
def member(request):
    """Signed in to the end, by the code where one is asked for."""
    member = with_password(request.getfixturevalue(request.param))
    EmailAddress.objects.create(user=member.person, email=member.person.email, verified=True, primary=True)
    if request.param == "officer":
        TOTP.activate(member.person, SECRET)
        RecoveryCodes.activate(member.person)
    return member


@pytest.fixture
def officer_in(officer):
    member = with_password(officer)
    EmailAddress.objects.create(user=officer.person, email=officer.person.email, verified=True, primary=True)
    TOTP.activate(officer.person, SECRET)
    RecoveryCodes.activate(officer.person)
    return signed_in(member)


def signed_in(member, password=PASSWORD):
    client = Client()
    answer = client.post(reverse("account_login"), {"login": member.person.email, "password": password})
    if answer.headers["Location"].startswith(reverse("mfa_authenticate")):
        client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert client.get(reverse("home")).status_code == 200
    return client


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def secret_of(person):
    return decrypt(Authenticator.objects.get(user=person, type="totp").data["secret"])


def later(minutes=10):
    """The password given at sign-in is not warm any more, and a code used once is another's."""
    return time_machine.travel(MORNING + timedelta(minutes=minutes))


# --- password ---


def test_password_is_changed_and_one_stays_signed_in(member):
    client = signed_in(member)

    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert client.get(reverse("home")).status_code == 200
    member.person.refresh_from_db()
    assert member.person.check_password(NEW)
    assert [letter.subject for letter in mail.outbox] == ["パスワードを変更しました"]
    with later():
        signed_in(member, NEW)


def test_password_is_not_changed_without_the_old_one(member):
    client = signed_in(member)

    page = client.post(
        reverse("account_change_password"), {"oldpassword": "falsch", "password1": NEW, "password2": NEW}
    )

    assert "oldpassword" in page.context["form"].errors
    member.person.refresh_from_db()
    assert member.person.check_password(PASSWORD)


# --- address ---


def asked_for(client, address):
    return client.post(reverse("account_email"), {"email": address, "action_add": ""}, follow=True)


def confirm(client):
    (link,) = [found[1] for letter in mail.outbox if (found := LINK.search(letter.body))]
    client.get(link)
    return client.post(link)


def test_address_is_changed_once_the_letter_there_is_answered(member):
    client, old = signed_in(member), member.person.email

    page = asked_for(client, "NEW@example.jp").content.decode()
    member.person.refresh_from_db()
    assert member.person.email == old
    assert "変更の手続き中" in page
    confirm(client)

    member.person.refresh_from_db()
    assert member.person.email == "new@example.jp"
    assert list(EmailAddress.objects.filter(user=member.person).values_list("email", "verified", "primary")) == [
        ("new@example.jp", True, True)
    ]
    assert mail.outbox[-1].to == [old]
    assert "new@example.jp" in mail.outbox[-1].body
    with later():
        signed_in(member)


def test_address_is_asked_for_after_the_password_again_when_it_is_cold(member):
    client = signed_in(member)

    with later():
        answer = client.post(reverse("account_email"), {"email": "new@example.jp", "action_add": ""})
        assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
        client.post(answer.headers["Location"], {"password": PASSWORD})
        confirm(client)

    member.person.refresh_from_db()
    assert member.person.email == "new@example.jp"


def test_address_of_somebody_else_answers_as_any_other_and_is_never_taken(member):
    other = PersonFactory(email="taken@example.jp")
    EmailAddress.objects.create(user=other, email=other.email, verified=True, primary=True)
    client, old = signed_in(member), member.person.email

    def shown(address):
        return asked_for(client, address).content.decode().replace(address, "…")

    pages = [re.sub(TOKEN, "", shown(one)) for one in ("free@example.jp", "taken@example.jp")]
    assert pages[0] == pages[1]
    mail.outbox = mail.outbox[-1:]
    assert mail.outbox[0].to == ["taken@example.jp"]
    confirm(client)

    for person, address in ((member.person, old), (other, "taken@example.jp")):
        person.refresh_from_db()
        assert person.email == address


# --- another phone ---


def test_second_factor_moves_to_another_phone_and_codes_are_shown_once(officer, officer_in):
    page = officer_in.get(reverse("firms:second_factor_replace"))
    new = page.context["form"].secret
    assert new != SECRET
    assert f'<span class="code strong">{new}</span>' in page.content.decode()

    answer = officer_in.post(reverse("firms:second_factor_replace"), {"code": code_of(new)})

    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert secret_of(officer.person) == new
    codes = Authenticator.objects.get(user=officer.person, type="recovery_codes").wrap().get_unused_codes()
    once, again = (officer_in.get(answer.headers["Location"]).content.decode() for _look in range(2))
    assert all(code in once for code in codes)
    assert not any(code in again for code in codes)
    assert "もう見られません" in once
    assert officer_in.get(reverse("mfa_download_recovery_codes")).status_code == 403
    entry = JournalEntry.objects.about(officer.person).get(verb="second_factor.replace")
    assert entry.person == officer.person
    assert mail.outbox[-1].to == [officer.person.email]


def test_old_phone_and_old_codes_open_nothing_afterwards(officer, officer_in):
    old_code = Authenticator.objects.get(user=officer.person, type="recovery_codes").wrap().get_unused_codes()[0]
    new = officer_in.get(reverse("firms:second_factor_replace")).context["form"].secret
    officer_in.post(reverse("firms:second_factor_replace"), {"code": code_of(new)})

    with later():
        client, _answer = sign_in(officer)
        for code in (code_of(SECRET), old_code):
            client.post(reverse("mfa_authenticate"), {"code": code})
            assert client.get(reverse("home")).status_code == 302
        client.post(reverse("mfa_authenticate"), {"code": code_of(new)})
        assert client.get(reverse("home")).status_code == 200


def test_a_wrong_code_leaves_the_old_phone_in_use(officer, officer_in):
    officer_in.get(reverse("firms:second_factor_replace"))

    page = officer_in.post(reverse("firms:second_factor_replace"), {"code": "000000"})

    assert "code" in page.context["form"].errors
    assert secret_of(officer.person) == SECRET


def test_another_phone_asks_who_one_is_when_the_password_is_cold(officer_in):
    with later():
        answer = officer_in.get(reverse("firms:second_factor_replace"))
        assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
        answer = officer_in.post(answer.headers["Location"], {"password": PASSWORD})
        assert answer.headers["Location"] == reverse("firms:second_factor_replace")
        assert officer_in.get(answer.headers["Location"]).status_code == 200


def test_who_has_none_is_led_to_set_one_up(manager):
    client = signed_in(with_password(manager))

    assert client.get(reverse("firms:second_factor_replace")).headers["Location"] == reverse("mfa_activate_totp")


def test_one_sets_a_second_factor_up_and_takes_it_off_where_no_role_asks_for_it(manager):
    client = signed_in(with_password(manager))
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert Authenticator.objects.filter(user=manager.person).count() == 2
    assert "認証アプリを外す" in client.get(reverse("mfa_index")).content.decode()

    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.filter(user=manager.person).exists()


def test_where_a_role_asks_for_it_it_is_not_taken_off(officer, officer_in):
    assert "認証アプリを外す" not in officer_in.get(reverse("mfa_index")).content.decode()

    page = officer_in.post(reverse("mfa_deactivate_totp"))

    assert "登録し直す" in str(page.context["form"].errors)
    assert secret_of(officer.person) == SECRET


def test_with_a_recovery_code_one_signs_in_and_registers_the_new_phone(officer, officer_in):
    code = Authenticator.objects.get(user=officer.person, type="recovery_codes").wrap().get_unused_codes()[0]
    client, _answer = sign_in(officer)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get(reverse("home")).status_code == 200

    new = client.get(reverse("firms:second_factor_replace")).context["form"].secret
    client.post(reverse("firms:second_factor_replace"), {"code": code_of(new)})

    assert secret_of(officer.person) == new


def test_recovery_codes_are_made_anew_and_shown_once(officer_in):
    officer_in.post(reverse("mfa_generate_recovery_codes"))

    once, again = (officer_in.get(reverse("mfa_view_recovery_codes")) for _look in range(2))

    assert once.context["can_view_codes"]
    assert not again.context["can_view_codes"]
    assert "使えるコードは 10個のうち 10個です" in again.content.decode()


# --- lost altogether ---


@pytest.fixture
def lost(advisor):
    with_password(advisor)
    TOTP.activate(advisor.person, SECRET)
    RecoveryCodes.activate(advisor.person)
    return advisor


def ask_for_reset(who, email, reason="電話で本人と確かめた"):
    return who.client().post(reverse("firms:second_factor_reset"), {"email": email, "reason": reason})


def test_the_ward_takes_it_off_and_the_person_is_told_and_sets_up_a_new_one(officer, lost):
    ask_for_reset(officer, lost.person.email.upper())

    assert not Authenticator.objects.filter(user=lost.person).exists()
    entry = JournalEntry.objects.about(lost.person).get(verb="second_factor.reset")
    assert (entry.person, entry.concerns, entry.details["reason"]) == (
        officer.person, lost.organisation, "電話で本人と確かめた",
    )  # fmt: skip
    letter = Notification.objects.get(person=lost.person)
    assert "電話で本人と確かめた" in letter.body
    client, _answer = sign_in(lost)
    assert client.get(reverse("home")).headers["Location"] == reverse("mfa_activate_totp")
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(reverse("home")).status_code == 200


@pytest.mark.parametrize("address", ["nobody@example.jp", "manager"])
def test_who_has_none_has_none_taken_off(address, officer, manager):
    email = manager.person.email if address == "manager" else address

    page = ask_for_reset(officer, email)

    assert "使っている人はいません" in str(page.context["form"].errors["email"])
    assert not JournalEntry.objects.exists()


def test_nobody_takes_their_own_off_this_way(officer):
    page = ask_for_reset(officer, officer.person.email)

    assert "自分の" in str(page.context["form"].errors["email"])
    assert Authenticator.objects.filter(user=officer.person).exists()


def test_a_reason_is_asked(officer, lost):
    page = ask_for_reset(officer, lost.person.email, reason="")

    assert list(page.context["form"].errors) == ["reason"]
    assert Authenticator.objects.filter(user=lost.person).exists()


def test_twice_is_told(officer, lost):
    reset_second_factor(lost.person.email, reason="紛失", by=officer.acting())

    with pytest.raises(Refused, match="使っている人はいません"):
        reset_second_factor(lost.person.email, reason="紛失", by=officer.acting())
    assert Notification.objects.filter(person=lost.person).count() == 1


@pytest.mark.parametrize("who", ["manager", "trainee", "coordinator", "stranger"])
def test_nobody_but_the_ward_takes_it_off(who, lost, request):
    assert ask_for_reset(request.getfixturevalue(who), lost.person.email).status_code == 403
    assert Authenticator.objects.filter(user=lost.person).exists()


def test_who_runs_the_site_takes_it_off_too(manager, lost):
    manager.person.is_superuser = True
    manager.person.save()

    ask_for_reset(manager, lost.person.email)

    assert not Authenticator.objects.filter(user=lost.person).exists()
