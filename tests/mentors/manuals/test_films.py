"""A film over a poor line: in parts, going on after a break, verified, scanned; or a link, with its length by hand."""

from datetime import timedelta
from hashlib import sha256
from random import Random

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from firms.errors import Refused
from firms.files import store as files
from firms.film import kinds
from firms.models import Job, Notification
from mentors.actions.manuals import films
from mentors.actions.manuals.films import (
    OutOfTurn,
    begin_film,
    drop_film,
    finish_film,
    link_film,
    receive_part,
    tell_length,
)
from mentors.models import Film
from mentors.tasks import sweep
from tests.mentors.manuals.makers import WEBM, filmed, newest, published, work_waiting, written

CONTENT = WEBM + b"x" * 3000
CUT, WHOLE = 2000, len(CONTENT)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(films, "PART", CUT)


@pytest.fixture
def manual(manager):
    return written(manager)


def parts_of(content):
    return [content[start : start + CUT] for start in range(0, len(content), CUT)]


def upload(content):
    return SimpleUploadedFile("part", content)


def begun(manual, manager, size=WHOLE):
    return begin_film(manual, name="ねじ切り.webm", size=size, by=manager.acting())


def sent(film, manager, parts, *, first=0):
    for number, part in enumerate(parts, first):
        digest = sha256(part).hexdigest()
        film = receive_part(film, number=number, part=upload(part), digest=digest, by=manager.acting())
    return film


def whole_digest(parts):
    return sha256("".join(sha256(part).hexdigest() for part in parts).encode()).hexdigest()


def test_a_film_sent_in_parts_is_joined_checked_and_belongs_to_the_draft(manual, manager):
    parts = parts_of(CONTENT)
    film = sent(begun(manual, manager), manager, parts)
    finish_film(film, digest=whole_digest(parts), by=manager.acting())
    work_waiting("join_film")
    film.refresh_from_db()

    assert (film.state, film.file.media_type, film.file.size) == ("clean", "video/webm", len(CONTENT))
    assert files.read(film.file) == CONTENT
    assert newest(manual).film == film
    assert not film.parts.exists()
    assert "動画が使えるようになりました" in Notification.objects.get(person=manager.person).subject


