"""A name is the whole name: written in any letters and order it is known, and a piece of a longer one is nobody's."""

import pytest

from courses.tables.people import Candidate, Directory
from firms.words.letters import pattern_of
from firms.words.searching import search_form

PEOPLE = [
    Candidate(1, "石川 大輔", "イシカワ ダイスケ", ""),
    Candidate(2, "Nguyen Van An", "グエン ヴァン アン", ""),
    Candidate(3, "佐藤 内田", "サト ウチダ", ""),
    Candidate(4, "𠮷田 冨美", "ヨシダ フミ", ""),
    Candidate(5, "浜崎 エリート", "ハマサキ エリート", ""),
]


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("石川大輔", [1]),
        ("大輔　石川", [1]),
        ("石川 大輔（大田機械）", [1]),
        ("大田機械_石川 大輔さん", [1]),
        ("01 石川 大輔", [1]),
        ("小石川 大輔", []),
        ("小 石川大輔", []),
        ("石川 大輔介", []),
        ("石川", []),
        ("石川 大輔 / Nguyen Van An", [1, 2]),
        ("Nguyen Van An", [2]),
        ("Nguyen Van Anh", []),
        ("Nguyen Van An Binh", []),
        ("Uchida Sato", [3]),
        ("Satou Chida", []),
        ("吉田 富美", [4]),
        ("𠮷\U000e0100田 冨美", [4]),
        ("濵嵜 エリート", [5]),
        ("濱﨑 エリ−ト", [5]),
        ("浜崎 エリ〜ト", [5]),
        ("浜崎 エリ～ト", [5]),
    ],
)
def test_only_the_whole_name_is_known(shown, found):
    assert [one.key for one in Directory(PEOPLE).shown_as(shown)] == found


def test_exact_letters_tell_two_people_apart():
    people = [Candidate(1, "髙橋 一", "タカハシ ハジメ", ""), Candidate(2, "高橋 一", "タカハシ ハジメ", "")]

    assert [one.key for one in Directory(people).with_name("髙橋 一", "")] == [1]


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("図面の読み方〜検査まで", "読み方～検査"),
        ("データ分析", "デ−タ"),
        ("IoT−現場", "IoT-現場"),
        ("IoTー現場", "iot−現場"),
        ("髙橋式の改善", "高橋式"),
        ("𠮷田式", "吉田式"),
        ("葛\U000e0100城の技", "葛城"),
    ],
)
def test_search_finds_under_any_mark_and_letter(title, typed):
    assert search_form(typed) in search_form(title)


@pytest.mark.parametrize(("word", "plain"), [("-", "[ー"), ("高", "高髙"), (".", "\\.")])
def test_pattern_holds_every_form_of_a_letter(word, plain):
    assert plain in pattern_of(word)
