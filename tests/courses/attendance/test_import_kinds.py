"""Files as they come in practice, each of one kind: what is understood, what is asked, and what is left out by name."""

from datetime import date, datetime, time
from io import BytesIO

import pytest
from xlsxwriter import Workbook

from courses.tables.grids import Unreadable, lines
from courses.tables.values import Unclear, minutes_of, presence_of
from tests.courses.attendance.import_files import outcome, read
from tests.courses.attendance.test_import_bombs import MAIN, grid_of, workbook

DAY = date(2027, 2, 3)


@pytest.fixture
def by(coordinator):
    return coordinator.acting(today=DAY)


def book(*sheets, hidden=(), merged=()):
    """An Excel file of these sheets, each a name and its rows; `merged` are ranges of the first."""
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as file:
        moment, clock = file.add_format({"num_format": "yyyy/m/d h:mm"}), file.add_format({"num_format": "h:mm"})
        for name, rows in sheets:
            sheet = file.add_worksheet(name)
            for y, row in enumerate(rows):
                for x, cell in enumerate(row):
                    how = moment if isinstance(cell, datetime) else clock if isinstance(cell, time) else None
                    sheet.write(y, x, cell, how)
            if name in hidden:
                sheet.hide()
            elif sheet is not file.worksheets()[0] and file.worksheets()[0].name in hidden:
                sheet.activate()
                sheet.set_first_sheet()
        for where in merged:
            top = file.worksheets()[0]
            y, x = int(where.split(":")[0][1:]) - 1, ord(where[0]) - ord("A")
            top.merge_range(where, sheets[0][1][y][x])
    return made.getvalue()


def table(content, lesson, by, **more):
    return read(content, by=by, lesson=lesson, name="表.xlsx" if isinstance(content, bytes) else "表.csv", **more)


def left_out(batch):
    return [one["why"] for one in batch.found["left_out"]]


# --- what an attendance mark says ---


@pytest.mark.parametrize(
    "told", [True, "TRUE", "✓", "☑", "レ", "○", "◎", "1", "出席", "受講"], ids=lambda told: f"{told!r}"
)
def test_whoever_is_ticked_was_there(told):
    found = presence_of(told)

    assert (found.present, found.parts) == (True, frozenset())


@pytest.mark.parametrize("told", [False, "FALSE", "☐", "公欠", "忌引", "病欠", "欠席（公欠）", "×", "-", "出席停止"])
def test_whoever_was_away_was_away_whatever_the_reason(told):
    assert presence_of(told).present is False


@pytest.mark.parametrize(
    ("told", "parts", "late", "early"),
    [
        ("遅刻", {"late"}, None, None),
        ("早退", {"early"}, None, None),
        ("△", {"either"}, None, None),
        ("出席（遅刻）", {"late"}, None, None),
        ("遅刻・早退", {"late", "early"}, None, None),
        ("遅刻30分", {"late"}, 30, None),
        ("遅刻（１時間５分）", {"late"}, 65, None),
        ("早退 15分", {"early"}, None, 15),
        ("遅刻30分早退15分", {"late", "early"}, 30, 15),
    ],
)
def test_part_of_the_lesson_says_which_part_and_how_much(told, parts, late, early):
    found = presence_of(told)

    assert (found.present, set(found.parts), found.late, found.early) == (True, parts, late, early)


@pytest.mark.parametrize("told", ["遅刻30", "遅刻 10:30", "遅刻かも", "ほぼ出席", "#N/A", "?"])
def test_mark_not_understood_whole_is_unclear(told):
    with pytest.raises(Unclear):
        presence_of(told)


