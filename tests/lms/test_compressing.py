"""Pages are sent packed to whoever can unpack them; what is no text, or a part of something, is sent as it is."""

import gzip

import pytest
from django.http import FileResponse, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from firms.web.compressing import PackText

LONG = "出席" * 1000


def sent(response, encoding="gzip, br"):
    request = RequestFactory().get("/", headers={"accept-encoding": encoding})
    return PackText(lambda _request: response)(request)


def test_a_page_is_packed_for_who_can_unpack_it(db):
    path = reverse("courses:catalogue")
    plain = Client().get(path)

    packed = Client().get(path, headers={"accept-encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert len(packed.content) < len(plain.content) / 3
    assert gzip.decompress(packed.content).decode().startswith("<!doctype html>")
    assert not plain.has_header("Content-Encoding")


def test_a_packed_page_that_is_held_is_not_sent_again(db):
    client, path = Client(headers={"accept-encoding": "gzip"}), reverse("courses:catalogue")
    tag = client.get(path)["ETag"]

    again = client.get(path, headers={"if-none-match": tag})

    assert tag.startswith('W/"')
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "text/calendar", "text/css", "application/json"])
def test_text_is_packed(kind):
    assert sent(HttpResponse(LONG, content_type=kind))["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("kind", ["application/pdf", "image/jpeg", "video/mp4", "application/zip"])
def test_what_is_packed_already_is_left_alone(kind):
    response = sent(HttpResponse(LONG, content_type=kind))

    assert not response.has_header("Content-Encoding")
    assert response.content.decode() == LONG


def test_a_part_is_left_as_it_was_asked_for():
    assert not sent(HttpResponse(LONG, status=206, content_type="text/vtt")).has_header("Content-Encoding")


def test_a_file_of_text_is_packed_as_it_streams(db, tmp_path):
    (tmp_path / "style.css").write_text(LONG)

    response = sent(FileResponse((tmp_path / "style.css").open("rb")))

    assert gzip.decompress(b"".join(response.streaming_content)).decode() == LONG
    response.close()


def test_two_answers_of_one_page_are_not_of_one_length():
    lengths = {len(sent(HttpResponse(LONG)).content) for _time in range(40)}

    assert len(lengths) > 1
