"""The page of a unit: who sees it, what the player sends, files in pieces, and a video that died."""

import pytest

from courses.models import LearningEvent
from courses.policies import may_author_units
from firms.files import store as files
from firms.models import JournalEntry, Notification
from tests.conftest import cast
from tests.factories import EnrolmentFactory, RunFactory, UnitFactory

FILM = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 40


def path_of(enrolment, unit, rest=""):
    return f"/courses/learn/{enrolment.pk}/{unit.pk}/{rest}"


@pytest.fixture
def video(learning_now):
    stored = files.store(FILM, media_type="video/mp4")
    return UnitFactory(
        course=learning_now.run.course,
        video=True,
        video_url="",
        file=stored,
        file_name="現場.mp4",
        chapters=[{"at": 0, "title": "はじめに"}, {"at": 30, "title": "取付け"}],
    )


@pytest.fixture
def desk(trainee):
    return trainee.client()


@pytest.mark.parametrize("who", ["manager", "coordinator", "officer", "stranger"])
@pytest.mark.parametrize("rest", ["", "media/video/", "open/"], ids=["page", "film", "button"])
def test_another_persons_learning_is_nobodys(request, learning_now, video, who, rest):
    client = request.getfixturevalue(who).client()
    ask = client.post if rest == "open/" else client.get

    assert ask(path_of(learning_now, video, rest)).status_code == 404
    assert client.get(f"/courses/learn/{learning_now.pk}/").status_code == 404


def test_a_unit_of_another_course_is_not_reached_through_ones_own_seat(learning_now, desk):
    other = UnitFactory()

    assert desk.get(path_of(learning_now, other)).status_code == 404


def test_nothing_is_written_by_looking(learning_now, video, desk):
    desk.get("/courses/learn/")
    desk.get(f"/courses/learn/{learning_now.pk}/")
    desk.get(path_of(learning_now, video))
    desk.get(path_of(learning_now, video, "media/video/"))

    assert not LearningEvent.objects.exists()


def test_the_player_shows_only_after_the_start_was_pressed(learning_now, video, desk):
    before = desk.get(path_of(learning_now, video)).content.decode()

    after = desk.post(path_of(learning_now, video, "open/"), follow=True).content.decode()

    assert ("学習を始める" in before, "<video" in before) == (True, False)
    assert ("<video" in after, "はじめに" in after, 'data-at="30"' in after) == (True, True, True)


def test_a_stretch_is_answered_with_the_bar(learning_now, video, desk):
    desk.post(path_of(learning_now, video, "open/"))

    answer = desk.post(path_of(learning_now, video, "watched/"), {"start": "0", "end": "1.5"})

    assert answer.status_code == 200
    assert 'data-position="1.5"' in answer.content.decode()
    assert LearningEvent.objects.get(kind="watched").data["to"] == 1.5


@pytest.mark.parametrize(
    ("form", "status"),
    [
        pytest.param({"start": "0", "end": "50"}, 409, id="longer than the clock"),
        pytest.param({"start": "x", "end": ""}, 400, id="no numbers"),
        pytest.param({"start": "nan", "end": "inf"}, 400, id="no real numbers"),
    ],
)
def test_a_false_stretch_is_answered_with_a_sentence(learning_now, video, desk, form, status):
    desk.post(path_of(learning_now, video, "open/"))

    answer = desk.post(path_of(learning_now, video, "watched/"), form)

    assert answer.status_code == status
    assert "banner-warning" in answer.content.decode()
    assert not LearningEvent.objects.filter(kind="watched").exists()


def test_unknown_buttons_and_files_are_not_there(learning_now, video, desk):
    text = UnitFactory(course=learning_now.run.course)

    assert desk.post(path_of(learning_now, video, "complete/")).status_code == 404
    assert desk.get(path_of(learning_now, video, "media/file/")).status_code == 404
    assert desk.get(path_of(learning_now, text, "media/video/")).status_code == 404
    assert desk.get(path_of(learning_now, text, "media/captions/")).status_code == 404
    assert desk.get(path_of(learning_now, video, "open/")).status_code == 405


@pytest.mark.parametrize(
    ("asked", "status", "start", "end"),
    [
        pytest.param("", 200, 0, len(FILM), id="the whole"),
        pytest.param("bytes=0-99", 206, 0, 100, id="the beginning"),
        pytest.param("bytes=100-", 206, 100, len(FILM), id="the rest"),
        pytest.param("bytes=-50", 206, len(FILM) - 50, len(FILM), id="the end"),
        pytest.param("bytes=10-999999", 206, 10, len(FILM), id="more than there is"),
        pytest.param("bytes=0-1,5-9", 200, 0, len(FILM), id="several ranges"),
        pytest.param("lines=1-2", 200, 0, len(FILM), id="another unit"),
    ],
)
def test_a_film_is_sent_in_pieces(learning_now, video, desk, asked, status, start, end):
    headers = {"Range": asked} if asked else {}

    answer = desk.get(path_of(learning_now, video, "media/video/"), headers=headers)

    assert answer.status_code == status
    assert b"".join(answer) == FILM[start:end]
    assert answer["Content-Length"] == str(end - start)
    assert answer["Content-Type"] == "video/mp4"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.get("Content-Range") == (f"bytes {start}-{end - 1}/{len(FILM)}" if status == 206 else None)


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0", "bytes=-", "bytes=9-3"])
def test_a_piece_that_does_not_exist_is_refused(learning_now, video, desk, asked):
    answer = desk.get(path_of(learning_now, video, "media/video/"), headers={"Range": asked})

    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{len(FILM)}"


