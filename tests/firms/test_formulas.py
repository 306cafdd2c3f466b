"""Texts a spreadsheet would reckon."""

import pytest

from firms.files.formulas import harmless


@pytest.mark.parametrize("sign", [*"=+-@＝＋－＠", "\t", "\r", "\n"])
def test_a_text_that_begins_like_a_formula_is_marked(sign):
    assert harmless(f"{sign}cmd|'/c calc'!A1") == f"'{sign}cmd|'/c calc'!A1"


@pytest.mark.parametrize("cell", ["ヤグチ タロウ", "a=b", "", -5, 1.5, None])
def test_all_else_stays_as_it_is(cell):
    assert harmless(cell) == cell
