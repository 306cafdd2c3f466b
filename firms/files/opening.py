"""Files of others opened: archives, PDFs, pictures and workbooks, each in one place, and what is broken inside has one name."""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Pdf
    from PIL.Image import Image
    from python_calamine import CalamineWorkbook

# Everything the standard library says about an archive it cannot follow: RuntimeError is a part with a password, or one
# packed in a way nobody knows; ValueError a name in no coding, or an offset before the file.
ARCHIVE_TROUBLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    RuntimeError,
    ValueError,
    OverflowError,
    OSError,
    EOFError,
)
PICTURE_TROUBLE = (OSError, ValueError, RuntimeError, SyntaxError, EOFError, OverflowError, struct.error, zlib.error)
# More points than any telephone takes; unpacked they fill the memory of a worker.
MOST_POINTS = 60_000_000


class Broken(Exception):
    """What says it is such a file cannot be read as one."""


class Locked(Broken):
    """It opens with a password alone."""


@contextmanager
def archive_in(content: bytes) -> Iterator[zipfile.ZipFile]:
    """To be read within; whatever is wrong with a part tells itself only when the part is read."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            yield archive
    except ARCHIVE_TROUBLE as trouble:
        raise Broken from trouble


@contextmanager
def parts_of(file: IO[bytes]) -> Iterator[zipfile.ZipFile | None]:
    """Of a file too large to hold; None where it is no archive, and the file at its beginning again."""
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            yield archive
    else:
        file.seek(0)
        yield None


@contextmanager
def pdf_in(content: bytes) -> "Iterator[Pdf]":
    from pikepdf import PasswordError, Pdf, PdfError

    try:
        with Pdf.open(BytesIO(content)) as document:
            yield document
    except PasswordError as locked:
        raise Locked from locked
    except (PdfError, ValueError, RuntimeError, OSError) as trouble:
        raise Broken from trouble


@contextmanager
def picture_in(content: bytes, *, formats: list[str], most_points: int = MOST_POINTS) -> "Iterator[Image]":
    """Its size is looked at before a point of it is unpacked; its points are read within."""
    from PIL import Image

    try:
        with Image.open(BytesIO(content), formats=formats) as picture:
            if picture.width * picture.height > most_points:
                raise Broken
            yield picture
    except (*PICTURE_TROUBLE, Image.DecompressionBombError, Image.DecompressionBombWarning) as trouble:
        raise Broken from trouble


@contextmanager
def workbook_in(content: bytes) -> "Iterator[CalamineWorkbook]":
    """Of Excel; its extent is guarded by whoever reads it, since the reader lays out what a file only names."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        yield CalamineWorkbook.from_filelike(BytesIO(content))
    except (CalamineError, *ARCHIVE_TROUBLE) as trouble:
        raise Broken from trouble
