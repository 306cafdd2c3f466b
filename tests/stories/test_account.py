"""A ward officer gets another phone, and loses that too."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from tests.firms.test_middleware import PASSWORD, SECRET, with_password
from tests.firms.test_own_account import code_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def nothing_used_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def holder(officer):
    with_password(officer)
    EmailAddress.objects.create(user=officer.person, email=officer.person.email, verified=True, primary=True)
    TOTP.activate(officer.person, SECRET)
    return officer


def test_officer_moves_to_another_phone_and_comes_in_by_a_recovery_code(page, live_server, holder):
    sign_in(page, live_server.url, holder, code_of(SECRET))
    page.goto(live_server.url + reverse("mfa_index"))
    page.get_by_role("link", name="新しいスマートフォンで登録し直す").click()
    page.get_by_text("読み取れないとき").click()
    page.get_by_label("確認コード").fill(code_of(page.locator("details .code").inner_text()))
    page.get_by_role("button", name="登録する").click()
    expect(page.get_by_text("いま一度だけ表示しています")).to_be_visible()
    kept = page.locator("ul.codes li").first.inner_text()
    page.get_by_role("link", name="保管した").click()

    page.context.clear_cookies()
    sign_in(page, live_server.url, holder, kept)

    expect(page).to_have_title("ホーム | Takumi")


def sign_in(page, base, member, code):
    page.goto(base + reverse("account_login"))
    page.get_by_label("メールアドレス").first.fill(member.person.email)
    page.get_by_label("パスワード").first.fill(PASSWORD)
    page.get_by_role("button", name="ログイン").first.click()
    page.get_by_label("確認コード").fill(code)
    page.get_by_role("button", name="ログイン", exact=True).click()
    page.wait_for_url(base + "/")
