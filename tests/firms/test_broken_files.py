"""Every kind of file the product takes, spoilt a hundred ways: it is taken or refused with a sentence, and nothing breaks."""

import ast
import io
from importlib import import_module

import pytest
import xlsxwriter
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Encryption
from PIL import Image, ImageDraw

from courses.actions.attendance.imports.looking import contents_in
from courses.actions.attendance.imports.taking import accepted
from courses.actions.elearning.materials import stored_captions, stored_handout, stored_video
from courses.models.attendance.attendance import FileKind
from courses.tables.grids import Unreadable
from firms.actions.evidence import accepted_content, stored_picture
from firms.errors import Refused
from firms.files.media import MEDIA_TYPES, ending
from firms.files.pictures import NoPicture, jpeg_of
from firms.film.captions import imported
from firms.film.chapters import BrokenLine
from firms.film.kinds import video_type
from firms.signing.pictures import ink_in
from grants.actions.workbooks import marked
from lms.people.sheets import Firm, read
from tests.firms.damage import copies
from tests.firms.makers import archive
from tests.firms.test_photographs import LOCKED_OFFICE, locked_archive, pdf_with, photograph
from tests.house import SHELF_PYTHON, name_of, tree

COPIES = 240


def book():
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as opened:
        sheet = opened.add_worksheet("出席")
        sheet.write_row(0, 0, ["開講番号", "コマ", "氏名", "出席", "雇入日", "フリガナ", "雇用形態"])
        sheet.write_row(1, 0, ["2611-042", 1, "矢口 太郎", "○", "2027/4/1", "ヤグチ タロウ", "正規"])
        sheet.write_formula(2, 0, "=1/0", value="#DIV/0!")
        sheet.merge_range(3, 0, 4, 1, "休み")
        opened.add_worksheet("控え").hide()
    return made.getvalue()


def picture(form):
    made, image = io.BytesIO(), Image.new("RGB", (40, 30), "white")
    ImageDraw.Draw(image).line((0, 0, 39, 29), fill="black", width=3)
    image.save(made, form)
    return made.getvalue()


WHOLE = {
    "台帳.xlsx": book(),
    "規程.docx": archive("[Content_Types].xml", "word/document.xml"),
    "一式.zip": archive("a.pdf", "資料.pdf"),
    "鍵付き.zip": locked_archive(),
    "領収書.pdf": pdf_with(),
    "鍵付き.pdf": pdf_with(encryption=Encryption(owner="a", user="b")),
    "写真.png": picture("PNG"),
    "写真.jpg": picture("JPEG"),
    "写真.jpeg": picture("JPEG"),
    "写真.heic": photograph(),
    "写真.heif": photograph(),
    "出勤簿.csv": "氏名,時刻\n矢口,9:00\n".encode("cp932"),
    "鍵付き.xlsx": LOCKED_OFFICE,
}
TABLES = {
    "出席.xlsx": book(),
    "出席.csv": "開講番号,コマ,氏名,出席\n2611-042,1,矢口 太郎,○\n".encode(),
    "出席.tsv": "開講番号\tコマ\t氏名\t出席\n2611-042\t1\t矢口 太郎\t○\n".encode("utf-16"),
}
FILM = b"\x00\x00\x00\x18ftypisom" + b"\x00" * 40
CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:04.000\n図面を見る\n\n00:05.000 --> 00:07.500\n寸法を測る\n".encode()


def evidence(name, content):
    stored_picture(accepted_content(SimpleUploadedFile(name, content), name), name)


def attendance(name, content):
    for kind in (FileKind.TABLE, FileKind.MEETING):
        contents_in(accepted(SimpleUploadedFile(name, content), name), kind=kind, lesson_is_known=True)


def people(name, content):
    read(accepted(SimpleUploadedFile(name, content), name), Firm({}, {}))


def handout(name, content):
    stored_handout(SimpleUploadedFile(name, content))


def film(name, content):
    stored_video(SimpleUploadedFile(name, content))


def captions(name, content):
    stored_captions(SimpleUploadedFile(name, content))


def signature(name, content):
    ink_in(content)


def photo(name, content):
    accepted_content(SimpleUploadedFile(name, content), name)
    try:
        jpeg_of(content)
    except NoPicture:
        raise Refused("写真として読めません。") from None


def workbook(name, content):
    marked(accepted_content(SimpleUploadedFile(name, content), name, endings=(".xlsx",)))


def words_of_film(name, content):
    try:
        imported(content)
    except BrokenLine as broken:
        raise Refused(str(broken)) from None


