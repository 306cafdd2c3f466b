"""Files kept by their content: written once under their hash, and verified whenever they are read."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from hashlib import sha256

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.utils import timezone

from firms.models import StoredFile

# Where `write` puts things; folders of others in the same storage are none of ours.
FOLDER = re.compile(r"[0-9a-f]{2}")
# A row comes within the same request as its file; a day later none will come.
WAITS = timedelta(days=1)


class DamagedFile(Exception):
    """What the storage holds is not what was stored."""


def store(content: bytes, *, media_type: str) -> StoredFile:
    """Keep the content, once; the row is written only after the whole file stands."""
    digest = sha256(content).hexdigest()
    stored = StoredFile.objects.filter(sha256=digest).first()
    if stored and holds(stored.path, digest):
        return stored
    path = write(content, digest)
    if stored:
        StoredFile.objects.filter(pk=stored.pk).update(path=path)
        stored.path = path
        return stored
    return StoredFile.objects.get_or_create(
        sha256=digest, defaults={"size": len(content), "media_type": media_type, "path": path}
    )[0]


def write(content: bytes, digest: str) -> str:
    """Where the content stands; half a file left by a crash is passed by, never written over."""
    path = f"{digest[:2]}/{digest}"
    return path if holds(path, digest) else default_storage.save(path, ContentFile(content))


def holds(path: str, digest: str) -> bool:
    if not default_storage.exists(path):
        return False
    with default_storage.open(path) as file:
        return digest_of(file.chunks()) == digest


def digest_of(pieces: Iterable[bytes]) -> str:
    """The hash of what comes in pieces, of which one at a time is held."""
    found = sha256()
    for piece in pieces:
        found.update(piece)
    return found.hexdigest()


class Streamed(File):
    """What lies in pieces as one file to a storage; `pieces` begins anew each time it is called."""

    def __init__(self, pieces: Callable[[], Iterator[bytes]], *, size: int) -> None:
        super().__init__(None, name="streamed")
        self.pieces, self.size = pieces, size
        self.left, self.running = b"", pieces()

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        return self.pieces()

    def read(self, num_bytes: int = -1) -> bytes:
        while num_bytes < 0 or len(self.left) < num_bytes:
            piece = next(self.running, b"")
            if not piece:
                break
            self.left += piece
        taken = self.left if num_bytes < 0 else self.left[:num_bytes]
        self.left = self.left[len(taken) :]
        return taken

    def seek(self, offset: int, whence: int = 0) -> int:
        """To the beginning, as storages do before they read."""
        self.left, self.running = b"", self.pieces()
        return 0


def store_pieces(pieces: Callable[[], Iterator[bytes]], *, size: int, media_type: str) -> StoredFile:
    """As `store`, of a content too large to hold: read once for its hash and once to write it."""
    digest = digest_of(pieces())
    stored = StoredFile.objects.filter(sha256=digest).first()
    path = f"{digest[:2]}/{digest}"
    if stored and holds(stored.path, digest):
        return stored
    if not holds(path, digest):
        path = default_storage.save(path, Streamed(pieces, size=size))
    if stored:
        StoredFile.objects.filter(pk=stored.pk).update(path=path)
        stored.path = path
        return stored
    known = {"size": size, "media_type": media_type, "path": path}
    return StoredFile.objects.get_or_create(sha256=digest, defaults=known)[0]


def read(stored: StoredFile) -> bytes:
    with default_storage.open(stored.path) as file:
        content: bytes = file.read()
    if sha256(content).hexdigest() != stored.sha256:
        raise DamagedFile(stored.path)
    return content


def sweep() -> int:
    """Delete what a full disk or a crash left without a row; the number of files swept."""
    known = set(StoredFile.objects.values_list("path", flat=True))
    lost = [path for path in stored_paths() if path not in known and is_old(path)]
    for path in lost:
        default_storage.delete(path)
    return len(lost)


def stored_paths() -> Iterator[str]:
    folders, _files = default_storage.listdir("") if default_storage.exists("") else ([], [])
    for folder in filter(FOLDER.fullmatch, folders):
        yield from (f"{folder}/{name}" for name in default_storage.listdir(folder)[1])


def is_old(path: str) -> bool:
    return default_storage.get_modified_time(path) < timezone.now() - WAITS
