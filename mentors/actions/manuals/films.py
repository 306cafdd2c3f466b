"""A film: begun, received in parts over any line, joined and checked by a job; or a link, with its length by hand."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from hashlib import sha256

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string

from firms.acting import Acting
from firms.actions.evidence import safe_name
from firms.errors import Refused
from firms.files import store as files
from firms.files.scanning import found_virus_in
from firms.film.kinds import HEAD, length_of, picture_of, video_type
from firms.journal import move, record
from firms.models import Job, StoredFile
from firms.post.jobs import enqueue, finishing, report
from firms.post.notify import notify
from firms.words.saying import said as _
from mentors.actions.manuals.writing import drafted
from mentors.models import Film, FilmPart, ManualVersion, SkillManual
from mentors.rules import film_kept
from mentors.states import FilmState

# What the page sends at a time, and the most that is taken: small enough for a poor line, large enough for few requests.
PART = 4 * 1024 * 1024
PIECE = 256 * 1024
# The lease of the job is lengthened every so many bytes.
REPORTED = 64 * 1024 * 1024
FOLDER = "film-parts"
STILL = "image/jpeg"


class OutOfTurn(Refused):
    """A part that is not the next one: the sender goes on where `received` says."""

    def __init__(self, received: int) -> None:
        super().__init__(_("動画の続きの位置が合いません。画面を開き直すと、続きから送れます。"))
        self.received = received


def locked(film: Film) -> Film:
    return Film.objects.select_for_update(of=("self",)).select_related("manual", "firm").get(pk=film.pk)


@transaction.atomic
def begin_film(manual: SkillManual, *, name: str, size: int, by: Acting) -> Film:
    """One that was begun before and stopped half-way, of the same name and size, goes on."""
    refuse_size(size)
    drafted(manual)
    name = safe_name(name) or "film"
    same = Film.objects.unfinished_of(by).filter(manual=manual, name=name, size=size).first()
    if same:
        return same
    film = Film.objects.create(firm=manual.firm, manual=manual, name=name, size=size, uploaded_by=by.person)
    record(film, "film.begin", by=by, concerns=manual.firm)
    return film


def refuse_size(size: int) -> None:
    if size <= 0:
        raise Refused(_("動画が空です。撮影したファイルを選び直してください。"), field="film")
    if size > settings.FILM_LIMIT_BYTES:
        limit = filesizeformat(settings.FILM_LIMIT_BYTES)
        raise Refused(
            _("動画が大きすぎます。%(limit)sまでにするか、短く分けてください。") % {"limit": limit}, field="film"
        )


def receive_part(film: Film, *, number: int, part: UploadedFile, digest: str, by: Acting) -> Film:
    """Kept straight in storage. The same part again, as after a broken answer, is once; `digest` is the sender's."""
    found = files.digest_of(part.chunks())
    if digest and digest != found:
        raise Refused(_("送る途中で内容が変わりました。この部分をもう一度送ります。"))
    part.seek(0)
    path = default_storage.save(f"{FOLDER}/{film.pk}/{number}-{get_random_string(8)}", part)
    try:
        with transaction.atomic():
            return take_part(film, number=number, size=part.size or 0, digest=found, path=path, by=by)
    except Refused:
        default_storage.delete(path)
        raise


def take_part(film: Film, *, number: int, size: int, digest: str, path: str, by: Acting) -> Film:
    film = locked(film)
    if film.state != FilmState.RECEIVING or film.uploaded_by_id != by.person.pk:
        raise Refused(_("この動画は、もう受け取れません。画面を開き直してください。"))
    known = film.parts.filter(number=number).first()
    if known and known.sha256 == digest:
        default_storage.delete(path)
        return film
    if known or number != film.parts.count() or film.received + size > film.size or not 0 < size <= PART:
        raise OutOfTurn(film.received)
    FilmPart.objects.create(film=film, number=number, size=size, sha256=digest, path=path)
    film.received += size
    film.save(update_fields=["received", "touched_at"])
    return film


@transaction.atomic
def finish_film(film: Film, *, digest: str, by: Acting) -> Film:
    """All has arrived; a job joins and checks it. A second click finds it begun."""
    film = locked(film)
    if film.state in (FilmState.CHECKING, FilmState.CLEAN):
        return film
    if film.received != film.size:
        raise OutOfTurn(film.received)
    move(film, FilmState.CHECKING, by=by, verb="film.finish", concerns=film.firm, digest=digest[:64])
    enqueue("join_film", {"film": film.pk}, once_key=f"join_film:{film.pk}")
    return film


def take_whole(manual: SkillManual, upload: UploadedFile, *, by: Acting) -> Film:
    """For a browser that runs no scripts: one request, in the same parts."""
    film = begin_film(manual, name=upload.name or "", size=upload.size or 0, by=by)
    upload.seek(film.received)
    for number, content in enumerate(iter(lambda: upload.read(PART), b""), film.parts.count()):
        film = receive_part(film, number=number, part=part_of(content), digest="", by=by)
    return finish_film(film, digest="", by=by)


def part_of(content: bytes) -> UploadedFile:
    made = ContentFile(content)
    return UploadedFile(file=made, name="part", size=len(content))


