"""Authoring: units in their order, what may be changed after somebody learned, files that are looked at first."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import override_settings

from courses.actions.elearning.learning import finish_reading, open_unit
from courses.actions.elearning.ledgers import OwnLog
from courses.actions.elearning.units import edit_unit, make_version, move_down, move_up, publish_unit, retire_unit
from courses.models import Question, Unit
from courses.policies import may_author_units
from courses.queries.elearning.learning import progress_of
from firms.errors import Refused
from firms.models import JournalEntry
from tests.conftest import cast
from tests.factories import OrganisationFactory, QuestionFactory, UnitFactory, at

MP4 = b"\x00\x00\x00\x18ftypmp42 a film"
WEBM = b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm a film"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nこんにちは\n".encode()
NOON, LATER = at(date(2027, 2, 3), "12:00"), at(date(2027, 2, 3), "13:00")
TEXT = {"title": "センサの選び方", "standard_minutes": "10", "body": "# 選び方\n測るもので選びます。"}
VIDEO = {"title": "取付け", "standard_minutes": "10", "duration_seconds": "12:30", "chapters": "0:00 はじめに"}


@pytest.fixture
def course(online):
    return online.course


@pytest.fixture
def desk(coordinator):
    return coordinator.client()


def uploaded(content, name):
    return SimpleUploadedFile(name, content)


def new(desk, course, kind, form):
    return desk.post(f"/courses/{course.pk}/units/new/{kind}/", form, follow=True)


@pytest.mark.parametrize("who", ["coordinator", "instructor"])
def test_the_college_may_author(request, course, who):
    author = request.getfixturevalue(who)

    assert may_author_units(author.acting(), course)
    new(author.client(), course, "text", TEXT)

    unit = Unit.objects.get()
    assert (unit.number, unit.kind, unit.title, unit.standard_minutes) == (1, "text", "センサの選び方", 10)
    assert JournalEntry.objects.filter(verb="unit.add", concerns=course.college).count() == 1


def test_the_ward_looks_and_does_not_touch(course, officer):
    unit = UnitFactory(course=course)
    desk = officer.client()

    assert not may_author_units(officer.acting(), course)
    assert unit.title in desk.get(f"/courses/{course.pk}/units/").content.decode()
    assert desk.get(f"/courses/units/{unit.pk}/edit/").status_code == 403
    assert desk.post(f"/courses/units/{unit.pk}/retire/").status_code == 403


@pytest.mark.parametrize("who", ["manager", "trainee", "advisor", "stranger"])
def test_nobody_else_finds_the_units(request, course, who):
    unit, other = UnitFactory(course=course), request.getfixturevalue(who)
    desk = other.client()

    assert not may_author_units(other.acting(), course)
    for path in (f"{course.pk}/units/", f"{course.pk}/units/new/text/", f"units/{unit.pk}/edit/"):
        assert desk.get(f"/courses/{path}").status_code == 404


def test_another_college_finds_nothing(course):
    other = cast("coordinator", OrganisationFactory(kind="college"), "他校")
    question = QuestionFactory(unit=UnitFactory(course=course, quiz=True))

    assert other.client().get(f"/courses/questions/{question.pk}/edit/").status_code == 404
    assert other.client().get(f"/courses/units/{question.unit_id}/questions/").status_code == 404


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_asks_the_same_however_many_units(desk, course, n, django_assert_num_queries):
    UnitFactory.create_batch(n, course=course)

    with django_assert_num_queries(9):
        answer = desk.get(f"/courses/{course.pk}/units/")

    assert answer.content.decode().count("標準学習時間</th>") == 1


def test_units_change_places(course, coordinator):
    first, second, third = (UnitFactory(course=course, number=n) for n in (1, 2, 3))

    move_up(third, by=coordinator.acting())
    move_down(first, by=coordinator.acting())

    assert list(course.units.order_by("number").values_list("pk", flat=True)) == [third.pk, first.pk, second.pk]


def test_the_ends_of_the_list_stay(course, coordinator):
    first, second = (UnitFactory(course=course, number=n) for n in (1, 2))

    move_up(first, by=coordinator.acting())
    move_down(second, by=coordinator.acting())

    assert list(course.units.order_by("number").values_list("pk", flat=True)) == [first.pk, second.pk]


def test_moving_by_the_buttons(course, desk):
    UnitFactory(course=course, number=1)
    second = UnitFactory(course=course, number=2)

    desk.post(f"/courses/units/{second.pk}/move/up/")

    assert Unit.objects.get(pk=second.pk).number == 1
    listed = desk.get(f"/courses/{course.pk}/units/").context["units"]
    assert [unit.number for unit, *_rest in listed] == [1, 2]
    assert desk.post(f"/courses/units/{second.pk}/move/sideways/").status_code == 404


def test_a_unit_nobody_learned_is_edited(course, desk):
    unit = UnitFactory(course=course)

    desk.post(f"/courses/units/{unit.pk}/edit/", TEXT | {"standard_minutes": "25"})

    unit.refresh_from_db()
    assert (unit.title, unit.standard_minutes) == ("センサの選び方", 25)


def test_what_was_learned_is_not_rewritten(course, desk, learner):
    unit = UnitFactory(course=course, body="もとの本文")
    open_unit(OwnLog(learner, unit), at=NOON)

    answer = desk.post(f"/courses/units/{unit.pk}/edit/", TEXT)

    unit.refresh_from_db()
    assert "内容を書き換えられません" in answer.content.decode()
    assert unit.body == "もとの本文"


def test_the_address_of_a_learned_video_may_be_mended(course, coordinator, learner):
    unit = UnitFactory(course=course, video=True)
    open_unit(OwnLog(learner, unit), at=NOON)

    edit_unit(unit, {"video_url": "https://new.example.jp/iot.mp4", "chapters": []}, by=coordinator.acting())
    with pytest.raises(Refused, match="新しい版をつくる"):
        edit_unit(unit, {"duration_seconds": 5}, by=coordinator.acting())

    unit.refresh_from_db()
    assert (unit.video_url, unit.duration_seconds) == ("https://new.example.jp/iot.mp4", 60)
    assert JournalEntry.objects.get(verb="unit.edit").details["fields"] == ["video_url"]


def test_a_new_version_takes_the_place_of_the_old(course, desk, learner):
    unit = UnitFactory(course=course, number=4, standard_minutes=10)
    ledger = OwnLog(learner, unit)
    open_unit(ledger, at=NOON)
    finish_reading(ledger, at=LATER)

    desk.post(f"/courses/units/{unit.pk}/version/", TEXT | {"standard_minutes": "30"})
    desk.post(f"/courses/units/{unit.newer.pk}/publish/")

    unit.refresh_from_db()
    newer = Unit.objects.get(replaces=unit)
    assert unit.retired_at is not None
    assert (newer.number, newer.standard_minutes, newer.retired_at) == (4, 30, None)
    progress = progress_of([learner])[learner.pk]
    assert [one.unit for one in progress.units] == [unit]
    assert (progress.is_complete, progress.minutes_done) == (True, 10)


def test_who_did_not_finish_the_old_version_has_the_new_one_ahead(course, coordinator, learner):
    unit = UnitFactory(course=course)
    open_unit(OwnLog(learner, unit), at=NOON)

    newer = publish_unit(make_version(unit, {"title": "二版"}, by=coordinator.acting()), by=coordinator.acting())

    assert [one.unit for one in progress_of([learner])[learner.pk].units] == [newer]


def test_a_version_of_a_version_is_still_done(course, coordinator, learner):
    unit = UnitFactory(course=course)
    ledger = OwnLog(learner, unit)
    open_unit(ledger, at=NOON)
    finish_reading(ledger, at=LATER)
    second = publish_unit(make_version(unit, {"title": "二版"}, by=coordinator.acting()), by=coordinator.acting())

    publish_unit(make_version(second, {"title": "三版"}, by=coordinator.acting()), by=coordinator.acting())

    assert progress_of([learner])[learner.pk].is_complete


def test_a_new_version_of_a_quiz_brings_its_questions(course, coordinator):
    quiz = UnitFactory(course=course, quiz=True)
    kept, gone = QuestionFactory.create_batch(2, unit=quiz)
    Question.objects.filter(pk=gone.pk).update(retired_at=NOON)

    newer = make_version(quiz, {"pass_percent": 90}, by=coordinator.acting())

    assert [question.text for question in newer.questions.all()] == [kept.text]


def test_the_old_version_is_changed_no_more(course, coordinator):
    unit = UnitFactory(course=course)
    publish_unit(make_version(unit, {"title": "二版"}, by=coordinator.acting()), by=coordinator.acting())

    with pytest.raises(Refused, match="いまの版を直してください"):
        make_version(unit, {"title": "別の二版"}, by=coordinator.acting())


def test_retiring_twice_is_once_and_keeps_what_was_learned(course, coordinator, learner):
    unit = UnitFactory(course=course)
    ledger = OwnLog(learner, unit)
    open_unit(ledger, at=NOON)
    finish_reading(ledger, at=LATER)

    retire_unit(unit, by=coordinator.acting())
    retire_unit(unit, by=coordinator.acting())

    assert JournalEntry.objects.filter(verb="unit.retire").count() == 1
    assert progress_of([learner])[learner.pk].minutes_done == 10


@pytest.mark.parametrize(("content", "media_type"), [(MP4, "video/mp4"), (WEBM, "video/webm")], ids=["mp4", "webm"])
def test_a_film_is_kept_by_what_it_is(course, desk, content, media_type):
    form = VIDEO | {"upload": uploaded(content, "なんでも.bin"), "vtt": uploaded(VTT, "字幕.vtt")}

    new(desk, course, "video", form)

    unit = Unit.objects.get()
    assert (unit.file.media_type, unit.captions.media_type) == (media_type, "text/vtt")
    assert (unit.duration_seconds, unit.chapters) == (750, [{"at": 0, "title": "はじめに"}])


@pytest.mark.parametrize(
    ("kind", "form", "sentence"),
    [
        pytest.param("text", TEXT | {"title": ""}, "教材名を書いてください", id="no name"),
        pytest.param("text", TEXT | {"standard_minutes": ""}, "標準学習時間を分で書いてください", id="no time"),
        pytest.param("text", TEXT | {"body": "番号は 1234 5678 9018 です"}, "マイナンバー", id="an individual number"),
        pytest.param("video", VIDEO, "動画のアドレスを書くか、動画のファイルを選んで", id="no video"),
        pytest.param(
            "video", VIDEO | {"duration_seconds": "750"}, "「12:30」（12分30秒）", id="a length without colon"
        ),
        pytest.param("video", VIDEO | {"video_url": "http://x.example.jp/a.mp4"}, "https:// で始まる", id="no https"),
        pytest.param(
            "video",
            VIDEO | {"video_url": "https://www.youtube.com/watch?v=1"},
            "見た時間を確かめられない",
            id="a player of others",
        ),
        pytest.param(
            "video", VIDEO | {"chapters": "はじめに"}, "1行目「はじめに」が読み取れません", id="broken chapters"
        ),
        pytest.param("file", TEXT, "配布するファイルを選んでください", id="no file"),
    ],
)
def test_a_unit_says_what_is_missing(course, desk, kind, form, sentence):
    answer = new(desk, course, kind, form)

    assert sentence in answer.content.decode()
    assert not Unit.objects.exists()


@pytest.mark.parametrize(
    ("kind", "files", "sentence"),
    [
        pytest.param("video", {"upload": (b"GIF89a film", "film.mp4")}, "MP4かWebMの動画ではありません", id="no film"),
        pytest.param("video", {"vtt": (b"hello", "a.vtt")}, "1行目が「WEBVTT」ではありません", id="no captions"),
        pytest.param("video", {"vtt": (b"WEBVTT\n\n\x82\xa0", "a.vtt")}, "UTF-8で保存し直して", id="captions in CP932"),
        pytest.param(
            "file", {"upload": (b"MZ program", "a.exe")}, "この種類のファイルは受け付けていません", id="a program"
        ),
        pytest.param("file", {"upload": (b"hello", "a.pdf")}, "拡張子「.pdf」と一致しません", id="no PDF"),
    ],
)
def test_files_are_looked_at_first(course, desk, kind, files, sentence):
    form = (VIDEO | {"video_url": "https://x.example.jp/a.mp4"}) if kind == "video" else dict(TEXT)
    form |= {name: uploaded(*file) for name, file in files.items()}

    answer = new(desk, course, kind, form)

    assert sentence in answer.content.decode()
    assert not Unit.objects.exists()


@override_settings(VIDEO_LIMIT_BYTES=10)
def test_a_film_too_large_is_refused(course, desk):
    answer = new(desk, course, "video", VIDEO | {"upload": uploaded(MP4, "film.mp4")})

    assert "動画が大きすぎます" in answer.content.decode()


def test_a_handout_is_stored(course, desk):
    new(desk, course, "file", TEXT | {"upload": uploaded(PDF, "手順書.pdf")})

    unit = Unit.objects.get()
    assert (unit.file_name, unit.file.media_type, unit.file.size) == ("手順書.pdf", "application/pdf", len(PDF))


def test_a_handout_with_a_virus_is_refused(course, desk, monkeypatch):
    monkeypatch.setattr("firms.files.scanning.found_virus", lambda content: "Eicar")

    answer = new(desk, course, "file", TEXT | {"upload": uploaded(PDF, "手順書.pdf")})

    assert "ウイルス「Eicar」が見つかりました" in answer.content.decode()
    assert not Unit.objects.exists()


def test_unknown_kinds_are_not_there(course, desk):
    assert desk.get(f"/courses/{course.pk}/units/new/scorm/").status_code == 404


def test_the_tab_of_a_run_leads_to_its_units(online, desk):
    answer = desk.get(f"/courses/runs/{online.pk}/units/")

    assert answer["Location"] == f"/courses/{online.course_id}/units/"
    assert f"/courses/runs/{online.pk}/units/" in desk.get(f"/courses/runs/{online.pk}/").content.decode()


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        pytest.param({"standard_minutes": 0}, "unit_has_standard_time", id="no time"),
        pytest.param({"pass_percent": 101}, "unit_pass_mark_within_100", id="more than all"),
        pytest.param({"kind": "video"}, "unit_video_has_length", id="a video without length"),
    ],
)
def test_the_database_refuses_units_that_make_no_sense(course, fields, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        UnitFactory(course=course, **fields)


def test_unit_number_once_is_held_by_the_database(course):
    """The constraint: unit_number_once; a retired unit leaves its number free."""
    UnitFactory(course=course, number=1, retired_at=NOON)
    UnitFactory(course=course, number=1)

    with pytest.raises(IntegrityError, match=r"unit_number_once|UNIQUE"), transaction.atomic():
        UnitFactory(course=course, number=1)


def test_a_unit_has_one_newer_version(course):
    old = UnitFactory(course=course, retired_at=NOON)
    UnitFactory(course=course, replaces=old)

    with pytest.raises(IntegrityError, match=r"replaces"), transaction.atomic():
        UnitFactory(course=course, replaces=old)
