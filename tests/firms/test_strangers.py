"""A stranger gets 404 on every page that shows or changes one thing of ours."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from firms.actions.documents import Content, SideOf, freeze
from firms.actions.links import Receiver, give_link
from firms.files import store as files
from firms.links.purposes import SIGN
from firms.models import Employment, Job, Leave, Signature
from firms.states import MandateState
from tests.factories import MandateFactory, WorkingPatternFactory
from tests.firms.makers import make_evidence, make_invitation, make_notification
from tests.firms.test_newcomers import waiting


@pytest.fixture
def ours(manager, trainee, firm, establishment, advisor):
    """One thing of each kind, all of our firm."""
    invitation, _token = make_invitation(organisation=firm, by=manager.person)
    MandateFactory(
        firm=firm, asked_for=firm, state=MandateState.REQUESTED, accepted_at=None, accepted_by=None
    )  # a request still open, beside the one in force
    return {
        "establishment_edit": establishment.pk,
        "holidays": establishment.pk,
        "organisation_detail": firm.pk,
        "organisation_correct": firm.pk,
        "establishment_correct": establishment.pk,
        "membership_end": trainee.membership.pk,
        "invitation_withdraw": invitation.pk,
        "employment": Employment.objects.get(person=trainee.person).pk,
        "employment_edit": Employment.objects.get(person=trainee.person).pk,
        "employment_correct": Employment.objects.get(person=trainee.person).pk,
        "leave_new": Employment.objects.get(person=trainee.person).pk,
        "leave_correct": Leave.objects.create(
            person=trainee.person, establishment=establishment, kind="other", started_on=date(2026, 12, 1)
        ).pk,
        "employment_end": Employment.objects.get(person=trainee.person).pk,
        "pattern_edit": WorkingPatternFactory(establishment=establishment, name="早番").pk,
        "mandate": firm.mandates_given.first().pk,
        "mandate_accept": firm.mandates_given.first().pk,
        "mandate_decline": firm.mandates_given.first().pk,
        "mandate_revoke": firm.mandates_given.last().pk,
        "evidence": make_evidence(owner=firm, person=manager.person).pk,
        "notification_read": make_notification(manager.person).pk,
        **signed_things(firm, trainee, manager),
        **dict.fromkeys(("newcomer", "newcomer_accept"), waiting().pk),
        "job_retry": Job.objects.create(kind="mail").pk,
    }


def signed_things(firm, trainee, manager):
    """A text and a file the manager is asked to sign, a picture the manager has drawn, and a link the manager gave."""
    stored, picture = (files.store(content, media_type="x") for content in (b"%PDF-1.7", b"PNG"))
    side = SideOf("firm", "企業", firm.name, organisation=firm)
    given = {"kind": "k", "title": "契約書", "sides": [side], "owner": firm, "by": manager.acting()}
    asked = freeze(firm, Content(file=stored), **given).requests.get()
    Signature.objects.create(
        request=asked, sha256=stored.sha256, name="大森 太郎", person=manager.person, picture=picture
    )
    to = {"to": Receiver("受入 花子"), "term": timedelta(days=7), "owner": firm, "by": manager.acting()}
    link, _address = give_link(asked, purpose=SIGN, **to)
    return {**dict.fromkeys(("sign", "sign_file", "signature_picture"), asked.pk), "link_revoke": link.pk}


OF_THE_WARD = {"newcomer", "newcomer_accept", "organisation_detail", "organisation_correct", "establishment_correct"}
PAGES = ["establishment_edit", "holidays", "organisation_detail", "organisation_correct", "establishment_correct",
         "employment", "employment_edit", "employment_correct", "employment_end", "leave_new", "leave_correct", "pattern_edit", "mandate",
         "evidence",
         "sign", "sign_file", "signature_picture", "newcomer"]  # fmt: skip
BUTTONS = ["membership_end", "invitation_withdraw", "mandate_accept", "mandate_decline", "mandate_revoke",
           "link_revoke", "notification_read", "job_retry", "newcomer_accept"]  # fmt: skip


def test_every_address_with_a_number_is_asked_here(ours):
    from firms.urls import urlpatterns

    assert {p.name for p in urlpatterns if "<int:pk>" in str(p.pattern)} == {*PAGES, *BUTTONS} == set(ours)


@pytest.mark.parametrize("name", PAGES)
def test_page_is_404_for_a_stranger(name, ours, stranger):
    assert stranger.client().get(reverse(f"firms:{name}", args=[ours[name]])).status_code == 404


@pytest.mark.parametrize("name", BUTTONS)
def test_button_is_404_for_a_stranger(name, ours, stranger):
    assert stranger.client().post(reverse(f"firms:{name}", args=[ours[name]])).status_code == 404


@pytest.mark.parametrize("name", [*PAGES, *BUTTONS])
def test_address_sends_the_unknown_to_sign_in(name, ours, client):
    address = reverse(f"firms:{name}", args=[ours[name]])

    assert client.post(address).headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", [name for name in PAGES if name not in OF_THE_WARD])
def test_page_opens_for_the_manager(name, ours, manager):
    assert manager.client().get(reverse(f"firms:{name}", args=[ours[name]])).status_code == 200


@pytest.mark.parametrize(
    "name",
    [name for name in BUTTONS if name not in {"job_retry", "mandate_accept", "mandate_decline", *OF_THE_WARD}],
)
def test_button_works_for_the_manager(name, ours, manager):
    assert manager.client().post(reverse(f"firms:{name}", args=[ours[name]])).status_code == 302


@pytest.mark.parametrize("name", BUTTONS)
def test_button_asks_for_a_post(name, ours, manager):
    assert manager.client().get(reverse(f"firms:{name}", args=[ours[name]])).status_code == 405


@pytest.mark.parametrize("name", ["mandate_accept", "mandate_decline"])
def test_one_cannot_answer_ones_own_request(name, ours, manager):
    assert manager.client().post(reverse(f"firms:{name}", args=[ours[name]])).status_code == 403


LISTS = ["organisation", "organisation_edit", "establishment_new", "organisations", "organisation_new", "members",
         "invite", "people", "employment_new", "patterns", "pattern_new", "mandates", "mandate_request", "journal",
         "notifications", "switch", "links", "jobs"]  # fmt: skip
OPEN_TO = {
    "manager": {*LISTS} - {"organisations", "organisation_new", "jobs"},
    "trainee": {"organisation", "journal", "notifications", "switch", "links"},
    "officer": {"organisation", "organisation_edit", "establishment_new", "organisations", "organisation_new",
                "members", "invite", "journal", "notifications", "switch", "links"},
    "coordinator": {"organisation", "organisation_edit", "establishment_new", "members", "invite", "journal",
                    "notifications", "switch", "links"},
    "instructor": {"organisation", "journal", "notifications", "switch", "links"},
    "advisor": {"organisation", "organisation_edit", "establishment_new", "members", "invite", "people", "mandates",
                "mandate_request", "journal", "notifications", "switch", "links"},
}  # fmt: skip


@pytest.mark.parametrize("role", OPEN_TO)
def test_pages_without_a_number_open_by_role(role, request):
    client = request.getfixturevalue(role).client()

    statuses = {name: client.get(reverse(f"firms:{name}")).status_code for name in LISTS}

    assert {name for name, status in statuses.items() if status == 200} == OPEN_TO[role]
    assert set(statuses.values()) <= {200, 403, 404}


def test_a_person_without_membership_is_told_what_to_do(manager):
    manager.membership.delete()

    client = manager.client()

    assert "いま所属している組織がありません" in client.get(reverse("firms:organisation")).content.decode()
    assert client.get(reverse("firms:people")).status_code == 403
    assert client.get(reverse("firms:members")).status_code == 404
    assert client.get(reverse("firms:mandates")).status_code == 403
    assert client.get(reverse("firms:switch")).status_code == 200
