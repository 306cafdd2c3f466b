"""A table of employees read row by row: what each row says, or the sentence why it cannot be registered."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from courses.tables.books import book_of
from courses.tables.grids import Cell, Grid, Unreadable
from courses.tables.headings import asks_for_my_number, head_of, table_of
from courses.tables.values import Unclear, day_of, words
from firms.forms.fields import KanaField
from firms.models import Establishment, Organisation, WorkingPattern
from firms.models.employments import Contract
from firms.numbers import clean_insurance_number, refuse_my_number_inside
from firms.words.saying import said as _

ROW_LIMIT = 500
HEADINGS = table_of(
    {
        "name": "氏名 従業員名 社員名 名前 name fullname",
        "family_name": "姓 氏 familyname lastname",
        "given_name": "名 givenname firstname",
        "kana": "フリガナ ふりがな カナ 氏名カナ 氏名フリガナ kana",
        "family_kana": "セイ 姓カナ 姓フリガナ せい familykana",
        "given_kana": "メイ 名カナ 名フリガナ めい givenkana",
        "email": "メール メールアドレス eメール email mail",
        "establishment": "事業所 事業所名 勤務先 establishment",
        "started_on": "雇入日 入社日 雇用開始日 採用日 startedon",
        "insured_number": "雇用保険被保険者番号 被保険者番号 雇用保険番号 insurednumber",
        "contract": "雇用形態 雇用区分 契約 contract",
        "job_title": "職務 職種 仕事 jobtitle",
        "pattern": "勤務形態 勤務パターン シフト pattern",
    }
)
CONTRACTS = {
    **dict.fromkeys("正規雇用 正規 正社員 無期正社員 regular".split(), Contract.REGULAR),
    **dict.fromkeys("有期契約 有期 契約社員 有期雇用 fixed_term".split(), Contract.FIXED_TERM),
    **dict.fromkeys("無期契約(正規以外) 無期契約 無期 限定社員 indefinite".split(), Contract.INDEFINITE),
}
# Words that do not say whether the contract ends: asked, and never guessed.
UNSAID = frozenset("パート アルバイト パートタイム 嘱託 派遣".split())


@dataclass
class Wish:
    """One row: what would be registered, or the sentence why nothing is."""

    number: int
    name: str
    fields: dict[str, Any] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True)
class Sheet:
    """The rows of one file, and each sheet of it that was not read."""

    wishes: list[Wish]
    left_out: list[str]


@dataclass(frozen=True)
class Firm:
    """What a row may name: the firm's establishments, and the working patterns of each."""

    establishments: Mapping[str, Establishment]
    patterns: Mapping[tuple[int, str], WorkingPattern]

    @classmethod
    def of(cls, organisation: Organisation) -> "Firm":
        places = {words(one.name): one for one in organisation.establishments.all()}
        held = WorkingPattern.objects.filter(establishment__organisation=organisation)
        return cls(places, {(one.establishment_id, words(one.name)): one for one in held})


def read(content: bytes, firm: Firm) -> Sheet:
    """Refuses a file without the columns it takes to know who, when and on what terms."""
    book = book_of(content, fits=lambda grid: "started_on" in head_of(grid, HEADINGS).columns)
    for sheet in book.sheets:
        if asks_for_my_number(sheet.grid):
            raise Unreadable(
                _("マイナンバー（個人番号）の列があります。列を消して保存し直してから取り込んでください。")
            )
    head = head_of(book.grid, HEADINGS)
    refuse_missing(head.columns)
    rows = list(filled(book.grid, head.last))
    if not rows:
        raise Unreadable(_("見出しのほかに行がありません。従業員を書き入れてから取り込んでください。"))
    if len(rows) > ROW_LIMIT:
        raise Unreadable(
            _("一度に取り込めるのは%(limit)s人までです。分けて取り込んでください。") % {"limit": ROW_LIMIT}
        )
    wishes = [wish_of(number, cells, head.columns, firm) for number, cells in rows]
    refuse_repeats(wishes)
    return Sheet(wishes, [why for _name, why in book.left_out])


def refuse_missing(columns: Mapping[str, int]) -> None:
    needed = {
        _("「氏名」か「姓」と「名」"): {"name"} & columns.keys() or {"family_name", "given_name"} <= columns.keys(),
        _("「フリガナ」か「セイ」と「メイ」"): {"kana"} & columns.keys()
        or {"family_kana", "given_kana"} <= columns.keys(),
        _("「雇入日」"): "started_on" in columns,
        _("「雇用形態」"): "contract" in columns,
    }
    if missing := [label for label, is_there in needed.items() if not is_there]:
        raise Unreadable(
            _("見出しの行に%(missing)sの列が見つかりません。見本のファイルの見出しに合わせてください。")
            % {"missing": "、".join(missing)}
        )


def filled(grid: Grid, head: int) -> Iterator[tuple[int, list[Cell]]]:
    for number, cells in enumerate(grid[head + 1 :], start=head + 2):
        if any(cell != "" for cell in cells):
            yield number, cells