@pytest.mark.parametrize(
    ("told", "found"), [("0:15:00", 15), ("0:14:01", 15), ("1:00:00", 60), ("なし", None), ("-", None)]
)
def test_minutes_with_seconds_round_up(told, found):
    assert minutes_of(told) == found


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("遅刻,,,,", "何分の遅刻か分かりません"),
        ("遅刻,,,0,", "何分の遅刻か分かりません"),
        ("遅刻,10:00,17:00,,", "何分の遅刻か分かりません"),
        ("早退,,,,", "何分の早退か分かりません"),
        ("△,,,,", "遅刻か早退か、何分か分かりません"),
        ("遅刻30分,,,20,", "違います"),
        ("#VALUE!,,,,", "「#VALUE!」を読み取れません"),
        (",10:00,#N/A,,", "「#N/A」を読み取れません"),
        ("出席,10:00,-,,", "退室の時刻がありません"),
        ("遅刻,10:30,17:00,,", 330),
        ("遅刻,,,30,", 330),
        ("遅刻30分,,,,", 330),
        ("△,,,,15", 345),
        ("公欠,-,-,,", 0),
        ("TRUE,,,,", 360),
    ],
)
def test_unknown_part_is_asked_and_never_the_whole(pair, lesson, by, row, found):
    batch = table(f"氏名,出欠,入室,退室,遅刻,早退\n{pair[0].person.full_name},{row}", lesson, by)

    (told,) = outcome(batch).values()
    assert told == found if isinstance(found, int) else found in told


# --- days that stand with clocks ---


@pytest.mark.parametrize(
    ("came", "left", "found"),
    [
        ("2027/2/3 10:00", "2027/2/3 17:00", 360),
        ("2027-02-03T10:20:00", "2027-02-03T17:00:00", 340),
        ("令和9年2月3日（水）10時20分", "令和9年2月3日 17時", 340),
        ("2027/2/2 10:00", "2027/2/2 17:00", "コマの日"),
        ("2027/2/3 10:00", "2027/2/4 17:00", "コマの日"),
    ],
)
def test_day_beside_a_clock_is_the_day_of_the_lesson_or_refused(pair, lesson, by, came, left, found):
    batch = table(f"氏名,入室,退室\n{pair[0].person.full_name},{came},{left}", lesson, by)

    (told,) = outcome(batch).values()
    assert told == found if isinstance(found, int) else found in told


@pytest.mark.parametrize(("day", "found"), [(DAY, 340), (date(2027, 2, 2), "コマの日")])
def test_day_inside_a_cell_of_excel_counts_too(pair, lesson, by, day, found):
    came, left = datetime.combine(day, time(10, 20)), datetime.combine(day, time(17))
    content = book(("出席", [["氏名", "入室", "退室"], [pair[0].person.full_name, came, left]]))

    (told,) = outcome(table(content, lesson, by)).values()

    assert told == found if isinstance(found, int) else found in told


# --- workbooks ---


def test_hidden_sheet_is_not_read_but_named(pair, lesson, by):
    one, two = (enrolment.person.full_name for enrolment in pair)
    content = book(
        ("前月", [["氏名", "出欠"], [two, "出席"]]), ("今月", [["氏名", "出欠"], [one, "欠席"]]), hidden={"前月"}
    )

    batch = table(content, lesson, by)

    assert outcome(batch) == {2: 0}
    assert left_out(batch) == ["非表示のシート「前月」は読んでいません。"]


def test_second_sheet_is_named_and_one_without_attendance_is_passed_by(pair, lesson, by, coordinator):
    one, two = (enrolment.person.full_name for enrolment in pair)
    notes = ("はじめに", [["この表の使い方"], ["2枚目に書いてください"]])
    content = book(notes, ("A組", [["氏名", "出欠"], [one, "出席"]]), ("B組", [["氏名", "出欠"], [two, "出席"]]))

    batch = table(content, lesson, by)

    assert outcome(batch) == {2: 360}
    assert [why.split("」")[0] for why in left_out(batch)] == ["シート「はじめに", "シート「B組"]


