"""The table of attendance to fill in, with the people and lessons of a run already in it."""

import csv
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO

from django.utils import timezone

from courses.models import Enrolment, Run
from courses.queries import lessons_of
from firms.files.formulas import harmless

# Read back by these very words, whatever language the page around is in.
HEADINGS = ("開講番号", "回", "日付", "フリガナ", "氏名", "メール", "出欠", "入室", "退室", "遅刻", "早退", "備考")
WIDTHS = (14, 6, 12, 20, 18, 28, 8, 8, 8, 8, 8, 24)
STATUS_COLUMN, CLOCK_COLUMNS = 6, (7, 8)
HOW_TO = (
    "出欠に「出席」か「欠席」を書きます。空のままの行は取り込みません。",
    "遅刻・早退は分で書きます（例: 15）。または、入室・退室に時刻を書きます（例: 10:15、10時15分）。",
    "入室・退室の時刻は、コマの時間の中にしてください。",
    "行の順番を変えても、列を消しても取り込めます。見出しの行は残してください。",
    "マイナンバー（個人番号）は書かないでください。",
)


def filled_rows(run: Run) -> Iterator[list[str]]:
    """Lesson by lesson, everybody by kana."""
    held = Enrolment.objects.accepted().filter(run=run).select_related("person", "employment")
    people = list(held.order_by("person__family_kana", "person__given_kana", "pk"))
    for lesson in lessons_of(run):
        on = f"{timezone.localtime(lesson.starts_at):%Y/%m/%d}"
        for one in people:
            told = [run.code, str(lesson.number), on, one.person.full_kana, one.person.full_name, one.mail]
            yield [*told, *[""] * (len(HEADINGS) - len(told))]


def table_csv(run: Run) -> bytes:
    """CP932, as Excel of old opens it; a letter the coding lacks becomes ?, which reading bears, as it does the mark
    that keeps a name from being a formula.
    """
    written = StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows([harmless(cell) for cell in row] for row in filled_rows(run))
    return written.getvalue().encode("cp932", errors="replace")


def table_xlsx(run: Run) -> bytes:
    from xlsxwriter import Workbook

    file = BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        head = book.add_format({"bold": True, "bg_color": "#e8f1fe", "border": 1})
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet("出席")
        for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
            sheet.set_column(column, column, width, text if column in CLOCK_COLUMNS else None)
            sheet.write(0, column, heading, head)
        last = 0
        for last, row in enumerate(filled_rows(run), start=1):
            sheet.write_row(last, 0, row)
        sheet.freeze_panes(1, 0)
        choice = {"validate": "list", "source": ["出席", "欠席"], "ignore_blank": True}
        sheet.data_validation(1, STATUS_COLUMN, max(last, 1), STATUS_COLUMN, choice)
        how_to = book.add_worksheet("書き方")
        how_to.set_column(0, 0, 100)
        how_to.write_column(0, 0, HOW_TO)
    return file.getvalue()


TABLES: dict[str, tuple[Callable[[Run], bytes], str]] = {
    "xlsx": (table_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (table_csv, "text/csv; charset=Shift_JIS"),
}
