"""Reading single facts out of a mapping, each refusal a sentence that names the fact."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

Facts = Mapping[str, object]
Chosen = TypeVar("Chosen", bound=str)

ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
YEARS = range(2000, 2100)
MOST = 10**12


class FactError(ValueError):
    """A fact is missing, unknown or impossible; the message is the sentence for the person who entered it."""


def as_facts(value: object, name: str) -> Facts:
    if not isinstance(value, dict):
        raise FactError(f"{name} は項目と値の組（オブジェクト）で指定してください。")
    return value


def only(facts: Facts, known: Collection[str], *, within: str = "") -> None:
    if isinstance(known, frozenset) and facts.keys() <= known:
        return
    for key in facts:
        if key not in known:
            raise FactError(f"{within}{key} という項目はありません。項目名を確認してください。")


def required(facts: Facts, key: str, *, within: str = "") -> object:
    if key not in facts:
        raise FactError(f"{within}{key} がありません。値を指定してください。")
    return facts[key]


def whole(facts: Facts, key: str, *, within: str = "", least: int = 0, most: int = MOST) -> int:
    return as_whole(required(facts, key, within=within), f"{within}{key}", least=least, most=most)


def as_whole(value: object, name: str, *, least: int = 0, most: int = MOST) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise FactError(f"{name} は整数で指定してください（「{shown(value)}」は整数ではありません）。")
    if value < least:
        raise FactError(f"{name} は{least}以上で指定してください（{shown(value)}はあり得ません）。")
    if value > most:
        raise FactError(f"{name} は{most}以下で指定してください（{shown(value)}はあり得ません）。")
    return value


def whole_or_none(facts: Facts, key: str, *, within: str = "", least: int = 0, most: int = MOST) -> int | None:
    value = facts.get(key)
    if value is None:
        return None
    if type(value) is int and least <= value <= most:
        return value
    return as_whole(value, f"{within}{key}", least=least, most=most)


def decimal(facts: Facts, key: str, *, within: str = "", most: int = MOST) -> Decimal:
    value = required(facts, key, within=within)
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(as_whole(value, f"{within}{key}", most=most))
    text = str(value) if isinstance(value, Decimal) else value
    if not isinstance(text, str) or not DECIMAL.fullmatch(text):
        raise FactError(
            f"{within}{key} は0以上の数を整数か文字列で指定してください（「{shown(value)}」は読めません）。"
        )
    if Decimal(text) > most:
        raise FactError(f"{within}{key} は{most}以下で指定してください（{shown(value)}はあり得ません）。")
    return Decimal(text)


def truth(facts: Facts, key: str, *, within: str = "") -> bool:
    value = facts[key] if key in facts else required(facts, key, within=within)
    if not isinstance(value, bool):
        raise FactError(f"{within}{key} は true か false で指定してください（「{shown(value)}」は読めません）。")
    return value


def truth_or(facts: Facts, key: str, *, default: bool, within: str = "") -> bool:
    return truth(facts, key, within=within) if facts.get(key) is not None else default


def truth_or_none(facts: Facts, key: str, *, within: str = "") -> bool | None:
    """The fact must be named; null says that nobody knows yet."""
    value = required(facts, key, within=within)
    return value if value is None or value is True or value is False else truth(facts, key, within=within)


def choice(facts: Facts, key: str, among: Collection[str], *, within: str = "") -> str:
    value = required(facts, key, within=within)
    if not isinstance(value, str) or value not in among:
        raise FactError(
            f"{within}{key} は {'・'.join(among)} のいずれかで指定してください（「{shown(value)}」は不明です）。"
        )
    return value


def day(facts: Facts, key: str, *, within: str = "") -> date:
    return as_day(required(facts, key, within=within), f"{within}{key}")


def day_or_none(facts: Facts, key: str, *, within: str = "") -> date | None:
    return None if facts.get(key) is None else day(facts, key, within=within)


def as_day(value: object, name: str) -> date:
    found = known_day(value) if isinstance(value, str) else None
    return found or strict_day(value, name)


@lru_cache(maxsize=4096)
def known_day(text: str) -> date | None:
    """None where `strict_day` has something to say."""
    try:
        return strict_day(text, "")
    except FactError:
        return None


def strict_day(value: object, name: str) -> date:
    if not isinstance(value, str) or not ISO_DATE.fullmatch(value):
        raise FactError(f"{name} は 2026-04-01 の形の日付で指定してください（「{shown(value)}」は読めません）。")
    try:
        found = date.fromisoformat(value)
    except ValueError as error:
        raise FactError(f"{name} の {value} は暦にない日です。日付を確認してください。") from error
    if found.year not in YEARS:
        raise FactError(f"{name} の {value} は扱える年（{YEARS[0]}〜{YEARS[-1]}年）の外です。")
    return found


def minute_of_day(facts: Facts, key: str, *, within: str = "") -> int:
    """Minutes since midnight of a clock time such as 13:00."""
    value = required(facts, key, within=within)
    if not isinstance(value, str) or not CLOCK.fullmatch(value):
        raise FactError(f"{within}{key} は 13:00 の形の時刻で指定してください（「{shown(value)}」は読めません）。")
    hours, minutes = value.split(":")
    return int(hours) * 60 + int(minutes)


def digits(facts: Facts, key: str, *, width: int, least: int = 1, within: str = "") -> str:
    """A number that is a name (of a bank, an account), padded with noughts to its width."""
    value = required(facts, key, within=within)
    if not isinstance(value, str) or not re.fullmatch(rf"[0-9]{{{least},{width}}}", value):
        wide = f"{width}桁" if least == width else f"{width}桁以内"
        raise FactError(
            f"{within}{key} は{wide}の半角数字の文字列で指定してください（「{shown(value)}」は読めません）。"
        )
    return value.zfill(width)


def word(facts: Facts, key: str, *, within: str = "") -> str:
    value = required(facts, key, within=within)
    if not isinstance(value, str) or not value.strip():
        raise FactError(f"{within}{key} は空でない文字列で指定してください。")
    return value


def days_in_order(facts: Facts, first: str, last: str, *, within: str = "") -> tuple[date, date]:
    starts, ends = day(facts, first, within=within), day(facts, last, within=within)
    if ends < starts:
        raise FactError(f"{within}{last}（{ends}）が {within}{first}（{starts}）より前です。日付を確認してください。")
    return starts, ends


def items(facts: Facts, key: str, *, within: str = "") -> list[object]:
    value = required(facts, key, within=within)
    if not isinstance(value, list):
        raise FactError(f"{within}{key} は一覧（リスト）で指定してください。")
    return value


def shown(value: object) -> str:
    """What was entered, short enough for a sentence."""
    if isinstance(value, int) and abs(value) > MOST:
        return "桁数が多すぎる数"
    text = str(value)
    return text if len(text) <= 40 else text[:40] + "…"