def test_book_with_hidden_sheets_alone_says_so(lesson, by):
    content = workbook(
        '<row r="1"><c r="A1"><v>1</v></c></row>',
        **{
            "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
            ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            '<sheets><sheet name="a" sheetId="1" state="hidden" r:id="rId1"/></sheets></workbook>'
        },
    )

    assert "再表示" in table(content, lesson, by).found["sentence"]


def test_merged_cells_are_filled_down(run, pair, by):
    one, two = (enrolment.person.full_name for enrolment in pair)
    rows = [["開講番号", "回", "氏名", "出欠"], [run.code, 1, one, "出席"], ["", "", two, "欠席"]]

    batch = table(book(("表", rows), merged=["A2:A3", "B2:B3"]), None, by)

    assert outcome(batch) == {2: 360, 3: 0}


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="{at}" t="e"><v>#VALUE!</v></c>',
        '<c r="{at}" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        '<c r="{at}"><f>A1</f></c>',
        '<c r="{at}"><f>A1</f><v></v></c>',
        '<c r="{at}"><f>A1</f><v/></c>',
    ],
)
@pytest.mark.parametrize("column", ["B", "C", "D"])
def test_cell_without_a_value_is_not_an_empty_one(pair, lesson, by, cell, column):
    head = "".join(
        text(f"{letter}1", word) for letter, word in zip("ABCD", ["氏名", "出欠", "遅刻", "早退"], strict=True)
    )
    said = "" if column == "B" else text("B2", "出席")
    row = text("A2", pair[0].person.full_name) + said + cell.format(at=f"{column}2")
    content = workbook(f'<row r="1">{head}</row><row r="2">{row}</row>')

    (why,) = outcome(table(content, lesson, by)).values()

    assert "読み取れません" in why


def test_formula_that_was_reckoned_is_read(pair, lesson, by):
    head = text("A1", "氏名") + text("B1", "出欠") + text("C1", "遅刻") + text("D1", "備考")
    row = text("A2", pair[0].person.full_name) + text("B2", "出席") + '<c r="C2"><f>10+10</f><v>20</v></c>'
    row += '<c r="D2" t="str"><f>IF(1,"")</f><v></v></c>'

    batch = table(workbook(f'<row r="1">{head}</row><row r="2">{row}</row>'), lesson, by)

    assert outcome(batch) == {2: 340}


def test_nought_of_a_book_nobody_reckoned_is_unknown(pair, lesson, by):
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as file:
        sheet = file.add_worksheet()
        sheet.write_row(0, 0, ["氏名", "出欠", "遅刻"])
        sheet.write_row(1, 0, [pair[0].person.full_name, "出席"])
        sheet.write_formula(1, 2, "=10+10")

    (why,) = outcome(table(made.getvalue(), lesson, by)).values()

    assert "計算されていない数式" in why


def text(place, words):
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


# --- headings ---


@pytest.mark.parametrize(
    "above", [["No", "氏名", "出席", "", "備考"], ["", "", "出席", "出席", ""]], ids=["names above", "names below"]
)
def test_two_rows_of_headings_are_read_as_one(pair, lesson, by, above):
    below = ["", "" if above[1] else "氏名", "入室", "退室", "" if above[4] else "備考"]
    rows = [above, below, ["1", pair[0].person.full_name, "10:30", "17:00", ""]]

    batch = table("\n".join(map(",".join, rows)), lesson, by)

    assert outcome(batch) == {3: 330}


def test_first_person_is_no_heading_even_when_marked_with_a_word_of_one(pair, lesson, by):
    one, two = (enrolment.person.full_name for enrolment in pair)

    batch = table(f"氏名,出欠,備考\n{one},出席,\n{two},欠席,遅刻の連絡あり", lesson, by)

    assert outcome(batch) == {2: 360, 3: 0}


