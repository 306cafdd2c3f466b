"""Lists taken out as CSV, as a spreadsheet of today reads it or one of old, or as a workbook; nothing in it begins a formula."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from firms.files.formulas import harmless

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A workbook takes no longer name for a sheet.
SHEET_LETTERS = 31


def csv_answer(
    request: HttpRequest, name: str, head: Sequence[object], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """UTF-8 with its mark, or CP932 where the address says `code=cp932`; letters that lacks become ?."""
    written = StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([str(cell) for cell in head])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    is_of_old = request.GET.get("code") == "cp932"
    body = written.getvalue()
    content = body.encode("cp932", errors="replace") if is_of_old else body.encode("utf-8-sig")
    coding = "Shift_JIS" if is_of_old else "utf-8"
    return attached(content, f"{name}.csv", content_type=f"text/csv; charset={coding}")


def xlsx_answer(name: str, head: Sequence[object], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """One sheet; days are days and numbers numbers, so that a clerk can sort and reckon."""
    from xlsxwriter import Workbook

    written = BytesIO()
    book = Workbook(
        written,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "default_date_format": "yyyy/mm/dd",
        },
    )
    sheet, bold = book.add_worksheet(name[:SHEET_LETTERS]), book.add_format({"bold": True})
    sheet.write_row(0, 0, [str(cell) for cell in head], bold)
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, ["" if cell is None else cell for cell in row])
    sheet.freeze_panes(1, 1)
    sheet.autofit()
    book.close()
    return attached(written.getvalue(), f"{name}.xlsx", content_type=WORKBOOK)


def attached(content: bytes, filename: str, *, content_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=filename) or "attachment"
    return answer


def day_cell(day: date | None) -> str:
    """2027/2/3, as a spreadsheet takes a day."""
    return f"{day.year}/{day.month}/{day.day}" if day else ""
