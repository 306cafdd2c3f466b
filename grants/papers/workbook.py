"""An official workbook filled without touching anything else in it: the bytes of the marked cells alone are exchanged.

A mark is a name (`takumi.firm.name`, given to a cell in Excel) or a placeholder (`{{firm.name}}`, written in a cell). Every other
part of the file, and every other byte of the sheet, stays as the ministry made it."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat
from xml.sax.saxutils import escape

from firms.files.opening import Broken, archive_in
from firms.words.saying import said as _

PREFIX = "takumi."
PLACEHOLDER = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")
REFERENCE = re.compile(r"^'?((?:[^']|'')+?)'?!\$?([A-Z]{1,3})\$?(\d+)$")
TAG = re.compile(rb"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>")
MOST_BYTES, MOST_PARTS = 60_000_000, 2_000
WORKBOOK, RELATIONS, STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"


class Unfit(Exception):
    """The file is no workbook that can be filled; the words say why."""


@dataclass(frozen=True)
class Mark:
    """One cell and the names that go into it; `text` is what stands around placeholders, empty for a named cell."""

    part: str
    sheet: str
    cell: str
    names: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True)
class Cell:
    """Where a cell stands in its sheet, its tag's name and attributes, and what it holds."""

    start: int
    end: int
    tag: str
    attributes: Mapping[str, str]
    shared: int | None
    inline: str
    has_formula: bool


@dataclass(frozen=True)
class Line:
    """`inner` is where its cells begin, `end` where its closing tag does; the same where it closes itself."""

    number: int
    start: int
    inner: int
    end: int
    tag: str
    closes_itself: bool


@dataclass(frozen=True)
class Grid:
    cells: Mapping[str, Cell]
    rows: tuple[Line, ...]
    data_end: int
    tag: str


@contextmanager
def as_every_workbook() -> Iterator[None]:
    """What lacks a part, an attribute or a number that every workbook has, is none."""
    try:
        yield
    except (KeyError, IndexError, ValueError) as broken:
        raise Unfit(_("Excelのファイルとして読めません")) from broken


def parts_in(content: bytes) -> dict[str, bytes]:
    try:
        with archive_in(content) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_PARTS or sum(one.file_size for one in infos) > MOST_BYTES:
                raise Unfit(_("ファイルの中身が大きすぎます"))
            return {one.filename: archive.read(one) for one in infos}
    except Broken as broken:
        raise Unfit(_("Excelのファイルとして読めません")) from broken


def parsed(content: bytes) -> expat.XMLParserType:
    """A parser that knows no entity: what declares one is no workbook of ours."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Unfit(_("定義（DOCTYPE）を含むファイルは受け付けません"))
    parser = expat.ParserCreate()
    parser.buffer_text = True
    return parser


def run(parser: expat.XMLParserType, content: bytes) -> None:
    try:
        parser.Parse(content, True)
    except expat.ExpatError as broken:
        raise Unfit(_("ファイルの中のXMLが読めません")) from broken


def bare(tag: str) -> str:
    return tag.rpartition(":")[2]


def elements(content: bytes, name: str) -> list[tuple[dict[str, str], str]]:
    """Attributes and text of every element of that name."""
    found: list[tuple[dict[str, str], str]] = []
    held: list[str] | None = None
    attributes: dict[str, str] = {}

    def start(tag: str, given: dict[str, str]) -> None:
        nonlocal held, attributes
        if bare(tag) == name:
            held, attributes = [], dict(given)

    def text(said: str) -> None:
        if held is not None:
            held.append(said)

    def end(tag: str) -> None:
        nonlocal held
        if bare(tag) == name and held is not None:
            found.append((attributes, "".join(held)))
            held = None

    parser = parsed(content)
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    run(parser, content)
    return found


def strings_in(parts: Mapping[str, bytes]) -> list[str]:
    """Shared strings by their number; the readings (rPh) beside a text are no part of it."""
    if STRINGS not in parts:
        return []
    found: list[str] = []
    depth = 0

    def start(tag: str, given: dict[str, str]) -> None:
        nonlocal depth
        if bare(tag) == "si":
            found.append("")
        depth += bare(tag) == "rPh"

    def end(tag: str) -> None:
        nonlocal depth
        depth -= bare(tag) == "rPh"

    def text(said: str) -> None:
        if found and not depth:
            found[-1] += said

    parser = parsed(parts[STRINGS])
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    run(parser, parts[STRINGS])
    return found


def sheets_in(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Part by name of the sheet."""
    if WORKBOOK not in parts or RELATIONS not in parts:
        raise Unfit(_("Excelのブック（xlsx）ではありません"))
    targets = {one["Id"]: one["Target"] for one, _said in elements(parts[RELATIONS], "Relationship")}
    found = {}
    for one, _said in elements(parts[WORKBOOK], "sheet"):
        key = next((value for name, value in one.items() if bare(name) == "id"), "")
        target = targets.get(key, "")
        found[one["name"]] = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return {name: part for name, part in found.items() if part in parts}


