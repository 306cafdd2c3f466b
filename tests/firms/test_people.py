"""Employments: registered, their terms changed by a new row, ended."""

import re
from datetime import date

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from firms.actions.invitations import accept
from firms.actions.people import edit_employment, end_employment, start_employment
from firms.errors import Refused
from firms.models import Employment, Invitation, JournalEntry, Person
from firms.queries import hired_on
from tests.factories import EmploymentFactory, EnrolmentFactory, EstablishmentFactory, WorkingPatternFactory

PASSWORD = "とても長い合言葉-2026"
NAMES = {"family_name": "架空", "given_name": "次郎", "family_kana": "カクウ", "given_kana": "ジロウ"}


def terms(**changes):
    return {
        "insured_number": "5001-000001-2",
        "contract": "regular",
        "job_title": "旋盤加工",
        "pattern": None,
        **changes,
    }


@pytest.fixture
def employment(establishment, pattern):
    return EmploymentFactory(establishment=establishment, pattern=pattern, started_on=date(2022, 4, 1))


def start(establishment, manager, **changes):
    given = {"email": "jiro@example.jp", "started_on": date(2026, 4, 1), "names": NAMES} | terms() | changes
    return start_employment(establishment, by=manager.acting(), **given)


def named(person):
    return {
        "email": person.email,
        "names": NAMES | {"family_name": person.family_name, "given_name": person.given_name},
    }


def form(establishment, **changes):
    return {
        **NAMES, "email": "jiro@example.jp", "establishment": establishment.pk, "started_on": "2026-04-01",
        "insured_number": "５００１０００００１２", "contract": "regular", "job_title": "旋盤加工", **changes,
    }  # fmt: skip


def test_a_new_person_is_registered_without_a_login_and_invited(manager, establishment, pattern):
    manager.client().post(reverse("firms:employment_new"), form(establishment, pattern=pattern.pk))

    employment = Employment.objects.get(email="jiro@example.jp")
    assert (employment.person.email, employment.person.has_usable_password()) == (None, False)
    assert (employment.insured_number, employment.pattern) == ("5001-000001-2", pattern)
    assert Invitation.objects.get().person == employment.person


def test_nobody_needs_an_address_to_be_registered(manager, establishment):
    manager.client().post(reverse("firms:employment_new"), form(establishment, email=""))

    assert Employment.objects.get().person.full_name == "架空 次郎"
    assert not Invitation.objects.exists()


def test_address_of_somebody_else_shows_what_was_typed_and_nothing_of_them(manager, establishment, stranger):
    def shown(email, name):
        made = start(establishment, manager, email=email, names=NAMES | {"given_name": name}, insured_number="")
        page = manager.client().get(reverse("firms:employment", args=[made.pk])).content.decode()
        plain = re.sub(r"<[^>]+>", " ", page).replace(email, "*").replace(name, "@")
        return re.sub(r"[\d\s]+", " ", plain)

    taken, free = shown(stranger.person.email, "三郎"), shown("nobody@example.jp", "四郎")

    assert "無縁" not in taken
    assert taken == free
    assert Employment.objects.filter(person=stranger.person).count() == 0


def test_known_person_joins_by_accepting_and_takes_over_what_was_kept(manager, establishment, stranger, run):
    employment = start(establishment, manager, email=stranger.person.email.upper())
    enrolment = EnrolmentFactory(run=run, employment=employment)
    registered = employment.person
    invitation = Invitation.objects.get(email=stranger.person.email)

    accept(invitation, stranger.person)

    employment.refresh_from_db()
    enrolment.refresh_from_db()
    registered.refresh_from_db()
    assert (employment.person, enrolment.person) == (stranger.person, stranger.person)
    assert (registered.is_active, stranger.person.family_name) == (False, "無縁")


