"""A font of ☐ and ☑ (and the space between), drawn here because neither of the papers' Japanese fonts has them."""

from base64 import b64encode
from io import BytesIO

FAMILY = "Takumi Boxes"
EM, ASCENT, DESCENT = 1000, 880, -120
OUTER = [(100, -30), (100, 770), (900, 770), (900, -30)]
INNER = [(150, 20), (850, 20), (850, 720), (150, 720)]
TICK = [(255, 395), (330, 455), (450, 275), (735, 640), (800, 580), (450, 130)]
SHAPES = {".notdef": [], "space": [], "empty": [OUTER, INNER], "ticked": [OUTER, INNER, TICK]}
CHARACTERS = {ord(" "): "space", ord("☐"): "empty", ord("☑"): "ticked"}


def font() -> bytes:
    """TrueType; the moments in its head are fixed, so that papers keep their bytes."""
    from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]

    built = FontBuilder(EM, isTTF=True)
    built.setupGlyphOrder(list(SHAPES))
    built.setupCharacterMap(CHARACTERS)
    built.setupGlyf({name: glyph(contours) for name, contours in SHAPES.items()})
    built.setupHorizontalMetrics({name: (EM // 2 if name == "space" else EM, 0) for name in SHAPES})
    built.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    built.setupNameTable({"familyName": FAMILY, "styleName": "Regular", "psName": FAMILY.replace(" ", "")})
    built.setupOS2(sTypoAscender=ASCENT, sTypoDescender=DESCENT, usWinAscent=ASCENT, usWinDescent=-DESCENT)
    built.setupPost()
    built.updateHead(created=0, modified=0)
    built.font.recalcTimestamp = False
    written = BytesIO()
    built.save(written)
    return written.getvalue()


def glyph(contours: list[list[tuple[int, int]]]) -> object:
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]

    pen = TTGlyphPen(None)
    for first, *others in contours:
        pen.moveTo(first)
        for point in others:
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()


def font_face() -> str:
    """The rule that makes the font known to a stylesheet."""
    address = f"data:font/ttf;base64,{b64encode(font()).decode()}"
    return f'@font-face {{ font-family: "{FAMILY}"; src: url("{address}"); }}\n'