class Reader:
    """Reads one sheet with the place of every cell and row in its bytes."""

    def __init__(self, content: bytes) -> None:
        self.content, self.cells, self.rows = content, {}, []  # type: ignore[var-annotated]
        self.data_end, self.prefix = 0, ""
        self.cell: dict[str, object] | None = None
        self.row: tuple[int, int, int, str] | None = None
        self.kept: list[str] = []
        self.wants = ""
        self.parser = parsed(content)
        self.parser.StartElementHandler, self.parser.EndElementHandler = self.start, self.end
        self.parser.CharacterDataHandler = self.text

    def tag_end(self, at: int) -> int:
        found = TAG.match(self.content, at)
        if found is None:
            raise Unfit(_("シートのXMLが読めません"))
        return found.end()

    def start(self, tag: str, given: dict[str, str]) -> None:
        at, name = self.parser.CurrentByteIndex, bare(tag)
        if name == "row":
            self.row = (int(given.get("r", 0)), at, self.tag_end(at), tag)
        elif name == "c":
            self.cell = {"start": at, "tag": tag, "attributes": dict(given), "v": "", "t": "", "f": False}
        elif self.cell is not None and name in ("v", "t"):
            self.wants, self.kept = name, []
        elif self.cell is not None and name == "f":
            self.cell["f"] = True

    def text(self, said: str) -> None:
        if self.wants:
            self.kept.append(said)

    def end(self, tag: str) -> None:
        at, name = self.parser.CurrentByteIndex, bare(tag)
        if self.wants and name == self.wants and self.cell is not None:
            self.cell[name] = f"{self.cell[name]}{''.join(self.kept)}"
            self.wants = ""
        elif name == "c" and self.cell is not None:
            self.close_cell(at)
        elif name == "row" and self.row is not None:
            number, first, inner, row_tag = self.row
            closes = self.content[inner - 2 : inner] == b"/>"
            self.rows.append(Line(number, first, inner, inner if closes else at, row_tag, closes))
            self.row = None
        elif name == "sheetData":
            self.data_end, self.prefix = at, tag

    def close_cell(self, at: int) -> None:
        assert self.cell is not None
        held, self.cell = self.cell, None
        attributes: dict[str, str] = held["attributes"]  # type: ignore[assignment]
        shared = int(str(held["v"])) if attributes.get("t") == "s" and held["v"] else None
        start = int(str(held["start"]))
        end = self.tag_end(start if at == start else at)
        inline = str(held["t"])
        cell = Cell(start, end, str(held["tag"]), attributes, shared, inline, bool(held["f"]))
        self.cells[attributes.get("r", "")] = cell

    def read(self) -> Grid:
        run(self.parser, self.content)
        return Grid(self.cells, tuple(self.rows), self.data_end, self.prefix)


@as_every_workbook()
def marks_in(content: bytes) -> list[Mark]:
    """Every mark of the workbook, those of names first."""
    parts = parts_in(content)
    sheets, strings = sheets_in(parts), strings_in(parts)
    found = list(named_cells(parts, sheets))
    for sheet, part in sheets.items():
        for where, cell in Reader(parts[part]).read().cells.items():
            text = strings[cell.shared] if cell.shared is not None and cell.shared < len(strings) else cell.inline
            if names := tuple(PLACEHOLDER.findall(text)):
                found.append(Mark(part, sheet, where, names, text))
    return found


def named_cells(parts: Mapping[str, bytes], sheets: Mapping[str, str]) -> list[Mark]:
    found = []
    for one, text in elements(parts[WORKBOOK], "definedName"):
        name = one.get("name", "")
        place = REFERENCE.match(text.strip())
        if not name.startswith(PREFIX) or place is None:
            continue
        sheet = place[1].replace("''", "'")
        if sheet in sheets:
            found.append(Mark(sheets[sheet], sheet, f"{place[2]}{place[3]}", (name.removeprefix(PREFIX),)))
    return found


