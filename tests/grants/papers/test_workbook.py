"""An official workbook is filled in its marked cells; every other byte of it stays as it was."""

import re
import zipfile
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from python_calamine import CalamineWorkbook

from firms.errors import Refused
from firms.files import store as files
from firms.models import JournalEntry
from grants.actions.workbooks import keep_workbook
from grants.models import Workbook
from grants.papers.entries import is_known, named_values, names_known, screens, typed
from grants.papers.workbook import PLACEHOLDER, Unfit, filled, marks_in
from grants.policies import may_keep_workbooks
from tests.grants.papers import facts
from tests.grants.papers.conftest import unsaved_claim, unsaved_plan

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VALUES = {
    "firm.name": "（架空）大森 <機械> & 製作所",
    "head_count": "3",
    "starts_on": "2027/02/03",
    "firm.phone": "03-0000-0001",
    "firm.corporate_number": "5700000000001",
}


def official(marked=True) -> bytes:
    """A sheet as ministries make them: styles, merged cells, a formula, a second sheet, a picture's worth of other parts."""
    written = BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    bold = book.add_format({"bold": True, "border": 1, "bg_color": "#FFFFCC"})
    sheet, other = book.add_worksheet("様式第1-1号"), book.add_worksheet("記入例 ('R8')")
    sheet.merge_range("B2:E2", "{{firm.name}}" if marked else "", bold)
    sheet.write("A4", "受講者数", bold)
    sheet.write("B4", "{{ head_count }}" if marked else 0, bold)
    sheet.write("A5", "合計")
    sheet.write_formula("B5", "=B4*2", bold, 0)
    sheet.write("A6", "開始 {{starts_on}} から" if marked else "", bold)
    sheet.write("D8", "右")
    other.write("A1", "{{firm.phone}}" if marked else "")
    if marked:
        book.define_name("takumi.firm.corporate_number", "='様式第1-1号'!$C$8")
        book.define_name("takumi.head_count", "='様式第1-1号'!$B$20")
        book.define_name("takumi.firm.phone", "='記入例 (''R8'')'!$C$3")
        book.define_name("other", "='様式第1-1号'!$A$1")
    book.close()
    return written.getvalue()


def parts(content):
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return [(one.filename, one.date_time, archive.read(one)) for one in archive.infolist()]


def cells(content, sheet=0):
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(sheet).to_python(skip_empty_area=False)


def test_marks_are_names_and_placeholders():
    found = {(mark.sheet, mark.cell): mark.names for mark in marks_in(official())}

    assert found == {
        ("様式第1-1号", "B2"): ("firm.name",),
        ("様式第1-1号", "B4"): ("head_count",),
        ("様式第1-1号", "A6"): ("starts_on",),
        ("様式第1-1号", "C8"): ("firm.corporate_number",),
        ("様式第1-1号", "B20"): ("head_count",),
        ("記入例 ('R8')", "A1"): ("firm.phone",),
        ("記入例 ('R8')", "C3"): ("firm.phone",),
    }


def test_marked_cells_are_filled_and_read_back():
    done = filled(official(), VALUES)

    first, second = cells(done), cells(done, 1)
    assert (first[1][1], first[3][1], first[5][0]) == ("（架空）大森 <機械> & 製作所", 3.0, "開始 2027/02/03 から")
    assert (first[7][2], first[7][3], first[19][1]) == ("5700000000001", "右", 3.0)
    assert (second[0][0], second[2][2]) == ("03-0000-0001", "03-0000-0001")


def test_every_other_part_is_the_same_byte_for_byte():
    before, after = parts(official()), parts(filled(official(), VALUES))

    assert [row[:2] for row in before] == [row[:2] for row in after]
    changed = [old[0] for old, new in zip(before, after, strict=True) if old[2] != new[2]]
    assert changed == ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"]


CELL = re.compile(rb'<c r="(B2|B4|A6|C8|B20|A1|C3)"[^>]*?(?:/>|>.*?</c>)|<row r="(20|3)">|</row>')


def test_every_other_byte_of_the_sheet_is_the_same():
    for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        before, after = (
            {row[0]: row[2] for row in parts(one)}[name] for one in (official(), filled(official(), VALUES))
        )

        assert CELL.sub(b"", before) == CELL.sub(b"", after)
        assert before != after


