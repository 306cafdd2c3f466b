"""An organisation leaves the register on a day, with a reason, and comes back; nothing of it is deleted."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from firms.actions.deregistering import deregister, reinstate
from firms.actions.invitations import invite, join_as_known, join_as_new, usable_invitation
from firms.actions.mandates import accept_mandate, firm_of, request_mandate
from firms.actions.members import end_membership
from firms.actions.people import end_employment
from firms.errors import Refused
from firms.models import Correction, JournalEntry, Mandate, Membership, Notification, Organisation
from firms.models.organisations import EndedWith
from firms.queries import acting_for, memberships_of
from tests.conftest import MORNING, TODAY, cast
from tests.factories import MandateFactory, MembershipFactory, OrganisationFactory, PersonFactory
from tests.firms.makers import make_invitation

DAY = date(2026, 12, 1)
EVE = DAY - timedelta(days=1)
WHY = "2026年11月30日に廃業した"


def gone(organisation, officer, on=DAY):
    return deregister(organisation, on=on, reason=WHY, by=officer.acting())


def test_its_people_act_for_it_until_the_eve_and_no_day_longer(manager, trainee, firm, officer):
    gone(firm, officer)

    for who in (manager, trainee):
        assert [m.organisation for m in memberships_of(who.person, on=EVE)] == [firm]
        assert memberships_of(who.person, on=DAY) == []
    assert {m.ended_with for m in firm.memberships.all()} == {EndedWith.DEREGISTRATION}


def test_day_and_reason_stand_in_journal_correction_and_letter(manager, firm, officer):
    gone(firm, officer)

    entry = JournalEntry.objects.about(firm).get(verb="organisation.deregister")
    assert (entry.person, entry.concerns, entry.details["reason"]) == (officer.person, firm, WHY)
    assert Correction.objects.of(firm).get(field="deregistered_on").after == "2026-12-01"
    assert Correction.objects.of(manager.membership).get(field="ended_on").reason == WHY
    letter = Notification.objects.get(person=manager.person)
    assert "2026年12月1日" in letter.body
    assert WHY in letter.body


def test_taken_back_every_membership_lasts_as_it_lasted_before(manager, trainee, firm, officer):
    ended_before = MembershipFactory(organisation=firm, ended_on=date(2026, 5, 1))
    ending = MembershipFactory(organisation=firm, ended_on=date(2027, 3, 31))
    gone(firm, officer)
    ending.refresh_from_db()
    assert ending.ended_on == DAY

    reinstate(firm, reason="別の会社だった", by=officer.acting())

    firm.refresh_from_db()
    assert (firm.deregistered_on, firm.deregistered_because) == (None, "")
    days = dict(firm.memberships.values_list("pk", "ended_on"))
    assert days == {
        manager.membership.pk: None,
        trainee.membership.pk: None,
        ended_before.pk: date(2026, 5, 1),
        ending.pk: date(2027, 3, 31),
    }
    assert set(firm.memberships.values_list("ended_with", flat=True)) == {""}
    assert [one.reason for one in Correction.objects.of(firm)][:2] == ["別の会社だった"] * 2


def test_one_ended_by_hand_meanwhile_stays_ended(manager, trainee, firm, officer):
    gone(firm, officer)
    end_membership(trainee.membership, by=manager.acting())

    reinstate(firm, reason="誤り", by=officer.acting())

    trainee.membership.refresh_from_db()
    assert (trainee.membership.ended_on, trainee.membership.ended_with) == (TODAY, "")


def test_one_ended_by_the_employment_meanwhile_stays_ended(manager, trainee, firm, officer):
    gone(firm, officer)
    end_employment(trainee.person.employments.get(), by=manager.acting(), ended_on=date(2026, 11, 25))

    reinstate(firm, reason="誤り", by=officer.acting())

    trainee.membership.refresh_from_db()
    assert (trainee.membership.ended_on, trainee.membership.ended_with) == (date(2026, 11, 26), EndedWith.EMPLOYMENT)


def test_who_joins_before_the_day_leaves_on_it_and_returns_with_it(manager, firm, officer):
    gone(firm, officer)
    _invitation, token = make_invitation(organisation=firm, by=manager.person, email="new@example.jp")
    person = join_as_new(token, password="takumi-demo-1", family_name="新", given_name="人")

    held = person.memberships.get()
    assert (held.ended_on, held.ended_with) == (DAY, EndedWith.DEREGISTRATION)
    reinstate(firm, reason="誤り", by=officer.acting())
    held.refresh_from_db()
    assert (held.ended_on, held.ended_with) == (None, "")


def test_the_same_again_is_once_and_another_day_is_refused(firm, officer):
    gone(firm, officer)
    before = JournalEntry.objects.count()

    gone(firm, officer)

    assert JournalEntry.objects.count() == before
    with pytest.raises(Refused, match="すでに2026年12月1日に抹消"):
        gone(firm, officer, on=DAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("on", "is_taken"),
    [
        (TODAY - timedelta(days=1), False),
        (TODAY, True),
        (TODAY + timedelta(days=366), True),
        (TODAY + timedelta(days=367), False),
    ],
)
def test_the_day_is_from_today_to_a_year_ahead(on, is_taken, firm, officer):
    if is_taken:
        assert gone(firm, officer, on=on).deregistered_on == on
    else:
        with pytest.raises(Refused, match="今日から1年先まで"):
            gone(firm, officer, on=on)


def test_the_ward_stays_and_a_reason_is_asked(ward, firm, officer):
    with pytest.raises(Refused, match="区は抹消できません"):
        gone(ward, officer)
    with pytest.raises(Refused, match="理由を入力"):
        deregister(firm, on=DAY, reason=" ", by=officer.acting())


def test_reinstating_what_stands_does_nothing(firm, officer):
    reinstate(firm, reason="誤り", by=officer.acting())

    assert not JournalEntry.objects.exists()


# --- nothing new, on both sides of the day ---


def test_an_invitation_is_sent_and_followed_until_the_eve(manager, firm, officer):
    gone(firm, officer)
    invitation, token = make_invitation(organisation=firm, by=manager.person, email="late@example.jp", days=30)

    with time_machine.travel(MORNING + (EVE - TODAY)):
        invite(firm, email="eve@example.jp", role="employee", by=manager.acting(EVE))
        assert usable_invitation(token) == invitation
    with time_machine.travel(MORNING + (DAY - TODAY)):
        with pytest.raises(Refused, match="登録が抹消"):
            invite(firm, email="day@example.jp", role="employee", by=manager.acting(DAY))
        with pytest.raises(Refused, match="登録が抹消"):
            usable_invitation(token)


def asked(office, firm, advisor, *, by):
    given = {"capacity": "filing", "scopes": ["training_grants"], "starts_on": TODAY, "ends_on": None}
    return request_mandate(office=office, firm=firm, advisor=advisor.person, by=by, **given)


@pytest.mark.parametrize("side", ["firm", "office"])
def test_a_mandate_is_asked_for_and_accepted_until_the_eve(
    side, manager, advisor_without_mandate, firm, office, officer
):
    gone({"firm": firm, "office": office}[side], officer)
    advisor = advisor_without_mandate

    mandate = asked(office, firm, advisor, by=advisor.acting(EVE))
    with pytest.raises(Refused, match="登録が抹消"):
        accept_mandate(Mandate.objects.get(pk=mandate.pk), by=manager.acting(DAY))
    accept_mandate(Mandate.objects.get(pk=mandate.pk), by=manager.acting(EVE))
    Mandate.objects.all().delete()

    with pytest.raises(Refused, match="登録が抹消"):
        asked(office, firm, advisor, by=advisor.acting(DAY))


@pytest.mark.parametrize("side", ["firm", "office"])
def test_a_mandate_is_in_force_until_the_eve(side, advisor, firm, office, officer):
    gone({"firm": firm, "office": office}[side], officer)

    assert acting_for(advisor.person, advisor.membership, on=EVE).client_ids == {firm.pk}
    assert acting_for(advisor.person, advisor.membership, on=DAY).client_ids == set()


def test_an_office_finds_the_firm_by_its_number_until_the_eve(firm, officer):
    gone(firm, officer)

    assert firm_of(firm.corporate_number, on=EVE) == firm
    with pytest.raises(Refused, match="登録されていません"):
        firm_of(firm.corporate_number, on=DAY)


def listed(officer, day, **query):
    with time_machine.travel(MORNING + (day - TODAY)):
        page = officer.client().get(reverse("firms:organisations"), query).context["page"]
        return [row.name for row in page if row.kind == "firm"]


def test_the_list_shows_it_until_the_eve_and_afterwards_when_asked(firm, officer):
    gone(firm, officer)

    assert listed(officer, EVE) == [firm.name]
    assert listed(officer, DAY) == []
    assert listed(officer, EVE, state="gone") == []
    assert listed(officer, DAY, state="gone") == [firm.name]
    assert listed(officer, DAY, state="all") == [firm.name]


def test_where_nobody_leads_any_more_the_ward_is_not_asked_to_invite(manager, firm, officer):
    gone(firm, officer, on=TODAY)

    page = officer.client().get(reverse("firms:organisation_detail", args=[firm.pk])).content.decode()

    assert "最初の管理者を招待" not in page
    assert "に登録が抹消されました" in page
    assert WHY in page
    assert officer.client().get(reverse("firms:invite"), {"organisation": firm.pk}).status_code == 403


def test_a_firm_picks_its_advisor_from_offices_that_stand(manager, advisor_without_mandate, office, officer):
    gone(office, officer)

    def offices(day):
        with time_machine.travel(MORNING + (day - TODAY)):
            form = manager.client().get(reverse("firms:mandate_request")).context["form"]
            return [one.organisation for one in form.fields["advisor"].queryset]

    assert offices(EVE) == [office]
    assert offices(DAY) == []


# --- the database ---


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("firm", {"deregistered_on": DAY}),
        ("firm", {"deregistered_because": WHY}),
        ("ward", {"deregistered_on": DAY, "deregistered_because": WHY}),
        ("firm", {"licence_number": "13200001"}),
    ],
    ids=["no reason", "no day", "ward", "licence of a firm"],
)
def test_database_refuses_the_row(kind, fields, db):
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(kind=kind, **fields)


@pytest.mark.parametrize(
    "fields", [{"ended_with": "employment"}, {"ended_with": "mood", "ended_on": DAY}], ids=["no day", "unknown"]
)
def test_database_refuses_a_membership_that_ended_with_nothing(fields, db):
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(**fields)


def test_the_number_stays_taken(firm, officer):
    gone(firm, officer, on=TODAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(corporate_number=firm.corporate_number)
    assert Organisation.objects.filter(pk=firm.pk).exists()


def test_a_second_membership_of_the_same_role_is_the_one_that_lasts(firm, manager, officer):
    person = PersonFactory(email="twice@example.jp")
    held = MembershipFactory(organisation=firm, person=person, role="employee")
    gone(firm, officer)
    Membership.objects.filter(pk=held.pk).update(ended_on=TODAY)
    _invitation, token = make_invitation(organisation=firm, by=manager.person, email=person.email)
    join_as_known(token, person=person)
    Membership.objects.filter(pk=held.pk).update(ended_on=DAY)

    reinstate(firm, reason="誤り", by=officer.acting())

    assert person.memberships.filter(ended_on=None).count() == 1


def test_mandates_of_others_stay(advisor, firm, officer):
    other = OrganisationFactory()
    MandateFactory(firm=other, office=advisor.organisation, advisor=advisor.person)

    gone(firm, officer, on=TODAY)

    assert advisor.acting().client_ids == {other.pk}
    assert cast("manager", other, "他").acting().organisation == other
