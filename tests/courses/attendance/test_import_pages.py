"""The pages of files of attendance: whose they are, how often they ask, and the refused rows to take home."""

from datetime import date

import pytest
from django.test import TestCase
from django.urls import reverse
from django.utils.timezone import localdate

from courses.forms.attendance.imports import WriteForm
from courses.models import AttendanceImport, AttendanceMark
from courses.policies import may_import_attendance
from firms.files import store as files
from firms.models import JournalEntry, StoredFile
from tests.courses.attendance.import_files import line, read, table, upload
from tests.factories import LessonFactory

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


@pytest.mark.parametrize("n", [1, 3])
def test_sheets_of_a_run_ask_as_often_for_one_file_as_for_many(
    held, held_lesson, seated, coordinator, n, django_assert_num_queries
):
    (one,) = seated(held)
    for k in range(n):
        read(table(line(one, late=k)), by=coordinator.acting(localdate()), lesson=held_lesson)
    client = coordinator.client()

    with django_assert_num_queries(8):
        page = client.get(reverse("courses:run_sheets", args=[held.pk]))

    text = page.content.decode()
    assert len(page.context["imports"]) == n
    assert [
        text.count(reverse(f"courses:{name}", args=[held_lesson.pk])) for name in ("paper_entry", "lesson_paper")
    ] == [1, 1]


def test_sheets_are_the_colleges_alone(held, officer, manager, stranger):
    url = reverse("courses:run_sheets", args=[held.pk])

    assert {one.client().get(url).status_code for one in (officer, manager, stranger)} == {404}


def test_file_goes_through_the_pages_from_hand_to_undo(held, held_lesson, seated, instructor):
    one, two = seated(held, 2)
    client = instructor.client()
    with TestCase.captureOnCommitCallbacks(execute=True):
        there = client.post(
            reverse("courses:import_new"), {"kind": "table", "file": upload(table(line(one), line(two)))}
        )
    batch = AttendanceImport.objects.get()
    part = client.get(there.url, headers={"hx-request": "true"}).content.decode()

    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post(reverse("courses:import_write", args=[batch.pk]), {"seen": batch.found["seen"], "how": "whole"})
    written = AttendanceMark.objects.current().count()
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post(reverse("courses:import_undo", args=[batch.pk]))

    batch.refresh_from_db()
    assert part.lstrip().startswith('<div id="state"')
    assert (written, batch.state, AttendanceMark.objects.current().count()) == (2, "undone", 0)


def test_page_says_what_is_wrong_with_the_way_of_writing(held, held_lesson, seated, instructor):
    (one,) = seated(held)
    batch = read(table(line(one), line(one, number=9)), by=instructor.acting(localdate()))
    client, url = instructor.client(), reverse("courses:import_write", args=[batch.pk])

    page = client.post(url, {"seen": batch.found["seen"], "how": "whole"})

    assert "取り込めない行が1行あります" in page.context["form"].non_field_errors()[0]
    assert not AttendanceMark.objects.exists()


def test_file_left_unwritten_ends_there(held, held_lesson, seated, instructor):
    (one,) = seated(held)
    batch = read(table(line(one)), by=instructor.acting(localdate()))
    client, url = instructor.client(), reverse("courses:import_drop", args=[batch.pk])

    client.post(url)
    client.post(url)

    batch.refresh_from_db()
    assert (batch.state, JournalEntry.objects.filter(verb="import.drop").count()) == ("dropped", 1)
    assert not AttendanceMark.objects.exists()


def test_lesson_of_another_college_is_not_on_offer(instructor, held_lesson):
    theirs = LessonFactory(day=localdate())
    client, url = instructor.client(), reverse("courses:import_new")

    offered = client.get(url, {"lesson": theirs.pk}).context["form"].fields["lesson"].queryset

    assert list(offered) == [held_lesson]


def test_fingerprint_with_twelve_digits_is_no_my_number_but_a_reason_may_be():
    seen = "a" * 40 + "123456789012" + "b" * 12

    assert WriteForm({"seen": seen, "how": "whole"}).is_valid()
    assert "reason" in WriteForm({"seen": seen, "how": "whole", "reason": "番号 1234 5678 9012"}).errors