@as_every_workbook()
def filled(content: bytes, values: Mapping[str, str]) -> bytes:
    """The same workbook with the marked cells filled; a field the case does not have leaves its cell empty."""
    parts = parts_in(content)
    by_part: dict[str, dict[str, str]] = {}
    for mark in marks_in(content):
        text = PLACEHOLDER.sub(lambda found: values.get(found[1], ""), mark.text)
        by_part.setdefault(mark.part, {})[mark.cell] = text if mark.text else values.get(mark.names[0], "")
    changed = {part: filled_sheet(parts[part], cells) for part, cells in by_part.items()}
    return repacked(content, changed)


def repacked(content: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The parts in their order, with the moments and flags they had."""
    written = BytesIO()
    with archive_in(content) as old, zipfile.ZipFile(written, "w") as new:
        for one in old.infolist():
            new.writestr(one, changed.get(one.filename, old.read(one)))
        new.comment = old.comment
    return written.getvalue()


def filled_sheet(content: bytes, cells: Mapping[str, str]) -> bytes:
    sheet = Reader(content).read()
    pieces: list[tuple[int, int, bytes]] = []
    missing: dict[int, list[tuple[str, str]]] = {}
    for where, value in cells.items():
        held = sheet.cells.get(where)
        if held is None:
            missing.setdefault(row_of(where), []).append((where, value))
        elif held.has_formula:
            raise Unfit(
                _("セル%(cell)sには計算式があるため、値を書けません。印を別のセルに付けてください") % {"cell": where}
            )
        else:
            pieces.append((held.start, held.end, written_cell(held.tag, held.attributes, where, value)))
    pieces += [piece for number, group in missing.items() for piece in inserted(sheet, number, group)]
    return spliced(content, pieces)


def spliced(content: bytes, pieces: list[tuple[int, int, bytes]]) -> bytes:
    out, at = [], 0
    for start, end, new in sorted(pieces, key=lambda piece: piece[:2]):
        out += [content[at:start], new]
        at = end
    return b"".join([*out, content[at:]])


def row_of(where: str) -> int:
    return int(where.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def column_of(where: str) -> int:
    number = 0
    for letter in where.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def written_cell(tag: str, attributes: Mapping[str, str], where: str, value: str) -> bytes:
    """Its style and everything else of it is kept; digits are a number, anything else a text."""
    kept = {"r": where, **{name: held for name, held in attributes.items() if name not in ("r", "t")}}
    prefix = tag[: -len(bare(tag))]
    opened = f"<{tag} " + " ".join(f'{name}="{escape(held, {chr(34): "&quot;"})}"' for name, held in kept.items())
    if not value:
        return f"{opened}/>".encode()
    if is_number(value):
        return f"{opened}><{prefix}v>{value}</{prefix}v></{tag}>".encode()
    text = escape(value)
    inline = f'<{prefix}is><{prefix}t xml:space="preserve">{text}</{prefix}t></{prefix}is>'
    return f'{opened} t="inlineStr">{inline}</{tag}>'.encode()


def is_number(value: str) -> bool:
    """A number that is counted with; one with a leading zero, or as long as a register's, is a text."""
    return value.isascii() and value.isdigit() and len(value) < 11 and (value == "0" or not value.startswith("0"))


def inserted(sheet: Grid, number: int, group: list[tuple[str, str]]) -> list[tuple[int, int, bytes]]:
    """Cells that were not there, in the row they belong to; the row too, where there is none."""
    prefix = sheet.tag[: -len("sheetData")]
    made = {where: written_cell(f"{prefix}c", {}, where, value) for where, value in group}
    row = next((one for one in sheet.rows if one.number == number), None)
    whole = b"".join(made[where] for where in sorted(made, key=column_of))
    if row is None:
        if not sheet.data_end:
            raise Unfit(_("空のシートには書けません"))
        later = next((one.start for one in sheet.rows if one.number > number), sheet.data_end)
        return [(later, later, f'<{prefix}row r="{number}">'.encode() + whole + f"</{prefix}row>".encode())]
    if row.closes_itself:
        return [(row.inner - 2, row.inner, b">" + whole + f"</{row.tag}>".encode())]
    return [(place_in(sheet, row, where), place_in(sheet, row, where), cell) for where, cell in made.items()]


def place_in(sheet: Grid, row: Line, where: str) -> int:
    """Before the first cell of the row that stands to its right."""
    right = [
        cell.start
        for name, cell in sheet.cells.items()
        if row.inner <= cell.start < row.end and column_of(name) > column_of(where)
    ]
    return min(right, default=row.end)
