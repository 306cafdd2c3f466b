"""The rows that could not be taken, as a table with its reasons: to be mended and handed in again as it is."""

import csv
from collections.abc import Iterable
from io import StringIO

from courses.actions.attendance.imports.plans import RefusedRow
from courses.tables.grids import Cell, Grid
from courses.tables.values import words
from firms.files.formulas import harmless
from firms.words.saying import said as _


def refused_table(grid: Grid, heads: Grid, refused: Iterable[RefusedRow]) -> bytes:
    """The file's own headings and cells behind the row number and the reason, which reading passes by."""
    text = StringIO()
    writer = csv.writer(text)
    for above in heads[:-1]:
        writer.writerow(["", "", *map(plain, above)])
    for head in heads[-1:]:
        writer.writerow([_("行"), _("取り込めない理由"), *map(plain, head)])
    for one in refused:
        writer.writerow([one.number, one.why, *map(plain, grid[one.number - 1])])
    return text.getvalue().encode("utf-8-sig")


def plain(cell: Cell) -> str:
    """As it was read; reading takes off the mark that keeps it text."""
    return harmless(words(cell))


def in_cp932(content: bytes) -> bytes:
    """For Excel of old; letters the coding lacks become ?."""
    return content.decode("utf-8-sig").encode("cp932", errors="replace")
