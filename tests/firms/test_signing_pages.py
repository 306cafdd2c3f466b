"""Signatures: what the database holds of them, and the page on which somebody signs with an account."""

from base64 import b64encode

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from firms.actions.documents import Content, SideOf, freeze
from firms.actions.signing import sign
from firms.files import store as files
from firms.models import Document, DocumentVersion, Side, Signature
from firms.policies import may_sign
from firms.signing.pictures import PREFIX
from tests.firms.signers import NEXT, TEXT, asked, freeze_for, png, subject_of

pytestmark = pytest.mark.django_db


# --- held by the database ---


def request_twice(version):
    version.requests.create(version=version, side=asked(version, "host").side)


def signature_of(version, role="host", **given):
    facts = {"request": asked(version, role), "sha256": version.sha256, "name": "受入 花子"}
    return Signature.objects.create(**facts | given)


BROKEN = {
    "document_kind_once": lambda v, p: Document.objects.create(
        subject_type=v.document.subject_type,
        subject_id=v.document.subject_id,
        kind=v.document.kind,
        title="a",
        owner=v.document.owner,
    ),
    "version_number_once": lambda v, p: DocumentVersion.objects.create(
        document=v.document, number=1, text="a", sha256="a"
    ),
    "version_number_counts_from_one": lambda v, p: DocumentVersion.objects.create(
        document=v.document, number=0, text="a", sha256="a"
    ),
    "version_is_text_or_file": lambda v, p: DocumentVersion.objects.create(document=v.document, number=2, sha256="a"),
    "side_role_once": lambda v, p: Side.objects.create(document=v.document, role="host", party="a", person=p),
    "side_names_its_party": lambda v, p: Side.objects.create(document=v.document, role="x", party="", person=p),
    "side_can_be_reached": lambda v, p: Side.objects.create(document=v.document, role="x", party="a"),
    "request_side_once": lambda v, p: request_twice(v),
    "signature_has_a_name": lambda v, p: signature_of(v, name="", person=p),
    "signature_by_person_or_link": lambda v, p: signature_of(v),
    "is bound to another row": lambda v, p: signature_of(v, person=p, sha256="0" * 64),
}


@pytest.mark.parametrize("name", BROKEN)
def test_constraint_refuses(name, version, trainee):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BROKEN[name](version, trainee.person)

    said = str(refused.value)
    assert name in said or "UNIQUE constraint failed" in said


def test_a_carried_request_takes_no_signature_of_its_own(version, trainee, firm, manager):
    sign(asked(version, "worker"), seen=version.sha256, by=trainee.acting())
    second = freeze_for(trainee, firm, manager.acting(), text=NEXT, changed_for={"firm"})

    with pytest.raises(IntegrityError, match="bound to another row"), transaction.atomic():
        signature_of(second, "worker", person=trainee.person)


@pytest.mark.parametrize("what", ["DocumentVersion", "SignatureRequest", "Signature"])
def test_what_was_frozen_asked_and_signed_is_append_only(what, version, trainee):
    sign(asked(version, "worker"), seen=version.sha256, by=trainee.acting())
    rows = {
        "DocumentVersion": (DocumentVersion.objects.all(), {"text": "別の文"}),
        "SignatureRequest": (version.requests.all(), {"carried": Signature.objects.get()}),
        "Signature": (Signature.objects.all(), {"name": "別人"}),
    }
    found, change = rows[what]

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        found.update(**change)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        found._raw_delete("default")


# --- the page ---


@pytest.mark.parametrize(
    ("who", "role", "may"),
    [
        ("trainee", "worker", True),
        ("manager", "worker", False),
        ("manager", "firm", True),
        ("trainee", "firm", False),
        ("stranger", "firm", False),
        ("manager", "host", False),
        ("advisor", "firm", False),
    ],
)
def test_may_sign_is_the_side_itself(who, role, may, version, request):
    acting = request.getfixturevalue(who).acting()

    assert may_sign(acting, asked(version, role)) is may
    status = (
        request.getfixturevalue(who).client().get(reverse("firms:sign", args=[asked(version, role).pk])).status_code
    )
    assert status == (200 if may else 404)


def test_the_page_shows_the_text_the_sides_and_takes_the_signature(version, trainee):
    client, address = trainee.client(), reverse("firms:sign", args=[asked(version, "worker").pk])
    page = client.get(address).content.decode()

    answer = client.post(address, {"agrees": "on", "seen": version.sha256, "picture": ""})
    after = client.get(answer.url).content.decode()

    assert all(words in page for words in (TEXT, "（架空）多摩川精機", version.sha256))
    assert (answer.status_code, Signature.objects.get().person) == (302, trainee.person)
    assert "署名済みです" in after


def test_the_page_wants_agreement(version, trainee):
    address = reverse("firms:sign", args=[asked(version, "worker").pk])

    page = trainee.client().post(address, {"seen": version.sha256})

    assert page.context["form"].errors.keys() == {"agrees"}
    assert not Signature.objects.exists()


def test_the_page_shows_what_changed_since_one_signed(version, trainee, firm, manager):
    sign(asked(version, "worker"), seen=version.sha256, by=trainee.acting())
    second = freeze_for(trainee, firm, manager.acting(), text=NEXT, changed_for={"worker"})

    page = trainee.client().get(reverse("firms:sign", args=[asked(second, "worker").pk])).content.decode()

    assert "第1版からの変更" in page
    assert page.count("<del>") >= 2


def test_the_picture_is_shown_to_the_sides_alone(version, trainee, manager, stranger):
    picture = PREFIX + b64encode(png()).decode()
    sign(asked(version, "worker"), seen=version.sha256, picture=picture, by=trainee.acting())
    address = reverse("firms:signature_picture", args=[asked(version, "worker").pk])

    assert manager.client().get(address).content == png()
    assert stranger.client().get(address).status_code == 404


def test_a_file_to_sign_is_taken_away_by_the_side_alone(trainee, firm, manager, stranger):
    stored = files.store(b"%PDF-1.7", media_type="application/pdf")
    side = SideOf("firm", "企業", firm.name, organisation=firm)
    given = {"kind": "k", "title": "個別契約書", "sides": [side], "owner": firm, "by": manager.acting()}
    version = freeze(subject_of(trainee), Content(file=stored), **given)
    address = reverse("firms:sign_file", args=[asked(version, "firm").pk])

    assert manager.client().get(address).content == b"%PDF-1.7"
    assert stranger.client().get(address).status_code == 404
