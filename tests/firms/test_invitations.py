"""Invitations: how one is sent, accepted once, and dies."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firms.actions.invitations import invite, join_as_known, join_as_new, usable_invitation, withdraw_invitation
from firms.actions.members import end_membership
from firms.errors import Refused
from firms.models import Invitation, Job, JournalEntry, Membership, Person
from firms.states import InvitationState
from tests.factories import MembershipFactory, OrganisationFactory, PersonFactory
from tests.firms.makers import make_invitation

PASSWORD = "とても長い合言葉-2026"
NAMES = {"family_name": "新谷", "given_name": "花子", "family_kana": "シンタニ", "given_kana": "ハナコ"}


def join_form(**changes):
    return {**NAMES, "password": PASSWORD, "password_again": PASSWORD, **changes}


def link_in(letter):
    return next(line for line in letter.body.splitlines() if "/join/" in line).removeprefix("http://127.0.0.1:8000")


def invited(manager, callbacks, **changes):
    given = {"email": "Shintaro@Example.jp", "role": "employee"} | changes
    with callbacks(execute=True):
        manager.client().post(reverse("firms:invite"), given)
    return link_in(mail.outbox[-1])


def test_the_link_of_the_mail_makes_a_login_and_a_membership(manager, firm, django_capture_on_commit_callbacks):
    link = invited(manager, django_capture_on_commit_callbacks)
    client = Client()

    page = client.get(link)
    answer = client.post(link, join_form())

    person = Person.objects.get(email="shintaro@example.jp")
    assert "（架空）大森機械製作所" in page.content.decode()
    assert answer.headers["Location"] == "/"
    assert (person.full_name, person.check_password(PASSWORD)) == ("新谷 花子", True)
    assert EmailAddress.objects.get(user=person).verified
    assert person.memberships.get().role == "employee"
    assert client.get(reverse("firms:organisation")).context["organisation"] == firm
    assert mail.outbox[0].to == ["shintaro@example.jp"]


def test_the_secret_of_the_link_is_nowhere_in_the_database(manager, django_capture_on_commit_callbacks):
    token = invited(manager, django_capture_on_commit_callbacks).split("/")[-2]

    kept = [*Invitation.objects.values_list("token_hash", flat=True), *map(str, Job.objects.values_list("payload"))]

    assert not any(token in text for text in kept)


def test_inviting_twice_sends_one_letter(manager, firm, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = invite(firm, email="a@example.jp", role="employee", by=manager.acting())
        second = invite(firm, email="A@example.jp", role="employee", by=manager.acting())

    assert first == second
    assert len(mail.outbox) == 1
    assert JournalEntry.objects.filter(verb="invitation.send").count() == 1


def test_inviting_again_after_the_term_makes_a_new_link(manager, firm):
    old, token = make_invitation(organisation=firm, by=manager.person, email="a@example.jp", days=-1)

    new = invite(firm, email="a@example.jp", role="employee", by=manager.acting())

    old.refresh_from_db()
    assert (old.state, new.state) == (InvitationState.WITHDRAWN, InvitationState.OPEN)
    with pytest.raises(Refused, match="取り消され"):
        usable_invitation(token)


@pytest.mark.parametrize("role", ["officer", "instructor", "advisor", "king"])
def test_a_firm_cannot_give_roles_of_others(role, manager, firm):
    with pytest.raises(Refused, match="役割") as refused:
        invite(firm, email="a@example.jp", role=role, by=manager.acting())

    assert refused.value.field == "role"


def test_somebody_who_has_the_role_is_not_invited_to_it(manager, trainee, firm):
    with pytest.raises(Refused, match="すでに同じ役割") as refused:
        invite(firm, email=trainee.person.email.upper(), role="employee", by=manager.acting())

    assert refused.value.field == "email"


def test_the_ward_invites_the_first_manager_of_a_new_firm(officer, django_capture_on_commit_callbacks):
    firm = OrganisationFactory(name="（架空）新設工業")
    client = officer.client()

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            f"{reverse('firms:invite')}?organisation={firm.pk}", {"email": "boss@example.jp", "role": "manager"}
        )

    assert answer.headers["Location"] == reverse("firms:organisation_detail", args=[firm.pk])
    assert Invitation.objects.get(organisation=firm).role == "manager"


def test_the_ward_does_not_invite_where_somebody_leads(officer, manager, firm):
    answer = officer.client().post(
        f"{reverse('firms:invite')}?organisation={firm.pk}", {"email": "boss@example.jp", "role": "manager"}
    )

    assert answer.status_code == 403
    assert not Invitation.objects.exists()


def test_a_manager_does_not_invite_to_another_firm(stranger, firm):
    answer = stranger.client().get(f"{reverse('firms:invite')}?organisation={firm.pk}")

    assert answer.status_code == 404


# --- the link that opens nothing any more ---


def test_a_link_used_twice_says_so(manager, firm):
    _invitation, token = make_invitation(organisation=firm, by=manager.person)
    Client().post(reverse("firms:join", args=[token]), join_form())

    page = Client().get(reverse("firms:join", args=[token]))
    again = Client().post(reverse("firms:join", args=[token]), join_form(password="別の合言葉-2026-ab"))

    assert (page.status_code, again.status_code) == (410, 410)
    assert "このリンクはすでに使われています" in page.content.decode()
    assert Person.objects.get(email="shintaro@example.jp").check_password(PASSWORD)
    assert Membership.objects.filter(organisation=firm, role="employee").count() == 1


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda i: withdraw_invitation(i, by=None), "取り消されました"),
        (lambda i: Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1)), "有効期限"),
        (lambda i: Invitation.objects.update(token_hash="x"), "正しくありません"),
    ],
    ids=["withdrawn", "expired", "unknown"],
)
def test_a_dead_link_joins_nobody(spoil, sentence, manager, firm):
    invitation, token = make_invitation(organisation=firm, by=manager.person)
    spoil(invitation)

    answer = Client().post(reverse("firms:join", args=[token]), join_form())

    assert answer.status_code == 410
    assert sentence in answer.content.decode()
    assert not Person.objects.filter(email="shintaro@example.jp").exists()


def test_an_invitation_does_not_outlive_the_removal_of_who_sent_it(manager, firm):
    other = MembershipFactory(organisation=firm)
    _invitation, token = make_invitation(organisation=firm, by=other.person)

    end_membership(other, by=manager.acting(timezone.localdate()))

    with pytest.raises(Refused, match="取り消され"):
        join_as_new(token, password=PASSWORD, **NAMES)


def test_an_invitation_to_another_organisation_does_not_outlive_the_office_of_who_sent_it(officer, ward, firm):
    MembershipFactory(organisation=ward, role="officer")
    led = MembershipFactory(person=officer.person, organisation=OrganisationFactory(), role="manager").organisation
    _invitation, token = make_invitation(organisation=firm, by=officer.person)
    kept, _token = make_invitation(organisation=led, by=officer.person)

    end_membership(officer.membership, by=officer.acting())

    with pytest.raises(Refused, match="取り消されました"):
        usable_invitation(token)
    kept.refresh_from_db()
    assert kept.state == InvitationState.OPEN


def test_an_invitation_of_somebody_who_may_not_sign_in_any_more_opens_nothing(manager, firm):
    _invitation, token = make_invitation(organisation=firm, by=manager.person)
    Person.objects.filter(pk=manager.person.pk).update(is_active=False)

    with pytest.raises(Refused, match="取り消されました"):
        usable_invitation(token)


def test_a_letter_is_not_sent_for_an_invitation_withdrawn_meanwhile(manager, firm, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_invitation(
            invite(firm, email="a@example.jp", role="employee", by=manager.acting()), by=manager.acting()
        )

    assert mail.outbox == []


def test_withdrawing_twice_is_once_and_an_accepted_one_gets_a_sentence(manager, firm):
    withdrawn, _token = make_invitation(organisation=firm, by=manager.person)
    accepted, token = make_invitation(organisation=firm, by=manager.person, email="b@example.jp")
    join_as_new(token, password=PASSWORD, **NAMES)
    accepted.refresh_from_db()

    withdraw_invitation(withdrawn, by=manager.acting())
    withdraw_invitation(withdrawn, by=manager.acting())

    assert JournalEntry.objects.filter(verb="invitation.withdraw").count() == 1
    with pytest.raises(Refused, match="すでに承諾"):
        withdraw_invitation(accepted, by=manager.acting())


# --- people who are known already ---


def test_a_known_person_signs_in_and_accepts(manager, stranger, firm):
    _invitation, token = make_invitation(
        organisation=firm, by=manager.person, email=stranger.person.email, role="manager"
    )
    stranger.person.set_password(PASSWORD)
    stranger.person.save()
    address = reverse("firms:join", args=[token])

    asked = Client().get(address)
    client = stranger.client()
    client.post(address)

    assert "ログインして参加する" in asked.content.decode()
    assert client.get(reverse("firms:organisation")).context["organisation"] == firm
    assert {m.organisation for m in stranger.person.memberships.all()} == {firm, stranger.organisation}


def test_a_link_cannot_set_the_password_of_somebody_who_has_one(manager, stranger, firm):
    stranger.person.set_password(PASSWORD)
    stranger.person.save()
    _invitation, token = make_invitation(organisation=firm, by=manager.person, email=stranger.person.email)

    Client().post(
        reverse("firms:join", args=[token]), join_form(password="奪った合言葉-2026", password_again="奪った合言葉-2026")
    )

    stranger.person.refresh_from_db()
    assert stranger.person.check_password(PASSWORD)
    with pytest.raises(Refused, match="すでに登録"):
        join_as_new(token, password="奪った合言葉-2026", **NAMES)


def test_an_employee_registered_without_a_login_gets_one_by_the_link(manager, trainee, firm):
    person = PersonFactory(email="worker@example.jp")
    person.set_unusable_password()
    person.save()
    _invitation, token = make_invitation(organisation=firm, by=manager.person, email="worker@example.jp")

    joined = join_as_new(token, password=PASSWORD, **NAMES)

    assert joined == person
    assert joined.check_password(PASSWORD)


def test_a_link_works_for_the_person_it_was_sent_to_alone(manager, stranger, firm):
    _invitation, token = make_invitation(organisation=firm, by=manager.person, role="manager")
    client = stranger.client()

    page = client.get(reverse("firms:join", args=[token]))
    answer = client.post(reverse("firms:join", args=[token]))

    assert "別の宛先への招待です" in page.content.decode()
    assert answer.status_code == 410
    with pytest.raises(Refused, match="別の宛先"):
        join_as_known(token, person=stranger.person)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"password_again": "違う合言葉"}, "password_again"),
        ({"password": "12345678", "password_again": "12345678"}, "password"),
        ({"family_kana": ""}, "family_kana"),
        ({"family_name": "123456789012"}, "family_name"),
    ],
    ids=["differ", "common", "kana", "my number"],
)
def test_the_join_form_says_at_the_field_what_is_wrong(changes, field, manager, firm):
    _invitation, token = make_invitation(organisation=firm, by=manager.person)

    page = Client().post(reverse("firms:join", args=[token]), join_form(**changes))

    assert list(page.context["form"].errors) == [field]
    assert not Person.objects.filter(email="shintaro@example.jp").exists()
