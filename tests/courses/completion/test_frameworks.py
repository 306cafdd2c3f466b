"""The skill standards as data: what the files hold, how items are found, and which files are refused."""

from datetime import date

import pytest

from courses import frameworks
from courses.frameworks import FrameworkError
from courses.frameworks.loading import FOLDER, load_framework, load_frameworks
from courses.models.completion.skills import ITEM_LENGTH

GOOD = """code = "dss-x"
version = "1.0"
short = "DSS-X"
title = "試しの標準"
authority = "架空の役所"
field = "dx"
purpose = "試すため"
published_on = 2026-04-01
precision = "day"
source = "架空の告示"
confidence = "high"
item_count = 2

[[category]]
code = "1"
label = "分類"
items = [
  { code = "1.1", label = "はじめの項目" },
  { code = "1.2", label = "つぎの項目", also = "センサ" },
]
"""


@pytest.fixture
def written(tmp_path):
    """Writes a file with one passage changed and gives its path."""

    def write(old="", new="", name="dss-x-1.0.toml", text=GOOD):
        assert old in text
        path = tmp_path / name
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return write


def test_frameworks_in_force_are_one_edition_of_each_standard():
    held = [(one.key, one.published, len(one.items)) for one in frameworks.current()]

    assert held == [
        ("dss-l:1.1", "2023年8月", 23),
        ("dss-p:2.0", "2026年4月16日", 67),
        ("gxss-l:1.0", "2024年5月16日", 4),
        ("gxss-p:2.0", "2025年5月", 4),
    ]


def test_dss_p_has_its_categories_parts_and_items():
    [edition] = [one for one in frameworks.current() if one.code == "dss-p"]

    assert [(one.code, len(one.subcategories), len(one.items)) for one in edition.categories] == [
        ("1", 4, 28),
        ("2", 3, 14),
        ("3", 2, 13),
        ("4", 2, 6),
        ("5", 2, 6),
    ]


def test_frameworks_say_how_far_their_names_can_be_trusted():
    doubtful = [one for one in frameworks.editions() if one.confidence != "high"]

    assert {one.key: "未" in one.note or "照合していない" in one.note for one in doubtful} == {
        one.key: True for one in frameworks.editions()
    }


def test_frameworks_keep_the_labels_of_a_replaced_edition_but_offer_it_no_more():
    old = "dss-p:1.x:software.4"

    assert frameworks.label(old) == "フィジカルコンピューティングエンジニア"
    assert old not in {key for _group, items in frameworks.choices() for key, _label in items}
    assert old not in {one.key for one in frameworks.search("フィジカル")}


def test_item_keys_fit_their_column_and_stand_once():
    keys = [one.key for edition in frameworks.editions() for one in edition.items]

    assert len(keys) == len(set(keys))
    assert max(map(len, keys)) <= ITEM_LENGTH


def test_item_knows_its_place_in_the_standard():
    found = frameworks.item("dss-p:2.0:3.2.1")

    assert (found.full_label, found.category, found.subcategory) == (
        "フィジカルコンピューティング（DSS-P 2.0）",
        "テクノロジー",
        "デジタルテクノロジー",
    )


def test_item_nobody_knows_is_none_and_its_label_its_key():
    assert (frameworks.item("dss-p:9.9:1"), frameworks.label("dss-p:9.9:1")) == (None, "dss-p:9.9:1")


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        pytest.param("ﾌｨｼﾞｶﾙ", ["dss-p:2.0:3.2.1"], id="half-width kana"),
        pytest.param("ふぃじかる", ["dss-p:2.0:3.2.1"], id="hiragana"),
        pytest.param("ＩｏＴ センサ", ["dss-p:2.0:3.2.1"], id="two words, full-width, ours"),
        pytest.param("機械学習 イラスト", [], id="every word must occur"),
        pytest.param("  ", [], id="no words"),
    ],
)
def test_search_forgives_width_case_and_kana(words, keys):
    assert [one.key for one in frameworks.search(words)] == keys


def test_choices_are_grouped_by_standard_and_category():
    groups = frameworks.choices()

    assert groups[4][0] == "DSS-P 2.0 ビジネス変革"
    assert groups[4][1][0] == ("dss-p:2.0:1.1.1", "ビジネス環境と経営戦略の理解")
    assert sum(len(items) for _group, items in groups) == 98