def test_who_accepts_without_an_account_becomes_the_one_registered(
    manager, establishment, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        employment = start(establishment, manager)
    link = next(line for line in mail.outbox[-1].body.splitlines() if "/join/" in line)

    Client().post(
        link.removeprefix("http://127.0.0.1:8000"), NAMES | {"password": PASSWORD, "password_again": PASSWORD}
    )

    employment.person.refresh_from_db()
    assert (employment.person.email, employment.person.check_password(PASSWORD)) == ("jiro@example.jp", True)
    assert Person.objects.filter(email="jiro@example.jp").count() == 1


def test_takeover_that_would_seat_somebody_twice_is_refused(manager, establishment, stranger, run):
    """The stranger already sits in the run by themselves."""
    employment = start(establishment, manager, email=stranger.person.email)
    EnrolmentFactory(run=run, employment=employment)
    EnrolmentFactory(run=run, person=stranger.person, employment=None)

    with pytest.raises(Refused, match="二重に登録"):
        accept(Invitation.objects.get(), stranger.person)


def test_one_address_under_two_names_in_one_firm_is_asked(manager, establishment):
    start(establishment, manager)

    with pytest.raises(Refused, match="架空 次郎さんのもの") as refused:
        start(establishment, manager, names=NAMES | {"given_name": "三郎"}, insured_number="")

    assert refused.value.field == "email"


def test_insured_number_of_another_employee_is_refused(manager, establishment, employment):
    employment.insured_number = "5001-000001-2"
    employment.save()

    with pytest.raises(Refused, match="被保険者番号は") as refused:
        start(establishment, manager)

    assert refused.value.field == "insured_number"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"insured_number": "5001-1"}, "insured_number"),
        ({"insured_number": "123456789012"}, "insured_number"),
        ({"contract": "friend"}, "contract"),
        ({"started_on": ""}, "started_on"),
        ({"email": "no"}, "email"),
        ({"job_title": "1234 5678 9012"}, "job_title"),
    ],
    ids=["short", "my number", "contract", "no day", "address", "my number in words"],
)
def test_bad_input_gets_a_sentence_at_its_field(changes, field, manager, establishment):
    page = manager.client().post(reverse("firms:employment_new"), form(establishment, **changes))

    assert list(page.context["form"].errors) == [field]
    assert not Person.objects.filter(email="jiro@example.jp").exists()


def test_an_establishment_or_pattern_of_another_firm_cannot_be_chosen(manager, establishment):
    foreign = WorkingPatternFactory()
    answer = form(foreign.establishment, pattern=foreign.pk)

    page = manager.client().post(reverse("firms:employment_new"), answer)

    assert set(page.context["form"].errors) == {"establishment", "pattern"}


def test_a_pattern_of_another_establishment_is_refused(manager, firm, establishment):
    other = WorkingPatternFactory(establishment=EstablishmentFactory(organisation=firm))

    with pytest.raises(Refused, match="別の事業所") as refused:
        start(establishment, manager, pattern=other)

    assert refused.value.field == "pattern"


@pytest.mark.parametrize("day", [date(2022, 4, 1), date(2020, 1, 1), date(2026, 11, 20)])
def test_employments_of_one_person_at_one_place_do_not_overlap(day, manager, establishment, employment):
    with pytest.raises(Refused, match="すでにこの事業所に雇用") as refused:
        start(establishment, manager, started_on=day, **named(employment.person))

    assert refused.value.field == "started_on"
    assert Employment.objects.count() == 1


def test_one_may_return_after_leaving(manager, establishment, employment):
    end_employment(employment, by=manager.acting(), ended_on=date(2026, 3, 31))

    again = start(establishment, manager, started_on=date(2026, 4, 1), **named(employment.person))

    assert hired_on(again) == date(2022, 4, 1)


def test_new_terms_are_a_new_row_from_their_day(manager, employment, pattern):
    after = edit_employment(
        employment, by=manager.acting(), changed_on=date(2026, 10, 1), **terms(contract="fixed_term", pattern=pattern)
    )

    employment.refresh_from_db()
    assert (employment.ended_on, employment.contract) == (date(2026, 9, 30), "regular")
    assert (after.started_on, after.ended_on, after.contract) == (date(2026, 10, 1), None, "fixed_term")
    assert hired_on(after) == date(2022, 4, 1)
    assert JournalEntry.objects.get().verb == "employment.terms"


def test_hired_on_does_not_reach_across_a_gap(establishment, pattern):
    first = EmploymentFactory(
        establishment=establishment, pattern=pattern, started_on=date(2015, 4, 1), ended_on=date(2018, 3, 31)
    )
    again = EmploymentFactory(
        person=first.person, establishment=establishment, pattern=pattern, started_on=date(2022, 4, 1)
    )

    assert hired_on(again) == date(2022, 4, 1)