def test_lessons_side_by_side_are_read_for_each(run, pair, by):
    one, two = (enrolment.person.full_name for enrolment in pair)

    batch = table(f"開講番号,氏名,第1回,第9回\n{run.code},{one},○,\n{run.code},{two},遅刻,○", None, by)

    (sample,) = batch.found["sample"]
    assert (sample["row"], sample["minutes"]) == (2, 360)
    assert [row["row"] for row in batch.found["refused"]] == [3, 3]


@pytest.mark.parametrize(
    "rows",
    [
        [["氏名", "第1回", "第2回"], ["{0}", "早退15分", "○"]],
        [["氏名", "第1回", "", "第2回", ""], ["", "出欠", "早退", "出欠", "早退"], ["{0}", "出席", "15", "出席", ""]],
        [["氏名", "1回目", "", "2回目", ""], ["", "入室", "退室", "入室", "退室"], ["{0}", "10:00", "16:45", "", ""]],
        [["氏名", "2027/2/3(水)", "2027/2/10(水)"], ["{0}", "早退15分", "○"]],
    ],
    ids=["marks", "two rows", "clocks", "days"],
)
def test_of_lessons_side_by_side_only_the_one_asked_for_is_read_and_the_other_named(pair, lesson, by, rows):
    text = "\n".join(map(",".join, rows)).replace("{0}", pair[0].person.full_name)

    batch = table(text, lesson, by)

    assert list(outcome(batch).values()) == [345]
    assert len([why for why in left_out(batch) if "このコマではない" in why]) == 1


def test_refused_row_below_two_headings_comes_home_with_both(pair, lesson, by):
    from firms.files import store as files
    from firms.models import StoredFile

    name = pair[0].person.full_name
    batch = table(f"氏名,出席,\n,入室,退室\n{name},10:30,", lesson, by)
    sheet = files.read(StoredFile.objects.get(pk=batch.found["errors"])).decode("utf-8-sig")

    mended = table(sheet.replace("10:30,", "10:30,17:00"), lesson, by)

    assert list(outcome(mended).values()) == [330]


# --- separators ---


@pytest.mark.parametrize(
    "text",
    [
        "氏名\t出欠\t備考\n矢口\t出席\t電車, バス, 徒歩, 自転車, 船\n石川\t欠席\t,,,,,,,",
        "氏名;出欠;備考\n矢口;出席;a,b,c,d,e\n石川;欠席;,,,,,,,,",
        "氏名,出欠,備考\n矢口,出席,a;b;c;d;e;f;g\n石川,欠席,;;;;;;;",
        'sep=;\n氏名;出欠;備考\n矢口;出席;"a;b"\n石川;欠席;',
    ],
    ids=["tab", "semicolon", "comma", "told"],
)
def test_separator_is_what_parts_whole_lines(text):
    rows = [row for row in lines(text) if len(row) > 1]

    assert [len(row) for row in rows[-3:]] == [3, 3, 3]


def test_open_quote_is_told():
    with pytest.raises(Unreadable, match="区切り"):
        lines('氏名,出欠\n"矢口,出席')


def test_page_names_what_was_not_read(held, held_lesson, seated, coordinator, client):
    from django.urls import reverse
    from django.utils.timezone import localdate

    (one,) = seated(held)
    content = book(("A組", [["氏名", "出欠"], [one.person.full_name, "出席"]]), ("B組", [["氏名"], ["だれか"]]))
    batch = table(content, held_lesson, coordinator.acting(today=localdate()))

    page = coordinator.client().get(reverse("courses:import", args=[batch.pk])).content.decode()

    assert "読んでいない部分があります" in page
    assert "記録しない行（1）" in page


@pytest.mark.parametrize("where", ["C1:D1", "A9:B9", "A1:C1"])
def test_merged_cells_beyond_what_is_written_do_no_harm(where):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    sheet = (
        f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>'
        f'<mergeCells count="1"><mergeCell ref="{where}"/></mergeCells></worksheet>'
    )

    assert grid_of(workbook(rows, **{"xl/worksheets/sheet1.xml": sheet})) == [[1.0]]
