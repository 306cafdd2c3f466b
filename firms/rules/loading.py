"""Reading TOML files of dated figures; a broken file is refused with its name, the line and the reason."""

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

from firms.rules.figures import Figure, Table, Tables, Value

CONFIDENCES = ("high", "medium", "low")
TABLE_KEYS = {"name", "title", "clock", "figures"}
TABLE_NEEDS = ("name", "title", "clock", "figures")
FIGURE_KEYS = {"label", "unit", "clock", "dated"}
ENTRY_KEYS = {"from", "to", "value", "source", "confidence", "verified_until"}
ENTRY_NEEDS = ("from", "value", "source", "confidence", "verified_until")
COUNTED = ("yen", "hours", "minutes", "days", "months", "years", "persons", "times", "weeks")
HEADER = re.compile(r'\s*\[figures\."([^"]+)"\]')


class FiguresError(ValueError):
    """A file of figures cannot be used; the message names file, line and reason."""


class Source:
    """The text of one file, to find the line a figure stands on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError as error:
            raise FiguresError(f"{path.name}:1行目: UTF-8で書かれていません（{error.start}バイト目）。") from error
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

    def refuse(self, reason: str, figure: str | None = None, entry: int | None = None) -> FiguresError:
        where = f"「{figure}」の" if figure else ""
        return FiguresError(f"{self.path.name}:{self.line(figure, entry)}行目: {where}{reason}")


def read_toml(source: Source) -> dict[str, object]:
    try:
        return tomllib.loads("\n".join(source.lines))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise FiguresError(
            f"{source.path.name}:{line[1] if line else len(source.lines)}行目: TOMLとして読めません（{error}）。"
        ) from error


def load_tables(folder: Path, *, clocks: Collection[str]) -> Tables[Table]:
    """Every file of a folder as a plain table; what grants add to theirs is read in `grants.rules.loading`."""
    return Tables({path.stem: load_table(path, clocks=clocks) for path in files_of(folder)})


def files_of(folder: Path) -> list[Path]:
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise FiguresError(f"{folder} に数値のファイル（*.toml）がありません。")
    return paths


def load_table(path: Path, *, clocks: Collection[str]) -> Table:
    source = Source(path)
    data = read_toml(source)
    check_keys(data, TABLE_KEYS, TABLE_NEEDS, source)
    if data["name"] != path.stem:
        raise source.refuse(f"name「{data['name']}」がファイル名と違います。")
    return Table(path.stem, text(data, "title", source), read_figures(data, source, table=path.stem, clocks=clocks))


def read_figures(
    data: Mapping[str, object], source: Source, *, table: str, clocks: Collection[str]
) -> dict[str, tuple[Figure, ...]]:
    """`clock` of the file, or of a figure, is the kind of day that chooses the edition."""
    check_choice(data["clock"], clocks, "clock", source)
    bodies = data["figures"]
    if not isinstance(bodies, dict):
        raise source.refuse("figures は表で書いてください。")
    return {
        name: read_figure(name, body, source, table=table, clock=data["clock"], clocks=clocks)
        for name, body in bodies.items()
    }


def read_figure(
    name: str, body: Mapping[str, object], source: Source, *, table: str, clock: object, clocks: Collection[str]
) -> tuple[Figure, ...]:
    if not isinstance(body, dict):
        raise source.refuse("数値は表で書いてください。", name)
    check_keys(body, FIGURE_KEYS, ("label", "unit", "dated"), source, name)
    entries = body["dated"]
    if not isinstance(entries, list) or not entries:
        raise source.refuse("dated に日付つきの値が一つもありません。", name)
    clock = body.get("clock", clock)
    check_choice(clock, clocks, "clock", source, name)
    figures = tuple(read_entry(name, body, table, str(clock), entry, n, source) for n, entry in enumerate(entries))
    check_order(figures, name, source)
    return figures


def read_entry(
    name: str, body: Mapping[str, object], table: str, clock: str, entry: object, n: int, source: Source
) -> Figure:
    if not isinstance(entry, dict):
        raise source.refuse("dated の各行は { from = …, value = … } の形で書いてください。", name, n)
    check_keys(entry, ENTRY_KEYS, ENTRY_NEEDS, source, name, n)
    check_choice(entry["confidence"], CONFIDENCES, "confidence", source, name, n)
    ends = plain_date(entry["to"], "to", source, name, n) if "to" in entry else None
    return Figure(
        table=table, name=name, label=text(body, "label", source, name), value=read_value(body["unit"], entry["value"], source, name, n),
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


def counted_list(value: object) -> tuple[int, ...] | None:
    found = [counted(v) for v in value] if isinstance(value, list) else []
    return tuple(v for v in found if v is not None) if found and None not in found else None


def word(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


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
    "names": listed,
    "word": word,
    "month_list": counted_list,
    "person_list": counted_list,
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
    value: object, among: Collection[str], key: str, source: Source, name: str | None = None, n: int | None = None
) -> None:
    if value not in among:
        raise source.refuse(f"{key}「{value}」は {'・'.join(among)} のいずれかで書いてください。", name, n)
