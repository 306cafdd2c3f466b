"""Reading scheme files; a broken file is refused with its name, the line and the reason."""

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from pathlib import Path

from grants.rules.editions import Figure, Scheme, Schemes, Value

FOLDER = Path(__file__).resolve().parent.parent / "schemes"

CONFIDENCES = ("high", "medium", "low")
CLOCKS = ("plan_filed", "claim_filed", "conversion", "hired", "applied")
MODES = ("exclusive", "deductive", "additive", "by_table")
SCHEME_KEYS = {"scheme", "title", "authority", "clock", "combination", "combination_note", "menus", "figures"}
SCHEME_NEEDS = ("scheme", "title", "authority", "clock", "combination", "figures")
FIGURE_KEYS = {"label", "unit", "clock", "dated"}
ENTRY_KEYS = {"from", "to", "value", "source", "confidence", "verified_until"}
ENTRY_NEEDS = ("from", "value", "source", "confidence", "verified_until")
COUNTED = ("yen", "hours", "minutes", "days", "months", "years", "persons", "times", "weeks")
HEADER = re.compile(r'\s*\[figures\."([^"]+)"\]')


class SchemeError(ValueError):
    """A scheme file cannot be used; the message names file, line and reason."""


class Source:
    """The text of one file, to find the line a figure stands on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError as error:
            raise SchemeError(f"{path.name}:1行目: UTF-8で書かれていません（{error.start}バイト目）。") from error
        self.headers = {m[1]: n for n, line in enumerate(self.lines, 1) if (m := HEADER.match(line))}

    def line(self, figure: str | None = None, entry: int | None = None) -> int:
        start = self.headers.get(figure or "", 1)
        if entry is None:
            return start
        rows = [n for n in range(start, self.end_of(start)) if self.lines[n - 1].lstrip().startswith("{")]
        return rows[entry] if entry < len(rows) else start

    def end_of(self, start: int) -> int:
        later = [n for n in self.headers.values() if n > start]
        return min(later, default=len(self.lines) + 1)

    def refuse(self, reason: str, figure: str | None = None, entry: int | None = None) -> SchemeError:
        where = f"「{figure}」の" if figure else ""
        return SchemeError(f"{self.path.name}:{self.line(figure, entry)}行目: {where}{reason}")


def load_schemes(folder: Path) -> Schemes:
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise SchemeError(f"{folder} に制度ファイル（*.toml）がありません。")
    return Schemes({path.stem: load_scheme(path) for path in paths})


def load_edition(path: Path) -> Schemes:
    """The present schemes, those of a file or a folder in their place: what it does not hold stays as it is."""
    if path.is_dir():
        return Schemes({**current_schemes().by_name, **load_schemes(path).by_name})
    source = Source(path)
    found, present = read_scheme(source), current_schemes().by_name
    if found.name not in present:
        raise source.refuse(f"scheme「{found.name}」という制度はありません。")
    return Schemes({**present, found.name: found})


def load_scheme(path: Path) -> Scheme:
    source = Source(path)
    found = read_scheme(source)
    if found.name != path.stem:
        raise source.refuse(f"scheme「{found.name}」がファイル名と違います。")
    return found


def read_scheme(source: Source) -> Scheme:
    try:
        data = tomllib.loads("\n".join(source.lines))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise SchemeError(
            f"{source.path.name}:{line[1] if line else len(source.lines)}行目: TOMLとして読めません（{error}）。"
        ) from error
    check_keys(data, SCHEME_KEYS, SCHEME_NEEDS, source)
    check_choice(data["clock"], CLOCKS, "clock", source)
    check_choice(data["combination"], MODES, "combination", source)
    for key in ("figures", "menus"):
        if not isinstance(data.get(key, {}), dict):
            raise source.refuse(f"{key} は表で書いてください。")
    figures = {name: read_figure(name, body, data, source) for name, body in data["figures"].items()}
    return Scheme(
        name=text(data, "scheme", source), title=text(data, "title", source), authority=text(data, "authority", source),
        clock=data["clock"], combination=data["combination"], combination_note=str(data.get("combination_note", "")),
        menus=dict(data.get("menus", {})), figures=figures,
    )  # fmt: skip


def read_figure(
    name: str, body: Mapping[str, object], scheme: Mapping[str, object], source: Source
) -> tuple[Figure, ...]:
    if not isinstance(body, dict):
        raise source.refuse("数値は表で書いてください。", name)
    check_keys(body, FIGURE_KEYS, ("label", "unit", "dated"), source, name)
    entries = body["dated"]
    if not isinstance(entries, list) or not entries:
        raise source.refuse("dated に日付つきの値が一つもありません。", name)
    clock = body.get("clock", scheme["clock"])
    check_choice(clock, CLOCKS, "clock", source, name)
    figures = tuple(
        read_entry(name, body, str(scheme["scheme"]), str(clock), entry, n, source) for n, entry in enumerate(entries)
    )
    check_order(figures, name, source)
    return figures


def read_entry(
    name: str, body: Mapping[str, object], scheme: str, clock: str, entry: object, n: int, source: Source
) -> Figure:
    if not isinstance(entry, dict):
        raise source.refuse("dated の各行は { from = …, value = … } の形で書いてください。", name, n)
    check_keys(entry, ENTRY_KEYS, ENTRY_NEEDS, source, name, n)
    check_choice(entry["confidence"], CONFIDENCES, "confidence", source, name, n)
    ends = plain_date(entry["to"], "to", source, name, n) if "to" in entry else None
    return Figure(
        scheme=scheme, name=name, label=text(body, "label", source, name), value=read_value(body["unit"], entry["value"], source, name, n),
        unit=str(body["unit"]), clock=clock, source=text(entry, "source", source, name, n), confidence=entry["confidence"],
        verified_until=plain_date(entry["verified_until"], "verified_until", source, name, n),
        effective_from=plain_date(entry["from"], "from", source, name, n), effective_to=ends,
    )  # fmt: skip


def read_value(unit: object, value: object, source: Source, name: str, n: int) -> Value:
    if not isinstance(unit, str) or unit not in READERS:
        raise source.refuse(f"unit「{unit}」は知らない単位です。", name)
    found = READERS[unit](value)
    if found is None:
        raise source.refuse(f"value「{value}」は単位 {unit} の値として読めません。", name, n)
    return found


def counted(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def percent(value: object) -> int | None:
    found = counted(value)
    return found if found is not None and found <= 100 else None


def ratio(value: object) -> Fraction | None:
    if not isinstance(value, str) or not re.fullmatch(r"[1-9][0-9]*/[1-9][0-9]*", value):
        return None
    found = Fraction(value)
    return found if found <= 1 else None


def listed(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not value or not all(isinstance(v, str) and v for v in value):
        return None
    return tuple(value)


def flagged(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def dated(value: object) -> date | None:
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


READERS: dict[str, Callable[[object], Value | None]] = {
    **dict.fromkeys(COUNTED, counted),
    "percent": percent,
    "ratio": ratio,
    "flag": flagged,
    "date": dated,
    "prefectures": listed,
}


def plain_date(value: object, key: str, source: Source, name: str, n: int) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise source.refuse(f"{key} は日付（2026-04-01 の形）で書いてください。", name, n)
    return value


def text(data: Mapping[str, object], key: str, source: Source, name: str | None = None, n: int | None = None) -> str:
    value = data[key]
    if not isinstance(value, str) or not value.strip():
        raise source.refuse(f"{key} が空です。", name, n)
    return value


def check_order(figures: tuple[Figure, ...], name: str, source: Source) -> None:
    for n, figure in enumerate(figures):
        if figure.effective_to is not None and figure.effective_to < figure.effective_from:
            raise source.refuse("to が from より前です。", name, n)
        if n and figures[n - 1].effective_from >= figure.effective_from:
            raise source.refuse("from が前の行より後ではありません。古い順に書いてください。", name, n)
        before = figures[n - 1].effective_to if n else None
        if before is not None and before >= figure.effective_from:
            raise source.refuse("前の行の to と期間が重なっています。", name, n)


def check_keys(
    data: Mapping[str, object], known: set[str], needs: tuple[str, ...], source: Source,
    name: str | None = None, n: int | None = None,
) -> None:  # fmt: skip
    for key in data:
        if key not in known:
            raise source.refuse(f"{key} という項目はありません。", name, n)
    for key in needs:
        if key not in data:
            raise source.refuse(f"{key} がありません。", name, n)


def check_choice(
    value: object, among: tuple[str, ...], key: str, source: Source, name: str | None = None, n: int | None = None
) -> None:
    if value not in among:
        raise source.refuse(f"{key}「{value}」は {'・'.join(among)} のいずれかで書いてください。", name, n)


@cache
def current_schemes() -> Schemes:
    """The project's own scheme files, parsed once per process."""
    return load_schemes(FOLDER)


def figure(scheme: str, name: str, on: date, *, schemes: Schemes | None = None) -> Figure:
    return (schemes or current_schemes()).get(scheme, name, on)