def test_a_handout_is_handed_out_as_a_file(learning_now, desk):
    stored = files.store(b"%PDF-1.7 handout", media_type="application/pdf")
    unit = UnitFactory(course=learning_now.run.course, kind="file", file=stored, file_name="手順.pdf")
    desk.post(path_of(learning_now, unit, "open/"))

    answer = desk.post(path_of(learning_now, unit, "fetch/"), follow=True)

    assert answer.content == b"%PDF-1.7 handout"
    assert answer["Content-Disposition"].startswith("attachment")
    assert LearningEvent.objects.filter(kind="fetched").count() == 1


def test_only_the_host_of_the_video_may_be_loaded_from(learning_now, desk):
    outside = UnitFactory(course=learning_now.run.course, video=True)
    inside = UnitFactory(course=learning_now.run.course)

    policy = desk.get(path_of(learning_now, outside))["Content-Security-Policy"]

    assert "media-src 'self' https://video.example.jp:443;" in policy + ";"
    assert "default-src 'self'" in policy
    assert "example.jp" not in desk.get(path_of(learning_now, inside))["Content-Security-Policy"]
    assert "example.jp" not in desk.get("/courses/learn/")["Content-Security-Policy"]


def test_an_address_with_more_than_a_host_opens_no_more_than_the_host(learning_now, desk):
    address = "https://a;script-src@video.example.jp:8443/iot.mp4"
    unit = UnitFactory(course=learning_now.run.course, video=True, video_url=address)

    policy = desk.get(path_of(learning_now, unit))["Content-Security-Policy"]

    assert "https://video.example.jp:8443" in policy
    assert "script-src" not in policy


def test_the_college_hears_of_a_dead_video_once_a_day(learning_now, video, desk, coordinator):
    desk.post(path_of(learning_now, video, "open/"))

    first = desk.post(path_of(learning_now, video, "dead/"), follow=True).content.decode()
    again = desk.post(path_of(learning_now, video, "dead/"), follow=True).content.decode()

    assert "連携校に知らせました" in first
    assert "今日はもう連携校に知らせてあります" in again
    assert JournalEntry.objects.filter(verb="unit.video_dead").count() == 1
    assert Notification.objects.filter(person=coordinator.person).count() == 1


def test_a_dead_video_is_not_completed(learning_now, video, desk):
    desk.post(path_of(learning_now, video, "open/"))
    desk.post(path_of(learning_now, video, "dead/"))

    answer = desk.post(path_of(learning_now, video, "finish/"), follow=True)

    assert "動画はまだ0%です" in answer.content.decode()
    assert not LearningEvent.objects.filter(kind="completed").exists()


def test_the_sentence_of_a_refusal_is_shown_on_the_page(learning_now, desk):
    text = UnitFactory(course=learning_now.run.course)
    desk.post(path_of(learning_now, text, "open/"))

    answer = desk.post(path_of(learning_now, text, "finish/"), follow=True)

    assert "読み終えるには早すぎます。あと5分ほど" in answer.content.decode()


def test_the_overview_leads_to_what_is_next(learning_now, desk):
    first = UnitFactory(course=learning_now.run.course, number=1, title="はじめに読む")
    UnitFactory(course=learning_now.run.course, number=2, title="つぎに読む")
    desk.post(path_of(learning_now, first, "open/"))

    shown = desk.get(f"/courses/learn/{learning_now.pk}/").content.decode()

    assert "続きから" in shown
    assert shown.index("はじめに読む") < shown.index("つぎに読む")
    assert "あと30日" in shown


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_asks_the_same_however_many_runs(trainee, college, n, django_assert_num_queries, learning_now):
    for _ in range(n):
        run = RunFactory(
            course__college=college, learn_from=learning_now.run.learn_from, learn_until=learning_now.run.learn_until
        )
        UnitFactory(course=run.course)
        EnrolmentFactory(run=run, employment=learning_now.employment)
    desk = trainee.client()

    with django_assert_num_queries(10):
        answer = desk.get("/courses/learn/")

    assert answer.content.decode().count("<article") == n


def test_an_empty_list_says_what_comes_next(firm):
    someone = cast("employee", firm, "新人")

    assert "学べる教材はありません" in someone.client().get("/courses/learn/").content.decode()
    assert not may_author_units(someone.acting(), UnitFactory().course)
