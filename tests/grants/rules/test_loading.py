"""A broken scheme file is refused with file, line and reason."""

import pytest

from grants.rules import FiguresError, current_schemes, load_edition, load_schemes
from grants.rules.loading import FOLDER

WHOLE = """scheme = "example"
title = "例"
authority = "厚生労働省"
clock = "plan_filed"
combination = "by_table"

[figures."rate"]
label = "率"
unit = "percent"
dated = [
  { from = 2024-04-01, to = 2025-03-31, value = 45, source = "要領", confidence = "high", verified_until = 2031-03-31 },
  { from = 2025-04-01, value = 50, source = "要領", confidence = "high", verified_until = 2027-03-31 },
]
"""
BROKEN = {
    "no source": (
        'source = "要領", confidence = "high", verified_until = 2027',
        'confidence = "high", verified_until = 2027',
        "example.toml:12行目: 「rate」のsource がありません。",
    ),
    "empty source": (
        'value = 50, source = "要領"',
        'value = 50, source = " "',
        "example.toml:12行目: 「rate」のsource が空です。",
    ),
    "dates out of order": (
        "from = 2025-04-01",
        "from = 2024-04-01",
        "example.toml:12行目: 「rate」のfrom が前の行より後ではありません。古い順に書いてください。",
    ),
    "overlapping": (
        "to = 2025-03-31",
        "to = 2025-04-01",
        "example.toml:12行目: 「rate」の前の行の to と期間が重なっています。",
    ),
    "ends before it begins": (
        "to = 2025-03-31",
        "to = 2024-03-31",
        "example.toml:11行目: 「rate」のto が from より前です。",
    ),
    "unknown key of an entry": (
        "value = 50,",
        "value = 50, rate = 1,",
        "example.toml:12行目: 「rate」のrate という項目はありません。",
    ),
    "unknown key of a figure": (
        'unit = "percent"',
        'unit = "percent"\nunits = 1',
        "example.toml:7行目: 「rate」のunits という項目はありません。",
    ),
    "unknown key of the file": (
        'title = "例"',
        'title = "例"\nname = "例"',
        "example.toml:1行目: name という項目はありません。",
    ),
    "unknown unit": (
        'unit = "percent"',
        'unit = "pounds"',
        "example.toml:7行目: 「rate」のunit「pounds」は知らない単位です。",
    ),
    "impossible percent": (
        "value = 50",
        "value = 101",
        "example.toml:12行目: 「rate」のvalue「101」は単位 percent の値として読めません。",
    ),
    "a float": (
        "value = 50",
        "value = 50.5",
        "example.toml:12行目: 「rate」のvalue「50.5」は単位 percent の値として読めません。",
    ),
    "unknown confidence": (
        'value = 50, source = "要領", confidence = "high"',
        'value = 50, source = "要領", confidence = "sure"',
        "example.toml:12行目: 「rate」のconfidence「sure」は high・medium・low のいずれかで書いてください。",
    ),
    "no date": (
        "from = 2025-04-01",
        'from = "2025-04-01"',
        "example.toml:12行目: 「rate」のfrom は日付（2026-04-01 の形）で書いてください。",
    ),
    "no day of verification": (
        ", verified_until = 2027-03-31",
        "",
        "example.toml:12行目: 「rate」のverified_until がありません。",
    ),
    "unknown clock": (
        'clock = "plan_filed"',
        'clock = "sundial"',
        "example.toml:1行目: clock「sundial」は plan_filed・claim_filed・conversion・hired・applied の"
        "いずれかで書いてください。",
    ),
    "unknown mode": (
        'combination = "by_table"',
        'combination = "maybe"',
        "example.toml:1行目: combination「maybe」は exclusive・deductive・additive・by_table のいずれかで書いてください。",
    ),
    "another name": (
        'scheme = "example"',
        'scheme = "other"',
        "example.toml:1行目: scheme「other」がファイル名と違います。",
    ),
    "no authority": ('authority = "厚生労働省"\n', "", "example.toml:1行目: authority がありません。"),
}


def load(folder, text):
    (folder / "example.toml").write_text(text, encoding="utf-8")
    return load_schemes(folder)


def test_whole_file_is_read(tmp_path):
    schemes = load(tmp_path, WHOLE)

    assert [f.value for f in schemes.by_name["example"].figures["rate"]] == [45, 50]


@pytest.mark.parametrize(("said", "instead", "reason"), BROKEN.values(), ids=BROKEN)
def test_broken_file_is_refused_with_line_and_reason(tmp_path, said, instead, reason):
    assert said in WHOLE

    with pytest.raises(FiguresError) as refusal:
        load(tmp_path, WHOLE.replace(said, instead, 1))

    assert str(refusal.value) == reason


def test_file_that_is_no_toml_is_refused_with_its_line(tmp_path):
    with pytest.raises(FiguresError, match=r"example.toml:2行目: TOMLとして読めません"):
        load(tmp_path, WHOLE.replace('title = "例"', "title ="))


def test_figure_that_is_no_table_is_refused(tmp_path):
    with pytest.raises(FiguresError, match="「flat」の数値は表で書いてください"):
        load(tmp_path, WHOLE.replace("[figures.", "figures.flat = 3\n[figures."))


def test_folder_without_schemes_is_refused(tmp_path):
    with pytest.raises(FiguresError, match="数値のファイル"):
        load_schemes(tmp_path)


def test_own_schemes_are_parsed_once():
    assert current_schemes() is current_schemes()
    assert set(current_schemes().by_name) == {path.stem for path in FOLDER.glob("*.toml")}


def test_file_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "example.toml").write_bytes(WHOLE.encode("shift_jis"))

    with pytest.raises(FiguresError, match=r"example\.toml:1行目: UTF-8で書かれていません"):
        load_schemes(tmp_path)


@pytest.mark.parametrize("key", ["figures", "menus"])
def test_tables_must_be_tables(tmp_path, key):
    head = WHOLE.split("[figures", 1)[0]
    text = head + ('figures = ["rate"]\n' if key == "figures" else 'menus = ["general"]\nfigures = {}\n')
    (tmp_path / "example.toml").write_text(text)

    with pytest.raises(FiguresError, match=rf"example\.toml:1行目: {key} は表で書いてください。"):
        load_schemes(tmp_path)


def test_edition_of_a_folder_keeps_what_the_folder_does_not_hold(tmp_path):
    text = (FOLDER / "reskilling.toml").read_text()
    (tmp_path / "reskilling.toml").write_text(text.replace("value = 75,", "value = 70,"))

    found = load_edition(tmp_path)

    assert found.by_name["reskilling"].figures["expense_rate.sme"][0].value == 70
    assert found.by_name["trial"] is current_schemes().by_name["trial"]


def test_edition_of_an_unknown_scheme_is_refused(tmp_path):
    (tmp_path / "draft.toml").write_text(WHOLE)

    with pytest.raises(FiguresError, match=r"draft\.toml:1行目: scheme「example」という制度はありません。"):
        load_edition(tmp_path / "draft.toml")
