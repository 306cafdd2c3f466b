"""A signature on the tablet: looked at, kept once, named by the mark, and shown to those alone who may see the person."""

from base64 import b64encode
from datetime import date, timedelta

import pytest
from django.urls import reverse
from PIL import ImageFile

from courses.actions.attendance.attendance import line_from_minutes, save_roster
from courses.actions.attendance.signing import sign_attendance
from courses.models import AttendanceMark
from courses.models.attendance.attendance import MarkSource
from firms.errors import Refused
from firms.models import StoredFile
from firms.signing.pictures import PIXEL_LIMIT, PREFIX, SIZE_LIMIT
from tests.factories import EnrolmentFactory
from tests.firms.signers import png

DAY = date(2027, 2, 3)


def address(content):
    return PREFIX + b64encode(content).decode()


@pytest.fixture
def teacher(instructor):
    return instructor.acting(today=DAY)


@pytest.fixture
def enrolment(run, trainee):
    return EnrolmentFactory(run=run, person=trainee.person, employment=trainee.person.employments.get())


def line(enrolment, lesson, late=0, **fields):
    return line_from_minutes(enrolment, lesson, late=late, early=0, **fields)


def test_signature_is_kept_and_named_by_the_mark(enrolment, lesson, teacher):
    content = png()

    mark = sign_attendance(lesson, line(enrolment, lesson, late=10), picture=address(content), by=teacher)

    assert (mark.source, mark.minutes, mark.recorded_by) == (MarkSource.SIGNATURE, 350, teacher.person)
    assert (mark.signature.media_type, mark.signature.size) == ("image/png", len(content))


def test_signing_under_a_mark_that_stands_says_why_by_itself(enrolment, lesson, teacher):
    (first,) = save_roster(lesson, [line(enrolment, lesson)], by=teacher)

    mark = sign_attendance(lesson, line(enrolment, lesson, seen=first.pk), picture=address(png()), by=teacher)

    assert (mark.corrects, mark.reason, mark.minutes) == (first, "本人の署名を受けた", 360)


def test_signing_twice_is_once(enrolment, lesson, teacher):
    first = sign_attendance(lesson, line(enrolment, lesson), picture=address(png()), by=teacher)

    again = sign_attendance(lesson, line(enrolment, lesson, seen=first.pk), picture=address(png(strokes=2)), by=teacher)

    assert again is None
    assert AttendanceMark.objects.count() == 1


def test_signature_under_other_minutes_needs_a_reason(enrolment, lesson, teacher):
    (first,) = save_roster(lesson, [line(enrolment, lesson)], by=teacher)

    with pytest.raises(Refused, match="訂正の理由を書いてください"):
        sign_attendance(lesson, line(enrolment, lesson, late=5, seen=first.pk), picture=address(png()), by=teacher)


BROKEN = "署名を読み取れません。「書き直す」を押して、もう一度署名してください。"
BLANK = "署名が空白です。枠の中に署名するか、氏名を入力してください。"
TOO_LARGE = "署名の画像が大きすぎます。「書き直す」を押して、もう一度署名してください。"


