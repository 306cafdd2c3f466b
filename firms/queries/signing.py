"""What is signed and what is not: the versions of a document, and how each side stands to one of them."""

from dataclasses import dataclass

from django.db.models import Model

from firms.models import DocumentVersion, Signature, SignatureRequest
from firms.words.differences import Piece, difference


def current_version(subject: Model, *, kind: str) -> DocumentVersion | None:
    """The newest text, signed or not."""
    return DocumentVersion.objects.about(subject, kind=kind).select_related("document").last()


def version_in_force(subject: Model, *, kind: str) -> DocumentVersion | None:
    """The newest text every side has signed: what holds while a newer one is still being signed."""
    return DocumentVersion.objects.about(subject, kind=kind).signed().select_related("document").last()


def is_signed(version: DocumentVersion) -> bool:
    """By every side; nothing counts as signed before."""
    return DocumentVersion.objects.signed().filter(pk=version.pk).exists()


def requests_of(version: DocumentVersion) -> list[SignatureRequest]:
    """One a side, with the signature that stands for it; two queries however many sides there are."""
    found = version.requests.select_related("side", "signature", "carried__request__version")
    return list(found.order_by("side"))


def last_signature(request: SignatureRequest) -> Signature | None:
    """What the side has signed last of this document, in whatever version before."""
    before = Signature.objects.filter(request__side=request.side, request__version__number__lt=request.version.number)
    return before.select_related("request__version").order_by("request__version__number").last()


@dataclass(frozen=True)
class Changes:
    """What is new to a side since it signed last."""

    since: int
    pieces: list[Piece]


def changes_for(request: SignatureRequest) -> Changes | None:
    """None where the side signs for the first time, or where a file cannot be compared word by word."""
    signed = last_signature(request)
    before = signed.request.version if signed else None
    if before is None or not before.text or not request.version.text:
        return None
    return Changes(before.number, difference(before.text, request.version.text))
