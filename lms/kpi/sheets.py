"""The indicators as a table and as the workbook of a 事務事業評価: the logic model, every figure, and how it was counted."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext_lazy as _lazy

from firms.words.saying import said as _
from lms.kpi.shapes import ALL, IndicatorFacts, LineFacts, ReportFacts, Value

Row = Sequence[object]
# What somebody writes by hand on the sheet, in the words of the evaluation of a ward's work.
JUDGED = (_lazy("必要性"), _lazy("効率性"), _lazy("手段の妥当性"), _lazy("達成度"), _lazy("今後の方向性"))
WIDTHS = (22, 60, 26, 16, 12, 12, 16)


def head() -> list[str]:
    words = (
        _("指標"),
        _("年度"),
        _("分け方"),
        _("区分"),
        _("項目"),
        _("値"),
        _("単位"),
        _("目標"),
        _("データの日"),
        _("定義"),
        _("根拠"),
    )
    return [str(word) for word in words]


def rows(facts: ReportFacts) -> Iterator[Row]:
    """One row a figure; a number is a number, what is hidden says so."""
    for one in facts["indicators"]:
        for line in one["lines"]:
            for column, value in zip(one["columns"], line["values"], strict=True):
                target = one["target"] if line["by"] == ALL and column["code"] == one["target_of"] else None
                yield (
                    one["title"], facts["year"], dimension_word(facts, line), line["group"] or _("総数"), column["label"],
                    cell(value), column["unit"], "" if target is None else target, facts["as_of"], one["definition"], one["source"],
                )  # fmt: skip


def dimension_word(facts: ReportFacts, line: LineFacts) -> str:
    return _("全体") if line["by"] == ALL else facts["dimensions"][line["by"]]


def cell(value: Value) -> object:
    """As a spreadsheet reckons with it."""
    if value is None:
        return _("非表示")
    return float(value) if isinstance(value, str) and value else value


def against_target(one: IndicatorFacts) -> Value:
    """The figure of the whole the target is put against."""
    codes = [column["code"] for column in one["columns"]]
    return one["lines"][0]["values"][codes.index(one["target_of"])]


def is_reached(one: IndicatorFacts) -> bool | None:
    """None without a target, or where the figure cannot be told."""
    if one["target"] is None or (value := against_target(one)) is None or value == "":
        return None
    return float(value) <= one["target"] if one["is_ceiling"] else float(value) >= one["target"]


def workbook(facts: ReportFacts) -> bytes:
    from xlsxwriter import Workbook

    written = BytesIO()
    book = Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    formats = {
        "bold": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#e8f1fe"}),
        "text": book.add_format({"text_wrap": True, "valign": "top", "border": 1}),
        "title": book.add_format({"bold": True, "font_size": 14}),
    }
    evaluation(book.add_worksheet(_("評価シート")), facts, formats)
    table(book.add_worksheet(_("指標")), head(), rows(facts), formats)
    table(book.add_worksheet(_("数え方")), counted_head(), counted(facts), formats)
    book.close()
    return written.getvalue()


def evaluation(sheet: Any, facts: ReportFacts, formats: dict[str, Any]) -> None:
    """One page to print: what for, by which way, how far, and room for what people say to it."""
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for number, width in enumerate(WIDTHS):
        sheet.set_column(number, number, width)
    told = {"ward": facts["ward"], "year": facts["year"]}
    sheet.write(0, 0, _("事務事業評価シート（%(ward)s %(year)s年度）") % told, formats["title"])
    about = {"day": facts["as_of"], "least": facts["least"]}
    sheet.write(
        1, 0, _("データの日：%(day)s。%(least)s人（社）に満たない数と、引き算でそれが分かる数は「非表示」。") % about
    )
    lines = [stage_head(), *stage_rows(facts), (), (_("評価"), _("記入欄")), *((str(word), "") for word in JUDGED)]
    for number, line in enumerate(lines, start=3):
        is_head = line in (lines[0], (_("評価"), _("記入欄")))
        for place, value in enumerate(line):
            sheet.write(number, place, value, formats["bold" if is_head or place == 0 else "text"])


def stage_head() -> Row:
    return (_("段階"), _("内容"), _("指標"), _("実績"), _("単位"), _("目標"), _("達成"))


def stage_rows(facts: ReportFacts) -> Iterator[Row]:
    by_code = {one["code"]: one for one in facts["indicators"]}
    for stage in facts["logic_model"]:
        if not stage["indicators"]:
            yield (stage["label"], stage["text"], "", "", "", "", "")
        for number, code in enumerate(stage["indicators"]):
            label, text = (stage["label"], stage["text"]) if number == 0 else ("", "")
            yield (label, text, *headline(by_code[code]))


def headline(one: IndicatorFacts) -> Row:
    """The figure of the target, or the first there is."""
    codes = [column["code"] for column in one["columns"]]
    place = codes.index(one["target_of"]) if one["target_of"] else 0
    column, value = one["columns"][place], one["lines"][0]["values"][place]
    reached = {None: "", True: _("達成"), False: _("未達成")}[is_reached(one)]
    return (
        f"{one['title']} {column['label']}",
        cell(value),
        column["unit"],
        "" if one["target"] is None else one["target"],
        reached,
    )


def counted_head() -> Row:
    return (_("指標"), _("定義"), _("根拠"), _("根拠の確かさ"), _("確認の期限"))


def counted(facts: ReportFacts) -> Iterator[Row]:
    for one in facts["indicators"]:
        weak = _("要確認") if one["is_weak"] else _("確認済み")
        yield (one["title"], one["definition"], one["source"], weak, one["verified_until"])


def table(sheet: Any, head: Row, lines: Iterator[Row], formats: dict[str, Any]) -> None:
    sheet.write_row(0, 0, head, formats["bold"])
    for number, line in enumerate(lines, start=1):
        sheet.write_row(number, 0, line)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(head) - 1, 22)
