"""Signatures on a document: asked for by link, given by a click or a drawing, each bound to the hash of what was read."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from firms.acting import Acting
from firms.actions.documents import complete, lock
from firms.actions.links import Receiver, give_link, send_link
from firms.errors import Refused
from firms.files import store as files
from firms.journal import record
from firms.links.purposes import SIGN, Guest
from firms.models import (
    ActionLink,
    DocumentVersion,
    Organisation,
    Side,
    Signature,
    SignatureRequest,
)
from firms.signing.pictures import PNG, signature_png
from firms.words.saying import said as _


def send_to_sign(request: SignatureRequest, *, term: timedelta, by: Acting) -> ActionLink:
    """Mail the side a link that ends with the text; anybody may be sent one, also who has an account."""
    refuse_answered(request)
    return send_link(request, purpose=SIGN, to=receiver_of(request.side), term=term, owner=owner_of(request), by=by)


def give_to_sign(request: SignatureRequest, *, term: timedelta, by: Acting) -> tuple[ActionLink, str]:
    """As `send_to_sign`, with the address to show as a QR code to somebody who stands before one."""
    refuse_answered(request)
    return give_link(request, purpose=SIGN, to=receiver_of(request.side), term=term, owner=owner_of(request), by=by)


def owner_of(request: SignatureRequest) -> Organisation:
    return request.version.document.owner


def receiver_of(side: Side) -> Receiver:
    name = side.contact_name or (side.person.full_name if side.person else side.party)
    party = "" if name == side.party else side.party
    return Receiver(name, party, side.email or (side.person.email or "" if side.person else ""))


def refuse_answered(request: SignatureRequest) -> None:
    if SignatureRequest.objects.unanswered().filter(pk=request.pk).exists():
        return refuse_outdated(request)
    raise Refused(_("この当事者の署名は、すでにそろっています。"))


def refuse_outdated(request: SignatureRequest) -> None:
    if DocumentVersion.objects.filter(document=request.version.document_id, number__gt=request.version.number).exists():
        raise Refused(
            _("この文書には新しい版があります。新しい版を開いて、変わったところを読んでから署名してください。")
        )


@transaction.atomic
def sign(request: SignatureRequest, *, seen: str, picture: str = "", by: Acting) -> Signature:
    """The click of somebody signed in, with what they drew if they drew; `seen` is the hash of the text on their page."""
    position = by.membership.department if by.membership else ""
    given = {"name": by.person.full_name, "position": position, "person": by.person}
    return signed(request, seen=seen, picture=picture, by=by, **given)


@transaction.atomic
def sign_as_guest(guest: Guest, given: dict[str, Any]) -> None:
    """The same by a link: the name is the one typed on its page."""
    request = SignatureRequest.objects.get(pk=guest.link.subject_id)
    told = {"name": guest.name, "position": guest.position, "link": guest.link}
    signed(request, seen=given["seen"], picture=given["picture"], by=None, **told)


def signed(request: SignatureRequest, *, seen: str, picture: str, by: Acting | None, **signer: Any) -> Signature:
    """A second click finds the signature that stands."""
    document = lock(request.version.document_id)
    request = SignatureRequest.objects.select_related("version__document", "side").get(pk=request.pk)
    refuse_outdated(request)
    if request.standing:
        return request.standing
    if seen != request.version.sha256:
        raise Refused(_("表示していた文書と、署名する文書が違います。画面を開き直し、読んでから署名してください。"))
    refuse_both_sides(request, by=by)
    kept = files.store(signature_png(picture), media_type=PNG) if picture else None
    signature = Signature.objects.create(request=request, sha256=request.version.sha256, picture=kept, **signer)
    told = {"who": signer["name"], "side": str(request.side), "number": request.version.number}
    record(document, "document.sign", by=by, concerns=document.owner_id, **told)
    complete(request.version, by=by)
    return signature


def refuse_both_sides(request: SignatureRequest, *, by: Acting | None) -> None:
    """双方代理（民法108条）: who has signed this document for one side does not sign it for another."""
    if by is None:
        return
    own = Signature.objects.filter(request__version__document=request.version.document_id, person=by.person)
    if own.exclude(request__side=request.side_id).exists():
        raise Refused(
            _("同じ文書に、別の当事者としてすでに署名しています。この当事者の署名は、ほかの人が行ってください。")
        )