def test_the_same_part_again_is_once_and_after_a_break_the_film_goes_on(manual, manager):
    parts = parts_of(CONTENT)
    film = sent(begun(manual, manager), manager, parts[:1])
    again = receive_part(film, number=0, part=upload(parts[0]), digest="", by=manager.acting())
    assert (again.received, again.parts.count()) == (CUT, 1)

    resumed = begun(manual, manager)
    assert (resumed.pk, resumed.received, resumed.percent) == (film.pk, CUT, CUT * 100 // len(CONTENT))
    done = sent(resumed, manager, parts[1:], first=1)
    assert done.received == len(CONTENT)
    assert len(default_storage.listdir(f"{films.FOLDER}/{film.pk}")[1]) == len(parts)


@pytest.mark.parametrize("seed", range(5))
def test_a_film_arrives_whole_over_a_line_that_loses_repeats_and_damages(seed, manual, manager):
    """Whatever the line does, the sender asks how much is here and goes on from there."""
    chance, content = Random(seed), WEBM + Random(seed).randbytes(CUT * 30)
    parts, film = parts_of(content), begun(manual, manager, size=len(content))
    losses = 0
    while film.received < len(content):
        film = begun(manual, manager, size=len(content))
        number = max(0, film.received // CUT + chance.choice([-1, 0, 0, 0, 1]))
        part = parts[min(number, len(parts) - 1)]
        digest = sha256(part if chance.random() > 0.3 else b"other").hexdigest()
        try:
            film = receive_part(film, number=number, part=upload(part), digest=digest, by=manager.acting())
        except (OutOfTurn, Refused):
            losses += 1

    finish_film(film, digest=whole_digest(parts), by=manager.acting())
    work_waiting("join_film")

    assert files.read(Film.objects.get(pk=film.pk).file) == content
    assert losses > 0


@pytest.mark.parametrize(
    ("number", "part"), [(1, b"x" * 10), (0, b"x" * (CUT + 1))], ids=["not the next", "larger than a part"]
)
def test_a_part_out_of_turn_is_told_where_to_go_on_and_not_kept(manual, manager, number, part):
    film = begun(manual, manager)

    with pytest.raises(OutOfTurn) as refused:
        receive_part(film, number=number, part=upload(part), digest="", by=manager.acting())

    assert refused.value.received == 0
    assert default_storage.listdir(f"{films.FOLDER}/{film.pk}")[1] == []


def test_more_than_was_announced_is_refused(manual, manager):
    film = begun(manual, manager, size=100)

    with pytest.raises(OutOfTurn):
        receive_part(film, number=0, part=upload(b"x" * 101), digest="", by=manager.acting())


def test_a_part_that_changed_on_the_way_is_refused(manual, manager):
    with pytest.raises(Refused, match="送る途中で内容が変わりました"):
        receive_part(begun(manual, manager), number=0, part=upload(b"abc"), digest="0" * 64, by=manager.acting())


def test_a_film_is_not_finished_before_all_of_it_is_here(manual, manager):
    film = sent(begun(manual, manager), manager, parts_of(CONTENT)[:1])

    with pytest.raises(OutOfTurn):
        finish_film(film, digest="", by=manager.acting())


def joined(manual, manager, content, *, digest=""):
    film = sent(begun(manual, manager, size=len(content)), manager, parts_of(content))
    finish_film(film, digest=digest, by=manager.acting())
    return film


def test_a_second_click_at_the_end_changes_nothing(manual, manager):
    film = joined(manual, manager, CONTENT)

    assert finish_film(film, digest="", by=manager.acting()).state == "checking"
    assert Job.objects.filter(kind="join_film").count() == 1


def test_another_whole_than_was_sent_is_refused(manual, manager):
    film = joined(manual, manager, CONTENT, digest="0" * 64)
    work_waiting("join_film")
    film.refresh_from_db()

    assert (film.state, film.because) == (
        "rejected",
        "届いた動画が、送った動画と一致しません。もう一度送ってください。",
    )
    assert newest(manual).film is None
    assert not film.parts.exists()


def test_a_part_damaged_in_storage_is_found(manual, manager):
    film = joined(manual, manager, CONTENT)
    with open(default_storage.path(film.parts.first().path), "wb") as file:
        file.write(b"half")
    work_waiting("join_film")
    film.refresh_from_db()

    assert (film.state, film.because) == ("rejected", "保管した部分が壊れています。もう一度送ってください。")


def test_what_is_no_film_is_refused_whatever_its_name(manual, manager):
    film = joined(manual, manager, b"MZ" + b"x" * 3000)
    work_waiting("join_film")
    film.refresh_from_db()

    assert film.because == "MP4かWebMの動画ではありません。書き出し直してから送ってください。"


def test_a_virus_is_refused(manual, manager, monkeypatch):
    monkeypatch.setattr(films, "found_virus_in", lambda pieces: "Eicar" if b"".join(pieces) == CONTENT else "")
    film = joined(manual, manager, CONTENT)
    work_waiting("join_film")
    film.refresh_from_db()

    assert (film.state, film.because) == ("rejected", "ウイルス「Eicar」が見つかりました。")


def test_no_more_than_a_part_is_ever_held(manual, manager, monkeypatch):
    """The film is read in pieces of one size, for the hash as for the scanner and the storage."""
    monkeypatch.setattr(films, "PIECE", 500)
    largest = []
    monkeypatch.setattr(films, "found_virus_in", lambda pieces: largest.append(max(map(len, pieces))) or "")
    joined(manual, manager, CONTENT)
    work_waiting("join_film")

    assert largest == [500]


def test_length_and_picture_are_read_where_ffmpeg_is(manual, manager, monkeypatch):
    said = {"/usr/bin/ffprobe": b'{"format": {"duration": "75.4"}}', "/usr/bin/ffmpeg": b"\xff\xd8jpeg"}
    monkeypatch.setattr(kinds.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(kinds, "run", lambda program, *rest: said[program])
    film = filmed(manual, manager, CONTENT)

    assert (film.duration_seconds, film.is_read_by_hand, files.read(film.still)) == (75, False, b"\xff\xd8jpeg")
    assert kinds.can_probe()


@pytest.mark.parametrize(
    "said", [b"", b"{}", b'{"format": {"duration": "N/A"}}'], ids=["nothing", "no length", "unknown"]
)
def test_a_film_ffprobe_cannot_read_has_its_length_by_hand(manual, manager, monkeypatch, said):
    monkeypatch.setattr(kinds.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(kinds, "run", lambda *command: said if "ffprobe" in command[0] else b"")
    film = filmed(manual, manager, CONTENT)

    assert (film.duration_seconds, film.is_read_by_hand, film.still) == (0, True, None)


def test_without_ffmpeg_the_page_asks_for_the_length(manual, manager, monkeypatch):
    monkeypatch.setattr(kinds.shutil, "which", lambda name: None)
    film = filmed(manual, manager, CONTENT)
    client, address = manager.client(), reverse("mentors:film", args=[manual.pk])

    assert "プログラム（ffmpeg）が入っていない" in client.get(address).content.decode()
    client.post(reverse("mentors:film_length", args=[manual.pk]), {"seconds": "1:20"})
    film.refresh_from_db()
    assert (film.duration_seconds, film.is_read_by_hand) == (80, True)


def test_a_program_that_fails_says_nothing():
    assert kinds.run("/bin/false") == b""
    assert kinds.run("/no/such/program") == b""


def test_a_link_is_taken_with_its_length(manual, manager):
    film = link_film(manual, link="https://films.example/a.mp4", seconds=90, by=manager.acting())
    tell_length(film, seconds=95, by=manager.acting())
    film.refresh_from_db()

    assert (newest(manual).film, film.duration_seconds, film.state) == (film, 95, "clean")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"link": "http://films.example/a.mp4", "seconds": "1:00"}, "https:// で始まるアドレスにしてください。"),
        (
            {"link": "https://www.youtube.com/watch?v=a", "seconds": "1:00"},
            "このサイトの動画は、見た時間を確かめられない",
        ),
        ({"link": "https://films.example/a.mp4", "seconds": "90"}, "動画の長さを「12:30」"),
    ],
    ids=["not secure", "a player of others", "no length"],
)
def test_a_link_that_would_not_play_is_refused(manual, manager, given, sentence):
    answer = manager.client().post(reverse("mentors:film_link", args=[manual.pk]), given)

    assert sentence in answer.content.decode()
    assert not Film.objects.exists()


