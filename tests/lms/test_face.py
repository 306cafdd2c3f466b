"""The frame of every page: forms, error pages and the page of all components."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django import forms
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views import csrf, defaults

from lms.face import SampleForm, icon_names
from tests.factories import PersonFactory


class Wish(forms.Form):
    name = forms.CharField(label="名前", help_text="漢字で書いてください。")
    days = forms.MultipleChoiceField(
        label="曜日", required=False, widget=forms.CheckboxSelectMultiple, choices=[("m", "月")]
    )
    agreed = forms.BooleanField(label="同意します")


class Search(Wish):
    compact = True


def test_form_field_says_what_is_wrong_at_the_field():
    html = Wish({"agreed": "on"})["name"].as_field_group()

    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert '<div id="id_name_error">' in html
    assert "入力されていません。入力または選択してください。" in html


def test_form_field_unrefused_has_no_error():
    html = Wish()["name"].as_field_group()

    assert ("aria-invalid" in html, "_error" in html, "field-error" in html) == (False, False, False)


def test_form_marks_what_must_be_filled_in():
    form = Wish()

    assert "※必須" in form["name"].as_field_group()
    assert "任意" in form["days"].as_field_group()
    assert "任意" not in Search()["days"].as_field_group()


def test_form_of_choices_is_one_group_with_a_legend():
    html = Wish()["days"].as_field_group()

    assert ('<fieldset class="field field-choices"' in html, "<legend" in html) == (True, True)


def test_form_summary_links_each_error_to_its_field():
    form = Wish({})
    form.add_error(None, "定員に達しました。別の開講を選んでください。")

    html = str(form)

    assert "定員に達しました。別の開講を選んでください。" in html
    assert ('href="#id_name"' in html, 'href="#id_agreed"' in html) == (True, True)


def test_form_renders_each_kind_of_field():
    html = str(SampleForm())

    kinds = ["text", "email", "number", "date", "datetime-local", "radio", "checkbox", "file"]
    assert [kind for kind in kinds if f'type="{kind}"' not in html] == []
    assert ("<select" in html, "<textarea" in html) == (True, True)


def test_page_not_found_is_in_japanese():
    page = Client().get("/nowhere/")

    assert (page.status_code, "ページが見つかりません" in page.content.decode()) == (404, True)


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (lambda r: defaults.bad_request(r, Exception()), 400, "送られた内容を受け取れませんでした"),
        (lambda r: defaults.permission_denied(r, Exception("")), 403, "この操作をする権限がありません"),
        (lambda r: defaults.permission_denied(r, Exception("企業の管理者だけです。")), 403, "企業の管理者だけです。"),
        (csrf.csrf_failure, 403, "画面の有効期限が切れました"),
        (defaults.server_error, 500, "システムに不具合が起きました"),
    ],
    ids=["400", "403", "403 with its sentence", "csrf", "500"],
)
def test_error_pages_say_what_happened(answer, status, words):
    page = answer(RequestFactory().get("/"))

    assert (page.status_code, words in page.content.decode()) == (status, True)


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html", "403_csrf.html"])
def test_error_pages_stand_without_any_context(name):
    html = render_to_string(name)

    assert ('<html lang="ja">' in html, "ホームへ戻る" in html) == (True, True)


@pytest.mark.django_db
def test_login_page_is_in_japanese():
    html = Client().get(reverse("account_login")).content.decode()

    assert ("メールアドレス" in html, "パスワード" in html, "利用は招待制です" in html) == (True, True, True)


@pytest.mark.django_db
def test_signup_is_closed():
    assert "利用の登録は招待制です" in Client().get(reverse("account_signup")).content.decode()


@pytest.mark.django_db
def test_style_page_shows_every_icon():
    html = Client().get(reverse("style")).content.decode()

    assert [name for name in icon_names() if f"icons.svg#{name}" not in html] == []


@pytest.mark.django_db
def test_password_reset_for_a_stranger_sends_one_japanese_mail(mailoutbox):
    Client().post(reverse("account_reset_password"), {"email": "nobody@example.jp"})

    assert ["登録のないメールアドレスです" in mail.subject for mail in mailoutbox] == [True]
    assert "nobody@example.jp でパスワードの再設定が求められました" in mailoutbox[0].body


@pytest.fixture
def signed_in(db):
    person = PersonFactory(email="manager@example.jp")
    person.set_password("a long enough sentence")
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": "a long enough sentence"})
    client.post(reverse("account_reauthenticate"), {"password": "a long enough sentence"})
    return client


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("account_email", "メールアドレスの変更"),
        ("account_change_password", "パスワードの変更"),
        ("account_logout", "ログアウトしますか"),
        ("account_reauthenticate", "本人の確認"),
        ("mfa_index", "二段階認証"),
        ("mfa_activate_totp", "認証アプリの登録"),
    ],
)
def test_account_pages_are_in_japanese(signed_in, name, heading):
    html = signed_in.get(reverse(name)).content.decode()

    assert f"<h1>{heading}</h1>" in html


def test_account_pages_of_the_second_factor_lead_from_one_to_the_next(signed_in):
    page = signed_in.get(reverse("mfa_activate_totp"))
    code = format_hotp_value(hotp_value(page.context["form"].secret, next(yield_hotp_counters_from_time())))

    refused = signed_in.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
    codes = signed_in.post(reverse("mfa_activate_totp"), {"code": code}, follow=True).content.decode()
    again = signed_in.get(reverse("mfa_generate_recovery_codes")).content.decode()
    away = signed_in.get(reverse("mfa_deactivate_totp")).content.decode()

    assert "確認コードが違います。" in refused
    assert "<h1>回復コード</h1>" in codes
    assert "いままでの回復コードは使えなくなります。" in again
    assert "<h1>認証アプリを外す</h1>" in away
