"""Lists taken out as tables: what one sees and no more, without formulas, for spreadsheets of today and of old."""

import csv

import pytest
from django.urls import reverse

from courses.models import Certificate
from grants.models import Cost
from tests.courses.completion.skilled import certify
from tests.factories import EnrolmentFactory
from tests.lms.rows import case_of, training

ALL = ["grants:cases_csv", "grants:costs_csv", "courses:certificates_csv", "people:csv"]


@pytest.fixture
def case(college, establishment, trainee):
    run = training(college, starts_in=60)
    EnrolmentFactory(run=run, person=trainee.person, employment=trainee.person.employments.get())
    return case_of(establishment, run)


def rows_of(client, name, **asked):
    answer = client.get(reverse(name), asked)
    coding = "cp932" if asked.get("code") == "cp932" else "utf-8-sig"
    return list(csv.reader(answer.content.decode(coding).splitlines()))


def test_cases_stand_with_their_days_and_where_they_are(manager, advisor, case):
    for member in (manager, advisor):
        head, row = rows_of(member.client(), "grants:cases_csv")

        told = dict(zip(head, row, strict=True))
        first = case.run.lessons.get().on
        assert (told["案件番号"], told["講座"], told["状態"]) == (case.number, case.run.course.title, "計画を準備中")
        assert told["訓練の初日"] == f"{first.year}/{first.month}/{first.day}"


def test_payment_taken_back_stands_with_its_own_line(manager, case):
    paid = Cost.objects.create(case=case, amount_yen=44_000, paid_on=case.run.apply_until, recorded_by=manager.person)
    Cost.objects.create(case=case, amount_yen=44_000, paid_on=paid.paid_on, voids=paid, recorded_by=manager.person)

    _head, *rows = rows_of(manager.client(), "grants:costs_csv")

    assert [(row[4], row[6]) for row in rows] == [("44000", ""), ("-44000", "取消し")]


def test_certificates_are_those_of_the_list_and_of_the_search(coordinator, college, trainee):
    for _n in range(2):
        run = training(college, starts_in=-60)
        certify(EnrolmentFactory(run=run, person=trainee.person, employment=trainee.person.employments.get()))
    client, wanted = coordinator.client(), Certificate.objects.latest("pk").number

    assert len(rows_of(client, "courses:certificates_csv")) == 3
    assert [row[0] for row in rows_of(client, "courses:certificates_csv", q=wanted)[1:]] == [wanted]


@pytest.mark.parametrize("name", ALL)
def test_stranger_takes_out_nothing_of_ours(name, stranger, manager, case, establishment):
    assert len(rows_of(stranger.client(), name)) <= 2
    assert all("大森" not in cell for row in rows_of(stranger.client(), name) for cell in row)


@pytest.mark.parametrize("name", ["grants:cases_csv", "grants:costs_csv"])
def test_college_and_ward_see_no_cases(name, coordinator, officer, case):
    assert [one.client().get(reverse(name)).status_code for one in (coordinator, officer)] == [403, 403]


@pytest.mark.parametrize("name", ALL)
def test_spreadsheet_of_old_reads_it_too(name, manager, case):
    head = rows_of(manager.client(), name, code="cp932")[0]

    assert len(head) >= 5


def test_no_cell_begins_a_formula(manager, case):
    type(case.run.course).objects.filter(pk=case.run.course_id).update(title="=1+1")

    (row,) = rows_of(manager.client(), "grants:cases_csv")[1:]

    assert row[3] == "'=1+1"


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_cases_takes_the_same_queries(rows, manager, college, establishment, django_assert_num_queries):
    for _n in range(rows):
        case_of(establishment, training(college, starts_in=60))
    client = manager.client()

    with django_assert_num_queries(4):
        client.get(reverse("grants:cases_csv"))
