"""A table of certificates read row by row: what each row says, or the sentence why it cannot be recorded."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from courses.tables.books import book_of
from courses.tables.grids import Cell, Unreadable
from courses.tables.headings import asks_for_my_number, head_of, table_of
from courses.tables.values import Unclear, day_of, words
from firms.forms.fields import KanaField
from firms.numbers import refuse_my_number_inside
from firms.words.saying import said as _
from lms.people.sheets import Sheet, Wish, filled, mail_of, parted, short
from mentors import occupations
from mentors.models.certifying.applications import CareerKind, Designation, Qualification

ROW_LIMIT = 500
HEADINGS = table_of(
    {
        "name": "氏名 マイスター 名前 name",
        "family_name": "姓 氏",
        "given_name": "名",
        "kana": "フリガナ ふりがな カナ 氏名カナ 氏名フリガナ kana",
        "family_kana": "セイ 姓カナ 姓フリガナ",
        "given_kana": "メイ 名カナ 名フリガナ",
        "email": "メール メールアドレス email mail",
        "designation": "認定の種類 認定種別 種類",
        "occupation": "職種 認定職種",
        "number": "認定番号 番号 認定証番号",
        "certified_on": "認定日 認定年月日",
        "last_on": "有効期限 期限 有効期間の末日",
        "qualification": "資格 資格・受賞 技能資格",
        "qualified_on": "資格を得た日 資格取得日 取得年月日",
        "practised_from": "実務経験の初日 実務開始日 実務経験開始",
        "practised_until": "実務経験の末日 実務終了日 実務経験終了",
        "taught_from": "指導経験の初日 指導開始日 指導経験開始",
        "taught_until": "指導経験の末日 指導終了日 指導経験終了",
        "teaches": "得意とする指導内容 指導内容",
        "machines": "使う機械・作業 機械",
        "area": "指導できる地域 地域",
        "languages": "話せる言語 言語",
    }
)
NEEDED = {
    "number": "認定番号",
    "certified_on": "認定日",
    "last_on": "有効期限",
    "occupation": "職種",
    "qualification": "資格",
    "qualified_on": "資格を得た日",
    "practised_from": "実務経験の初日",
}
DAYS = {
    "certified_on": "認定日",
    "last_on": "有効期限",
    "qualified_on": "資格を得た日",
    "practised_from": "実務経験の初日",
    "practised_until": "実務経験の末日",
    "taught_from": "指導経験の初日",
    "taught_until": "指導経験の末日",
}
TEXTS = {"teaches": 200, "machines": 100, "area": 60, "languages": 60}


def read(content: bytes) -> Sheet:
    """Refuses a file without the columns it takes to judge a certificate by the rules of its day."""
    book = book_of(content, fits=lambda grid: "certified_on" in head_of(grid, HEADINGS).columns)
    if any(asks_for_my_number(sheet.grid) for sheet in book.sheets):
        raise Unreadable(_("マイナンバー（個人番号）の列があります。列を消して保存し直してから取り込んでください。"))
    head = head_of(book.grid, HEADINGS)
    if missing := [label for name, label in NEEDED.items() if name not in head.columns]:
        raise Unreadable(
            _("見出しの行に%(missing)sの列が見つかりません。見本のファイルの見出しに合わせてください。")
            % {"missing": "、".join(f"「{label}」" for label in missing)}
        )
    rows = list(filled(book.grid, head.last))
    if not 0 < len(rows) <= ROW_LIMIT:
        raise Unreadable(_("1件から%(limit)s件までの行を書いてから取り込んでください。") % {"limit": ROW_LIMIT})
    wishes = [wish_of(number, cells, head.columns) for number, cells in rows]
    refuse_repeats(wishes)
    return Sheet(wishes, [why for _name, why in book.left_out])


def wish_of(number: int, cells: list[Cell], columns: Mapping[str, int]) -> Wish:
    said = {name: cells[column] for name, column in columns.items() if column < len(cells)}
    whole = words(said.get("name", ""))
    wish = Wish(number, whole or f"{words(said.get('family_name', ''))} {words(said.get('given_name', ''))}".strip())
    try:
        for name, cell in said.items():
            if name != "number":
                refuse_my_number_inside(words(cell))
        wish.fields = fields_of(said)
    except (Unclear, ValidationError) as refused:
        wish.problem = refused.messages[0] if isinstance(refused, ValidationError) else str(refused)
    return wish


def fields_of(said: Mapping[str, Cell]) -> dict[str, Any]:
    family, given = parted(said, "name", "family_name", "given_name", _("氏名は、姓と名の間を空けて書いてください。"))
    kana = parted(said, "kana", "family_kana", "given_kana", _("フリガナは、姓と名の間を空けて書いてください。"))
    family_kana, given_kana = (KanaField(max_length=60).clean(part) for part in kana)
    names = {"family_name": short(family, 40), "given_name": short(given, 40)}
    days = {name: day_in(said.get(name, ""), label) for name, label in DAYS.items()}
    if lacking := [label for name, label in NEEDED.items() if name in DAYS and days[name] is None]:
        raise Unclear(_("「%(label)s」がありません。") % {"label": "」「".join(lacking)})
    return {
        "names": {**names, "family_kana": family_kana, "given_kana": given_kana},
        "email": mail_of(words(said.get("email", ""))).lower(),
        "number": number_of(words(said.get("number", ""))),
        "designation": chosen(words(said.get("designation", "")), Designation, _("認定の種類"), Designation.MEISTER),
        "occupation": occupation_of(words(said.get("occupation", ""))),
        "qualification": chosen(words(said.get("qualification", "")), Qualification, _("資格"), ""),
        "certified_on": days["certified_on"],
        "last_on": days["last_on"],
        "qualified_on": days["qualified_on"],
        "stretches": stretches_of(days),
        **{name: short(words(said.get(name, "")), most) for name, most in TEXTS.items()},
    }


def day_in(cell: Cell, label: str) -> date | None:
    try:
        return day_of(cell)
    except Unclear:
        raise Unclear(
            _("%(label)s「%(text)s」を読み取れません。「2015/4/1」や「平成27年4月1日」のように書いてください。")
            % {"label": label, "text": words(cell)[:40]}
        ) from None


def number_of(text: str) -> str:
    if not text:
        raise Unclear(_("「認定番号」がありません。"))
    return short(text, 30)


def chosen(text: str, choices: Any, label: str, default: str) -> str:
    """By the word the pages use."""
    if not text and default:
        return default
    found = next((value for value, word in choices.choices if words(str(word)) == text), None)
    if found is None:
        names = "、".join(str(word) for _value, word in choices.choices)
        raise Unclear(
            _("%(label)s「%(text)s」が分かりません。%(names)sのどれかを書いてください。")
            % {"label": label, "text": text[:20], "names": names}
        )
    return str(found)


def occupation_of(text: str) -> str:
    known = {words(label): key for _group, each in occupations.choices() for key, label in each}
    if text not in known:
        raise Unclear(_("職種「%(text)s」が一覧にありません。職種の一覧の名前で書いてください。") % {"text": text[:40]})
    return known[text]


def stretches_of(days: Mapping[str, date | None]) -> list[dict[str, Any]]:
    """Practice and instruction, each from a day on; one without a last day goes on."""
    kinds = {CareerKind.PRACTICE: "practised", CareerKind.INSTRUCTION: "taught"}
    place = _("認定時の記録")
    found: list[dict[str, Any]] = [
        {"kind": kind, "first_on": days[f"{name}_from"], "last_on": days[f"{name}_until"], "place": place}
        for kind, name in kinds.items()
        if days[f"{name}_from"]
    ]
    if any(one["last_on"] and one["last_on"] < one["first_on"] for one in found):
        raise Unclear(_("経験の末日が、初日より前の日です。"))
    return found


def refuse_repeats(wishes: list[Wish]) -> None:
    """One certificate stands once in a file."""
    first: dict[str, Wish] = {}
    for wish in wishes:
        if not wish.problem and (earlier := first.setdefault(wish.fields["number"], wish)) is not wish:
            wish.problem = _("%(row)s行目と同じ認定番号です。") % {"row": earlier.number}
