"""One archive of everything a site must not lose: the database, every kept file, and a manifest of their hashes."""

import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryDirectory
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django.utils.crypto import salted_hmac

from firms.errors import Refused
from firms.files.store import holds
from firms.ledgers.chain import broken_ledgers
from firms.models import Person, StoredFile
from firms.words.saying import said as _
from lms.running.databases import PARTS, dump_database, load_database

MANIFEST = "manifest.json"
FILES = "files/"
FORMAT = 1
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Backup:
    """What one archive holds. `lost` are files the storage does not hold as they were stored."""

    files: int
    size: int
    lost: tuple[str, ...]


@dataclass(frozen=True)
class Restored:
    """`other_key`: the archive comes from a site with another SECRET_KEY. `broken`: what the ledgers say of it."""

    made_at: str
    files: int
    other_key: bool
    broken: tuple[str, ...]


def key_mark() -> str:
    """Says whether two sites have the same SECRET_KEY, and nothing of the key."""
    return salted_hmac("lms.running.archive", "key", algorithm="sha256").hexdigest()[:16]


def applied() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationLoader(connection).applied_migrations)


# --- making one ---


def back_up(to: Path) -> Backup:
    """The database first: whatever file it names is in the storage already, for files are only ever added."""
    if to.exists():
        raise Refused(_("%(path)s はもうあります。別の名前にしてください。") % {"path": to})
    half = to.with_name(f"{to.name}.part")
    try:
        with (
            private(half) as raw,
            tarfile.open(fileobj=raw, mode="w") as tar,
            TemporaryDirectory(dir=to.parent) as room,
        ):
            parts, lost = packed(tar, Path(room))
            add_bytes(tar, MANIFEST, json.dumps(manifest_of(parts), ensure_ascii=False, indent=1).encode())
        half.rename(to)
    finally:
        half.unlink(missing_ok=True)
    return Backup(files=len(parts) - 1, size=to.stat().st_size, lost=tuple(lost))


@contextmanager
def private(path: Path) -> Iterator[IO[bytes]]:
    """A file its owner alone may read: everything is in it."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
        yield raw
        raw.flush()
        os.fsync(raw.fileno())


def packed(tar: tarfile.TarFile, room: Path) -> tuple[dict[str, str], list[str]]:
    """Each part with its hash, and the files that are missing or damaged."""
    name = PARTS[connection.vendor]
    dump_database(room / name)
    with (room / name).open("rb") as file:
        parts, lost = {name: digest_of(file)}, []
    tar.add(room / name, arcname=name)
    for path, digest in StoredFile.objects.order_by("path").values_list("path", "sha256").iterator():
        if add_file(tar, path, digest):
            parts[FILES + path] = digest
        else:
            lost.append(path)
    return parts, lost


def add_file(tar: tarfile.TarFile, path: str, digest: str) -> bool:
    """Put one kept file in, if it is what was stored."""
    if not default_storage.exists(path):
        return False
    with default_storage.open(path) as kept, SpooledTemporaryFile(max_size=8 * CHUNK) as copy:
        if copied(kept, copy) != digest:
            return False
        entry = tarfile.TarInfo(FILES + path)
        entry.size = copy.tell()
        copy.seek(0)
        tar.addfile(entry, copy)
    return True


def copied(source: Any, target: IO[bytes]) -> str:
    found = sha256()
    while chunk := source.read(CHUNK):
        found.update(chunk)
        target.write(chunk)
    return found.hexdigest()


def digest_of(file: Any) -> str:
    found = sha256()
    while chunk := file.read(CHUNK):
        found.update(chunk)
    return found.hexdigest()


def add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    tar.addfile(entry, BytesIO(content))


def manifest_of(parts: dict[str, str]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "database": connection.vendor,
        "key": key_mark(),
        "migrations": applied(),
        "sha256": parts,
    }


# --- bringing one back ---


def restore(path: Path, *, replace: bool) -> Restored:
    """Everything is looked at before anything is changed."""
    try:
        with tarfile.open(path, mode="r:") as tar:
            manifest = read_manifest(tar)
            check_fits(manifest, replace=replace)
            check_parts(tar, manifest["sha256"])
            return brought_back(tar, manifest)
    except (tarfile.TarError, OSError, KeyError, ValueError) as damaged:
        raise Refused(
            _("%(path)s はTakumiの控えとして読めません（%(why)s）。") % {"path": path, "why": damaged}
        ) from damaged


def read_manifest(tar: tarfile.TarFile) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(opened(tar, MANIFEST).read())
    if manifest["format"] != FORMAT:
        raise Refused(_("この控えは新しい版のTakumiで作られています。先にTakumiを新しくしてください。"))
    return manifest


def opened(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    file = tar.extractfile(name)
    if file is None:
        raise KeyError(name)
    return file


def check_fits(manifest: dict[str, Any], *, replace: bool) -> None:
    if manifest["database"] != connection.vendor:
        raise Refused(
            _(
                "この控えは%(theirs)sのもので、ここのデータベースは%(ours)sです。同じ種類のデータベースに戻してください。"
            )
            % {"theirs": manifest["database"], "ours": connection.vendor}
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(connection).disk_migrations}
    if newer := sorted(set(manifest["migrations"]) - known):
        raise Refused(
            _("この控えは新しい版のTakumiで作られています（%(newer)s）。先にTakumiを新しくしてください。")
            % {"newer": newer[0]}
        )
    if not replace and has_people():
        raise Refused(_("データベースは空ではありません。今の内容を捨ててよければ --replace を付けてください。"))


def has_people() -> bool:
    is_there = Person._meta.db_table in connection.introspection.table_names()
    return is_there and Person.objects.exists()


def check_parts(tar: tarfile.TarFile, parts: dict[str, str]) -> None:
    """Each file is what the manifest says, and no other is in the archive."""
    strange = sorted({*tar.getnames()} ^ {*parts, MANIFEST})
    differing = strange or [name for name, digest in parts.items() if digest_of(opened(tar, name)) != digest]
    if differing:
        raise Refused(_("控えが壊れています：%(name)s が目録と違います。何も変えていません。") % {"name": differing[0]})


def brought_back(tar: tarfile.TarFile, manifest: dict[str, Any]) -> Restored:
    """Files first: the rows that name them come after, as everywhere."""
    files = {name.removeprefix(FILES): digest for name, digest in manifest["sha256"].items() if name.startswith(FILES)}
    for path, digest in files.items():
        put_back(tar, path, digest)
    name = PARTS[connection.vendor]
    with TemporaryDirectory() as room:
        kept = Path(room) / name
        with kept.open("wb") as target:
            copied(opened(tar, name), target)
        load_database(kept)
    call_command("migrate", verbosity=0, interactive=False)
    return Restored(
        made_at=manifest["made_at"],
        files=len(files),
        other_key=manifest["key"] != key_mark(),
        broken=tuple(broken_ledgers()),
    )


def put_back(tar: tarfile.TarFile, path: str, digest: str) -> None:
    """What stands there already as it should be stays; what differs gives way."""
    if holds(path, digest):
        return
    if default_storage.exists(path):
        default_storage.delete(path)
    default_storage.save(path, File(opened(tar, FILES + path)))