def wish_of(number: int, cells: list[Cell], columns: Mapping[str, int], firm: Firm) -> Wish:
    said = {name: cells[column] for name, column in columns.items() if column < len(cells)}
    wish = Wish(
        number,
        words(said.get("name", ""))
        or f"{words(said.get('family_name', ''))} {words(said.get('given_name', ''))}".strip(),
    )
    try:
        for cell in said.values():
            refuse_my_number_inside(words(cell))
        wish.fields = fields_of(said, firm)
    except (Unclear, ValidationError) as refused:
        wish.problem = refused.messages[0] if isinstance(refused, ValidationError) else str(refused)
    return wish


def fields_of(said: Mapping[str, Cell], firm: Firm) -> dict[str, Any]:
    family, given = parted(said, "name", "family_name", "given_name", _("氏名は、姓と名の間を空けて書いてください。"))
    kana = parted(said, "kana", "family_kana", "given_kana", _("フリガナは、姓と名の間を空けて書いてください。"))
    family_kana, given_kana = (KanaField(max_length=60).clean(part) for part in kana)
    place = establishment_of(words(said.get("establishment", "")), firm)
    return {
        "names": {
            "family_name": short(family, 40),
            "given_name": short(given, 40),
            "family_kana": family_kana,
            "given_kana": given_kana,
        },
        "email": mail_of(words(said.get("email", ""))),
        "establishment": place,
        "started_on": day_in(said.get("started_on", "")),
        "insured_number": number_of(words(said.get("insured_number", ""))),
        "contract": contract_of(words(said.get("contract", ""))),
        "job_title": short(words(said.get("job_title", "")), 60),
        "pattern": pattern_of(words(said.get("pattern", "")), place, firm),
    }


def parted(said: Mapping[str, Cell], whole: str, first: str, second: str, sentence: str) -> tuple[str, str]:
    """In two columns, or in one with a space between."""
    one, two = words(said.get(first, "")), words(said.get(second, ""))
    if not (one and two):
        one, _space, two = " ".join(words(said.get(whole, "")).split()).partition(" ")
    if not (one and two):
        raise Unclear(sentence)
    return one, two


def short(text: str, most: int) -> str:
    if len(text) > most:
        raise Unclear(
            _("「%(text)s…」が長すぎます。%(most)s文字までにしてください。") % {"text": text[:20], "most": most}
        )
    return text


def mail_of(text: str) -> str:
    if text:
        validate_email(text)
    return text


def number_of(text: str) -> str:
    return clean_insurance_number(text) if text else ""


def day_in(cell: Cell) -> date:
    try:
        if found := day_of(cell):
            return found
    except Unclear:
        raise Unclear(
            _("雇入日「%(text)s」を読み取れません。「2027/4/1」や「令和9年4月1日」のように書いてください。")
            % {"text": words(cell)[:40]}
        ) from None
    raise Unclear(_("雇入日がありません。"))


def contract_of(text: str) -> str:
    plain = text.replace(" ", "")
    if plain in CONTRACTS:
        return CONTRACTS[plain]
    if plain in UNSAID:
        raise Unclear(
            _(
                "雇用形態「%(text)s」だけでは、期間の定めがあるか分かりません。「正規」「有期」「無期」のどれかを書いてください。"
            )
            % {"text": text[:20]}
        )
    raise Unclear(
        _("雇用形態「%(text)s」が分かりません。「正規」「有期」「無期」のどれかを書いてください。")
        % {"text": text[:20]}
    )


def establishment_of(text: str, firm: Firm) -> Establishment:
    if not text and len(firm.establishments) == 1:
        return next(iter(firm.establishments.values()))
    if found := firm.establishments.get(text):
        return found
    names = "、".join(firm.establishments)
    if not text:
        raise Unclear(_("事業所がありません。%(names)sのどれかを書いてください。") % {"names": names})
    raise Unclear(
        _("事業所「%(text)s」が見つかりません。%(names)sのどれかを書いてください。")
        % {"text": text[:40], "names": names}
    )


def pattern_of(text: str, place: Establishment, firm: Firm) -> WorkingPattern | None:
    if not text:
        return None
    if found := firm.patterns.get((place.pk, text)):
        return found
    raise Unclear(
        _("%(place)sに勤務形態「%(text)s」がありません。先に登録するか、空欄にしてください。")
        % {"place": place.name, "text": text[:40]}
    )


def refuse_repeats(wishes: list[Wish]) -> None:
    """One person stands once in a file: by number, by address, or by name and reading."""
    keys: tuple[Callable[[dict[str, Any]], Any], ...] = (
        lambda fields: fields["insured_number"],
        lambda fields: fields["email"].lower(),
        lambda fields: tuple(fields["names"].values()),
    )
    for key in keys:
        first: dict[Any, Wish] = {}
        for wish in wishes:
            if wish.problem or not (said := key(wish.fields)):
                continue
            earlier = first.setdefault(said, wish)
            if earlier is not wish:
                wish.problem = _("%(row)s行目と同じ人か、同じ番号かアドレスです。") % {"row": earlier.number}
