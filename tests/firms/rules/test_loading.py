"""A plain table of figures is read whole, or refused with file, line and reason."""

import pytest

from firms.rules.figures import sources
from firms.rules.loading import FiguresError, load_tables

WHOLE = """name = "example"
title = "例"
clock = "on"

[figures."months"]
label = "月"
unit = "month_list"
dated = [
  { from = 2025-04-01, value = [1, 3], source = "要綱", confidence = "high", verified_until = 2027-03-31 },
]

[figures."kind"]
label = "種類"
unit = "word"
dated = [
  { from = 2025-04-01, value = "dispatch", source = "要綱", confidence = "low", verified_until = 2027-03-31 },
]
"""
BROKEN = {
    "another name": ('name = "example"', 'name = "other"', "example.toml:1行目: name「other」がファイル名と違います。"),
    "no name": ('name = "example"\n', "", "example.toml:1行目: name がありません。"),
    "no title": ('title = "例"', 'title = ""', "example.toml:1行目: title が空です。"),
    "unknown key": ('title = "例"', 'title = "例"\nage = 3', "example.toml:1行目: age という項目はありません。"),
    "unknown clock": ('"on"', '"off"', "example.toml:1行目: clock「off」は on のいずれかで書いてください。"),
    "months in words": (
        "[1, 3]",
        '[1, "three"]',
        "example.toml:9行目: 「months」のvalue「[1, 'three']」は単位 month_list の値として読めません。",
    ),
    "no months": (
        "[1, 3]",
        "[]",
        "example.toml:9行目: 「months」のvalue「[]」は単位 month_list の値として読めません。",
    ),
    "a kind that is a number": (
        '"dispatch"',
        "3",
        "example.toml:16行目: 「kind」のvalue「3」は単位 word の値として読めません。",
    ),
}


def load(folder, text):
    (folder / "example.toml").write_text(text, encoding="utf-8")
    return load_tables(folder, clocks=("on",))


def test_whole_table_is_read(tmp_path):
    table = load(tmp_path, WHOLE).by_name["example"]

    assert (table.title, table.figures["months"][0].wholes) == ("例", (1, 3))
    assert table.figures["kind"][0].word == "dispatch"


@pytest.mark.parametrize(("said", "instead", "reason"), BROKEN.values(), ids=BROKEN)
def test_broken_table_is_refused_with_line_and_reason(tmp_path, said, instead, reason):
    assert said in WHOLE

    with pytest.raises(FiguresError) as refusal:
        load(tmp_path, WHOLE.replace(said, instead, 1))

    assert str(refusal.value) == reason


def test_folder_without_figures_is_refused(tmp_path):
    with pytest.raises(FiguresError, match="数値のファイル"):
        load_tables(tmp_path, clocks=("on",))


def test_figure_of_another_kind_is_a_defect_and_no_answer(tmp_path):
    figures = load(tmp_path, WHOLE).by_name["example"].figures

    for wrong in ("whole", "day", "names"):
        with pytest.raises(TypeError, match="example/kind"):
            getattr(figures["kind"][0], wrong)
    for wrong in ("word", "whole"):
        with pytest.raises(TypeError, match="example/months"):
            getattr(figures["months"][0], wrong)
    with pytest.raises(TypeError, match="example/kind"):
        _ = figures["kind"][0].wholes


def test_sources_are_named_once(tmp_path):
    figures = load(tmp_path, WHOLE).by_name["example"].figures

    assert sources(figures["months"][0], figures["kind"][0], also=("民法143条",)) == "要綱; 民法143条"