def test_a_good_file_is_read_whole(written):
    found = load_framework(written())

    assert (found.key, found.published_on, [one.key for one in found.items]) == (
        "dss-x:1.0",
        date(2026, 4, 1),
        ["dss-x:1.0:1.1", "dss-x:1.0:1.2"],
    )


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        pytest.param('"1.2"', '"1.1"', r"dss-x-1.0.toml:19行目: 「1.1」が二度あります", id="item twice"),
        pytest.param('source = "架空の告示"\n', "", r"dss-x-1.0.toml:1行目: source がありません", id="no source"),
        pytest.param('"架空の告示"', '" "', r":10行目: source が空です", id="empty source"),
        pytest.param("2026-04-01", '"2026/4/1"', r":8行目: published_on は日付", id="date as text"),
        pytest.param("2026-04-01", "2026-13-01", r":8行目: TOMLとして読めません", id="no such month"),
        pytest.param("2026-04-01", "2026-04-01T10:00:00", r":8行目: published_on は日付", id="moment"),
        pytest.param('"high"', '"sure"', r":11行目: confidence「sure」は high・medium・low", id="confidence"),
        pytest.param('"high"', '"low"', r":11行目: confidence が high でないときは", id="doubt without words"),
        pytest.param('"day"', '"hour"', r":9行目: precision「hour」は", id="precision"),
        pytest.param('"dx"', '"ax"', r":6行目: field「ax」は dx・gx", id="field"),
        pytest.param("item_count = 2", "item_count = 3", r":12行目: item_count は 3 ですが、項目は 2", id="count"),
        pytest.param("version", "edition", r":2行目: edition という項目はありません", id="unknown key"),
        pytest.param('"1.2"', '"第二"', r":19行目: 「第二」は項目の番号にできません", id="code of signs"),
        pytest.param('"1.2"', f'"{"1" * 40}"', r":19行目: .*は長すぎます", id="key too long"),
        pytest.param('"はじめの項目"', '""', r":18行目: 「1.1」の label が空です", id="item without name"),
        pytest.param("also =", "word =", r":19行目: 項目は \{ code", id="unknown key of an item"),
        pytest.param("items = [", "things = [", r":15行目: 「1」に things という項目はありません", id="part"),
        pytest.param('label = "分類"\n', "", r":15行目: 「1」の分類に code か label", id="category without name"),
        pytest.param("[[category]]", "[category]", r":14行目: 分類は \[\[category\]\]", id="category as table"),
        pytest.param('"dss-x"', '"dss-y"', r":1行目: code と version がファイル名と違います", id="file name"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_with_its_line_and_reason(written, old, new, sentence):
    with pytest.raises(FrameworkError, match=sentence):
        load_framework(written(old, new))


def test_a_category_twice_is_refused(written):
    second = '\n[[category]]\ncode = "1"\nlabel = "別"\nitems = [ { code = "2.1", label = "三" } ]\n'

    with pytest.raises(FrameworkError, match=r":23行目: 「1」の分類が二度あります"):
        load_framework(written(text=GOOD + second))


def test_a_file_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "dss-x-1.0.toml"
    path.write_bytes(GOOD.encode("cp932"))

    with pytest.raises(FrameworkError, match="UTF-8で書かれていません"):
        load_framework(path)


def test_two_editions_in_force_are_refused(written, tmp_path):
    written()
    written('version = "1.0"', 'version = "1.1"', name="dss-x-1.1.toml")

    with pytest.raises(FrameworkError, match="「dss-x」の現行版が二つあります"):
        load_frameworks(tmp_path)


def test_an_edition_replaced_by_none_we_hold_is_refused(written, tmp_path):
    written("item_count = 2", 'item_count = 2\nreplaced_by = "dss-x:9.9"')

    with pytest.raises(FrameworkError, match=r":13行目: replaced_by「dss-x:9.9」という版がありません"):
        load_frameworks(tmp_path)


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(FrameworkError, match="スキル標準のファイル"):
        load_frameworks(tmp_path)


def test_every_file_of_ours_is_read():
    assert len(load_frameworks(FOLDER).editions) == len(list(FOLDER.glob("*.toml")))
