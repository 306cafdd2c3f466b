"""Which files are taken as evidence, and whether one is what its name says."""

import zipfile
from io import BytesIO
from pathlib import PurePath

# Ending → media type. Office files with macros and everything a browser would run are left out on purpose.
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".csv": "text/csv",
    ".zip": "application/zip",
}
# The part that makes a zip archive this kind of document.
MAIN_PART = {".xlsx": "xl/workbook.xml", ".docx": "word/document.xml"}


def ending(name: str) -> str:
    return PurePath(name).suffix.lower()


def is_what_it_says(content: bytes, *, name: str) -> bool:
    """The content agrees with the ending of the name."""
    suffix = ending(name)
    if suffix == ".csv":
        return is_plain_table(content)
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
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError):
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