def test_a_cell_keeps_its_style():
    sheet = {row[0]: row[2] for row in parts(filled(official(), VALUES))}["xl/worksheets/sheet1.xml"]

    assert re.search(rb'<c r="B2" s="\d+" t="inlineStr"><is><t xml:space="preserve">', sheet)
    assert re.search(rb'<c r="B4" s="\d+"><v>3</v></c>', sheet)
    assert b"<f>B4*2</f>" in sheet


def test_the_same_case_gives_the_same_bytes():
    assert filled(official(), VALUES) == filled(official(), VALUES)


def test_what_the_case_does_not_have_leaves_an_empty_cell():
    first = cells(filled(official(), {}))

    assert (first[1][1], first[3][1]) == ("", "")


def test_a_file_without_marks_comes_back_as_it_was():
    assert parts(filled(official(marked=False), VALUES)) == parts(official(marked=False))


def test_a_formula_is_never_written_over():
    written = BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    book.add_worksheet("S").write_formula("A1", "=1+1")
    book.define_name("takumi.head_count", "=S!$A$1")
    book.close()

    with pytest.raises(Unfit, match="A1"):
        filled(written.getvalue(), VALUES)


def zipped_with(**changed):
    content, written = official(), BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for one in old.infolist():
            new.writestr(one.filename, changed.get(one.filename, old.read(one)))
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK no zip", "読めません"),
        (zipped_with(**{"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'}), "DOCTYPE"),
        (zipped_with(**{"xl/workbook.xml": b"<x"}), "XML"),
    ],
    ids=["no zip", "entities", "no xml"],
)
def test_what_is_no_workbook_is_unfit(content, why):
    with pytest.raises(Unfit, match=why):
        marks_in(content)


# fields


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("firm.name", True),
        ("workers.12.name", True),
        ("starts_on.year", True),
        ("firm.corporate_number.13", True),
        ("firm.nam", False),
        ("workers.name", False),
        ("starts_on.hour", False),
    ],
)
def test_names_are_fields_rows_parts_and_signs(name, known):
    assert is_known(name) is known


def test_values_of_a_claim_by_name():
    found = named_values(unsaved_claim(**facts.whole_claim()))

    assert (found["firm.name"], found["receipt_number"]) == (facts.FIRM["name"], "東京8-リ-001234")
    assert (found["starts_on"], found["starts_on.year"], found["starts_on.month"]) == ("2027/02/03", "9", "2")
    assert (found["workers.1.name"], found["directors.2.born_on"]) == ("髙﨑 優", "1975/11/30")
    assert (found["firm.corporate_number.1"], found["account.number.7"]) == ("5", "1")
    assert (found["account.kind"], found["agent.capacity"], found["standing"]) == ("1 普通", "提出代行者", "はい")


def test_every_name_is_filled_by_a_plan_or_a_claim():
    found = named_values(unsaved_plan(**facts.whole_plan())) | named_values(unsaved_claim(**facts.whole_claim()))

    assert [name for name, _label in names_known() if not found.get(name)] == []


def test_screens_stand_in_their_order():
    plan = unsaved_plan(**facts.whole_plan())

    assert [screen.title[0] for screen in screens("koyo", plan)] == ["1", "2", "3", "4", "5"]
    assert [screen.title[0] for screen in screens("jgrants", plan)] == ["1", "2", "3"]
    assert typed(None) == ""


# kept and given back


def upload(content=None, name="様式第1-1号.xlsx"):
    return SimpleUploadedFile(name, content or official(), content_type=XLSX)


KEY = {"menu": "reskilling:reskilling", "edition": "R8.4", "of": "plan"}


def keep(advisor, **changes):
    return keep_workbook(changes.pop("upload", upload()), **{**KEY, **changes}, by=advisor.acting())


def test_a_workbook_is_kept_once_and_filled_for_a_case(advisor, planned):
    first, again = keep(advisor), keep(advisor)
    assert (first, first.mark_count, JournalEntry.objects.filter(verb="workbook.keep").count()) == (again, 7, 1)

    page = advisor.client().get(reverse("grants:papers", args=[planned.pk])).content.decode()
    address = reverse("grants:workbook_filled", args=[planned.pk, first.pk])
    assert address in page
    done = advisor.client().get(address)
    values = named_values(planned.plans.get())
    assert (done["Content-Type"], cells(done.content)[1][1]) == (XLSX, planned.establishment.organisation.name)
    assert done.content == filled(files.read(first.file), values)


