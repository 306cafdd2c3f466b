"""One event is one row to one reader, however many organisations and objects its entries are for."""

import pytest
from django.urls import reverse

from courses.actions.attendance.marking import write_marks
from courses.models import AttendanceMark
from firms.journal import one_act, record
from firms.models import JournalEntry, Mandate
from tests.factories import EmploymentFactory, EnrolmentFactory, EstablishmentFactory, MandateFactory, at


@pytest.fixture
def other_firm(office, advisor):
    """A second client of the office."""
    firm = EstablishmentFactory().organisation
    MandateFactory(office=office, firm=firm, advisor=advisor.person)
    return firm


@pytest.fixture
def marked(lesson, establishment, pattern, other_firm, instructor):
    """Two of one firm and one of another are marked at once."""
    there = other_firm.establishments.get()
    workers = [
        *EmploymentFactory.create_batch(2, establishment=establishment, pattern=pattern),
        EmploymentFactory(establishment=there),
    ]
    marks = [
        AttendanceMark(
            enrolment=EnrolmentFactory(run=lesson.run, employment=worker),
            lesson=lesson,
            came_at=at(lesson.on, "10:00"),
            left_at=at(lesson.on, "17:00"),
            minutes=360,
            source="roster",
            recorded_by=instructor.person,
        )
        for worker in workers
    ]
    return [mark.enrolment.person.full_name for mark in write_marks(marks, by=instructor.acting())]


def told(who):
    return JournalEntry.objects.visible_to(who.acting()).told()


def names(entry):
    return [mark["name"] for mark in entry.details["marks"]]


def test_college_reads_the_whole_in_one_row(marked, coordinator, instructor):
    for who in (coordinator, instructor):
        (entry,) = told(who)
        assert (names(entry), entry.others) == (marked, [])


def test_firm_reads_of_its_own_people_alone(marked, manager):
    (entry,) = told(manager)

    assert (names(entry), entry.others) == (marked[:2], [])


def test_office_of_two_firms_reads_one_row_that_tells_of_both(marked, advisor):
    (entry,) = told(advisor)

    assert [names(one) for one in (entry, *entry.others)] == [marked[:2], marked[2:]]
    page = advisor.client().get(reverse("firms:journal")).content.decode()
    assert page.count("出席を記録") == 1
    assert all(name in page for name in marked)


def act(manager, firm, n, verb="organisation.edit"):
    """One click that changes several things."""
    with one_act():
        for place in [EstablishmentFactory(organisation=firm) for _n in range(n)]:
            record(place, verb, by=manager.acting(), concerns=firm)


def test_act_on_five_objects_is_one_row_that_names_them_all(manager, firm):
    act(manager, firm, 5)

    (entry,) = told(manager)

    assert len({entry.subject, *(one.subject for one in entry.others)}) == 5
    page = manager.client().get(reverse("firms:journal")).content.decode()
    assert "ほか4件を見る" in page


def test_two_acts_two_verbs_and_two_people_are_rows_of_their_own(manager, trainee, firm):
    act(manager, firm, 2)
    act(manager, firm, 2)
    with one_act():
        for who in (manager, trainee):
            record(firm, "organisation.edit", by=who.acting(), concerns=firm)
        record(firm, "organisation.create", by=manager.acting(), concerns=firm)

    assert len(told(manager)) == 5


def test_act_inside_another_is_part_of_it(manager, firm):
    with one_act():
        act(manager, firm, 1)
        act(manager, firm, 1)

    assert len(told(manager)) == 1


def test_what_a_request_writes_is_an_event_of_its_own(manager, advisor):
    manager.client().post(reverse("firms:mandate_revoke", args=[Mandate.objects.get().pk]))
    by_request = JournalEntry.objects.latest("pk")
    record(manager.organisation, "organisation.edit", by=manager.acting(), concerns=manager.organisation)

    assert by_request.event is not None
    assert JournalEntry.objects.latest("pk").event is None


@pytest.mark.parametrize("rows", [1, 3])
def test_journal_asks_as_often_for_three_events_as_for_one(manager, firm, rows, django_assert_num_queries):
    for _n in range(rows):
        act(manager, firm, 3)
    client = manager.client()
    client.get(reverse("firms:journal"))

    with django_assert_num_queries(7):
        page = client.get(reverse("firms:journal"))

    assert page.content.decode().count("ほか2件を見る") == rows
