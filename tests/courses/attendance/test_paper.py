"""The roster on paper: printed in order, typed in as fast as it is read, its signed sheet kept."""

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from courses.actions.attendance.attendance import line_from_minutes, save_roster
from courses.models import AttendanceMark
from courses.papers.rosters import roster_pdf, run_roster_pdf
from firms.models import Evidence, JournalEntry

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def sitting(held, seated):
    return seated(held, 3)


@pytest.fixture
def url(held_lesson):
    return reverse("courses:paper_entry", args=[held_lesson.pk])


def typed(sitting, *words, **more):
    return {f"e{one.pk}-told": word for one, word in zip(sitting, words, strict=True)} | more


def minutes(sitting):
    held = {mark.enrolment_id: mark.minutes for mark in AttendanceMark.objects.current()}
    return [held.get(one.pk) for one in sitting]


def text_of(content):
    pdf = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_range() for page in pdf]
    pdf.close()
    return pages


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("0", 360),
        ("○", 360),
        ("20", 340),
        ("２０", 340),
        ("/15", 345),
        ("20/15", 325),
        ("20+15", 325),
        ("10:20", 340),
        ("10:20-16:45", 325),
        ("-16:45", 345),
        ("10：20～", 340),
        ("-", 0),
        ("－", 0),
        ("欠", 0),
        ("", None),
    ],
)
def test_word_tells_the_span(instructor, sitting, url, told, found):
    instructor.client().post(url, typed(sitting, told, "", ""))

    assert minutes(sitting) == [found, None, None]
    assert {mark.source for mark in AttendanceMark.objects.all()} <= {"paper"}


@pytest.mark.parametrize("told", ["たぶん", "20/15/3", "99:00", "10:99", "1.5", "12345", "1234 5678 9012"])
def test_word_that_is_none_is_refused_at_its_line(instructor, sitting, url, told):
    page = instructor.client().post(url, typed(sitting, told, "0", "0"))

    assert page.context["rows"][0].form.errors["told"]
    assert minutes(sitting) == [None, None, None]


def test_line_longer_than_the_lesson_keeps_all_from_being_saved(instructor, sitting, url):
    page = instructor.client().post(url, typed(sitting, "0", "9:00", "0"))

    assert "より長い出席は記録できません" in page.context["rows"][1].form.errors["told"][0]
    assert minutes(sitting) == [None, None, None]


def test_saved_sheet_shown_again_changes_nothing(instructor, sitting, url):
    client = instructor.client()
    client.post(url, typed(sitting, "0", "20/15", "-"))

    again = client.get(url).context["rows"]
    seen = {f"e{row.enrolment.pk}-seen": row.mark.pk for row in again}
    words = [row.form["told"].value() for row in again]
    client.post(url, typed(sitting, *words) | seen)

    assert words == ["0", "20/15", "-"]
    assert AttendanceMark.objects.count() == 3


def test_change_needs_its_reason(instructor, sitting, url):
    client = instructor.client()
    client.post(url, typed(sitting, "0", "0", "0"))
    seen = {f"e{row.enrolment.pk}-seen": row.mark.pk for row in client.get(url).context["rows"]}

    refused = client.post(url, typed(sitting, "30", "0", "0") | seen)
    client.post(url, typed(sitting, "30", "0", "0", reason="紙の名簿と照合") | seen)

    assert "訂正の理由" in refused.context["rows"][0].form.errors["told"][0]
    newest = AttendanceMark.objects.current().get(enrolment=sitting[0])
    assert (newest.minutes, newest.reason) == (330, "紙の名簿と照合")


def test_mark_somebody_else_made_is_not_written_over(instructor, coordinator, sitting, held_lesson, url):
    save_roster(
        held_lesson,
        [line_from_minutes(sitting[0], held_lesson, late=5, early=0)],
        by=coordinator.acting(timezone.localdate()),
    )

    page = instructor.client().post(url, typed(sitting, "0", "", "", reason="照合"))

    assert "と記録しました" in page.context["rows"][0].form.errors["told"][0]
    assert minutes(sitting) == [355, None, None]


