"""Chapters, captions and texts as authors paste them."""

import pytest

from courses.learning.markup import as_html
from firms.film import chapters, vtt
from firms.film.chapters import BrokenLine


def test_chapters_are_read_and_written_back():
    found = chapters.read("0:00 はじめに\n\n1:30　センサの取付け\n1:02:03 まとめ")

    assert found == [
        {"at": 0, "title": "はじめに"},
        {"at": 90, "title": "センサの取付け"},
        {"at": 3723, "title": "まとめ"},
    ]
    assert chapters.write(found) == "0:00 はじめに\n1:30 センサの取付け\n1:02:03 まとめ"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("はじめに", "1行目「はじめに」が読み取れません", id="no time"),
        pytest.param("0:00 はじめに\n0:75 次", "2行目「0:75 次」が読み取れません", id="75 seconds"),
        pytest.param("1:00 先\n0:30 後", "2行目の時刻が、前の行より後", id="backwards"),
        pytest.param("0:00 先\n10:00 後", "2行目の時刻が、動画の長さを超えて", id="beyond the end"),
    ],
)
def test_broken_chapters_name_their_line(text, sentence):
    with pytest.raises(BrokenLine, match=sentence):
        chapters.read(text, duration=300)


GOOD = """WEBVTT - 字幕

NOTE 書いた人の覚え書き

はじめ
00:00.000 --> 00:02.500
こんにちは

00:01:02.000 --> 00:01:04.000 align:center
センサを
取り付けます
"""


@pytest.mark.parametrize("text", [GOOD, "\ufeff" + GOOD, GOOD.replace("\n", "\r\n")], ids=["plain", "BOM", "Windows"])
def test_captions_are_read(text):
    assert vtt.cues(text) == [(0.0, 2.5, "こんにちは"), (62.0, 64.0, "センサを\n取り付けます")]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("こんにちは", "1行目が「WEBVTT」ではありません", id="another file"),
        pytest.param("WEBVTT\n", "字幕が1つもありません", id="empty"),
        pytest.param("WEBVTT\n\n0:01 --> 0:02\nあ", "3行目の時刻が読み取れません", id="short times"),
        pytest.param("WEBVTT\n\n1\n00:01,000 --> 00:02,000\nあ", "4行目の時刻が読み取れません", id="SubRip's comma"),
        pytest.param("WEBVTT\n\n00:05.000 --> 00:02.000\nあ", "3行目の終わりの時刻", id="ends before it starts"),
        pytest.param(
            "WEBVTT\n\n00:05.000 --> 00:06.000\nあ\n\n00:01.000 --> 00:02.000\nい",
            "6行目の時刻が、前の字幕より前",
            id="backwards",
        ),
        pytest.param("WEBVTT\n\n00:01.000 --> 00:02.000\n", "3行目の字幕に文がありません", id="no words"),
    ],
)
def test_broken_captions_name_their_line(text, sentence):
    with pytest.raises(BrokenLine, match=sentence):
        vtt.cues(text)


def test_text_becomes_headings_lists_and_paragraphs():
    text = "# 選び方\n測るもので選びます。\nまず温度から。\n\n- 熱電対\n・測温抵抗体\n\n1. 外す\n２．付ける"

    assert as_html(text) == (
        "<h2>選び方</h2>\n<p>測るもので選びます。<br>まず温度から。</p>\n"
        "<ul><li>熱電対</li><li>測温抵抗体</li></ul>\n<ol><li>外す</li><li>付ける</li></ol>"
    )


def test_text_is_escaped_whole():
    text = "<script>alert(1)</script>\n\n# <b>太字</b>\n\n- <img src=x onerror=alert(1)>"

    assert as_html(text) == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n<h2>&lt;b&gt;太字&lt;/b&gt;</h2>\n"
        "<ul><li>&lt;img src=x onerror=alert(1)&gt;</li></ul>"
    )
