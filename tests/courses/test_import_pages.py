"""The pages of files of attendance: whose they are, how often they ask, and the refused rows to take home."""

from datetime import date

import pytest
from django.urls import reverse

from courses.models import AttendanceMark
from courses.policies import may_import_attendance
from firms import files
from firms.models import StoredFile
from tests.courses.import_files import line, read, table

DAY = date(2027, 2, 3)


@pytest.fixture
def sitting(run, seated):
    return seated(run, 3)


@pytest.fixture
def by(coordinator):
    return coordinator.acting(today=DAY)


def standing(enrolments):
    """Minutes in force, None where nothing is."""
    marks = AttendanceMark.objects.current().filter(enrolment__in=enrolments)
    held = {mark.enrolment_id: mark.minutes for mark in marks}
    return [held.get(enrolment.pk) for enrolment in enrolments]


def counts(batch):
    return {name: n for name, n in batch.found["counts"].items() if n}


def test_may_import_attendance(coordinator, instructor, manager, trainee, officer, advisor, stranger):
    may = [one for one in (coordinator, instructor) if may_import_attendance(one.acting())]
    may_not = [one for one in (manager, trainee, officer, advisor, stranger) if not may_import_attendance(one.acting())]

    assert (len(may), len(may_not)) == (2, 5)


@pytest.mark.parametrize("who", ["manager", "officer", "stranger"])
def test_file_of_a_college_is_nobody_elses(sitting, by, who, request):
    batch = read(table(line(sitting[0])), by=by)
    client = request.getfixturevalue(who).client()

    assert client.get(reverse("courses:import", args=[batch.pk])).status_code == 404
    assert client.post(reverse("courses:import_write", args=[batch.pk])).status_code == 404
    assert client.get(reverse("courses:imports")).status_code == 403


@pytest.mark.parametrize("n", [1, 3])
def test_list_of_files_asks_as_often_for_one_as_for_many(sitting, by, coordinator, n, django_assert_num_queries):
    for k in range(n):
        read(table(line(sitting[0], late=k)), by=by)
    client = coordinator.client()

    with django_assert_num_queries(6):
        page = client.get(reverse("courses:imports"))

    assert len(page.context["page"].object_list) == n


def test_refused_rows_come_home_as_a_table_that_can_be_handed_in_again(sitting, by, coordinator):
    one = sitting[0]
    batch = read(table(line(one, late="=1+1")), by=by)
    url = reverse("courses:import_errors", args=[batch.pk])

    plain, old = coordinator.client().get(url).content, coordinator.client().get(url + "?code=cp932").content

    text = plain.decode("utf-8-sig")
    assert old.decode("cp932") == text
    assert text.splitlines()[0].startswith("行,取り込めない理由,開講番号")
    assert "'=1+1" in text
    mended = read(text.replace("'=1+1", "10"), by=by)
    assert counts(mended) == {"new": 1}


def test_only_the_first_refused_rows_stand_on_the_page_but_all_in_the_file(sitting, by):
    batch = read(table(*(line(sitting[0], number=9) for _ in range(205))), by=by)

    sheet = files.read(StoredFile.objects.get(pk=batch.found["errors"]))
    assert (len(batch.found["refused"]), batch.refused_count) == (200, 205)
    assert len(sheet.decode("utf-8-sig").splitlines()) == 206
