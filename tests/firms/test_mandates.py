"""Mandates: asked for, accepted or declined by the other side, revoked by either at once."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from firms.actions.mandates import accept_mandate, decline_mandate, request_mandate, revoke_mandate
from firms.errors import Refused
from firms.models import Evidence, JournalEntry, Mandate, Notification
from firms.states import MandateState
from tests.conftest import TODAY, cast
from tests.factories import MandateFactory, OrganisationFactory
from tests.firms.makers import make_evidence

TERMS = {"capacity": "filing", "scopes": ["training_grants"], "starts_on": date(2026, 4, 1), "ends_on": None}


@pytest.fixture
def requested(advisor_without_mandate, office, firm):
    return request_mandate(
        office=office,
        firm=firm,
        advisor=advisor_without_mandate.person,
        by=advisor_without_mandate.acting(),
        **TERMS,
    )


def from_office(firm, advisor, **changes):
    return {
        "corporate_number": firm.corporate_number, "advisor": advisor.membership.pk, "capacity": "filing",
        "scopes": ["training_grants", "career_up"], "starts_on": "2026-04-01", **changes,
    }  # fmt: skip


def test_an_office_asks_and_the_firm_accepts(advisor_without_mandate, manager, firm, office):
    advisor_without_mandate.client().post(reverse("firms:mandate_request"), from_office(firm, advisor_without_mandate))
    mandate = Mandate.objects.get()
    manager.client().post(reverse("firms:mandate_accept", args=[mandate.pk]))

    mandate.refresh_from_db()
    assert (mandate.state, mandate.accepted_by) == (MandateState.ACTIVE, manager.person)
    assert advisor_without_mandate.acting(timezone.localdate()).client_ids == {firm.pk}
    assert [e.verb for e in JournalEntry.objects.order_by("pk")] == ["mandate.request", "mandate.accept"]
    assert [n.person for n in Notification.objects.order_by("pk")] == [manager.person, advisor_without_mandate.person]


def test_a_firm_asks_and_the_office_accepts(advisor_without_mandate, manager, firm):
    given = {k: v for k, v in from_office(firm, advisor_without_mandate).items() if k != "corporate_number"}

    manager.client().post(reverse("firms:mandate_request"), given)
    mandate = Mandate.objects.get()
    refused = manager.client().post(reverse("firms:mandate_accept", args=[mandate.pk]))
    advisor_without_mandate.client().post(reverse("firms:mandate_accept", args=[mandate.pk]))

    mandate.refresh_from_db()
    assert refused.status_code == 403
    assert (mandate.state, mandate.asked_for) == (MandateState.ACTIVE, firm)


def test_the_words_agreed_to_are_frozen(requested, firm):
    frozen = requested.terms
    firm.name = "（架空）改名工業"
    firm.save()

    requested.refresh_from_db()

    assert requested.terms == frozen
    assert all(
        word in frozen
        for word in ("大森機械製作所", "蒲田社労士事務所", "提出代行者", "人材開発支援助成金", "2026-04-01")
    )


def test_nothing_is_seen_before_the_answer(requested, advisor_without_mandate):
    assert advisor_without_mandate.acting().client_ids == frozenset()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"corporate_number": "8000012050002"}, "corporate_number"),
        ({"corporate_number": "7000012050002"}, "corporate_number"),
        ({"ends_on": "2026-03-31"}, "ends_on"),
        ({"starts_on": "2020-04-01", "ends_on": "2021-03-31"}, "ends_on"),
        ({"scopes": []}, "scopes"),
        ({"capacity": "friend"}, "capacity"),
    ],
    ids=["check digit", "unknown firm", "ends before it starts", "over already", "no scope", "capacity"],
)
def test_bad_input_gets_a_sentence_at_its_field(changes, field, advisor_without_mandate, firm):
    page = advisor_without_mandate.client().post(
        reverse("firms:mandate_request"), from_office(firm, advisor_without_mandate, **changes)
    )

    assert list(page.context["form"].errors) == [field]
    assert not Mandate.objects.exists()


def test_an_office_cannot_name_an_advisor_of_another(advisor_without_mandate, firm):
    other = cast("advisor", OrganisationFactory(kind="office"), "別所")

    page = advisor_without_mandate.client().post(reverse("firms:mandate_request"), from_office(firm, other))

    assert list(page.context["form"].errors) == ["advisor"]


def test_a_clerk_does_not_bind_the_office(office, firm, requested):
    clerk = cast("clerk", office, "書記")

    assert clerk.client().get(reverse("firms:mandate_request")).status_code == 403
    assert clerk.client().post(reverse("firms:mandate_revoke", args=[requested.pk])).status_code == 403
    assert clerk.client().get(reverse("firms:mandate", args=[requested.pk])).status_code == 200


def test_an_employee_of_the_firm_sees_no_mandate(trainee, requested):
    assert trainee.client().get(reverse("firms:mandate", args=[requested.pk])).status_code == 404


def test_asking_twice_is_once(requested, advisor_without_mandate, office, firm):
    again = request_mandate(
        office=office, firm=firm, advisor=advisor_without_mandate.person, by=advisor_without_mandate.acting(), **TERMS
    )

    assert again == requested
    assert JournalEntry.objects.count() == 1


def test_a_second_mandate_beside_an_open_one_is_refused(advisor, office, firm):
    with pytest.raises(Refused, match="すでにあります"):
        request_mandate(office=office, firm=firm, advisor=advisor.person, by=advisor.acting(), **TERMS)


def test_one_that_ran_out_makes_room_for_the_next(advisor_without_mandate, office, firm):
    over = MandateFactory(office=office, firm=firm, ends_on=TODAY - timedelta(days=1))

    new = request_mandate(
        office=office, firm=firm, advisor=advisor_without_mandate.person, by=advisor_without_mandate.acting(), **TERMS
    )

    over.refresh_from_db()
    assert (over.state, new.state) == (MandateState.REVOKED, MandateState.REQUESTED)
    assert JournalEntry.objects.filter(verb="mandate.expire", person=None).count() == 1


def test_accepting_twice_is_once(requested, manager):
    client = manager.client()
    for _click in range(2):
        answer = client.post(reverse("firms:mandate_accept", args=[requested.pk]), follow=True)

    assert JournalEntry.objects.filter(verb="mandate.accept").count() == 1
    assert "承認しました" in answer.content.decode()


def test_a_stale_page_cannot_accept_what_was_withdrawn_meanwhile(requested, manager, advisor_without_mandate):
    stale = Mandate.objects.get(pk=requested.pk)
    revoke_mandate(requested, by=advisor_without_mandate.acting())

    with pytest.raises(Refused, match="先に更新"):
        accept_mandate(stale, by=manager.acting())

    stale.refresh_from_db()
    assert stale.state == MandateState.REVOKED


@pytest.mark.parametrize("end", [decline_mandate, revoke_mandate], ids=["declined", "revoked"])
@pytest.mark.parametrize("then", [accept_mandate, decline_mandate, revoke_mandate])
def test_an_ended_mandate_gets_a_sentence(end, then, requested, manager):
    end(requested, by=manager.acting())

    with pytest.raises(Refused, match=r"すでに(解除|辞退)されています"):
        then(requested, by=manager.acting())

    assert JournalEntry.objects.filter(subject_id=requested.pk).count() == 2


def test_an_accepted_mandate_cannot_be_declined(requested, manager):
    accept_mandate(requested, by=manager.acting())

    with pytest.raises(Refused, match="有効"):
        decline_mandate(requested, by=manager.acting())


def test_a_request_whose_term_is_over_cannot_be_accepted(requested, manager):
    Mandate.objects.update(ends_on=TODAY - timedelta(days=1))
    requested.refresh_from_db()

    with pytest.raises(Refused, match="期間がすでに過ぎて"):
        accept_mandate(requested, by=manager.acting())


def test_revoking_takes_the_rights_with_the_next_request(advisor, manager, firm, trainee):
    make_evidence(owner=firm, person=manager.person)
    office_client, firm_client = advisor.client(), manager.client()
    mandate = firm.mandates_given.get()
    assert len(office_client.get(reverse("firms:people")).context["page"]) == 1

    firm_client.post(reverse("firms:mandate_revoke", args=[mandate.pk]))
    again = firm_client.post(reverse("firms:mandate_revoke", args=[mandate.pk]), follow=True)

    assert len(office_client.get(reverse("firms:people")).context["page"]) == 0
    assert not Evidence.objects.visible_to(advisor.acting()).exists()
    assert office_client.get(reverse("firms:mandate", args=[mandate.pk])).status_code == 200
    assert "すでに解除されています" in again.content.decode()
    assert JournalEntry.objects.filter(verb="mandate.revoke").count() == 1


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "sees"),
    [
        (TODAY, TODAY, True),
        (TODAY + timedelta(days=1), None, False),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=1), False),
    ],
    ids=["today alone", "from tomorrow", "until yesterday"],
)
def test_a_mandate_counts_within_its_term(starts_on, ends_on, sees, advisor, firm):
    Mandate.objects.update(starts_on=starts_on, ends_on=ends_on)

    assert (firm.pk in advisor.acting().client_ids) is sees
    assert (firm.pk in advisor.acting().clients_for("training_grants")) is sees
    assert firm.pk not in advisor.acting().clients_for("career_up")
