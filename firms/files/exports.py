"""Lists taken out as CSV: as a spreadsheet of today reads it, or one of old; nothing in it begins a formula."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from firms.files.formulas import harmless


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
    answer = HttpResponse(content, content_type=f"text/csv; charset={coding}")
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"{name}.csv") or "attachment"
    )
    return answer


def day_cell(day: date | None) -> str:
    """2027/2/3, as a spreadsheet takes a day."""
    return f"{day.year}/{day.month}/{day.day}" if day else ""
