"""A firm asks to take part: by a form and its mail, seen by the ward alone, registered once or declined with a reason."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firms.actions.newcomers import accept_newcomer, confirm_newcomer, decline_newcomer, forget_unconfirmed
from firms.errors import Refused
from firms.models import Invitation, JournalEntry, Newcomer, Notification, Organisation
from firms.post.tokens import hash_of, new_nonce, token_of
from tests.factories import OrganisationFactory, corporate_number

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "（架空）雪谷バネ",
    "name_kana": "ユキガヤバネ",
    "postal_code": "145-0065",
    "address": "東京都（架空区）雪谷2-3-4",
    "industry": "manufacturing",
    "main_business": "線ばねの製造",
    "regular_employees": 14,
    "family_name": "雪谷",
    "given_name": "架空",
    "email": "yukigaya@example.jp",
    "phone": "03-0000-0301",
    "words": "検査の人が足りません。\n助成金も知りたいです。",
}


def sent(**changed):
    return Client().post(reverse("firms:newcomer_ask"), {"corporate_number": corporate_number(77), **TYPED, **changed})


def waiting(**fields):
    now, token = timezone.now(), token_of(new_nonce())
    given = {**TYPED, "corporate_number": corporate_number(77), "state": "waiting", "confirmed_at": now} | fields
    return Newcomer.objects.create(token_hash=hash_of(token), asked_at=now, **given)


def link_in(letter):
    return next(line for line in letter.body.splitlines() if "/come/" in line).removeprefix("http://127.0.0.1:8000")


def test_firm_asks_confirms_is_registered_and_its_contact_invited(officer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = sent(corporate_number=f"　{corporate_number(77)}　")
    link, browser = link_in(mail.outbox[-1]), Client()

    assert (answer.status_code, answer["Location"]) == (302, reverse("firms:newcomer_asked"))
    assert officer.client().get(reverse("firms:newcomers"), {"all": ""}).context["page"].paginator.count == 0
    shown = browser.get(link)
    assert "この内容で区に送信する" in shown.content.decode()
    assert Newcomer.objects.get().state == "unconfirmed"
    assert "申込みは区に届いています" in browser.post(link).content.decode()
    browser.post(link)
    newcomer = Newcomer.objects.get()
    assert Notification.objects.filter(person=officer.person, subject__contains="雪谷バネ").count() == 1
    officer.client().post(reverse("firms:newcomer_accept", args=[newcomer.pk]))

    newcomer.refresh_from_db()
    made = Organisation.objects.get(corporate_number=corporate_number(77))
    invitation = Invitation.objects.get(organisation=made)
    assert (newcomer.state, newcomer.organisation, newcomer.answered_by) == ("accepted", made, officer.person)
    assert (made.kind, made.name, made.regular_employees, made.phone) == ("firm", TYPED["name"], 14, TYPED["phone"])
    assert (invitation.email, invitation.role, invitation.family_name) == ("yukigaya@example.jp", "manager", "雪谷")
    verbs = ["newcomer.ask", "newcomer.confirm", "newcomer.accept"]
    assert list(JournalEntry.objects.about(newcomer).order_by("pk").values_list("verb", flat=True)) == verbs


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("corporate_number", "1234567890123"),
        ("name_kana", "雪谷"),
        ("address", ""),
        ("regular_employees", ""),
        ("words", "番号は1234 5678 9012です"),
        ("email", "yukigaya"),
    ],
)
def test_form_names_the_field_that_is_wrong(field, typed):
    page = sent(**{field: typed})

    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])
    assert not Newcomer.objects.exists()


def test_somebody_in_business_alone_has_no_number():
    sent(corporate_number="")

    assert Newcomer.objects.get().corporate_number is None


def test_page_answers_alike_for_a_registered_firm_and_an_unknown_one():
    OrganisationFactory(corporate_number=corporate_number(77))

    known, unknown = sent(), sent(corporate_number=corporate_number(78), email="b@example.jp")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_nobody_s_letter_box_is_filled_and_nobody_sends_without_end():
    for _n in range(5):
        sent()
    assert Newcomer.objects.count() == 3

    statuses = [sent(email=f"n{n}@example.jp").status_code for n in range(16)]

    assert (statuses[14], statuses[15]) == (302, 429)


def test_link_of_nothing_and_one_too_old_say_so():
    wrong = Client().get(reverse("firms:newcomer_confirm", args=["nothing"]))
    token = token_of(new_nonce())
    old = waiting(state="unconfirmed", confirmed_at=None)
    Newcomer.objects.filter(pk=old.pk).update(
        token_hash=hash_of(token), asked_at=timezone.now() - timedelta(days=7, seconds=1)
    )
    over = Client().post(reverse("firms:newcomer_confirm", args=[token]))

    assert [(one.status_code, one["X-Robots-Tag"]) for one in (wrong, over)] == [(410, "noindex, nofollow")] * 2
    assert "期限が過ぎました" in over.content.decode()


def test_what_nobody_confirms_is_forgotten_when_its_link_ends():
    now, token = timezone.now(), token_of(new_nonce())
    fresh = waiting(state="unconfirmed", confirmed_at=None)
    confirmed = waiting()
    Newcomer.objects.update(asked_at=now - timedelta(days=7) + timedelta(seconds=1))
    Newcomer.objects.filter(pk=fresh.pk).update(token_hash=hash_of(token))

    assert forget_unconfirmed(now=now) == 0
    assert forget_unconfirmed(now=now + timedelta(seconds=2)) == 1
    assert list(Newcomer.objects.all()) == [confirmed]
    with pytest.raises(Refused, match="正しくないか"):
        confirm_newcomer(token)


def test_officer_reads_that_the_firm_is_registered_and_cannot_register_it_twice(officer):
    held = OrganisationFactory(corporate_number=corporate_number(77), name="（架空）先にいた会社")
    newcomer, other = waiting(), waiting(email="c@example.jp", family_name="別人")

    page = officer.client().get(reverse("firms:newcomer", args=[newcomer.pk])).content.decode()
    answer = officer.client().post(reverse("firms:newcomer_accept", args=[newcomer.pk]), follow=True)

    assert reverse("firms:organisation_detail", args=[held.pk]) in page
    assert "（法人番号が同じ）" in page
    assert reverse("firms:newcomer", args=[other.pk]) in page
    assert "すでに登録されています" in answer.content.decode()
    assert Newcomer.objects.filter(state="waiting").count() == 2


def test_declined_with_a_reason_that_is_mailed(officer, django_capture_on_commit_callbacks):
    newcomer = waiting()
    address = reverse("firms:newcomer", args=[newcomer.pk])

    assert list(officer.client().post(address, {"reason": " "}).context["form"].errors) == ["reason"]
    with django_capture_on_commit_callbacks(execute=True):
        officer.client().post(address, {"reason": "区内に事業所がありません。"})

    newcomer.refresh_from_db()
    letter = mail.outbox[-1]
    assert (newcomer.state, newcomer.declined_because) == ("declined", "区内に事業所がありません。")
    assert (letter.to, "区内に事業所がありません。" in letter.body) == (["yukigaya@example.jp"], True)
    assert "区内に事業所がありません。" in officer.client().get(address).content.decode()


def test_answered_once(officer):
    newcomer = waiting()
    decline_newcomer(newcomer, reason="重複", by=officer.acting())

    with pytest.raises(Refused, match="すでに答えています"):
        accept_newcomer(newcomer, by=officer.acting())
    with pytest.raises(Refused, match="すでに答えています"):
        decline_newcomer(newcomer, reason="また", by=officer.acting())


def test_nobody_but_the_ward_sees_it(manager, coordinator, advisor, trainee):
    newcomer = waiting()

    for one in (manager, coordinator, advisor, trainee):
        browser = one.client()
        assert browser.get(reverse("firms:newcomers")).status_code == 403
        assert browser.get(reverse("firms:newcomer", args=[newcomer.pk])).status_code == 404
        assert browser.post(reverse("firms:newcomer_accept", args=[newcomer.pk])).status_code == 404
    assert Newcomer.objects.get().state == "waiting"


def test_home_of_the_ward_says_what_waits(officer):
    newcomer = waiting()

    assert reverse("firms:newcomer", args=[newcomer.pk]) in officer.client().get(reverse("home")).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_with_more_rows(rows, officer, django_assert_num_queries):
    browser = officer.client()
    for _n in range(rows):
        waiting()

    with django_assert_num_queries(8):
        assert browser.get(reverse("firms:newcomers")).status_code == 200


BROKEN = {
    "newcomer_state_known": {"state": "lost"},
    "newcomer_corporate_number_null_not_empty": {"corporate_number": ""},
    "newcomer_confirmed_with_moment": {"confirmed_at": None},
    "newcomer_answered_by_somebody": {"answered_at": timezone.now()},
    "newcomer_declined_with_a_reason": {"declined_because": "理由"},
    "newcomer_accepted_as_an_organisation": {"organisation": OrganisationFactory},
}


@pytest.mark.parametrize("name", BROKEN)
def test_constraint_refuses(name):
    fields = {key: value() if callable(value) else value for key, value in BROKEN[name].items()}

    # A state nobody knows is none that is answered or not, and each database names the rule it comes to first.
    named = f"{name}|newcomer_answered_by_somebody" if name == "newcomer_state_known" else name
    with pytest.raises(IntegrityError, match=named), transaction.atomic():
        waiting(**fields)