def test_a_correction_stays_on_the_row(manager, employment, pattern):
    title = edit_employment(
        employment, by=manager.acting(), changed_on=None, **terms(job_title="検査", pattern=pattern)
    )
    contract = edit_employment(
        employment, by=manager.acting(), changed_on=date(2022, 4, 1), **terms(contract="indefinite", pattern=pattern)
    )

    assert title == contract == employment
    assert Employment.objects.count() == 1
    assert [e.verb for e in JournalEntry.objects.all()] == ["employment.edit", "employment.edit"]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [(None, "変更日を入力"), (date(2021, 4, 1), "雇入日より後"), (date(2027, 4, 1), "最後の日まで")],
    ids=["none", "before", "after the end"],
)
def test_new_terms_need_a_day_within_the_employment(day, sentence, manager, employment, pattern):
    end_employment(employment, by=manager.acting(), ended_on=date(2027, 3, 31))

    with pytest.raises(Refused, match=sentence) as refused:
        edit_employment(
            employment, by=manager.acting(), changed_on=day, **terms(contract="fixed_term", pattern=pattern)
        )

    assert refused.value.field == "changed_on"


def test_ending_keeps_the_row_and_a_second_click_changes_nothing(manager, employment):
    client = manager.client()
    for _click in range(2):
        client.post(reverse("firms:employment_end", args=[employment.pk]), {"ended_on": "2026-12-31"})

    employment.refresh_from_db()
    assert employment.ended_on == date(2026, 12, 31)
    assert JournalEntry.objects.filter(verb="employment.end").count() == 1


@pytest.mark.parametrize(
    ("first", "then", "sentence"),
    [(None, date(2022, 3, 31), "雇入日以後"), (date(2026, 3, 31), date(2026, 4, 30), "すでに終了")],
    ids=["before", "twice"],
)
def test_an_end_that_cannot_be_gets_a_sentence(first, then, sentence, manager, employment):
    if first:
        end_employment(employment, by=manager.acting(), ended_on=first)

    with pytest.raises(Refused, match=sentence):
        end_employment(employment, by=manager.acting(), ended_on=then)


def test_the_list_finds_people_by_name_number_and_state(manager, establishment, pattern):
    EmploymentFactory(
        establishment=establishment, pattern=pattern, person__family_name="矢口", insured_number="5009-000001-2"
    )
    EmploymentFactory(
        establishment=establishment, pattern=pattern, person__family_name="去田", ended_on=date(2023, 3, 31)
    )
    client = manager.client()

    def found(**query):
        return [row.person.family_name for row in client.get(reverse("firms:people"), query).context["page"]]

    assert found() == ["矢口"]
    assert found(q="矢口　太郎") == ["矢口"]
    assert found(q="5009") == ["矢口"]
    assert found(state="ended") == ["去田"]
    assert len(found(state="all")) == 2


def test_an_advisor_sees_the_clients_people_and_changes_nothing(advisor, employment):
    client = advisor.client()

    assert [row.pk for row in client.get(reverse("firms:people")).context["page"]] == [employment.pk]
    assert client.get(reverse("firms:employment", args=[employment.pk])).status_code == 200
    assert client.get(reverse("firms:employment_edit", args=[employment.pk])).status_code == 403
    assert client.get(reverse("firms:employment_new")).status_code == 403


def test_an_employee_sees_their_own_terms_and_no_others(trainee, employment):
    client = trainee.client()
    own = Employment.objects.get(person=trainee.person)

    assert client.get(reverse("firms:employment", args=[own.pk])).status_code == 200
    assert client.get(reverse("firms:employment", args=[employment.pk])).status_code == 404
    assert client.get(reverse("firms:employment_edit", args=[own.pk])).status_code == 403


def test_a_firm_without_an_establishment_is_told_to_register_one_first(stranger):
    assert "先に事業所を登録してください" in stranger.client().get(reverse("firms:employment_new")).content.decode()


@pytest.mark.parametrize(("stored", "typed"), [("髙﨑", "高崎"), ("吉田", "𠮷田"), ("葛\U000e0100城", "葛城")])
def test_search_finds_a_person_under_any_form_of_a_letter(employment, manager, stored, typed):
    Person.objects.filter(pk=employment.person_id).update(family_name=stored, given_name="架空")

    page = manager.client().get(reverse("firms:people"), {"q": typed}).content.decode()

    assert stored in page
