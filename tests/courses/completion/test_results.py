"""The results of a run as everybody sees them, taken home as a table, and decided by two at once."""

import csv
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.timezone import localdate

from courses.actions.completion.completion import decide_completion
from courses.models import Certificate, Course, SigningKey
from courses.papers.results import in_cp932, results_csv
from courses.queries.completion.completion import completions_of, seated_in
from tests.factories import EnrolmentFactory, LessonFactory


@pytest.fixture
def with_word(finished):
    Course.objects.filter(pk=finished.course_id).update(needs_word=True)
    finished.refresh_from_db()
    return finished


def test_the_coordinator_decides_by_the_page(finished, seated, attended, coordinator):
    (enrolment,) = seated(finished)
    client, page = coordinator.client(), reverse("courses:completion", args=[finished.pk])

    before = client.get(page).content.decode()
    attended(enrolment, 360, 360)
    ready = client.get(page).content.decode()
    client.post(reverse("courses:completion_decide", args=[finished.pk]))
    after = client.get(page).content.decode()

    assert "修了を決める前に" in before
    assert "全員の修了を決める" in ready
    assert Certificate.objects.get().number in after


def test_an_early_click_comes_back_with_the_sentence(held, seated, coordinator):
    seated(held)

    answer = coordinator.client().post(reverse("courses:completion_decide", args=[held.pk]), follow=True)

    assert "修了は、最後の日" in answer.content.decode()


def test_a_firm_sees_its_own_people_alone_and_does_not_decide(completed, finished, attended, manager, stranger):
    other = EnrolmentFactory(run=finished, employment__establishment__organisation=stranger.organisation)
    attended(other, 360, 360)
    page = reverse("courses:completion", args=[finished.pk])

    seen = manager.client().get(page).content.decode()

    assert completed.person.full_name in seen
    assert other.person.full_name not in seen
    assert manager.client().post(reverse("courses:completion_decide", args=[finished.pk])).status_code == 403
    assert manager.client().get(reverse("courses:completion_words", args=[finished.pk])).status_code == 403


def test_nobody_else_finds_the_results(completed, finished, stranger, officer):
    pages = [
        reverse("courses:completion", args=[finished.pk]),
        reverse("courses:completion_words", args=[finished.pk]),
        reverse("courses:completion_export", args=[finished.pk, "csv"]),
    ]

    assert [who.client().get(page).status_code for who in (stranger, officer) for page in pages] == [404] * 6


@pytest.mark.parametrize("n", [1, 3])
def test_the_results_take_the_same_queries_for_everybody(
    n, with_word, seated, attended, coordinator, django_assert_num_queries
):
    for enrolment in seated(with_word, n):
        attended(enrolment, 360, 360)
    client = coordinator.client()

    with django_assert_num_queries(11):
        client.get(reverse("courses:completion", args=[with_word.pk]))


def test_the_results_go_home_as_csv_and_workbook(completed, finished, coordinator):
    type(completed.person).objects.filter(pk=completed.person.pk).update(family_name="𠮷野家", given_name="=1+1")
    client = coordinator.client()

    written = client.get(reverse("courses:completion_export", args=[finished.pk, "csv"])).content
    book = client.get(reverse("courses:completion_export", args=[finished.pk, "xlsx"])).content

    head, line = csv.reader(StringIO(written.decode("cp932")))
    assert dict(zip(head, line, strict=True)) == {
        "氏名": "〓野家 =1+1",
        "フリガナ": completed.person.full_kana,
        "企業": "（架空）大森機械製作所",
        "結果": "修了",
        "受講時間（分）": "720",
        "総時間（分）": "720",
        "出席時間": "○",
        "出席時間の理由": "12時間（要る時間は12時間の80%で9時間36分）",
        "修了証番号": Certificate.objects.get().number,
        "修了証": "有効",
    }
    assert sheet_of(book)[1][0] == "𠮷野家 =1+1"
    assert client.get(reverse("courses:completion_export", args=[finished.pk, "pdf"])).status_code == 404


def sheet_of(book: bytes):
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()


def test_a_name_that_begins_like_a_formula_is_text(completed, finished):
    type(completed.person).objects.filter(pk=completed.person.pk).update(family_name="=cmd")

    assert "'=cmd" in results_csv(completions_of(finished, seated_in(finished), on=localdate())).decode("cp932")


def test_cp932_knows_its_twins_and_marks_what_it_lacks():
    assert in_cp932("〜−髙﨑𠮷").decode("cp932") == "～－髙﨑〓"


def test_the_coordinators_home_says_which_runs_wait_for_their_result(finished, seated, attended, coordinator):
    (enrolment,) = seated(finished)
    attended(enrolment, 360, 360)
    step, client = f"修了を決める：{finished.course.title}", coordinator.client()

    before = client.get(reverse("home")).content.decode()
    decide_completion(finished, by=coordinator.acting(localdate()))
    after = client.get(reverse("home")).content.decode()

    assert (step in before, step in after) == (True, False)


# --- two at once ---


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one after the other; PostgreSQL races")
def test_two_clicks_at_once_give_one_certificate_each(finished, seated, attended, coordinator):
    people = seated(finished, 4)
    for enrolment in people:
        attended(enrolment, 360, 360)
    start = threading.Barrier(2)

    def click():
        start.wait()
        try:
            return len(decide_completion(finished, by=coordinator.acting(localdate())))
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as pool:
        changed = [click.result() for click in [pool.submit(click) for _ in range(2)]]

    assert sorted(changed) == [0, 4]
    assert sorted(Certificate.objects.values_list("enrolment", flat=True)) == [one.pk for one in people]
    assert sorted(Certificate.objects.values_list("status_index", flat=True)) == [0, 1, 2, 3]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one after the other; PostgreSQL races")
def test_two_runs_decided_at_once_number_their_certificates_without_a_gap(finished, seated, attended, coordinator):
    other = type(finished).objects.create(
        course=finished.course,
        code="R2",
        seats=9,
        fee_yen=0,
        venue="別室",
        apply_until=finished.apply_until,
        state="open",
    )
    LessonFactory(run=other, number=1, day=localdate() - timedelta(days=2))
    for run in (finished, other):
        for enrolment in seated(run, 3):
            attended(enrolment, 360, 360)
    SigningKey.objects.all().delete()  # so that the two race for the first key too
    start = threading.Barrier(2)

    def decide(run):
        start.wait()
        try:
            return len(decide_completion(run, by=coordinator.acting(localdate())))
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(decide, [finished, other]))

    tails = sorted(number[-4:] for number in Certificate.objects.values_list("number", flat=True))
    assert SigningKey.objects.count() == 1
    assert tails == ["0001", "0002", "0003", "0004", "0005", "0006"]
