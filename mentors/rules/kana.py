"""Names in the half-width letters banks exchange (全国銀行協会 総合振込: カナ・英大文字・数字・記号)."""

import unicodedata

FULL = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワンァィゥェォッャュョヮヵヶー"
HALF = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝｱｲｳｴｵﾂﾔﾕﾖﾜｶｹ-"
# What Unicode splits off ガ and パ; a mark that stands alone is made one of these, as NFKC would put a space before it.
VOICED, HALF_VOICED = "\u3099", "\u309a"
LONE_MARKS = str.maketrans("゛゜", VOICED + HALF_VOICED)
HIRAGANA = {code: code + ord("ァ") - ord("ぁ") for code in range(ord("ぁ"), ord("ゖ") + 1)}
KEPT = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ().-/ "
DASHES = "‐‑‒–—―−"
TABLE = (
    dict(zip(FULL, HALF, strict=True))
    | {VOICED: "ﾞ", HALF_VOICED: "ﾟ"}
    | dict.fromkeys(DASHES, "-")
    | {letter: letter for letter in KEPT}
)


def half_width(text: str) -> tuple[str, str]:
    """The text as banks write it, small kana made large, and the letters that cannot be written so (ヲ among them)."""
    full = unicodedata.normalize("NFKC", text.translate(LONE_MARKS)).strip().upper().translate(HIRAGANA)
    written = {letter: in_half(letter) for letter in full}
    strange = "".join(letter for letter, half in written.items() if half is None)
    return "".join(written[letter] or "" for letter in full), strange


def in_half(letter: str) -> str | None:
    parts = [TABLE.get(part) for part in unicodedata.normalize("NFD", letter)]
    return "".join(part for part in parts if part) if None not in parts else None
