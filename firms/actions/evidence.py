"""Evidence handed in: taken if it is what it says, and let out only after the check."""

from collections.abc import Callable
from pathlib import PurePath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from firms.acting import Acting
from firms.errors import Refused
from firms.files import store as files
from firms.files.media import MEDIA_TYPES, ending, in_words, is_what_it_says, needs_password, taken_for
from firms.files.pictures import HEIC_ENDINGS, NoPicture, jpeg_of
from firms.files.scanning import found_virus
from firms.journal import move, record
from firms.models import Evidence, Job, Organisation, StoredFile
from firms.post.jobs import enqueue, finishing
from firms.post.notify import notify
from firms.states import EvidenceState
from firms.words.saying import said as _

# Rooms that wait for files hear here that one was not taken; whoever brought it may have no account to be told by.
REJECTED: list[Callable[[Evidence], None]] = []


def hand_in(upload: UploadedFile, *, owner: Organisation, kind: str, by: Acting | None, guest: str = "") -> Evidence:
    """Store the upload for `owner` and leave its check to a job. The same file for the same use again is once.

    Without an account (`by=None`) `guest` says who brought it, and it is the owner's own."""
    name = safe_name(upload.name or "")
    content = accepted_content(upload, name, endings=taken_for(kind))
    picture = stored_picture(content, name)
    stored = files.store(content, media_type=MEDIA_TYPES[ending(name)])
    with transaction.atomic():
        Organisation.objects.select_for_update(of=("self",)).get(pk=owner.pk)
        same = {
            "file": stored,
            "owner": owner,
            "kind": kind,
            "name": name,
            "uploaded_for": (by and by.organisation) or owner,
        }
        known = Evidence.objects.filter(**same).exclude(state=EvidenceState.REJECTED).first()
        if known:
            return known
        evidence = Evidence.objects.create(
            **same, picture=picture, uploaded_by=by.person if by else None, guest="" if by else guest
        )
        told = {"kind": kind, "sha256": stored.sha256} | ({"who": guest} if by is None else {})
        record(evidence, "evidence.hand_in", by=by, concerns=owner, **told)
        enqueue("check_evidence", {"evidence": evidence.pk}, once_key=f"check_evidence:{evidence.pk}")
    return evidence


def stored_picture(content: bytes, name: str) -> StoredFile | None:
    """Of a HEIC photograph the JPEG beside it, since an office may have nothing that opens the original."""
    if ending(name) not in HEIC_ENDINGS:
        return None
    try:
        return files.store(jpeg_of(content), media_type=MEDIA_TYPES[".jpg"])
    except NoPicture:
        raise Refused(
            _("HEICの写真として読めません。撮り直すか、JPEGで保存し直してから選んでください。"), field="file"
        ) from None


def safe_name(name: str) -> str:
    """The last part of what the browser says, without what a shell or a header would read."""
    last = PurePath(name.replace("\\", "/")).name
    return "".join(letter for letter in last if letter.isprintable() and letter not in '"<>|:*?')[-200:]


def accepted_content(upload: UploadedFile, name: str, *, endings: tuple[str, ...] = tuple(MEDIA_TYPES)) -> bytes:
    limit = settings.UPLOAD_LIMIT_BYTES
    if (upload.size or 0) > limit:
        raise Refused(
            _("ファイルが大きすぎます。%(limit)sまでにしてください。") % {"limit": filesizeformat(limit)}, field="file"
        )
    content: bytes = upload.read()
    if not content:
        raise Refused(_("ファイルが空です。内容のあるファイルを選び直してください。"), field="file")
    if ending(name) not in endings:
        raise Refused(
            _("この種類のファイルは受け付けていません。%(endings)sにしてください。") % {"endings": in_words(endings)},
            field="file",
        )
    if needs_password(content, name=name):
        raise Refused(
            _(
                "パスワードの付いたファイルは、窓口で開けないため受け付けられません。パスワードを外して保存し直してください。"
            ),
            field="file",
        )
    if not is_what_it_says(content, name=name):
        raise Refused(
            _("ファイルの中身が拡張子「%(ending)s」と一致しません。正しい形式で保存し直してから選んでください。")
            % {"ending": ending(name)},
            field="file",
        )
    return content


def check_evidence(job: Job) -> None:
    """Read what was stored, verify hash, type and (where set) viruses; without a verdict the job is tried again."""
    evidence = Evidence.objects.select_related("file", "owner", "uploaded_by").get(pk=job.payload["evidence"])
    if evidence.state != EvidenceState.UNCHECKED:
        return
    because = objection(files.read(evidence.file), name=evidence.name)
    with finishing(job):
        if because:
            reject(evidence, because=because)
        else:
            move(
                evidence,
                EvidenceState.CLEAN,
                by=None,
                verb="evidence.check",
                concerns=evidence.owner_id,
                checked_at=timezone.now(),
            )


def objection(content: bytes, *, name: str) -> str:
    """Why the file cannot be taken, or an empty text."""
    if not is_what_it_says(content, name=name):
        return _("中身が拡張子と一致しません。")
    if virus := found_virus(content):
        return _("ウイルス「%(virus)s」が見つかりました。") % {"virus": virus[:100]}
    return ""


def reject(evidence: Evidence, *, because: str) -> None:
    move(
        evidence,
        EvidenceState.REJECTED,
        by=None,
        verb="evidence.reject",
        concerns=evidence.owner_id,
        checked_at=timezone.now(),
        rejected_because=because,
    )
    for listener in REJECTED:
        listener(evidence)
    if evidence.uploaded_by is None:
        return
    notify(
        evidence.uploaded_by,
        subject=_("証拠書類「%(name)s」を受け入れられませんでした") % {"name": evidence.name},
        body=_("%(because)s 別のファイルを登録してください。") % {"because": because},
        organisation=evidence.uploaded_for,
    )
