"""Files too large to hold: stored in pieces under their hash, read by storages as any other, scanned as they come."""

import pytest
from django.core.files.storage import default_storage

from firms.files import scanning
from firms.files import store as files
from firms.files.scanning import ScannerFailed, found_virus_in
from firms.models import StoredFile

PARTS = [b"a" * 1000, b"b" * 500, b"c"]
WHOLE = b"".join(PARTS)


@pytest.fixture(autouse=True)
def here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def pieces():
    return iter(PARTS)


def stored():
    return files.store_pieces(pieces, size=len(WHOLE), media_type="video/webm")


def test_pieces_are_stored_once_under_the_hash_of_the_whole(db):
    first, again = stored(), stored()

    assert first == again == files.store(WHOLE, media_type="video/webm")
    assert (files.read(first), StoredFile.objects.count()) == (WHOLE, 1)


def test_a_whole_that_was_damaged_is_written_again(db):
    first = stored()
    with open(default_storage.path(first.path), "wb") as file:
        file.write(b"half")

    assert files.read(stored()) == WHOLE


def test_a_storage_may_read_the_stream_in_any_size_and_begin_anew():
    stream = files.Streamed(pieces, size=len(WHOLE))

    assert stream.read(1200) + stream.read(1200) == WHOLE
    assert stream.read(10) == b""
    stream.seek(0)
    assert (stream.read(), b"".join(stream.chunks()), stream.size) == (WHOLE, WHOLE, len(WHOLE))


@pytest.mark.parametrize(
    ("verdict", "virus"), [("stream: OK", ""), ("stream: Eicar FOUND", "Eicar")], ids=["clean", "infected"]
)
def test_pieces_are_scanned_as_they_come(settings, monkeypatch, verdict, virus):
    settings.CLAMD_ADDRESS = "scanner:3310"
    seen = []
    monkeypatch.setattr(scanning, "ask", lambda parts: seen.extend(parts) or verdict)

    assert found_virus_in(pieces()) == virus
    assert seen == PARTS


def test_a_scanner_whose_limit_is_smaller_than_the_film_gives_no_verdict(settings, monkeypatch):
    settings.CLAMD_ADDRESS = "scanner:3310"
    monkeypatch.setattr(scanning, "ask", lambda parts: "INSTREAM size limit exceeded. ERROR")

    with pytest.raises(ScannerFailed, match="size limit"):
        found_virus_in(pieces())
