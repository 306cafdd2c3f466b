"""Rows of firms/ that only its own tests need."""

import io
import zipfile
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from firms.files import store as files
from firms.models import Evidence, Invitation, Notification
from firms.post.tokens import hash_of, new_nonce, token_of

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 20 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 20 + b"\xff\xd9"


def upload(name="領収書.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def archive(*names):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as opened:
        for name in names:
            opened.writestr(zipfile.ZipInfo(name), "<x/>")  # dated 1980, so that the bytes are the same each time
    return held.getvalue()


def make_evidence(*, owner, person, state="clean", content=PDF, name="領収書.pdf", **fields):
    moment = None if state == "unchecked" else timezone.now()
    because = "中身が拡張子と一致しません。" if state == "rejected" else ""
    return Evidence.objects.create(
        file=files.store(content, media_type="application/pdf"),
        owner=owner,
        kind="receipt",
        name=name,
        state=state,
        checked_at=moment,
        rejected_because=because,
        uploaded_by=person,
        uploaded_for=owner,
        **fields,
    )


def make_invitation(*, organisation, by, email="shintaro@example.jp", role="employee", days=14, **fields):
    """The invitation, and the token its link holds."""
    token = token_of(new_nonce())
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        role=role,
        token_hash=hash_of(token),
        invited_by=by,
        expires_at=timezone.now() + timedelta(days=days),
        **fields,
    )
    return invitation, token


def make_notification(person, **fields):
    return Notification.objects.create(person=person, subject="委任の申し出", body="内容をご確認ください。", **fields)