@transaction.atomic
def link_film(manual: SkillManual, *, link: str, seconds: int, by: Acting) -> Film:
    """Where the film lies elsewhere nothing of it is read here: its length is told."""
    version = drafted(manual)
    film = Film.objects.create(
        firm=manual.firm,
        manual=manual,
        name=link[:200],
        link=link,
        state=FilmState.CLEAN,
        duration_seconds=seconds,
        is_read_by_hand=True,
        uploaded_by=by.person,
    )
    ManualVersion.objects.filter(pk=version.pk).update(film=film)
    record(film, "film.link", by=by, concerns=manual.firm)
    return film


@transaction.atomic
def tell_length(film: Film, *, seconds: int, by: Acting) -> None:
    """By hand, where no program here reads it."""
    film = locked(film)
    Film.objects.filter(pk=film.pk).update(duration_seconds=seconds, is_read_by_hand=True)
    record(film, "film.tell_length", by=by, concerns=film.firm)


@transaction.atomic
def drop_film(film: Film, *, by: Acting | None) -> None:
    """A film that is not sent to its end; its parts go when the transaction stands."""
    film = locked(film)
    because = _("送信が取りやめられました。") if by else _("送信が途中で止まったままのため、取りやめました。")
    move(film, FilmState.REJECTED, by=by, verb="film.drop", concerns=film.firm, because=because)
    forget_parts(film)


def forget_parts(film: Film) -> None:
    paths = list(film.parts.values_list("path", flat=True))
    film.parts.all().delete()
    transaction.on_commit(partial(delete_paths, paths))


def delete_paths(paths: Iterable[str]) -> None:
    for path in paths:
        default_storage.delete(path)


def drop_stopped(film: Film, *, on: date) -> None:
    """Called each night for films nothing has come of for as long as they are kept."""
    if timezone.localtime(film.touched_at).date() + film_kept(on) <= on:
        drop_film(film, by=None)


# --- the job ---


def join_film(job: Job) -> None:
    """Parts verified against their hashes, then one stream: for the virus scanner, for the hash, into storage."""
    film = Film.objects.select_related("manual", "firm", "uploaded_by").get(pk=job.payload["film"])
    if film.state != FilmState.CHECKING:
        return
    parts = list(film.parts.order_by("number"))
    because = objection(film, parts)
    stored = None if because else store_whole(film, parts, job)
    with finishing(job):
        if stored is None:
            reject(film, because=because)
        else:
            accept(film, stored)
        forget_parts(film)


def objection(film: Film, parts: list[FilmPart]) -> str:
    """Why the film cannot be taken, or an empty text."""
    if any(files.digest_of(pieces_of([part])) != part.sha256 for part in parts):
        return _("保管した部分が壊れています。もう一度送ってください。")
    if film.digest and film.digest != sha256("".join(part.sha256 for part in parts).encode()).hexdigest():
        return _("届いた動画が、送った動画と一致しません。もう一度送ってください。")
    if not video_type(next(pieces_of(parts), b"")[:HEAD]):
        return _("MP4かWebMの動画ではありません。書き出し直してから送ってください。")
    if virus := found_virus_in(pieces_of(parts)):
        return _("ウイルス「%(virus)s」が見つかりました。") % {"virus": virus[:100]}
    return ""


def pieces_of(parts: Iterable[FilmPart]) -> Iterator[bytes]:
    """What the parts hold, a little at a time."""
    for part in parts:
        with default_storage.open(part.path) as file:
            yield from iter(lambda: file.read(PIECE), b"")


def store_whole(film: Film, parts: list[FilmPart], job: Job) -> StoredFile:
    def pieces() -> Iterator[bytes]:
        told = 0
        for n, piece in enumerate(pieces_of(parts)):
            if n * PIECE - told >= REPORTED:
                told = n * PIECE
                report(job, done=told, total=film.size)
            yield piece

    media_type = video_type(next(pieces_of(parts), b"")[:HEAD])
    return files.store_pieces(pieces, size=film.size, media_type=media_type)


def accept(film: Film, stored: StoredFile) -> None:
    seconds, still = looked_at(stored)
    move(
        film,
        FilmState.CLEAN,
        by=None,
        verb="film.check",
        concerns=film.firm,
        file=stored,
        still=still,
        duration_seconds=seconds or film.duration_seconds,
        is_read_by_hand=not seconds,
    )
    for version in film.manual.versions.open().filter(state="draft"):
        version.film = film
        version.save(update_fields=["film"])
    tell_sender(film, _("動画が使えるようになりました: %(name)s"), _("字幕と手順を付けて、承認に出せます。"))


def looked_at(stored: StoredFile) -> tuple[int, StoredFile | None]:
    """Length and one picture, where ffmpeg is installed and the storage is a folder of this machine."""
    try:
        path = default_storage.path(stored.path)
    except NotImplementedError:
        return 0, None
    seconds = length_of(path)
    picture = picture_of(path, seconds=seconds)
    return seconds, files.store(picture, media_type=STILL) if picture else None


def reject(film: Film, *, because: str) -> None:
    move(film, FilmState.REJECTED, by=None, verb="film.reject", concerns=film.firm, because=because[:200])
    tell_sender(film, _("動画を受け入れられませんでした: %(name)s"), because)


def tell_sender(film: Film, subject: str, body: str) -> None:
    path = reverse("mentors:film", args=[film.manual_id])
    notify(film.uploaded_by, subject=subject % {"name": film.name}, body=body, path=path, organisation=film.firm)
