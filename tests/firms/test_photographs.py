"""Photographs and documents as people really have them: HEIC, with a password, or of a kind the question cannot take."""

import io
import zipfile

import pytest
from django import forms
from django.urls import reverse
from pikepdf import Encryption, Pdf
from PIL import Image
from pillow_heif import from_pillow

from firms.actions.evidence import hand_in
from firms.errors import Refused
from firms.files import store as files
from firms.files.media import in_words, taken_for
from firms.forms.fields import EvidenceField
from firms.models import Evidence, Job, StoredFile
from firms.tasks import run_job
from tests.firms.makers import JPEG, PDF, PNG, archive, upload

LOCKED_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def photograph(size=(60, 40)):
    made = io.BytesIO()
    from_pillow(Image.new("RGB", size, "red")).save(made)
    return made.getvalue()


def pdf_with(**options):
    made, document = io.BytesIO(), Pdf.new()
    document.add_blank_page()
    document.save(made, **options)
    return made.getvalue()


def locked_archive():
    """The flag of a password set by hand in both headers of the only part."""
    content = bytearray(archive("a.pdf"))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert zipfile.ZipFile(io.BytesIO(content)).infolist()[0].flag_bits & 1
    return bytes(content)


def give(manager, name, content, kind="receipt"):
    return hand_in(upload(name, content), owner=manager.organisation, kind=kind, by=manager.acting())


@pytest.mark.parametrize("name", ["領収書.HEIC", "領収書.heif"])
def test_a_heic_photograph_is_kept_beside_a_jpeg_of_it(name, manager):
    evidence = give(manager, name, photograph())

    assert files.read(evidence.file) == photograph()
    with Image.open(io.BytesIO(files.read(evidence.picture))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (60, 40))


def test_a_desk_opens_the_jpeg_and_may_ask_for_the_original(manager):
    evidence = give(manager, "領収書.heic", photograph())
    run_job(Job.objects.get(kind="check_evidence").pk)
    address = reverse("firms:evidence", args=[evidence.pk])

    shown, original = manager.client().get(address), manager.client().get(address, {"original": ""})

    assert (shown.headers["Content-Type"], shown.content[:2]) == ("image/jpeg", b"\xff\xd8")
    assert shown.headers["Content-Disposition"].endswith(".jpg")
    assert (original.headers["Content-Type"], original.content) == ("image/heic", photograph())


@pytest.mark.parametrize("content", [b"\0\0\0\x18ftypheic" + b"\0" * 40, photograph()[:200]], ids=["empty", "half"])
def test_a_heic_that_cannot_be_read_is_refused(content, manager):
    with pytest.raises(Refused, match="HEICの写真として読めません"):
        give(manager, "領収書.heic", content)

    assert (Evidence.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_what_is_no_heic_at_all_is_refused_as_such(manager):
    with pytest.raises(Refused, match="一致しません"):
        give(manager, "領収書.heic", PNG)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("領収書.pdf", pdf_with(encryption=Encryption(owner="a", user="b"))),
        ("台帳.xlsx", LOCKED_OFFICE),
        ("規程.docx", LOCKED_OFFICE),
        ("一式.zip", locked_archive()),
    ],
    ids=["pdf", "xlsx", "docx", "zip"],
)
def test_a_document_with_a_password_is_refused_with_the_reason(name, content, manager):
    with pytest.raises(Refused, match="パスワードの付いたファイルは") as refused:
        give(manager, name, content)

    assert refused.value.field == "file"


def test_a_pdf_that_opens_without_a_password_is_taken_though_it_may_not_be_changed(manager):
    assert give(manager, "領収書.pdf", pdf_with(encryption=Encryption(owner="a", user=""))).picture is None


@pytest.mark.parametrize("kind", ["payment", "excuse", "attendance_sheet", "office_step"])
def test_what_is_signed_or_paid_takes_prints_and_photographs_alone(kind, manager):
    for name, content in [("a.pdf", PDF), ("a.png", PNG), ("a.jpg", JPEG), ("a.heic", photograph())]:
        assert give(manager, name, content, kind).kind == kind
    with pytest.raises(Refused, match="PDF、PNG、JPEG、HEICにしてください"):
        give(manager, "a.xlsx", archive("xl/workbook.xml"), kind)


@pytest.mark.parametrize("kind", ["payment", "excuse", "attendance_sheet", "promoter"])
def test_a_field_says_what_its_kind_takes_and_offers_that(kind):
    class One(forms.Form):
        file = EvidenceField(kind=kind, label="書類")

    field = One()["file"]

    assert f"{in_words(taken_for(kind))}のファイル。10MBまで。" in str(field.help_text)
    assert field.field.widget.attrs["accept"].split(",") == list(taken_for(kind))
