"""Which files are taken as evidence, and whether one is what its name says."""

from pathlib import PurePath

from firms.files.opening import Broken, Locked, archive_in, pdf_in
from firms.files.pictures import HEIC_ENDINGS, is_heic

# Ending → media type. Office files with macros and everything a browser would run are left out on purpose.
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".heic": "image/heic",
    ".heif": "image/heif",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".csv": "text/csv",
    ".zip": "application/zip",
}
# What is signed, paid or certified comes as a print or a photograph; whatever is not named here takes every ending.
PRINTS = (".pdf", ".png", ".jpg", ".jpeg", *HEIC_ENDINGS)
TAKEN: dict[str, tuple[str, ...]] = dict.fromkeys(
    ("payment", "excuse", "attendance_sheet", "office_step", "time_sheet"), PRINTS
)
# How Office wraps a document that has a password, and how a PDF says that it has one.
LOCKED_OFFICE, LOCKED_PDF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"/Encrypt"
# The part that makes a zip archive this kind of document.
MAIN_PART = {".xlsx": "xl/workbook.xml", ".docx": "word/document.xml"}


def ending(name: str) -> str:
    return PurePath(name).suffix.lower()


def taken_for(kind: str) -> tuple[str, ...]:
    """The endings evidence of this kind may have."""
    return TAKEN.get(kind, tuple(MEDIA_TYPES))


def in_words(endings: tuple[str, ...]) -> str:
    """PDF、PNG、JPEG、HEIC: each once, as people say it."""
    said = {".jpg": "JPEG", ".jpeg": "JPEG", ".heif": "HEIC", ".xlsx": "Excel（xlsx）", ".docx": "Word（docx）"}
    return "、".join(dict.fromkeys(said.get(one, one[1:].upper()) for one in endings))


def needs_password(content: bytes, *, name: str) -> bool:
    """A PDF, an Office document or an archive that opens with a password alone: no officer could read it."""
    suffix = ending(name)
    if suffix == ".pdf":
        return LOCKED_PDF in content and is_locked_pdf(content)
    if suffix in MAIN_PART:
        return content.startswith(LOCKED_OFFICE)
    return suffix == ".zip" and is_locked_archive(content)


def is_locked_pdf(content: bytes) -> bool:
    try:
        with pdf_in(content):
            return False
    except Broken as broken:
        return isinstance(broken, Locked)


def is_locked_archive(content: bytes) -> bool:
    try:
        with archive_in(content) as archive:
            return any(one.flag_bits & 1 for one in archive.infolist())
    except Broken:
        return False


def is_what_it_says(content: bytes, *, name: str) -> bool:
    """The content agrees with the ending of the name."""
    suffix = ending(name)
    if suffix == ".csv":
        return is_plain_table(content)
    if suffix in HEIC_ENDINGS:
        return is_heic(content)
    if suffix not in MEDIA_TYPES or suffix not in sniffed_endings(content):
        return False
    return suffix not in {*MAIN_PART, ".zip"} or is_whole_archive(content, suffix)


def sniffed_endings(content: bytes) -> set[str]:
    """The endings a file that begins and ends like this may carry."""
    from puremagic import PureError, magic_string

    try:
        return {match.extension for match in magic_string(content)}
    except (PureError, ValueError):
        return set()


def is_whole_archive(content: bytes, suffix: str) -> bool:
    try:
        with archive_in(content) as archive:
            names = set(archive.namelist())
    except Broken:
        return False
    if any(name.endswith("vbaProject.bin") for name in names):
        return False
    return suffix not in MAIN_PART or MAIN_PART[suffix] in names


def is_plain_table(content: bytes) -> bool:
    """Text in UTF-8 or Shift_JIS that is not a page in disguise; CSV has no marks of its own."""
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return "\0" not in text and not text.lstrip().startswith(("<", "%PDF", "PK\x03"))
    return False
