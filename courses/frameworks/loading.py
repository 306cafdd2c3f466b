"""Reading the skill standards; a broken file is refused with its name, the line and the reason."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from courses.frameworks.editions import KEY_LENGTH, SHOWN_DATES, Category, Framework, Frameworks, Item, Subcategory

FOLDER = Path(__file__).resolve().parent

CONFIDENCES = ("high", "medium", "low")
FIELDS = ("dx", "gx")
TEXTS = ("code", "version", "short", "title", "authority", "field", "purpose", "source", "confidence", "precision")
NEEDS = (*TEXTS, "published_on", "item_count", "category")
MAY = {*NEEDS, "address", "note", "replaced_by"}
CATEGORY_KEYS = {"code", "label", "subcategory", "items"}
ITEM_KEYS = {"code", "label", "also"}
CODE = re.compile(r"[a-z0-9][a-z0-9.-]*")


class FrameworkError(ValueError):
    """A file of a standard cannot be used; the message names file, line and reason."""


class Source:
    """The text of one file, to find the line a word stands on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError as error:
            raise FrameworkError(f"{path.name}:1行目: UTF-8で書かれていません（{error.start}バイト目）。") from error

    def line(self, pattern: str, nth: int = 1) -> int:
        """The nth line that says it; the first line of the file where none does."""
        found = [number for number, line in enumerate(self.lines, 1) if re.search(pattern, line)]
        return found[min(nth, len(found)) - 1] if found else 1

    def refuse(self, reason: str, pattern: str = "", nth: int = 1) -> FrameworkError:
        line = self.line(pattern, nth) if pattern else 1
        return FrameworkError(f"{self.path.name}:{line}行目: {reason}")

    def refuse_key(self, key: str, reason: str) -> FrameworkError:
        return self.refuse(f"{key}{reason}", rf"^{key}\s*=")

    def refuse_code(self, code: object, reason: str, nth: int = 1) -> FrameworkError:
        return self.refuse(f"「{code}」{reason}", rf'code = "{re.escape(str(code))}"', nth)


@cache
def current_frameworks() -> Frameworks:
    """The project's own files, parsed once per process."""
    return load_frameworks(FOLDER)


def load_frameworks(folder: Path) -> Frameworks:
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise FrameworkError(f"{folder} にスキル標準のファイル（*.toml）がありません。")
    editions = [load_framework(path) for path in paths]
    names = {edition.key for edition in editions}
    for path, edition in zip(paths, editions, strict=True):
        if edition.replaced_by and edition.replaced_by not in names:
            raise Source(path).refuse_key("replaced_by", f"「{edition.replaced_by}」という版がありません。")
    ambiguous = [code for code, n in Counter(one.code for one in editions if one.is_current).items() if n > 1]
    if ambiguous:
        raise FrameworkError(f"「{ambiguous[0]}」の現行版が二つあります。古い版に replaced_by を書いてください。")
    return Frameworks(tuple(sorted(editions, key=lambda one: (not one.is_current, one.code, one.version))))


def load_framework(path: Path) -> Framework:
    source = Source(path)
    data = parse(source)
    check_head(data, source)
    if path.stem != f"{data['code']}-{data['version']}":
        raise source.refuse_key("code", " と version がファイル名と違います。")
    categories = tuple(read_category(one, data, source) for one in data["category"])
    found = Framework(
        **{name: data[name] for name in TEXTS},
        published_on=data["published_on"],
        address=str(data.get("address", "")),
        note=str(data.get("note", "")),
        replaced_by=str(data.get("replaced_by", "")),
        categories=categories,
    )
    check_items(found, data["item_count"], source)
    return found


def parse(source: Source) -> dict[str, Any]:
    try:
        return tomllib.loads("\n".join(source.lines))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise FrameworkError(
            f"{source.path.name}:{line[1] if line else len(source.lines)}行目: TOMLとして読めません（{error}）。"
        ) from error


