"""What somebody sends who means ill: each is answered with a sentence, and nothing breaks or leaks."""

import csv
import re
import struct
import zlib
from base64 import b64encode, urlsafe_b64encode
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from courses.actions.attendance.imports.plans import RefusedRow
from courses.actions.attendance.imports.refusals import refused_table
from courses.actions.elearning.materials import stored_captions
from courses.forms.elearning.units import UnitForm
from courses.models import Enrolment
from courses.papers.tables import table_csv
from firms.errors import Refused
from firms.signing.pictures import PREFIX, signature_png
from lms.calendar.tokens import make_run_token
from tests.factories import QuestionFactory, UnitFactory


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def test_a_signature_of_billions_of_points_is_refused_unopened():
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    picture = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")

    with pytest.raises(Refused, match="署名を読み取れません"):
        signature_png(PREFIX + b64encode(picture).decode())


@pytest.mark.parametrize("firm", ["abc", "", "-1", "9" * 40, "²"])
def test_an_invoice_to_no_firm_is_not_found(completed, coordinator, firm):
    address = reverse("courses:run_invoices", args=[completed.run_id])
    given = {"due_on": "2099-12-31", "firm": firm}

    assert coordinator.client().post(address, given).status_code == 404


@pytest.mark.parametrize("kid", [r"\ud800", r"KEYS\ud800/", r"KEYS\u0000/", "KEYS/", ""])
def test_a_badge_naming_a_key_no_database_can_look_for_is_not_ours(client, signing_key, kid):
    keys = settings.SITE_URL + reverse("courses:badge_key", args=["x"]).removesuffix("x/")
    head = f'{{"alg":"RS256","kid":"{kid.replace("KEYS", keys)}"}}'
    token = f"{urlsafe_b64encode(head.encode()).decode().rstrip('=')}.e30.AAAA"

    page = client.post(reverse("courses:badge_verify"), {"token": token})

    assert (page.status_code, page.context["verdict"].is_good) == (200, False)


def test_a_badge_file_with_a_name_in_it_stays_out_of_caches(client, completed):
    code = completed.certificates.get().check_code

    answer = client.get(reverse("courses:badge_file", args=[code, "jwt"]))

    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_the_page_of_an_open_attempt_tells_nothing_of_what_is_right(learning_now, trainee):
    quiz = UnitFactory(course=learning_now.run.course, quiz=True)
    question, browser = QuestionFactory(unit=quiz), trainee.client()
    for verb in ("open", "start"):
        browser.post(reverse("courses:learn_unit_act", args=[learning_now.pk, quiz.pk, verb]))

    page = browser.get(reverse("courses:learn_unit", args=[learning_now.pk, quiz.pk])).content.decode()

    inputs = re.findall(r"<input type=[^>]*>", page)
    told = [f'<input type="radio" name="q{question.pk}" value="{n}">' for n in range(len(question.choices))]
    assert [one for one in inputs if 'type="radio"' in one] == told
    hidden = [question.explanation, *(choice["feedback"] for choice in question.choices)]
    assert [one for one in hidden if one in page] == []


@pytest.mark.parametrize("key", ["%00", "key-2", "%F0%9F%94%91"])
def test_a_key_nobody_has_is_not_found_on_either_database(client, signing_key, key):
    assert client.get(f"/courses/badges/keys/{key}/").status_code == 404


def test_searching_certificates_bears_a_sign_postgresql_refuses(completed, coordinator):
    page = coordinator.client().get(reverse("courses:certificates"), {"q": f"\0{completed.person.family_name}\0"})

    assert [one.enrolment for one in page.context["page"]] == [completed]


# --- videos and captions ---


def video_page(learning_now, trainee, address):
    unit = UnitFactory(course=learning_now.run.course, video=True, video_url=address)
    return trainee.client().get(reverse("courses:learn_unit", args=[learning_now.pk, unit.pk]))


def test_a_host_in_japanese_letters_does_not_switch_the_policy_off(learning_now, trainee):
    policy = video_page(learning_now, trainee, "https://例え.jp/a.mp4")["Content-Security-Policy"]

    assert policy.startswith("default-src 'self'")
    assert "media-src 'self' https://xn--r8jz45g.jp:443" in policy


@pytest.mark.parametrize("address", ["https://example.jp:99999/a.mp4", "https://[::1]/a.mp4"])
def test_an_address_no_policy_can_name_leaves_the_page_standing(learning_now, trainee, address):
    answer = video_page(learning_now, trainee, address)

    assert answer.status_code == 200
    assert "media-src 'self'" in answer["Content-Security-Policy"].split("; ")


@pytest.mark.parametrize("address", ["https://example.jp:99999/a.mp4", "https://[::1]/a.mp4"])
def test_such_an_address_is_refused_when_it_is_written(db, address):
    form = UnitForm({"title": "動画", "standard_minutes": 1, "video_url": address}, kind="video")

    assert "動画の場所を読み取れません" in form.errors["video_url"][0]


def test_a_site_with_a_player_of_its_own_is_known_in_any_spelling(db):
    form = UnitForm({"title": "動画", "standard_minutes": 1, "video_url": "https://a@YouTube.com:443/x"}, kind="video")

    assert "使えません" in form.errors["video_url"][0]


def test_captions_larger_than_any_upload_are_refused_unread(settings):
    settings.UPLOAD_LIMIT_BYTES = 10

    with pytest.raises(Refused, match="字幕が大きすぎます"):
        stored_captions(SimpleUploadedFile("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\na"))


# --- tables that leave the house ---


def test_the_table_to_fill_in_holds_no_formula(coming, seated):
    (enrolment,) = seated(coming)
    enrolment.person.family_kana = "－2+3"
    enrolment.person.save()

    row = next(csv.reader(StringIO(table_csv(coming).decode("cp932").split("\r\n", 1)[1])))

    assert row[3].startswith("'－2+3")


def test_the_table_of_refused_rows_holds_no_formula():
    grid = [["氏名"], ["-2+3|cmd"]]

    text = refused_table(grid, grid[:1], [RefusedRow(2, "-2+3", "いません")]).decode("utf-8-sig")

    assert text.splitlines()[1].endswith(",'-2+3|cmd")


# --- the way into an online room ---


def room_told(run, member, client):
    token = make_run_token(run, by=member.acting())
    return "room.example" in client.get(f"/calendar/run/{token}.ics").content.decode().replace("\r\n ", "")


def test_who_is_only_offered_a_seat_gets_no_way_into_the_room(coming, trainee, client):
    coming.link = "https://room.example/1"
    coming.save()
    offered = Enrolment.objects.create(
        run=coming,
        person=trainee.person,
        employment=trainee.person.employments.get(),
        state="offered",
        answer_until=timezone.now() + timedelta(days=1),
        applied_by=trainee.person,
    )
    before = room_told(coming, trainee, client)
    Enrolment.objects.filter(pk=offered.pk).update(state="accepted", answer_until=None)

    assert (before, room_told(coming, trainee, client)) == (False, True)


def test_an_instructor_who_left_the_college_loses_the_way_into_the_room(coming, instructor, stranger, client):
    coming.link = "https://room.example/1"
    coming.save()
    before = room_told(coming, instructor, client)
    instructor.membership.organisation = stranger.organisation
    instructor.membership.role = "employee"
    instructor.membership.save()

    assert (before, room_told(coming, instructor, client)) == (True, False)