@pytest.mark.parametrize(("size", "sentence"), [(0, "動画が空です"), (4001, "動画が大きすぎます")])
def test_a_film_of_no_size_or_too_large_is_refused_before_a_byte_is_sent(settings, manual, manager, size, sentence):
    settings.FILM_LIMIT_BYTES = 4000

    with pytest.raises(Refused, match=sentence):
        begun(manual, manager, size=size)


def test_a_film_may_be_two_gigabytes(manual, manager):
    assert begun(manual, manager, size=2 * 1024**3).size == 2 * 1024**3


def test_nobody_sends_a_film_to_what_is_published(manager):
    manual = published(manager)

    with pytest.raises(Refused, match="いま書ける下書きがありません"):
        begun(manual, manager)


def test_a_film_that_is_dropped_leaves_nothing(manual, manager, django_capture_on_commit_callbacks):
    film = sent(begun(manual, manager), manager, parts_of(CONTENT)[:2])
    with django_capture_on_commit_callbacks(execute=True):
        drop_film(film, by=manager.acting())
    film.refresh_from_db()

    assert (film.state, film.because) == ("rejected", "送信が取りやめられました。")
    assert default_storage.listdir(f"{films.FOLDER}/{film.pk}")[1] == []


@pytest.mark.parametrize(("days", "state"), [(6, "receiving"), (7, "rejected")])
def test_a_film_that_stopped_is_kept_a_week(manual, manager, clock, days, state):
    film = begun(manual, manager)
    clock.move_to(timezone.now() + timedelta(days=days))
    sweep()
    film.refresh_from_db()

    assert film.state == state


# --- the addresses the page's script asks ---


def test_the_page_sends_parts_and_learns_where_to_go_on(manual, manager):
    client, parts = manager.client(), parts_of(CONTENT)
    begin = client.post(reverse("mentors:film_begin", args=[manual.pk]), {"name": "a.webm", "size": len(CONTENT)})
    pk = begin["Upload-Film"]
    address = reverse("mentors:film_part", args=[pk])
    answers = [client.post(address, {"number": n, "part": upload(part)}) for n, part in enumerate(parts)]
    early = client.post(address, {"number": 9, "part": upload(b"x")})
    done = client.post(reverse("mentors:film_finish", args=[pk]), {"digest": whole_digest(parts)})

    assert (begin.status_code, begin["Upload-Offset"]) == (204, "0")
    assert [(one.status_code, one["Upload-Offset"]) for one in answers] == [
        (204, "2000"),
        (204, "4000"),
        (204, str(len(CONTENT))),
    ]
    assert (early.status_code, early["Upload-Offset"]) == (409, str(len(CONTENT)))
    assert done.status_code == 204
    assert client.get(reverse("mentors:film_state", args=[pk]))["Upload-Offset"] == str(len(CONTENT))


@pytest.mark.parametrize("given", [{}, {"number": "x"}, {"number": "-1"}, {"number": "9" * 30}], ids=str)
def test_an_odd_part_is_a_bad_request(manual, manager, given):
    film = begun(manual, manager)
    part = {"part": upload(b"x")} if given else {}

    assert manager.client().post(reverse("mentors:film_part", args=[film.pk]), given | part).status_code == 400


def test_without_scripts_one_form_brings_the_film(manual, manager):
    client = manager.client()
    client.post(reverse("mentors:film", args=[manual.pk]), {"film": SimpleUploadedFile("a.webm", CONTENT)})
    work_waiting("join_film")

    assert files.read(newest(manual).film.file) == CONTENT


def test_nobody_else_sends_to_a_film(manual, manager, stranger, worker):
    film = begun(manual, manager)
    for one in (stranger, worker):
        for name in ("film_part", "film_finish", "film_drop"):
            assert one.client().post(
                reverse(f"mentors:{name}", args=[film.pk]), {"part": upload(b"x"), "number": 0}
            ).status_code in (403, 404)
    film.refresh_from_db()

    assert (film.received, film.state) == (0, "receiving")