def check_head(data: Mapping[str, Any], source: Source) -> None:
    check_keys(data, source)
    for key in TEXTS:
        if not isinstance(data[key], str) or not data[key].strip():
            raise source.refuse_key(key, " が空です。")
    for key, among in (("confidence", CONFIDENCES), ("precision", tuple(SHOWN_DATES)), ("field", FIELDS)):
        if data[key] not in among:
            raise source.refuse_key(key, f"「{data[key]}」は {'・'.join(among)} のいずれかで書いてください。")
    if not isinstance(data["published_on"], date) or isinstance(data["published_on"], datetime):
        raise source.refuse_key("published_on", " は日付（2026-04-16 の形）で書いてください。")
    if data["confidence"] != "high" and not str(data.get("note", "")).strip():
        raise source.refuse_key("confidence", " が high でないときは、note に確かでないところを書いてください。")
    if not isinstance(data["category"], list):
        raise source.refuse("分類は [[category]] で書いてください。", r"category")


def check_keys(data: Mapping[str, Any], source: Source) -> None:
    for key in data:
        if key not in MAY:
            raise source.refuse_key(key, " という項目はありません。")
    for key in NEEDS:
        if key not in data:
            raise source.refuse(f"{key} がありません。")


def read_category(body: Mapping[str, Any], head: Mapping[str, Any], source: Source) -> Category:
    check_part(body, source)
    parts = [{"code": body["code"], "label": "", "items": body["items"]}] if "items" in body else body["subcategory"]
    return Category(
        code=body["code"],
        label=body["label"],
        subcategories=tuple(read_subcategory(part, body["label"], head, source) for part in parts),
    )


def check_part(body: Mapping[str, Any], source: Source) -> None:
    code = body.get("code", "")
    for key in body:
        if key not in CATEGORY_KEYS:
            raise source.refuse_code(code, f"に {key} という項目はありません。")
    if not code or not body.get("label"):
        raise source.refuse_code(code, "の分類に code か label がありません。")
    if ("items" in body) == ("subcategory" in body):
        raise source.refuse_code(code, "には items か [[category.subcategory]] のどちらか一つを書いてください。")


def read_subcategory(part: Mapping[str, Any], category: str, head: Mapping[str, Any], source: Source) -> Subcategory:
    code, label, items = part.get("code", ""), part.get("label", ""), part.get("items")
    if not isinstance(items, list) or not items:
        raise source.refuse_code(code, "の items に項目が一つもありません。")
    made = tuple(read_item(body, head, source, category=category, subcategory=label) for body in items)
    return Subcategory(code=code, label=label, items=made)


def read_item(
    body: Mapping[str, Any], head: Mapping[str, Any], source: Source, *, category: str, subcategory: str
) -> Item:
    if not isinstance(body, dict) or not set(body) <= ITEM_KEYS or not {"code", "label"} <= set(body):
        raise source.refuse(f"項目は {{ code = …, label = … }} の形で書いてください（{body}）。", words_of(body))
    code, label = body["code"], body["label"]
    if not isinstance(code, str) or not CODE.fullmatch(code):
        raise source.refuse_code(code, "は項目の番号にできません。英小文字・数字・点・ハイフンで書いてください。")
    if not isinstance(label, str) or not label.strip():
        raise source.refuse_code(code, "の label が空です。")
    key = f"{head['code']}:{head['version']}:{code}"
    if len(key) > KEY_LENGTH:
        raise source.refuse_code(code, f"は長すぎます（「{key}」は{KEY_LENGTH}字まで）。")
    return Item(
        key=key, code=code, label=label, also=str(body.get("also", "")),
        edition=f"{head['short']} {head['version']}", category=category, subcategory=subcategory,
    )  # fmt: skip


def words_of(body: object) -> str:
    """Something of a malformed item that can be found in the file again."""
    words = [str(value) for value in body.values()] if isinstance(body, dict) else [str(body)]
    return "|".join(map(re.escape, words)) or "items"


def check_items(found: Framework, count: object, source: Source) -> None:
    codes = Counter(item.code for item in found.items)
    for code, n in codes.items():
        if n > 1:
            raise source.refuse_code(code, "が二度あります。項目の番号は版の中で一つだけです。", nth=n)
    for code in repeated(category.code for category in found.categories):
        raise source.refuse_code(code, "の分類が二度あります。", nth=2)
    if len(found.items) != count:
        raise source.refuse_key("item_count", f" は {count} ですが、項目は {len(found.items)} あります。")


def repeated(codes: Iterator[str]) -> list[str]:
    return [code for code, n in Counter(codes).items() if n > 1]
