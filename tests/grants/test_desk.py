"""The desk of an office: its clients by date, who works for whom, who stands in, and nothing of another office."""

from datetime import date, timedelta
from io import BytesIO

import pandas
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from firms.errors import Refused
from firms.models import JournalEntry, Membership, Notification
from grants.actions.desk import MOST_VIEWS, appoint_deputy, end_deputy, give_clients, save_view
from grants.actions.reminding import remind
from grants.models import Assignment, Deputy, SavedView
from grants.policies import may_divide_work, may_see_desk
from grants.queries.desk import caseloads, clients
from tests.conftest import Cast, cast
from tests.factories import MandateFactory, MembershipFactory, OrganisationFactory

TODAY = timezone.localdate


@pytest.fixture
def colleague(office):
    return MembershipFactory(organisation=office, role="clerk", person__family_name="羽田", person__given_name="みどり")


def keeper_of(advisor, firm):
    return clients(advisor.acting()).get(pk=firm.pk).keeper


def ask(who, name="desk", **words):
    answer = who.client().get(reverse(f"grants:{name}"), words)
    assert answer.status_code == 200
    return answer.content.decode()


def test_client_is_kept_by_the_advisor_of_its_mandate_until_somebody_is_named(advisor, firm, case):
    assert keeper_of(advisor, firm) == advisor.person.pk


def test_given_client_is_kept_by_the_colleague_and_both_are_told(advisor, firm, case, colleague):
    other = MembershipFactory(organisation=colleague.organisation, role="advisor")
    give_clients([firm], to=other.person, note="", by=advisor.acting())
    Notification.objects.all().delete()

    assert give_clients([firm], to=colleague.person, note="就業規則の写しを待っています", by=advisor.acting()) == 1

    assert keeper_of(advisor, firm) == colleague.person.pk
    told = {note.person: note for note in Notification.objects.all()}
    assert told.keys() == {colleague.person, other.person}
    assert "就業規則の写しを待っています" in told[colleague.person].body
    assert firm.name in told[other.person].body
    assert [(row.person, row.ended_at is None) for row in Assignment.objects.order_by("pk")] == [
        (other.person, False),
        (colleague.person, True),
    ]


def test_giving_to_who_keeps_it_already_moves_nothing(advisor, firm, case):
    assert give_clients([firm], to=advisor.person, note="", by=advisor.acting()) == 0
    assert not Assignment.objects.exists()
    assert not Notification.objects.exists()


def test_colleague_who_has_left_keeps_nothing(advisor, firm, case, colleague):
    give_clients([firm], to=colleague.person, note="", by=advisor.acting())
    Membership.objects.filter(pk=colleague.pk).update(ended_on=TODAY())

    assert keeper_of(advisor, firm) == advisor.person.pk


def test_firm_without_mandate_and_stranger_are_refused(advisor, case, stranger, colleague):
    with pytest.raises(Refused, match="委任を受けていない企業"):
        give_clients([OrganisationFactory(kind="firm")], to=colleague.person, note="", by=advisor.acting())
    with pytest.raises(Refused, match="この事務所の人を選んでください"):
        give_clients([], to=stranger.person, note="", by=advisor.acting())


def test_division_of_work_is_no_business_of_the_firm(advisor, manager, firm, case, colleague):
    give_clients([firm], to=colleague.person, note="内々の事情", by=advisor.acting())

    entry = JournalEntry.objects.get(verb="assignment.give")
    assert entry.concerns_id == advisor.acting().organisation_id
    assert not Assignment.objects.visible_to(manager.acting()).exists()


def test_letters_reach_the_keeper_and_whoever_stands_in(advisor, manager, firm, case, colleague, office):
    deputy = MembershipFactory(organisation=office, role="clerk")
    day = date(2026, 12, 25)
    give_clients([firm], to=colleague.person, note="", by=advisor.acting())
    Deputy.objects.create(
        office=office,
        person=colleague.person,
        deputy=deputy.person,
        starts_on=day,
        last_on=day,
        told_by=colleague.person,
    )
    Notification.objects.all().delete()

    remind(case.deadlines.get(), today=day)

    told = {note.person for note in Notification.objects.all()}
    assert told == {manager.person, advisor.person, colleague.person, deputy.person}


