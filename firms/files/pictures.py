"""Photographs of telephones: what they are, and the JPEG every desk can open."""

from io import BytesIO

from firms.files.opening import Broken, picture_in

HEIC_ENDINGS = (".heic", ".heif")
BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
QUALITY = 90
# What telephones and cameras write; whatever else is no photograph.
FORMATS = ["HEIF", "JPEG", "PNG"]


class NoPicture(Exception):
    """What says it is a picture cannot be read as one."""


def is_heic(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in BRANDS


def jpeg_of(content: bytes) -> bytes:
    """The same picture as a JPEG, turned as the telephone was held; its place and other notes stay in the original."""
    from PIL import ImageOps
    from pillow_heif import register_heif_opener

    register_heif_opener()
    made = BytesIO()
    try:
        with picture_in(content, formats=FORMATS) as picture:
            ImageOps.exif_transpose(picture).convert("RGB").save(made, "JPEG", quality=QUALITY)
    except Broken as broken:
        raise NoPicture from broken
    return made.getvalue()
