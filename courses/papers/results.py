"""The results of a run as a table: CSV in CP932, and a workbook."""

import csv
from io import BytesIO, StringIO

from courses.queries.completion.completion import Completion, RequirementState
from firms.files.formulas import harmless
from firms.words.saying import said as _

MEDIA_TYPES = {
    "csv": "text/csv; charset=shift_jis",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SAID = {RequirementState.MET: "○", RequirementState.UNMET: "×", RequirementState.UNKNOWN: "未確認"}
# How Japanese printing has always marked a character the case does not hold.
GETA = "〓"
# What CP932 writes otherwise than Unicode names it.
TWINS = str.maketrans({"〜": "～", "−": "－", "‖": "∥", "—": "―"})


def table(rows: list[Completion]) -> list[list[str | int]]:
    asked = [one.label for one in rows[0].requirements] if rows else []
    head: list[str | int] = [
        _("氏名"),
        _("フリガナ"),
        _("企業"),
        _("結果"),
        _("受講時間（分）"),
        _("総時間（分）"),
        *(word for label in asked for word in (label, _("%(label)sの理由") % {"label": label})),
        _("修了証番号"),
        _("修了証"),
    ]
    return [head, *(line(row) for row in rows)]


def line(row: Completion) -> list[str | int]:
    enrolment, held = row.enrolment, row.certificate
    return [
        enrolment.person.full_name,
        enrolment.person.full_kana,
        enrolment.employment.establishment.organisation.name if enrolment.employment else "",
        enrolment.get_state_display() if row.is_decided else _("未決定"),
        row.learned.attended,
        row.learned.planned,
        *(word for one in row.requirements for word in (SAID[one.standing], one.because)),
        held.number if held else "",
        (_("有効") if held.is_valid else _("取消し")) if held else "",
    ]


def results_csv(rows: list[Completion]) -> bytes:
    written = StringIO()
    csv.writer(written).writerows([[harmless(cell) for cell in cells] for cells in table(rows)])
    return in_cp932(written.getvalue())


def in_cp932(text: str) -> bytes:
    """Characters Windows' Japanese code lacks (𠮷) become 〓; the workbook has them all."""
    try:
        return text.translate(TWINS).encode("cp932")
    except UnicodeEncodeError:
        return "".join(sign if has_cp932(sign) else GETA for sign in text.translate(TWINS)).encode("cp932")


def has_cp932(sign: str) -> bool:
    return sign.encode("cp932", "ignore") != b""


def results_xlsx(rows: list[Completion]) -> bytes:
    from xlsxwriter import Workbook

    written = BytesIO()
    book = Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, bold = book.add_worksheet(_("修了の結果")), book.add_format({"bold": True})
    for number, cells in enumerate(table(rows)):
        sheet.write_row(number, 0, cells, bold if number == 0 else None)
    sheet.freeze_panes(1, 1)
    sheet.autofit()
    book.close()
    return written.getvalue()
