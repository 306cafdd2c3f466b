"""Found at its second, watched in pieces, counted by the clock, questioned, carried away, and opened from a label."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone

from firms.film.captions import Cue
from firms.models import JournalEntry
from mentors.actions.manuals.approving import publish_manual, withdraw_manual
from mentors.actions.manuals.sharing import show_to
from mentors.actions.manuals.watching import answer_questions, watch_manual
from mentors.actions.manuals.writing import add_question, begin_version, mark_drawing, remove_step
from mentors.models import Film, ManualAnswer, ManualVersion, Viewing
from mentors.queries.manuals import found_in, matching, watchers_of
from tests.mentors.manuals.makers import (
    CUES,
    WEBM,
    approved,
    colleagues,
    filmed,
    newest,
    published,
    written,
)

CHOICES = [{"text": "0.2ミリ", "is_right": True}, {"text": "2ミリ", "is_right": False}]


@pytest.fixture
def manual(manager):
    return published(manager)


def page(who, manual, name="manual", **given):
    return who.client().get(reverse(f"mentors:{name}", args=[manual.pk]), given)


# --- searching ---


@pytest.mark.parametrize(
    "words",
    ["切込み", "きりこみ", "ｷﾘｺﾐ", "キリコミ", "ねじきり　０．２", "ネジ切り 0.2ミリ", "螺子切り", "せんばん きりこみ"],
)
def test_a_search_lands_on_the_second_in_kana_or_kanji_of_either_width(manual, worker, words):
    found = found_in(list(matching(ManualVersion.objects.visible_to(worker.acting()), words)), words)

    assert [one.version.manual for one in found] == [manual]
    assert (75, "ねじ切りの切込みは0.2ミリずつ") in [(place.at, place.text) for place in found[0].places]


def test_the_page_leads_to_the_second(manual, worker):
    shown = worker.client().get(reverse("mentors:manuals"), {"q": "芯出し"}).content.decode()

    assert f'href="/mentors/manuals/{manual.pk}/?t=4"' in shown
    assert 'data-start="75"' in page(worker, manual, t="75").content.decode()
    assert 'data-start="0"' in page(worker, manual, t="x").content.decode()


def test_every_word_has_to_occur_and_what_one_may_not_see_is_not_found(manual, worker, stranger):
    assert not matching(ManualVersion.objects.published(), "ねじ切り 溶接").exists()
    assert (
        "見つかりませんでした" in stranger.client().get(reverse("mentors:manuals"), {"q": "ねじ切り"}).content.decode()
    )


def test_a_step_is_found_and_more_places_than_fit_are_counted(manager):
    cues = [Cue(n * 2_000, n * 2_000 + 1_000, f"切込み {n}") for n in range(9)]
    version = newest(published(manager, cues=cues, steps=("切込みを決める",)))
    found = found_in([version], "切込み")[0]

    assert (found.places[0].kind, len(found.places), found.more) == ("step", 5, 5)


@pytest.mark.parametrize("words", ["x" * 5000, "a\x00b", "%", "_", "\\", "'"])
def test_odd_words_are_answered(manual, worker, words):
    assert worker.client().get(reverse("mentors:manuals"), {"q": words}).status_code == 200


@pytest.mark.parametrize(("given", "queries"), [({}, 8), ({"q": "ねじ"}, 8)], ids=["list", "search"])
def test_lists_take_as_many_queries_for_three_as_for_one(
    manual, manager, worker, given, queries, django_assert_num_queries
):
    client, address = worker.client(), reverse("mentors:manuals")
    client.get(address)
    with django_assert_num_queries(queries):
        one = client.get(address, given)
    for title in ("ねじの二つめ", "ねじの三つめ"):
        published(manager, title=title, has_film=False)
    with django_assert_num_queries(queries):
        three = client.get(address, given)

    assert len(three.content) > len(one.content)


@pytest.mark.parametrize("n", [1, 3])
def test_one_manual_asks_ten_times_whoever_looks_and_however_much_it_says(
    manual, manager, worker, n, django_assert_num_queries
):
    begin_version(manual, by=manager.acting())
    for k in range(n):
        add_question(manual, by=manager.acting(), text=f"切込み {k}は？", choices=CHOICES, explanation="", at=75)
        mark_drawing(manual, by=manager.acting(), what="図面", owner_name="発注元", permission="allowed", at=k)
    approved(manual, manager, colleagues(manager.organisation))
    publish_manual(manual, by=manager.acting())

    for who in (manager, worker):
        client = who.client()
        page = reverse("mentors:manual", args=[manual.pk])
        client.get(page)
        with django_assert_num_queries(10):
            shown = client.get(page).content.decode()
        assert (shown.count("第三者の図面"), shown.count("<legend")) == (n, n)


# --- media ---


@pytest.mark.parametrize(
    ("asked", "status", "start", "end"),
    [
        ("", 200, 0, len(WEBM)),
        ("bytes=10-19", 206, 10, 20),
        ("bytes=-5", 206, len(WEBM) - 5, len(WEBM)),
        ("bytes=2000-", 206, 2000, len(WEBM)),
    ],
)
def test_the_film_is_sent_in_the_pieces_a_player_asks_for(manual, worker, asked, status, start, end):
    headers = {"Range": asked} if asked else {}
    answer = worker.client().get(reverse("mentors:manual_media", args=[manual.pk, 1, "film"]), headers=headers)

    assert (answer.status_code, b"".join(answer.streaming_content)) == (status, WEBM[start:end])
    assert answer["Cache-Control"] == "private, no-store"


def test_a_piece_that_is_not_there_and_an_odd_name_are_refused(manual, worker):
    client = worker.client()
    film = reverse("mentors:manual_media", args=[manual.pk, 1, "film"])

    assert client.get(film, headers={"Range": f"bytes={len(WEBM)}-"}).status_code == 416
    for what in ("odd", "still"):
        assert client.get(reverse("mentors:manual_media", args=[manual.pk, 1, what])).status_code == 404


def test_captions_are_served_as_webvtt(manual, worker):
    answer = worker.client().get(reverse("mentors:manual_media", args=[manual.pk, 1, "captions"]))

    assert answer.content.decode().startswith("WEBVTT\n\n00:00:00.000 --> 00:00:04.000\n材料を三つ爪で締めます")


def test_a_film_elsewhere_may_be_played_and_nothing_else_of_that_place(manual, manager):
    version = newest(manual)
    linked = Film.objects.create(
        firm=manual.firm,
        manual=manual,
        name="a",
        link="https://films.example/a.mp4",
        state="clean",
        uploaded_by=manager.person,
    )
    ManualVersion.objects.filter(pk=version.pk).update(film=linked)
    policy = page(manager, manual)["Content-Security-Policy"]

    assert "media-src 'self' https://films.example:443" in policy


# --- watched ---


def watched(version, who, start, end, at):
    return watch_manual(version, start=start, end=end, at=at, by=who.acting())


def test_what_was_watched_counts_as_far_as_the_clock_allows(manual, manager, worker):
    version, now = newest(manual), timezone.now()
    Film.objects.filter(pk=version.film_id).update(duration_seconds=100)
    watched(version, worker, 0, 15, now)
    watched(version, worker, 15, 55, now + timedelta(seconds=15))
    assert watched(version, worker, 60, 60, now + timedelta(seconds=20)) is None
    version = newest(manual)
    version.film.refresh_from_db()

    (row,) = watchers_of(version, of_firm=None)
    assert (row.person, row.percent, row.has_passed) == (worker.person, 33, None)
    assert watchers_of(version, of_firm=manager.organisation.pk + 99) == []


def test_the_player_tells_what_was_watched(manual, worker, manager):
    address = reverse("mentors:manual_watched", args=[manual.pk])
    client = worker.client()

    assert client.post(address, {"start": "0", "end": "12.5", "version": "1"}).status_code == 204
    assert [client.post(address, given).status_code for given in ({}, {"start": "x", "end": "1"})] == [400, 400]
    assert client.post(address, {"start": "nan", "end": "nan"}).status_code == 204
    row = Viewing.objects.get()
    assert (row.ends, row.organisation) == (12.5, worker.organisation)
    assert worker.person.full_name in page(manager, manual, "manual_watchers").content.decode()


def test_those_of_another_firm_see_their_own_watchers(manual, manager, stranger, worker):
    show_to(manual, visibility="ward", by=manager.acting())
    for who in (worker, stranger):
        watched(newest(manual), who, 0, 5, timezone.now())
    shown = page(stranger, manual, "manual_watchers").content.decode()

    assert stranger.person.full_name in shown
    assert worker.person.full_name not in shown


# --- questions ---


@pytest.fixture
def asking(manager):
    manual = written(manager)
    filmed(manual, manager)
    for text in ("切込みはいくつか", "何で測るか"):
        add_question(manual, text=text, choices=CHOICES, explanation="少しずつ", at=75, by=manager.acting())
    manager.client().post(reverse("mentors:manual_nobody", args=[manual.pk]))
    approved(manual, manager, colleagues(manager.organisation))
    manager.client().post(reverse("mentors:manual_publish", args=[manual.pk]))
    return newest(manual)


@pytest.mark.parametrize(("chosen", "right"), [((0, 0), 2), ((0, 1), 1), ((1, 1), 0)])
def test_who_has_all_right_has_passed(asking, worker, manager, chosen, right):
    first, second = asking.questions.all()
    client = worker.client()
    given = {f"q{first.pk}": chosen[0], f"q{second.pk}": chosen[1], "q9999999": "0"}
    answer = client.post(reverse("mentors:manual_answer", args=[asking.manual_id]), given, follow=True).content.decode()

    kept = ManualAnswer.objects.get()
    assert (kept.right, kept.of, kept.has_passed) == (right, 2, right == 2)
    assert ("1:15から見直す" in answer) == (right < 2)
    assert watchers_of(asking, of_firm=None)[0].has_passed == (right == 2)


def test_all_questions_are_answered_at_once(asking, worker):
    first = asking.questions.first()
    answer = worker.client().post(
        reverse("mentors:manual_answer", args=[asking.manual_id]), {f"q{first.pk}": "0"}, follow=True
    )

    assert "すべての問題に答えてから" in answer.content.decode()
    assert not ManualAnswer.objects.exists()


def test_who_passed_once_has_passed(asking, worker):
    first, second = asking.questions.all()
    for wrong in (0, 1):
        answer_questions(asking, {first.pk: [0], second.pk: [wrong]}, by=worker.acting())

    assert watchers_of(asking, of_firm=None)[0].has_passed


# --- carried away ---


def test_a_pack_plays_from_a_stick(manual, manager):
    content = b"".join(manager.client().post(reverse("mentors:manual_pack", args=[manual.pk])).streaming_content)
    with zipfile.ZipFile(BytesIO(content)) as pack:
        files = {name.removeprefix("manual/"): pack.read(name) for name in pack.namelist()}

    index = files["index.html"].decode()
    assert pack.testzip() is None if pack.fp else True
    assert set(files) == {"index.html", "captions.js", "captions.vtt", "pack.js", "pack.css", "film.webm"}
    assert files["film.webm"] == WEBM
    assert '<video controls preload="metadata" src="film.webm">' in index
    assert "//" not in index.replace("<!doctype", "")
    cues = json.loads(files["captions.js"].decode().removeprefix("window.captions = ").removesuffix(";\n"))
    assert cues[0] == [0.0, 4.0, CUES[0].text]
    assert JournalEntry.objects.filter(verb="manual.carry_away").count() == 1


def test_a_pack_is_for_those_who_lead(manual, worker):
    assert worker.client().post(reverse("mentors:manual_pack", args=[manual.pk])).status_code == 403


# --- labels ---


def test_a_label_opens_its_second_in_every_version(manual, manager, worker):
    code = newest(manual).steps.get(number=2).mark.code
    address = reverse("mentors:step_label", args=[code.lower()])
    client = worker.client()
    assert client.get(address)["Location"] == f"/mentors/manuals/{manual.pk}/?t=75#step-2"

    begin_version(manual, by=manager.acting())
    remove_step(newest(manual).steps.get(number=1), by=manager.acting())
    approved(manual, manager, colleagues(manager.organisation))
    manager.client().post(reverse("mentors:manual_publish", args=[manual.pk]))
    assert client.get(address)["Location"] == f"/mentors/manuals/{manual.pk}/?t=75#step-1"
    gone = ManualVersion.objects.get(manual=manual, number=1).steps.get(number=1).mark.code
    assert client.get(reverse("mentors:step_label", args=[gone]))["Location"] == f"/mentors/manuals/{manual.pk}/?gone=1"


def test_a_label_of_what_is_withdrawn_says_so_to_its_firm_alone(manual, manager, stranger):
    address = reverse("mentors:step_label", args=[newest(manual).steps.first().mark.code])
    withdraw_manual(manual, because="a", by=manager.acting())
    told = manager.client().get(address)

    assert (told.status_code, "いま見られません" in told.content.decode()) == (404, True)
    assert "いま見られません" not in stranger.client().get(address).content.decode()