def test_signed_sheet_is_kept_with_the_marks_it_proves(instructor, sitting, url, held_lesson, college):
    sheet = SimpleUploadedFile("名簿.pdf", PDF)

    page = instructor.client().post(url, typed(sitting, "0", "0", "-", sheet=sheet), follow=True)

    evidence = Evidence.objects.get()
    entry = JournalEntry.objects.get(verb="attendance.attach_paper")
    assert (evidence.owner, evidence.kind, evidence.name) == (college, "attendance_sheet", "名簿.pdf")
    assert (entry.subject_id, entry.details["sha256"]) == (held_lesson.pk, evidence.file.sha256)
    assert entry.details["mark_ids"] == list(AttendanceMark.objects.order_by("pk").values_list("pk", flat=True))
    assert page.context["sheets"] == [evidence]


def test_sheet_that_is_no_picture_keeps_all_from_being_saved(instructor, sitting, url):
    sheet = SimpleUploadedFile("名簿.pdf", b"no pdf at all")

    page = instructor.client().post(url, typed(sitting, "0", "0", "0", sheet=sheet))

    assert page.context["sheet_form"].errors["sheet"]
    assert minutes(sitting) == [None, None, None]


def test_lesson_that_has_not_begun_cannot_be_typed_in(instructor, held, sitting):
    later = held.lessons.get(number=2)

    page = instructor.client().post(reverse("courses:paper_entry", args=[later.pk]), typed(sitting, "0", "0", "0"))

    assert page.context["sheet_form"].non_field_errors()
    assert minutes(sitting) == [None, None, None]


@pytest.mark.parametrize("name", ["paper_entry", "lesson_paper"])
def test_sheet_is_the_colleges_alone(name, held_lesson, officer, manager, trainee, stranger):
    url = reverse(f"courses:{name}", args=[held_lesson.pk])

    assert {one.client().get(url).status_code for one in (officer, manager, trainee, stranger)} == {404}


@pytest.mark.parametrize("n", [1, 3])
def test_screen_asks_as_often_for_one_person_as_for_many(
    held, held_lesson, seated, instructor, n, url, django_assert_num_queries
):
    seated(held, n)
    client = instructor.client()

    with django_assert_num_queries(9):
        page = client.get(url)

    assert len(page.context["rows"]) == n


def test_printed_sheet_stands_in_the_order_of_the_screen(run, lesson, seated, instructor):
    for name, kana in (("矢口", "ヤグチ"), ("池上", "イケガミ"), ("久が原", "クガハラ")):
        (one,) = seated(run)
        one.person.family_name, one.person.family_kana = name, kana
        one.person.save()

    (page,) = text_of(roster_pdf(run, [lesson], on=lesson.on))

    assert page.index("池上") < page.index("久が原") < page.index("矢口")
    assert all(
        word in page
        for word in ("署名", "入室", "退室", "遅刻", "早退", "備考", "講師の署名", "12:00～13:00（食事）", run.code)
    )


def test_every_lesson_has_a_sheet_of_its_own_and_blank_lines(run, seated):
    seated(run, 2)

    pages = text_of(run_roster_pdf(run, on=run.lessons.first().on))

    assert ["第1回" in pages[0], "第2回" in pages[1], len(pages)] == [True, True, 2]
    assert "15" in pages[0]


def test_long_roster_goes_on_to_further_pages_with_its_headings(run, lesson, seated):
    seated(run, 40)

    pages = text_of(roster_pdf(run, [lesson], on=lesson.on))

    assert len(pages) > 1
    assert all("署名" in page for page in pages)
    assert "43" in pages[-1]


def test_printed_sheets_come_as_files(held, held_lesson, seated, instructor):
    seated(held)
    client = instructor.client()

    for url in (reverse("courses:lesson_paper", args=[held_lesson.pk]), reverse("courses:run_paper", args=[held.pk])):
        assert client.get(url).content.startswith(b"%PDF")
