"""Files kept by their content: written once under their hash, and verified whenever they are read."""

from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from firms.models import StoredFile


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
        return sha256(file.read()).hexdigest() == digest


def read(stored: StoredFile) -> bytes:
    with default_storage.open(stored.path) as file:
        content: bytes = file.read()
    if sha256(content).hexdigest() != stored.sha256:
        raise DamagedFile(stored.path)
    return content
