"""The press: same bytes, every character there, nothing beyond the margins, nothing fetched."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from django.utils import translation

from firms.papers.press import press, render
from grants.papers import forms_of_claim, forms_of_plan
from tests.grants.papers import facts
from tests.grants.papers.conftest import read_back, squeezed, unsaved_claim, unsaved_plan

POINTS = 72 / 25.4
MARGIN = 12 * POINTS
LONG = {
    "name": "（架空）" + "東京都大田区特殊精密切削加工研磨鍍金協同" * 5 + "株式会社",
    "kana": "トウキョウトオオタクトクシュセイミツ" * 5,
    "address": "東京都大田区" + "架空十二丁目345番678号超長大工業団地第二棟" * 5,
    "representative_title": "代表取締役社長兼最高執行責任者兼工場長",
    "representative_name": "𠮷濵髙﨑" * 12,
}


def outside(pdf: bytes) -> list[str]:
    """Pieces of text drawn beyond the left or right margin."""
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        return [text for page in document for text in beyond(page)]


def beyond(page) -> list[str]:
    words = page.get_textpage()
    boxes = [words.get_rect(n) for n in range(words.count_rects())]
    right = page.get_width() - MARGIN
    return [words.get_text_bounded(*box) for box in boxes if box[0] < MARGIN or box[2] > right]


def test_same_data_give_the_same_bytes(plan_papers, claim_papers):
    assert forms_of_plan(unsaved_plan())[2].pdf() == plan_papers["1-3"].pdf
    assert forms_of_claim(unsaved_claim())[1].pdf() == claim_papers["4-2"].pdf


def test_papers_are_japanese_whatever_the_reader_speaks(plan_papers):
    with translation.override("en"):
        assert forms_of_plan(unsaved_plan())[2].pdf() == plan_papers["1-3"].pdf


def test_papers_are_tagged_and_titled(plan_papers):
    with pikepdf.open(BytesIO(plan_papers["1-1"].pdf)) as paper:
        with paper.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        assert (str(paper.Root.Lang), bool(paper.Root.MarkInfo.Marked)) == ("ja", True)
        assert str(paper.docinfo["/Title"]) == "様式第1-1号 職業訓練実施計画届"
        assert "/StructTreeRoot" in paper.Root


def test_every_character_has_a_glyph_in_three_fonts(caplog):
    press()
    spec = forms_of_plan(unsaved_plan(firm={**facts.FIRM, "name": "髙﨑濵𠮷彅鷗"}))[1]

    printed = read_back(spec.pdf())

    assert [record.getMessage() for record in caplog.records if "notdef" in record.getMessage()] == []
    assert "髙﨑濵𠮷彅鷗" in printed.text
    assert font_names(printed.pdf) <= {"BIZ-UDGothic", "BIZ-UDGothic-Bold", "Noto-Sans-CJK-JP", "Takumi-Boxes"}


def font_names(pdf: bytes) -> set[str]:
    with pikepdf.open(BytesIO(pdf)) as paper:
        fonts = [o for o in paper.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"]
        return {str(font.BaseFont).partition("+")[2] for font in fonts}


def test_a_character_the_first_font_lacks_comes_from_the_second():
    plain, rare = (
        forms_of_plan(unsaved_plan(firm={**facts.FIRM, "representative_name": name}, workers=[]))[3].pdf()
        for name in ("吉郎", "𠮷郎")
    )

    assert font_names(rare) - font_names(plain) == {"Noto-Sans-CJK-JP"}


def test_long_names_stay_inside_and_whole():
    long = {**facts.FIRM, **LONG}
    plan, claim = unsaved_plan(firm=long), unsaved_claim(firm=long)
    papers = [read_back(spec.pdf()) for spec in (forms_of_plan(plan)[1], forms_of_claim(claim)[0])]

    assert [outside(paper.pdf) for paper in papers] == [[], []]
    assert [
        part for part in ("name", "address", "representative_name") if squeezed(LONG[part]) not in papers[0].run_on
    ] == []
    assert squeezed(LONG["name"]) in papers[1].run_on


def test_forms_stay_inside_their_margins(plan_papers, claim_papers):
    printed = {**plan_papers, **claim_papers}

    assert {code: found for code, paper in printed.items() if (found := outside(paper.pdf))} == {}


def test_markup_in_a_name_is_text():
    spec = forms_of_plan(unsaved_plan(firm={**facts.FIRM, "name": "<b>大森</b>&鉄工"}))[3]

    assert "<b>大森</b>&鉄工" in read_back(spec.pdf()).run_on


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:9/x.png"])
def test_nothing_is_fetched(address):
    with pytest.raises(Exception, match=r"not allowed|protocol|scheme"):
        press().fetcher.fetch(address)


def test_render_is_one_function_of_template_and_context(plan_papers):
    spec = forms_of_plan(unsaved_plan())[3]

    assert render(spec.template, {**spec.context(), "spec": spec}) == plan_papers["3-1"].pdf