def test_deputy_is_told_and_the_board_names_them(advisor, firm, case, colleague):
    appoint_deputy(
        advisor.person, deputy=colleague.person, starts_on=TODAY(), last_on=TODAY() + timedelta(3), by=advisor.acting()
    )

    assert Notification.objects.get().person == colleague.person
    assert "不在（代理：羽田 みどり）" in ask(advisor)


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (3, 1, "最終日が初日より前"),
        (-9, -2, "もう終わった期間"),
        (0, 1200, "3年を超えています"),
    ],
)
def test_days_of_a_deputy_make_sense(advisor, colleague, first, last, sentence):
    with pytest.raises(Refused, match=sentence):
        appoint_deputy(
            advisor.person,
            deputy=colleague.person,
            starts_on=TODAY() + timedelta(first),
            last_on=TODAY() + timedelta(last),
            by=advisor.acting(),
        )


def test_deputy_is_another_who_is_there(advisor, colleague):
    days = {"starts_on": TODAY(), "last_on": TODAY() + timedelta(3)}
    with pytest.raises(Refused, match="別の人を選んで"):
        appoint_deputy(advisor.person, deputy=advisor.person, **days, by=advisor.acting())
    held = appoint_deputy(colleague.person, deputy=advisor.person, **days, by=advisor.acting())
    with pytest.raises(Refused, match="代理の人も、その期間に不在です"):
        appoint_deputy(advisor.person, deputy=colleague.person, **days, by=advisor.acting())
    with pytest.raises(Refused, match="不在がもうあります"):
        appoint_deputy(colleague.person, deputy=advisor.person, **days, by=advisor.acting())

    end_deputy(held, by=advisor.acting())
    end_deputy(held, by=advisor.acting())

    assert JournalEntry.objects.filter(verb="deputy.end").count() == 1
    assert appoint_deputy(advisor.person, deputy=colleague.person, **days, by=advisor.acting())


def test_clerk_tells_their_own_absence_and_hands_over_nothing(advisor, colleague, firm, case):
    client = Cast(colleague.person, colleague).client()
    assert client.get(reverse("grants:desk")).status_code == 200
    assert client.get(reverse("grants:desk_give")).status_code == 403
    words = {"person": advisor.person.pk, "deputy": colleague.person.pk, "starts_on": TODAY(), "last_on": TODAY()}

    assert client.post(reverse("grants:deputies"), words).status_code == 200
    assert not Deputy.objects.exists()
    assert client.post(reverse("grants:deputies"), words | {
        "person": colleague.person.pk, "deputy": advisor.person.pk,
    }).status_code == 302  # fmt: skip
    assert Deputy.objects.get().person == colleague.person


def test_board_stands_in_the_order_of_the_next_date(advisor, office, firm, case):
    idle = OrganisationFactory(kind="firm", name="（架空）あいう工業")
    MandateFactory(office=office, firm=idle, advisor=advisor.person)

    page = ask(advisor)

    assert page.index(firm.name) < page.index(idle.name)
    assert reverse("grants:case", args=[case.pk]) in page
    assert "待っている期限はありません" in page


@pytest.mark.parametrize(
    ("words", "found"),
    [({"q": "シヨウワ"}, 0), ({"within": "past"}, 0), ({"within": "x"}, 1), ({"keeper": "999999"}, 1), ({}, 1)],
)
def test_list_is_narrowed_and_nonsense_narrows_nothing(advisor, firm, case, words, found):
    assert ask(advisor, **words).count(f"?firm={firm.pk}") == found


def test_name_is_found_as_it_is_written(advisor, firm, case):
    assert f"?firm={firm.pk}" in ask(advisor, q=firm.name[:4])


def test_workbook_holds_what_the_board_shows(advisor, firm, case, colleague):
    give_clients([firm], to=colleague.person, note="", by=advisor.acting())

    answer = advisor.client().get(reverse("grants:desk_xlsx"))

    table = pandas.read_excel(BytesIO(answer.content), engine="calamine")
    (line,) = table.to_dict("records")
    assert (line["企業"], line["担当者"], line["進行中の案件"]) == (firm.name, "羽田 みどり", 1)
    assert line["次の期限"].date() == case.deadlines.get().last_on
    assert line["残り日数"] == (case.deadlines.get().last_on - TODAY()).days


def test_whole_colleague_is_handed_over_on_the_page(advisor, firm, case, colleague):
    address = reverse("grants:desk_give")
    page = advisor.client().get(address, {"from": advisor.person.pk}).content.decode()
    assert f'value="{firm.pk}"' in page
    assert "checked" in page

    answer = advisor.client().post(address, {"firms": [firm.pk], "to": colleague.person.pk, "note": ""})

    assert answer.status_code == 302
    assert {one.pk: (firms, cases) for one, firms, cases in caseloads(advisor.acting())} == {
        advisor.person.pk: (0, 0),
        colleague.person.pk: (1, 1),
    }


