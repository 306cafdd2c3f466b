"""Days, money and minutes in one manner: the words themselves, and what the walk over the pages would find."""

from datetime import date

import pytest

from firms.words.amounts import minutes_words, yen_words
from firms.words.days import day_words
from firms.words.japanese import hm, yen
from grants.rules.requirements import in_hours
from tests.lms.manners import otherwise_in


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0分"), (59, "59分"), (60, "1時間"), (61, "1時間1分"), (576, "9時間36分"), (720, "12時間"), (-5, "-5分")],
)
def test_minutes_are_written_in_one_manner(minutes, words):
    assert (minutes_words(minutes), hm(minutes)) == (words, words)


def test_rules_write_minutes_as_the_pages_do():
    assert [in_hours(n) for n in range(200)] == [minutes_words(n) for n in range(200)]


def test_yen_are_written_in_one_manner():
    assert (yen_words(58_000), yen(58_000), yen(0)) == ("58,000円", "58,000円", "0円")


@pytest.mark.parametrize(
    "text",
    [
        *("期限は2027-02-16です", "期限は2027/02/16です", "2027/2/3 10:00", "2027.2.16", "2027年02月16日", "2月03日"),
        *("¥58,000", "￥ 58,000", "58000円", "58,000 円"),
        *("6時間00分", "6時間05分", "0時間40分", "12.5時間", "矢口 360分", "早退120分"),
    ],
)
def test_another_manner_is_found(text):
    assert otherwise_in(text) != []


@pytest.mark.parametrize(
    "text",
    [
        *(day_words(date(2027, 2, 16)), "「2027/2/3」「令和9年2月3日」", "https://x.jp/2027-02-16-99", "10:00–17:00"),
        *("58,000円", "0円", "999円", "12時間", "9時間36分", "40分", "受講 720分 ÷ 標準 900分 = 80%"),
    ],
)
def test_the_one_manner_is_left_alone(text):
    assert otherwise_in(text) == []