def manual_film(name, content):
    """Only its first bytes are looked at here; what it holds is read by ffprobe, a program apart."""
    if not video_type(content):
        raise Refused("MP4かWebMの動画ではありません。")


DOORS = [
    *((evidence, name, content) for name, content in WHOLE.items()),
    *((door, name, content) for door in (attendance, people) for name, content in TABLES.items()),
    (handout, "資料.pdf", pdf_with()),
    (handout, "資料.docx", WHOLE["規程.docx"]),
    (film, "動画.mp4", FILM),
    (captions, "字幕.vtt", CAPTIONS),
    (signature, "署名.png", picture("PNG")),
    *((photo, name, WHOLE[name]) for name in WHOLE if ending(name) in {".png", ".jpg", ".jpeg", ".heic", ".heif"}),
    (workbook, "様式.xlsx", TABLES[next(name for name in TABLES if name.endswith(".xlsx"))]),
    (words_of_film, "字幕.srt", CAPTIONS),
    (manual_film, "動画.mp4", FILM),
]
# Which door a form's field of a file leads to; the last is a picture of the components and takes nothing.
FIELDS = {
    "courses.forms.attendance.imports.UploadForm.file": attendance,
    "courses.forms.attendance.paper.SheetForm.sheet": evidence,
    "courses.forms.elearning.units.UnitForm.upload": handout,
    "courses.forms.elearning.units.UnitForm.vtt": captions,
    "grants.forms.cases.AnswerForm.file": evidence,
    "grants.forms.cases.CostForm.file": evidence,
    "grants.forms.cases.ExcuseForm.file": evidence,
    "grants.forms.cases.StepForm.file": evidence,
    "grants.forms.workbooks.WorkbookForm.file": workbook,
    "lms.face.SampleForm.paper": None,
    "lms.people.views.PeopleFileForm.file": people,
    "mentors.forms.certifying.ProofForm.file": evidence,
    "mentors.forms.manuals.CaptionFileForm.file": words_of_film,
    "mentors.forms.manuals.FilmForm.film": manual_film,
    "mentors.forms.manuals.StepForm.picture": photo,
    "mentors.forms.photos.PhotoForm.file": photo,
    "mentors.forms.subsidies.ReceiptForm.file": evidence,
    "trials.forms.sights.FilmForm.upload": film,
    "trials.forms.sights.FilmForm.vtt": captions,
    "trials.forms.sights.PictureForm.upload": photo,
    "trials.forms.working.DayForm.scan": evidence,
}


@pytest.mark.django_db
@pytest.mark.parametrize(("door", "name", "content"), DOORS, ids=[f"{door.__name__}-{name}" for door, name, _ in DOORS])
def test_a_spoilt_file_is_taken_or_refused_with_a_sentence(door, name, content, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for spoilt in copies(content, name=name, count=COPIES):
        try:
            door(name, spoilt)
        except (Refused, Unreadable) as refused:
            assert refused.sentence  # noqa: PT017 - what else is raised fails by itself


def test_every_ending_that_is_taken_is_spoilt():
    assert {ending(name) for name in WHOLE} == set(MEDIA_TYPES)


def test_every_field_that_takes_a_file_has_its_door(settings):
    import_module(settings.ROOT_URLCONF)
    found = {
        f"{form.__module__}.{form.__qualname__}.{name}"
        for form in subclasses(forms.BaseForm)
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.FileField) and not form.__module__.startswith(("django.", "tests."))
    }

    assert found == set(FIELDS)


def subclasses(of):
    for one in of.__subclasses__():
        yield one
        yield from subclasses(one)


OPENERS = {"ZipFile", "is_zipfile", "from_filelike", "from_path", "load_workbook"}
OF_LIBRARIES = {("Image", "open"), ("Pdf", "open"), ("pikepdf", "open")}


def test_files_of_others_are_opened_in_one_place():
    """A second place would forget what else a broken file may raise. Writing an archive of our own opens nothing."""
    places = {
        name_of(path)
        for path in SHELF_PYTHON
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and opens(call, call.func)
    }

    # The bench opens what the product has just written.
    assert places - {"bench/papers.py"} == {"firms/files/opening.py"}


def opens(call, called):
    is_written = any(isinstance(one, ast.Constant) and one.value == "w" for one in call.args)
    of = called.value.id if isinstance(called.value, ast.Name) else ""
    return (called.attr in OPENERS and not is_written) or (of, called.attr) in OF_LIBRARIES