def test_filter_is_saved_under_a_name_and_removed(advisor, case):
    save = reverse("grants:view_save")
    advisor.client().post(save, {"name": "今週", "query": "within=7&page=3&x=1"})
    advisor.client().post(save, {"name": "今週", "query": "within=14"})
    advisor.client().post(save, {"name": "空", "query": "page=3"})

    view = SavedView.objects.get()
    assert (view.name, view.query) == ("今週", "within=14")
    assert "?within=14" in ask(advisor)
    advisor.client().post(reverse("grants:view_remove", args=[view.pk]))
    assert not SavedView.objects.exists()


def test_saved_filters_are_ones_own(advisor, colleague, case):
    view = save_view("今週", query="within=7", by=advisor.acting())

    assert (
        Cast(colleague.person, colleague).client().post(reverse("grants:view_remove", args=[view.pk])).status_code
        == 404
    )


def test_no_more_filters_are_kept_than_anybody_looks_through(advisor):
    for n in range(MOST_VIEWS):
        save_view(f"絞込み{n}", query="within=7", by=advisor.acting())

    with pytest.raises(Refused, match="20個まで"):
        save_view("もう一つ", query="within=7", by=advisor.acting())


@pytest.mark.parametrize("who", ["manager", "officer", "coordinator"])
def test_desk_is_the_office_s_alone(who, request, case):
    person = request.getfixturevalue(who)

    for name in ("desk", "desk_xlsx", "desk_give", "deputies"):
        assert person.client().get(reverse(f"grants:{name}")).status_code == 403


def test_other_office_sees_nothing(advisor, firm, case, colleague):
    held = appoint_deputy(
        colleague.person, deputy=advisor.person, starts_on=TODAY(), last_on=TODAY(), by=advisor.acting()
    )
    other = MembershipFactory(organisation=OrganisationFactory(kind="office"), role="advisor")
    stranger = Cast(other.person, other)

    page = ask(stranger)

    assert firm.name not in page
    assert stranger.client().post(reverse("grants:deputy_end", args=[held.pk])).status_code == 404


@pytest.mark.parametrize("firms", [1, 3])
def test_board_asks_as_often_for_three_clients_as_for_one(
    firms, advisor, office, firm, case, django_assert_num_queries
):
    for n in range(firms - 1):
        other = OrganisationFactory(kind="firm", name=f"（架空）第{n}工業")
        MandateFactory(office=office, firm=other, advisor=advisor.person)
    client, address = advisor.client(), reverse("grants:desk")
    client.get(address)

    with django_assert_num_queries(28):
        page = client.get(address).content.decode()

    assert page.count("?firm=") + page.count("第") >= firms


def refused_by(name, make):
    with pytest.raises(IntegrityError, match=rf"{name}|UNIQUE"), transaction.atomic():
        make()


def test_database_holds_one_keeper_and_days_in_order(advisor, office, firm, case):
    other = MembershipFactory(organisation=office, role="clerk").person
    given = {"office": office, "person": advisor.person, "given_by": advisor.person}
    days = {"office": office, "person": advisor.person, "told_by": advisor.person}
    Assignment.objects.create(**given, firm=firm)
    save_view("今週", query="within=7", by=advisor.acting())
    before, today = TODAY() - timedelta(1), TODAY()

    refused_by("assignment_one_of_a_firm", lambda: Assignment.objects.create(**given, firm=firm))
    refused_by("assignment_of_another", lambda: Assignment.objects.create(**given, firm=office))
    refused_by(
        "office_deputy_days_in_order",
        lambda: Deputy.objects.create(**days, deputy=other, starts_on=today, last_on=before),
    )
    refused_by(
        "office_deputy_is_another",
        lambda: Deputy.objects.create(**days, deputy=advisor.person, starts_on=today, last_on=today),
    )
    refused_by(
        "saved_view_named_once",
        lambda: SavedView.objects.create(person=advisor.person, office=office, name="今週", query="within=14"),
    )


@pytest.mark.parametrize(
    ("who", "sees", "divides"),
    [("advisor", True, True), ("clerk", True, False), ("manager", False, False), ("officer", False, False)],
)
def test_desk_is_seen_by_the_office_and_divided_by_who_leads_it(who, sees, divides, request, office):
    person = cast("clerk", office, "事務") if who == "clerk" else request.getfixturevalue(who)

    assert (may_see_desk(person.acting()), may_divide_work(person.acting())) == (sees, divides)
