"""A document of several sides: its text frozen, each side asked again where its terms changed, contact details kept apart."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from firms.acting import Acting
from firms.actions.links import end_links
from firms.errors import Refused
from firms.journal import record
from firms.models import (
    Document,
    DocumentVersion,
    Organisation,
    Person,
    Side,
    Signature,
    SignatureRequest,
    StoredFile,
)
from firms.models.signing import hash_of_text
from firms.post.notify import notify
from firms.queries import leaders_of
from firms.queries.signing import is_signed
from firms.words.saying import said as _


@dataclass(frozen=True)
class SideOf:
    """Who signs, as the caller names them: an account, an organisation whose leaders sign, or an outside contact alone.

    `party` is whom the signature binds; `contact_name` and `email` only say how they are reached.
    """

    role: str
    role_label: str
    party: str
    person: Person | None = None
    organisation: Organisation | None = None
    contact_name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Content:
    """A text, or a file."""

    text: str = ""
    file: StoredFile | None = None

    @property
    def sha256(self) -> str:
        return self.file.sha256 if self.file else hash_of_text(self.text)


@transaction.atomic
def freeze(
    subject: Model,
    content: Content,
    *,
    kind: str,
    title: str,
    sides: Sequence[SideOf],
    owner: Organisation,
    by: Acting,
    changed_for: Collection[str] | None = None,
) -> DocumentVersion:
    """A new version of the document of this kind about the subject, and the sides asked to sign it.

    `owner` is the organisation whose business it is. `changed_for` names the roles whose terms the new text changes:
    they are asked again, and of the others a signature given before goes on standing. Without it everybody is asked.
    The same text and sides again are the version there is.
    """
    document, is_new = locked_document(subject, kind=kind, title=title, owner=owner)
    asked = [new_side(document, one) if is_new else kept_side(document, one, by=by) for one in sides]
    current = None if is_new else document.versions.last()
    if current and current.sha256 == content.sha256 and sides_of(current) == {side.pk for side in asked}:
        return current
    version = new_version(document, content, number=current.number + 1 if current else 1, by=by)
    requests = ask(version, asked, carried=carried_over(current, asked, changed_for))
    if current:
        end_requests(current, by=by)
    waiting = [one for one in requests if one.carried_id is None]
    tell_sides(version, waiting)
    if not waiting:
        complete(version, by=by)
    return version


def new_version(document: Document, content: Content, *, number: int, by: Acting) -> DocumentVersion:
    given = {"text": content.text, "file": content.file, "sha256": content.sha256}
    version = DocumentVersion.objects.create(document=document, number=number, frozen_by=by.person, **given)
    record(document, "document.freeze", by=by, concerns=document.owner_id, number=number)
    return version


def ask(version: DocumentVersion, sides: Sequence[Side], *, carried: dict[int, Signature]) -> list[SignatureRequest]:
    return [SignatureRequest.objects.create(version=version, side=side, carried=carried.get(side.pk)) for side in sides]


def carried_over(
    before: DocumentVersion | None, sides: Sequence[Side], changed_for: Collection[str] | None
) -> dict[int, Signature]:
    """side → the signature that goes on standing, as none of that side's terms has changed."""
    if strangers := set(changed_for or ()) - {side.role for side in sides}:
        raise ValueError(f"no side of the document: {strangers}")
    if before is None or changed_for is None:
        return {}
    kept = {side.pk for side in sides if side.role not in changed_for}
    return {pk: signature for pk, signature in standing_signatures(before).items() if pk in kept}


def locked_document(subject: Model, *, kind: str, title: str, owner: Organisation) -> tuple[Document, bool]:
    """The one row everything about this document waits for: new texts, signatures, and links that end. One just made is ours.

    Of one just made nothing is asked: no side, version or signature of it can stand yet.
    """
    document, is_new = Document.objects.get_or_create(
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        kind=kind,
        defaults={"title": title, "owner": owner},
    )
    return (document, True) if is_new else (lock(document.pk), False)


def lock(document_pk: int) -> Document:
    return Document.objects.select_for_update(of=("self",)).get(pk=document_pk)


def new_side(document: Document, side: SideOf) -> Side:
    return Side.objects.create(document=document, **vars(side))


def kept_side(document: Document, side: SideOf, *, by: Acting) -> Side:
    """The side of this role; how it is reached follows what is given, whom it binds never does."""
    known = document.sides.filter(role=side.role).select_related("person", "organisation").first()
    if known is None:
        return new_side(document, side)
    if whom(known) != whom(side):
        raise Refused(
            _("「%(role)s」の当事者が代わるため、この文書の新しい版にはできません。新しい手続きで作り直してください。")
            % {"role": known.role_label}
        )
    reach(known, person=side.person, contact_name=side.contact_name, email=side.email, by=by)
    return known


def whom(side: Side | SideOf) -> tuple[str, Organisation | Person | None]:
    """Whom a signature binds: an organisation whoever acts for it, a person themselves, an outside party by its name."""
    return side.party, side.organisation or side.person


@transaction.atomic
def change_contact(side: Side, *, contact_name: str, email: str, by: Acting) -> None:
    """No signature is voided by it. Links sent to the old address end; send new ones."""
    lock(side.document_id)
    known = Side.objects.select_related("document", "person", "organisation").get(pk=side.pk)
    reach(known, person=known.person, contact_name=contact_name, email=email, by=by)


def reach(side: Side, *, person: Person | None, contact_name: str, email: str, by: Acting) -> None:
    wanted = {"person": person, "contact_name": contact_name, "email": email}
    if all(getattr(side, name) == value for name, value in wanted.items()):
        return
    for name, value in wanted.items():
        setattr(side, name, value)
    side.save(update_fields=list(wanted))
    record(side.document, "document.contact", by=by, concerns=side.document.owner_id, side=str(side))
    for request in side.requests.unanswered():
        because = _("連絡先が変わったため、このリンクは使えません。新しい連絡先に送ったリンクを開いてください。")
        end_links(request, because=because, by=by)


def sides_of(version: DocumentVersion) -> set[int]:
    return set(version.requests.values_list("side_id", flat=True))


def standing_signatures(version: DocumentVersion) -> dict[int, Signature]:
    """side → the signature that stands for it under this version."""
    requests = version.requests.select_related("signature", "carried")
    return {one.side_id: one.standing for one in requests if one.standing}


def end_requests(version: DocumentVersion, *, by: Acting) -> None:
    because = _("文書の内容が変わったため、このリンクは使えません。新しい文書のリンクを開いてください。")
    for request in version.requests.unanswered():
        end_links(request, because=because, by=by)


def tell_sides(version: DocumentVersion, waiting: Sequence[SignatureRequest]) -> None:
    """Those with an account; an outside side is sent a link when the caller says for how long."""
    for request in waiting:
        for person in signers_of(request.side):
            notify(
                person,
                subject=_("「%(title)s」への署名をお願いします") % {"title": version.document.title},
                body=_("%(version)sを読み、内容が正しければ署名してください。") % {"version": version},
                path=reverse("firms:sign", args=[request.pk]),
                organisation=request.side.organisation,
            )


def signers_of(side: Side) -> list[Person]:
    if side.person:
        return [side.person]
    return leaders_of(side.organisation_id, on=timezone.localdate()) if side.organisation_id else []


def complete(version: DocumentVersion, *, by: Acting | None) -> None:
    """Recorded about the document when every side has signed: what waits for that listens to the journal."""
    if is_signed(version):
        record(version.document, "document.complete", by=by, concerns=version.document.owner_id, number=version.number)
