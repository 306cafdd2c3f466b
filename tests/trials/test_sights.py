"""Pictures and a film of the place: kept without their notes, with words and captions, for who may read the posting."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from firms.errors import Refused
from firms.files import store as files
from firms.models import JournalEntry
from tests.trials.factories import PostingFactory, SightFactory
from trials.actions.matching.sights import MOST_PICTURES, show_film, show_picture, take_down
from trials.models import Sight

pytestmark = pytest.mark.django_db
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\n旋盤の仕事です\n".encode()
FILM = b"\x1a\x45\xdf\xa3" + b"webm" * 20


def picture(name="shop.jpg"):
    """With the place and the time a telephone writes into it."""
    kept, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "PhoneMaker"
    Image.new("RGB", (8, 8), "navy").save(kept, "JPEG", exif=exif)
    return SimpleUploadedFile(name, kept.getvalue(), content_type="image/jpeg")


def film(content=FILM, captions=CAPTIONS):
    return {"upload": SimpleUploadedFile("a.webm", content), "vtt": SimpleUploadedFile("a.vtt", captions)}


def test_picture_is_kept_without_what_the_telephone_wrote(posting, manager):
    given = picture()
    assert b"PhoneMaker" in given.read()
    given.seek(0)

    sight = show_picture(posting, upload=given, words="測定する社員", by=manager.acting())

    assert b"PhoneMaker" not in files.read(sight.file)
    assert (sight.file.media_type, sight.words) == ("image/jpeg", "測定する社員")
    assert JournalEntry.objects.get(verb="posting.show").details["what"] == "写真 測定する社員"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"%PDF-1.4", "受け付けていません"),
        ("a.jpg", b"\xff\xd8\xff\xe0broken", "読み取れません|中身"),
        ("a.jpg", b"", "空です"),
    ],
)
def test_what_is_no_picture_is_refused(posting, manager, name, content, sentence):
    with pytest.raises(Refused, match=sentence):
        show_picture(posting, upload=SimpleUploadedFile(name, content), words="x", by=manager.acting())


def test_pictures_are_few_and_make_room_for_others(posting, manager):
    held = [SightFactory(posting=posting) for _n in range(MOST_PICTURES)]
    with pytest.raises(Refused, match="8枚まで"):
        show_picture(posting, upload=picture(), words="九枚目", by=manager.acting())

    take_down(held[0], by=manager.acting())
    take_down(held[0], by=manager.acting())

    assert show_picture(posting, upload=picture(), words="九枚目", by=manager.acting()).pk
    assert JournalEntry.objects.filter(verb="posting.take_down").count() == 1


def test_newer_film_takes_the_place_of_the_one_before(posting, manager):
    first = show_film(posting, words="一本目", by=manager.acting(), **film())
    second = show_film(posting, words="二本目", by=manager.acting(), **film())

    assert list(Sight.objects.filter(removed_at=None)) == [second]
    assert Sight.objects.get(pk=first.pk).removed_at is not None


@pytest.mark.parametrize(
    ("given", "sentence"),
    [(film(content=b"nothing"), "MP4かWebM"), (film(captions=b"no captions"), "WEBVTT")],
)
def test_film_is_a_film_and_has_captions(posting, manager, given, sentence):
    with pytest.raises(Refused, match=sentence):
        show_film(posting, words="x", by=manager.acting(), **given)


def test_closed_posting_shows_nothing_new(manager, establishment):
    closed = PostingFactory(establishment=establishment, state="closed")

    with pytest.raises(Refused, match="募集を終えた"):
        show_picture(closed, upload=picture(), words="x", by=manager.acting())


def test_firm_shows_a_picture_and_a_film_on_the_page_and_takes_one_down(posting, manager, adviser):
    browser = manager.client()
    browser.post(
        reverse("trials:sight_new", args=[posting.pk, "picture"]), {"upload": picture(), "words": "工場の入口"}
    )
    browser.post(reverse("trials:sight_new", args=[posting.pk, "film"]), {"words": "若手の一日", **film()})
    page = adviser.client().get(reverse("trials:posting", args=[posting.pk])).content.decode()

    assert 'alt="工場の入口"' in page
    assert '<track kind="captions"' in page
    for one in Sight.objects.all():
        answer = adviser.client().get(reverse("trials:sight", args=[one.pk, one.kind]), headers={"Range": "bytes=0-3"})
        assert answer.status_code == (206 if one.kind == "film" else 200)
    shot = Sight.objects.get(kind="picture")
    assert adviser.client().post(reverse("trials:sight_remove", args=[shot.pk])).status_code == 403
    browser.post(reverse("trials:sight_remove", args=[shot.pk]))
    assert browser.get(reverse("trials:sight", args=[shot.pk, "picture"])).status_code == 404
    assert browser.get(reverse("trials:sight_new", args=[posting.pk, "song"])).status_code == 404


def test_draft_shows_its_pictures_to_the_firm_alone(establishment, manager, adviser, stranger):
    draft = PostingFactory(establishment=establishment, state="draft", opened_on=None)
    address = reverse("trials:sight", args=[SightFactory(posting=draft).pk, "picture"])

    assert [one.client().get(address).status_code for one in (manager, adviser, stranger)] == [200, 404, 404]


def test_captions_and_film_are_asked_for_by_their_names(posting, manager):
    one = show_film(posting, words="一本目", by=manager.acting(), **film())
    browser = manager.client()

    assert browser.get(reverse("trials:sight", args=[one.pk, "captions"])).content == CAPTIONS
    assert browser.get(reverse("trials:sight", args=[one.pk, "picture"])).status_code == 404
