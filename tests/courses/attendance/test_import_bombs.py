"""Workbooks of a few bytes that would unfold to more than any machine holds; each is refused with a sentence."""

import zipfile
from io import BytesIO

import pytest

from courses.tables.books import sheets_of
from courses.tables.grids import COLUMN_LIMIT, ROW_LIMIT, Unreadable
from courses.tables.workbooks import column_number

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
FEW = '<row r="1"><c r="A1"><v>1</v></c></row>'


def workbook(rows, **more):
    """The least a reader of workbooks opens, with these rows."""
    sheet = '<sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets>'
    head = '<?xml version="1.0"?>'
    package = "http://schemas.openxmlformats.org/package/2006/content-types"
    parts = {
        "[Content_Types].xml": f'{head}<Types xmlns="{package}"/>',
        "_rels/.rels": f'{head}<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1"'
        f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{sheet}</workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1"'
        f' Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
        **more,
    }
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


def grid_of(content):
    return sheets_of(content)[0].grid


def test_an_honest_workbook_is_read():
    assert grid_of(workbook(FEW)) == [[1.0]]


def test_empty_cells_far_away_with_a_format_alone_do_no_harm():
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'

    assert grid_of(workbook(FEW + far)) == [[1.0]]


@pytest.mark.parametrize(
    "cell",
    [
        'r="XFD1048576"',
        "r='XFD1048576'",
        't="n" r="XFD1048576"',
        'r="XFD1048576" t="n" x="/>"',
        'r="A1" r="XFD1048576"',
        'r="xfd1048576"',
        'r="A1048576"',
        'r="XFD2"',
        "",
        'x="/>"',
    ],
)
def test_a_cell_far_away_is_refused_before_the_sheet_is_laid_out(cell):
    with pytest.raises(Unreadable, match=r"行が多すぎます|列が多すぎます|読み取れません"):
        grid_of(workbook(f'{FEW}<row r="1048576"><c {cell}><v>1</v></c></row>'))


@pytest.mark.parametrize("part", ["content.xml", "xl/workbook.bin"])
def test_a_workbook_of_another_kind_in_the_same_archive_is_refused(part):
    with pytest.raises(Unreadable, match="xlsx"):
        grid_of(workbook(FEW, **{part: ""}))


def test_an_archive_that_lies_about_its_sizes_is_refused():
    honest = workbook("<row/>" * 100)
    name = b"xl/worksheets/sheet1.xml"
    head = honest.rindex(name) - 46
    lying = bytearray(honest)
    lying[head + 24 : head + 28] = (10).to_bytes(4, "little")

    with pytest.raises(Unreadable):
        grid_of(bytes(lying))


def test_the_limits_stand_at_the_columns_they_say():
    inside = workbook('<row r="1"><c r="CV1"><v>1</v></c></row>')
    last = workbook(f'<row r="{ROW_LIMIT}"><c r="A{ROW_LIMIT}"><v>1</v></c></row>')

    assert column_number(b"CV") == COLUMN_LIMIT
    assert len(grid_of(inside)[0]) == COLUMN_LIMIT
    assert len(grid_of(last)) == ROW_LIMIT
    with pytest.raises(Unreadable, match="列"):
        grid_of(workbook('<row r="1"><c r="CW1"><v>1</v></c></row>'))
