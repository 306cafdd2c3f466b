"""Photographs of telephones: what they are, and the JPEG every desk can open."""

from io import BytesIO

HEIC_ENDINGS = (".heic", ".heif")
BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
QUALITY = 90


class NoPicture(Exception):
    """What says it is a HEIC picture cannot be read as one."""


def is_heic(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in BRANDS


def jpeg_of(content: bytes) -> bytes:
    """The same picture as a JPEG, turned as the telephone was held; its place and other notes stay in the original."""
    from PIL import Image, ImageOps
    from pillow_heif import register_heif_opener

    register_heif_opener()
    made = BytesIO()
    try:
        with Image.open(BytesIO(content)) as picture:
            ImageOps.exif_transpose(picture).convert("RGB").save(made, "JPEG", quality=QUALITY)
    except (OSError, ValueError, RuntimeError, SyntaxError, EOFError, Image.DecompressionBombError) as broken:
        raise NoPicture from broken
    return made.getvalue()