def test_marks_belong_to_an_edition(advisor, planned):
    other = keep(advisor, edition="R8.8", menu="hrd_support:general")

    address = reverse("grants:workbook_filled", args=[planned.pk, other.pk])
    assert advisor.client().get(address).status_code == 404
    assert address not in advisor.client().get(reverse("grants:papers", args=[planned.pk])).content.decode()


def test_a_workbook_of_another_organisation_is_not_given(advisor, manager, planned):
    row = keep(advisor)

    assert manager.client().get(reverse("grants:workbook_filled", args=[planned.pk, row.pk])).status_code == 404


@pytest.mark.parametrize(
    ("content", "why"),
    [(official(marked=False), "印が見つかりません"), (None, "項目にない印")],
    ids=["unmarked", "unknown name"],
)
def test_a_file_that_cannot_be_filled_is_refused(advisor, content, why):
    if content is None:
        written = BytesIO()
        book = xlsxwriter.Workbook(written, {"in_memory": True})
        book.add_worksheet().write("A1", "{{firm.nam}}")
        book.close()
        content = written.getvalue()

    with pytest.raises(Refused, match=why):
        keep(advisor, upload=upload(content))

    assert not Workbook.objects.exists()


def test_the_page_takes_a_file_and_names_what_is_wrong(advisor):
    client, address = advisor.client(), reverse("grants:workbooks")
    given = {"edition": "reskilling:reskilling R8.4", "of": "plan"}

    assert client.post(address, {**given, "file": upload()}).status_code == 302
    page = client.get(address).content.decode()
    assert "印 7個" in page
    assert "{{firm.name}}" in page
    wrong = client.post(address, {**given, "file": upload(b"no workbook")})
    assert "file" in wrong.context["form"].errors


def test_clerks_and_colleges_keep_no_workbooks(advisor, manager, coordinator):
    found = [may_keep_workbooks(one.acting()) for one in (advisor, manager, coordinator)]

    assert found == [True, True, False]


@pytest.mark.parametrize("changes", [{"mark_count": 0}, {}], ids=["workbook_is_marked", "workbook_once"])
def test_the_database_keeps_a_marked_workbook_once(advisor, changes, request):
    row = keep(advisor)
    given = {"owner": row.owner, "name": "a", "file": row.file, "kept_by": advisor.person, "mark_count": 1, **KEY}
    given |= {"edition": "R9", **changes} if changes else {}

    with pytest.raises(IntegrityError), transaction.atomic():
        Workbook.objects.create(**given)


def test_workbooks_stay_as_they_were_kept(advisor):
    row = keep(advisor)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Workbook.objects.filter(pk=row.pk).update(name="x")


# the sheet to type from


def test_transcription_shows_screens_with_what_is_typed(advisor, planned):
    page = advisor.client().get(reverse("grants:transcription", args=[planned.pk, "koyo"])).content.decode()

    values = named_values(planned.plans.get())
    assert [
        value
        for value in (values["firm.name"], values["starts_on"], values["workers.1.kana"])
        if f'data-copy="{value}"' not in page
    ] == []
    assert page.index("1　事業主") < page.index("4　訓練の計画") < page.index("5　対象労働者")


def test_transcription_before_anything_is_frozen_says_so(advisor, stated):
    page = advisor.client().get(reverse("grants:transcription", args=[stated.pk, "jgrants"])).content.decode()

    assert "まだ転記できません" in page
    assert advisor.client().get(reverse("grants:transcription", args=[stated.pk, "other"])).status_code == 404


def test_acts_on_behalf_are_shown_to_the_firm(manager, advisor, filed, stranger):
    firm = manager.client().get(reverse("grants:acts")).content.decode()
    own = stranger.client().get(reverse("grants:acts"))

    assert "計画を確定" in firm
    assert f"{advisor.organisation.name}への委任による" in firm
    assert advisor.person.full_name in firm
    assert own.status_code != 200 or "計画を確定" not in own.content.decode()


def test_placeholders_forgive_blanks():
    assert PLACEHOLDER.findall("{{ a.b }} {{c}}") == ["a.b", "c"]
