"""The picture of a signature pad: looked at before it is kept."""

from base64 import b64decode
from binascii import Error as NotBase64

from firms.errors import Refused
from firms.files.opening import Broken, picture_in
from firms.words.saying import said as _

PNG = "image/png"
PREFIX = f"data:{PNG};base64,"
SIZE_LIMIT = 200 * 1024
# How every whole PNG ends. WeasyPrint lets Pillow load half a picture, in every process that has printed a paper.
PNG_END = b"IEND\xaeB`\x82"
# A pad on a tablet; a picture that unpacks to more is none of ours.
PIXEL_LIMIT = 2_000_000
# Fewer dark points than this are a slip of the finger.
INK_AT_LEAST = 40


def signature_png(picture: str) -> bytes:
    """The bytes of a data: address, if they are a PNG of a pad somebody wrote on."""
    if not picture:
        raise Refused(_("署名がありません。枠の中に署名するか、氏名を入力してください。"), field="picture")
    try:
        content = b64decode(picture.removeprefix(PREFIX), validate=True)
    except (NotBase64, ValueError):
        raise Refused(
            _("署名を読み取れません。「書き直す」を押して、もう一度署名してください。"), field="picture"
        ) from None
    if len(content) > SIZE_LIMIT:
        raise Refused(_("署名の画像が大きすぎます。「書き直す」を押して、もう一度署名してください。"), field="picture")
    if ink_in(content) < INK_AT_LEAST:
        raise Refused(_("署名が空白です。枠の中に署名するか、氏名を入力してください。"), field="picture")
    return content


def ink_in(content: bytes) -> int:
    """How many points of the picture differ from its ground."""
    from PIL import Image

    broken = Refused(_("署名を読み取れません。「書き直す」を押して、もう一度署名してください。"), field="picture")
    if PNG_END not in content:
        raise broken
    try:
        with picture_in(content, formats=["PNG"], most_points=PIXEL_LIMIT) as image:
            ground = Image.new("RGBA", image.size, "white")
            plain = Image.alpha_composite(ground, image.convert("RGBA")).convert("L")
    except Broken:
        raise broken from None
    counts = plain.histogram()
    return sum(counts) - max(counts)
