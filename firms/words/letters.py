"""Letters that are one to a reader: old forms, invisible variants, and the many marks for a long vowel or a dash."""

import re
import unicodedata

import jaconv

# Old or particular forms of letters in names, each beside the one it is taken for.
OLD_FORMS = str.maketrans(
    "髙﨑嵜碕邉邊齋齊斎澤濱濵廣嶋嶌國眞栁德惠瀨曻冨𠮷桒槗𣘺澁條埜壽藏淺櫻曾龍槇檜渕峯舘",
    "高崎崎崎辺辺斉斉斉沢浜浜広島島国真柳徳恵瀬昇富吉桑橋橋渋条野寿蔵浅桜曽竜槙桧淵峰館",
)
SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
DASHES = "ー−‐‑‒–—―〜～~"
KANA = "ぁ-ゖァ-ヺ"
AFTER_KANA = re.compile(rf"(?<=[{KANA}ー])[{DASHES}]")
AFTER_KANA_SEARCHED = re.compile(rf"(?<=[{KANA}ー])[{DASHES}-]")
ELSEWHERE = re.compile(rf"(?<![{KANA}ー])[{DASHES}]")
TWINS: dict[str, str] = {}
for old, plain in OLD_FORMS.items():
    TWINS[chr(plain)] = TWINS.get(chr(plain), chr(plain)) + chr(old)


def without_variants(text: str) -> str:
    return SELECTORS.sub("", text)


def plain_letters(text: str) -> str:
    """髙 as 高, 𠮷 as 吉: for where the exact letter finds nobody."""
    return without_variants(text).translate(OLD_FORMS)


def long_marks(text: str) -> str:
    """Whatever stands directly behind a kana for a long vowel is ー; a hyphen parts two words and stays one."""
    return AFTER_KANA.sub("ー", text)


def searched_letters(text: str) -> str:
    """Both sides of a search: one mark behind kana, one elsewhere, and plain letters."""
    folded = plain_letters(unicodedata.normalize("NFKC", text))
    return ELSEWHERE.sub("-", AFTER_KANA_SEARCHED.sub("ー", folded))


def pattern_of(word: str) -> str:
    """A regular expression for SQLite and PostgreSQL alike that finds a word under any of its letters.

    The mark for a long vowel at its end may be there or not: センサー is also センサ.
    """
    letters = searched_letters(word)
    pattern = "".join(map(any_form, letters))
    return f"{pattern}?" if AT_THE_END.search(letters) else pattern


AT_THE_END = re.compile(rf"[{KANA}]ー$")


def any_form(letter: str) -> str:
    if letter in "ー-":
        return rf"[{DASHES}ｰ－-]"
    if letter in TWINS:
        return f"[{TWINS[letter]}][\ufe00-\ufe0f\U000e0100-\U000e01ef]?"
    if "ぁ" <= letter <= "ヶ" or "!" <= letter <= "~":
        return any_width(letter)
    variant = "[\ufe00-\ufe0f\U000e0100-\U000e01ef]?" if "㐀" <= letter <= "鿿" else ""
    return re.escape(letter) + variant


def any_width(letter: str) -> str:
    """ガ as が and ｶﾞ, A as Ａ: each form of one letter, of which some are two signs."""
    kana = jaconv.hira2kata(letter)
    forms = [
        letter,
        jaconv.kata2hira(kana),
        kana,
        jaconv.z2h(kana, kana=True),
        jaconv.h2z(letter, ascii=True, digit=True),
    ]
    return f"(?:{'|'.join(map(re.escape, dict.fromkeys(forms)))})"
