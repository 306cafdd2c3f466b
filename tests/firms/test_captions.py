"""Captions of any program: read forgivingly, refused with their line, and written so that they are read again."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firms.film.captions import (
    MOST_CAPTIONS,
    Cue,
    as_srt,
    as_vtt,
    from_typed,
    imported,
    read,
    typed,
    without_overlaps,
)
from firms.film.chapters import BrokenLine

VTT = """WEBVTT - 字幕
Kind: captions

NOTE 覚え書き
二行目

STYLE
::cue { color: red }

はじめ
00:01.000 --> 00:04.500 align:start
<v 匠>材料を<b>締めます</b>

01:02:03.004 --> 01:02:05.000
&lt;公差&gt; &amp; 寸法
二行目
"""
SRT = "1\n00:00:01,000 --> 00:00:04,500\n材料を締めます\n\n2\n01:02:03,004 --> 01:02:05,000\n公差\n二行目\n"
FIRST, LAST = Cue(1_000, 4_500, "材料を締めます"), Cue(3_723_004, 3_725_000, "公差\n二行目")


def test_webvtt_is_read_without_its_marks():
    assert read(VTT).cues == (FIRST, Cue(3_723_004, 3_725_000, "<公差> & 寸法\n二行目"))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(SRT.encode(), id="utf-8"),
        pytest.param(b"\xef\xbb\xbf" + SRT.encode(), id="BOM"),
        pytest.param(SRT.encode("cp932"), id="CP932"),
        pytest.param(SRT.encode("utf-16"), id="UTF-16"),
        pytest.param(SRT.replace("\n", "\r\n").encode("cp932"), id="Windows"),
        pytest.param(SRT.replace("\n", "\r").encode(), id="old Mac"),
        pytest.param(SRT.replace("1\n00:00", "00:00").replace("2\n01", "01").encode(), id="numbers missing"),
        pytest.param(SRT.replace("00:00:0", "00:0").encode(), id="hour-less"),
        pytest.param(SRT.replace("締めます\n\n2", "締めます\n2").encode(), id="empty line missing"),
        pytest.param(SRT.replace(",", ".").encode(), id="points for commas"),
        pytest.param(SRT.replace("-->", "->").encode(), id="short arrow"),
        pytest.param(SRT.replace("材料を", "{\\an8}<i>材料を</i>").encode(), id="tags"),
        pytest.param((SRT + "\n3\n").encode(), id="a last number alone"),
    ],
)
def test_subrip_of_any_program_is_read(content):
    assert imported(content).cues == (FIRST, LAST)


def test_overlaps_are_ended_where_the_next_begins_and_counted():
    found = read("00:01.000 --> 00:05.000\nあ\n\n00:03.000 --> 00:06.000\nい\n\n00:02.000 --> 00:02.500\nう")

    assert found.cues == (Cue(1_000, 2_000, "あ"), Cue(2_000, 2_500, "う"), Cue(3_000, 6_000, "い"))
    assert found.shortened == 1


def test_two_that_begin_together_become_lines_of_one():
    found = read("00:01.000 --> 00:05.000\nあ\n\n00:01.000 --> 00:06.000\nい")

    assert (found.cues, found.shortened) == ((Cue(1_000, 6_000, "あ\nい"),), 1)


def test_captions_without_words_are_left_out_and_counted():
    found = read("00:01.000 --> 00:02.000\n\n00:03.000 --> 00:04.000\nあ")

    assert (found.cues, found.empty) == ((Cue(3_000, 4_000, "あ"),), 1)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param("工程表\n旋盤".encode(), "1行目「工程表」から、字幕の時刻が1つもありません", id="another file"),
        pytest.param(b"", "1行目「」から、字幕の時刻が1つもありません", id="empty"),
        pytest.param(b"\x1a\x45\x81\x20\xff", "文字として読めません", id="a film"),
        pytest.param(
            "WEBVTT\n\n00:xx --> 00:02.000\nあ".encode(), "3行目「00:xx --> 00:02.000」の時刻が", id="no time"
        ),
        pytest.param("00:05.000 --> 00:05.000\nあ".encode(), "1行目の終わりの時刻が", id="no length"),
        pytest.param("00:61.000 --> 00:62.000\nあ".encode(), "1行目の時刻の分か秒が60以上", id="61 seconds"),
        pytest.param("11:00:00.000 --> 11:00:01.000\nあ".encode(), "1行目の時刻が10時間を", id="too late"),
        pytest.param(
            "00:01.000 --> 00:02.000\nあ\n\n迷子の文\n続き".encode(), "4行目「迷子の文」の前に", id="no times"
        ),
        pytest.param(("00:01.000 --> 00:02.000\n" + "あ" * 501).encode(), "1行目からの字幕が長すぎます", id="too long"),
        pytest.param(b"00:01.000 --> 00:02.000\n\n", "字幕が1つもありません", id="no words at all"),
    ],
)
def test_a_file_that_is_none_is_refused_with_its_line(content, sentence):
    with pytest.raises(BrokenLine, match=sentence):
        imported(content)


def test_more_than_a_film_holds_are_refused():
    many = "\n\n".join(f"00:00:00,{n % 1000:03} --> 09:00:00,000\nあ{n}" for n in range(MOST_CAPTIONS + 1))

    with pytest.raises(BrokenLine, match="字幕が多すぎます"):
        read(many)


# --- typed in the page ---


def test_lines_of_the_page_are_read():
    found = from_typed("0:05 刃物を当てる / ゆっくり\n\n０：０８〜0:10.5　12回まわす\n1:00:01.25 - 1:00:03 3.5 mm に")

    assert found == (
        Cue(5_000, 8_000, "刃物を当てる\nゆっくり"),
        Cue(8_000, 10_500, "12回まわす"),
        Cue(3_601_250, 3_603_000, "3.5 mm に"),
    )


def test_the_last_line_without_an_end_lasts_a_while():
    assert from_typed("0:05 終わり") == (Cue(5_000, 9_000, "終わり"),)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("刃物を当てる", "1行目「刃物を当てる」が読み取れません", id="no time"),
        pytest.param("0:05 あ\n0:05 い", "2行目の時刻が、前の行より後", id="twice the same"),
        pytest.param("0:05 - 0:04 あ", "1行目の終わりの時刻が", id="ends before"),
        pytest.param("0:75 あ", "1行目の時刻の分か秒が60以上", id="75 seconds"),
        pytest.param("0:05 <b></b>", "1行目の字幕に文がありません", id="no words"),
    ],
)
def test_a_line_of_the_page_that_is_none_is_named(text, sentence):
    with pytest.raises(BrokenLine, match=sentence):
        from_typed(text)


# --- whatever comes ---

WORDS = st.text("旋盤ねじキー切りaB.,-:>「」、0", min_size=1, max_size=20).filter(lambda text: not text.isdigit())
CUES = st.lists(st.tuples(st.integers(0, 9_000_000), st.integers(1, 60_000), WORDS), min_size=1, max_size=20)


@given(CUES)
def test_what_is_written_is_read_again(rows):
    cues, _changed = without_overlaps(Cue(start, start + length, text) for start, length, text in rows)

    assert list(read(as_vtt(cues)).cues) == cues
    assert list(read(as_srt(cues)).cues) == cues
    assert all(first.ends <= second.starts for first, second in pairwise(cues))


@given(CUES)
def test_what_the_page_shows_is_taken_back(rows):
    cues, _changed = without_overlaps(Cue(start, start + length, text) for start, length, text in rows)

    assert list(from_typed(typed(cues))) == cues


@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace"))))
def test_whatever_bytes_come_it_reads_or_says_why_not(content):
    cues, sentence = outcome(imported, content)

    assert bool(cues) != bool(sentence)


def outcome(reader, given):
    """What was read, or the sentence that says why not; anything else is a fault."""
    try:
        return reader(given).cues, ""
    except BrokenLine as broken:
        return (), str(broken)


LINES = st.lists(
    st.sampled_from(
        ["1", "", "00:01.000 --> 00:02.000", "00:0x --> 00:02", "WEBVTT", "NOTE a", "あ", "-->", "00:03,5 -> 1:02:03"]
    ),
    max_size=12,
)


@given(LINES)
def test_whatever_lines_come_it_reads_or_says_why_not(lines):
    cues, sentence = outcome(read, "\n".join(lines))

    assert bool(cues) != bool(sentence)
    assert all(cue.ends > cue.starts and cue.text for cue in cues)