@pytest.mark.parametrize(
    ("picture", "sentence"),
    [
        ("", "署名がありません。枠の中に署名するか、氏名を入力してください。"),
        (PREFIX + "これは画像ではない", BROKEN),
        (address(b"no picture at all"), BROKEN),
        (address(png(kind="JPEG")), BROKEN),
        (address(png()[:120]), BROKEN),
        (address(png(strokes=0)), BLANK),
        (address(png(strokes=0, ground=(0, 0, 0, 0))), BLANK),
        (address(png() + b"\0" * SIZE_LIMIT), TOO_LARGE),
        (address(png(size=(PIXEL_LIMIT // 100 + 1, 100))), BROKEN),
    ],
    ids=[
        "none",
        "no base64",
        "no picture",
        "a jpeg",
        "half a png",
        "white",
        "transparent",
        "too many bytes",
        "too wide",
    ],
)
def test_what_is_no_signature_is_refused(picture, sentence, enrolment, lesson, teacher):
    with pytest.raises(Refused) as refused:
        sign_attendance(lesson, line(enrolment, lesson), picture=picture, by=teacher)

    assert (refused.value.field, refused.value.sentence) == ("picture", sentence)
    assert not AttendanceMark.objects.exists()
    assert not StoredFile.objects.exists()


def test_signatures_wait_for_the_day_of_the_lesson(enrolment, lesson, instructor):
    early = instructor.acting(today=DAY - timedelta(days=1))

    with pytest.raises(Refused, match="出席は2月3日から記録できます"):
        sign_attendance(lesson, line(enrolment, lesson), picture=address(png()), by=early)


# --- the pages ---


@pytest.fixture
def sitting(held, trainee):
    return EnrolmentFactory(run=held, person=trainee.person, employment=trainee.person.employments.get())


@pytest.fixture
def pad_url(held_lesson, sitting):
    return reverse("courses:sign_person", args=[held_lesson.pk, sitting.pk])


@pytest.fixture
def signed(held_lesson, sitting, instructor, pad_url):
    instructor.client().post(pad_url, {"picture": address(png())})
    return AttendanceMark.objects.get()


def test_list_leads_to_the_pad_and_then_shows_who_signed(instructor, held_lesson, sitting, pad_url):
    client, url = instructor.client(), reverse("courses:sign", args=[held_lesson.pk])
    before = client.get(url)

    client.post(pad_url, {"picture": address(png())})

    after = client.get(url)
    assert pad_url in before.content.decode()
    assert [[one for one, _mark in page.context["waiting"]] for page in (before, after)] == [[sitting], []]
    assert "1 / 1人" in after.content.decode()


@pytest.mark.parametrize(
    ("posted", "field", "sentence"),
    [
        ({"picture": ""}, "picture", "署名がありません。枠の中に署名するか、氏名を入力してください。"),
        ({"typed": "別人 次郎"}, "typed", "本人の氏名（矢口 太郎）を入力してください。"),
        ({"late": "500"}, "late", "遅刻と早退を合わせるとコマより長くなります。出ていない人は「欠席」にしてください。"),
        ({"picture": "A" * 400_001}, "picture", TOO_LARGE),
    ],
    ids=["no signature", "another's name", "no minutes left", "far too large"],
)
def test_pad_says_what_is_wrong(posted, field, sentence, instructor, pad_url, sitting):
    page = instructor.client().post(pad_url, {"picture": address(png())} | posted)

    assert page.context["form"].errors == {field: [sentence]}
    assert sentence in page.content.decode()
    assert not AttendanceMark.objects.exists()


def test_own_name_typed_in_any_width_is_taken(instructor, pad_url, sitting):
    instructor.client().post(pad_url, {"picture": address(png()), "typed": "矢口　太郎"})

    assert AttendanceMark.objects.get().signature is not None


def test_nobody_signs_in_a_lesson_they_do_not_sit_in(instructor, held_lesson):
    other = EnrolmentFactory()

    answer = instructor.client().get(reverse("courses:sign_person", args=[held_lesson.pk, other.pk]))

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("instructor", 200),
        ("coordinator", 200),
        ("manager", 200),
        ("advisor", 200),
        ("trainee", 200),
        ("stranger", 404),
        ("advisor_without_mandate", 404),
    ],
)
def test_signature_is_served_to_those_who_may_see_the_person(who, status, signed, request, firm):
    client = request.getfixturevalue(who).client()

    picture = client.get(reverse("courses:mark_signature", args=[signed.pk]))
    history = client.get(reverse("courses:mark", args=[signed.pk]))

    assert (picture.status_code, history.status_code) == (status, status)
    if status == 200:
        assert (picture["Content-Type"], picture.content) == ("image/png", png())
        assert "本人の署名" in history.content.decode()


def test_mark_without_a_signature_has_no_picture(instructor, held_lesson, sitting):
    (mark,) = save_roster(held_lesson, [line(sitting, held_lesson)], by=instructor.acting(today=held_lesson.on))

    assert instructor.client().get(reverse("courses:mark_signature", args=[mark.pk])).status_code == 404


@pytest.mark.parametrize("who", ["trainee", "manager", "officer"])
def test_tablet_is_the_college_s(who, held_lesson, sitting, pad_url, request):
    client = request.getfixturevalue(who).client()

    answers = {client.get(reverse("courses:sign", args=[held_lesson.pk])).status_code, client.get(pad_url).status_code}

    assert answers == {404}


def test_a_picture_cut_off_is_none_even_where_papers_were_printed(enrolment, lesson, teacher, monkeypatch):
    """WeasyPrint tells Pillow to load what is cut off, for the whole process."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    whole = png()

    with pytest.raises(Refused, match="署名を読み取れません"):
        sign_attendance(lesson, line(enrolment, lesson), picture=address(whole[: len(whole) - 16]), by=teacher)

    assert not AttendanceMark.objects.exists()
