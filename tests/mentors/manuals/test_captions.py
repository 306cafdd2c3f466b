"""Captions and chapters: written beside the film, read from the files of other programs, refused where a file is none."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.mentors.manuals.makers import CUES, filmed, newest, published, written

VTT = "WEBVTT\n\n00:00.000 --> 00:04.000\n材料を締めます\n\n00:04.000 --> 01:00:02.500\n芯を出します\n"
SRT = "1\n00:00:00,000 --> 00:00:04,000\n材料を締めます\n\n2\n00:00:03,000 --> 00:00:09,500\n芯を出します\n"


@pytest.fixture
def manual(manager):
    made = written(manager)
    filmed(made, manager)
    return made


def page(manual):
    return reverse("mentors:manual_captions", args=[manual.pk])


def hand_in(manual, who, content, name="字幕.vtt"):
    file = SimpleUploadedFile(name, content)
    return who.client().post(reverse("mentors:captions_import", args=[manual.pk]), {"file": file}, follow=True)


def said(manual):
    return [(one.starts_ms, one.ends_ms, one.text) for one in newest(manual).captions.all()]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (VTT.encode(), "字幕.vtt"),
        (b"\xef\xbb\xbf" + VTT.encode(), "字幕.vtt"),
        (VTT.replace("\n", "\r\n").encode("utf-8"), "字幕.vtt"),
        (VTT.encode("cp932"), "字幕.vtt"),
    ],
    ids=["plain and without hours", "BOM", "CRLF", "CP932"],
)
def test_a_file_of_another_program_takes_the_place_of_what_stood(manual, manager, content, name):
    answer = hand_in(manual, manager, content, name)

    assert "字幕を2個読み込みました。" in answer.content.decode()
    assert said(manual) == [(0, 4_000, "材料を締めます"), (4_000, 3_602_500, "芯を出します")]


def test_overlaps_are_mended_and_told(manual, manager):
    answer = hand_in(manual, manager, SRT.encode(), "字幕.srt")

    assert "時刻が重なっていた1か所は、重ならないように直しました。" in answer.content.decode()
    assert said(manual) == [(0, 3_000, "材料を締めます"), (3_000, 9_500, "芯を出します")]


@pytest.mark.parametrize("content", [b"%PDF-1.7 odd", b"\x00\x01\x02", "ただの文章です".encode(), b""])
def test_a_file_that_is_none_is_refused_and_what_stood_stays(manual, manager, content):
    answer = hand_in(manual, manager, content)

    (sentence,) = answer.context["file_form"].errors["file"]
    assert sentence in unescape(answer.content.decode())
    assert said(manual) == [(one.starts, one.ends, one.text) for one in CUES]


def test_captions_and_chapters_are_written_beside_the_film(manual, manager):
    client = manager.client()
    assert "0:00 - 0:04 材料を三つ爪で締めます" in client.get(page(manual)).content.decode()

    client.post(
        page(manual), {"captions": "0:01 - 0:03 締める\n0:05 - 0:08 芯を出す", "chapters": "0:00 段取り\n0:05 芯出し"}
    )

    assert said(manual) == [(1_000, 3_000, "締める"), (5_000, 8_000, "芯を出す")]
    assert [(one["at"], one["title"]) for one in newest(manual).chapters] == [(0, "段取り"), (5, "芯出し")]


def test_a_line_that_is_none_is_named_and_nothing_is_written(manual, manager):
    shown = manager.client().post(page(manual), {"captions": "0:01 - 0:03 締める\nここから芯出し", "chapters": ""})

    assert "2行目" in shown.content.decode()
    assert said(manual) == [(one.starts, one.ends, one.text) for one in CUES]


@pytest.mark.parametrize(("kind", "begins"), [("vtt", "WEBVTT\n\n00:00:00.000 -->"), ("srt", "1\n00:00:00,000 -->")])
def test_captions_are_taken_out_for_other_programs(manual, manager, kind, begins):
    answer = manager.client().get(reverse("mentors:captions_file", args=[manual.pk, kind]))

    assert answer.content.decode().lstrip("\ufeff").replace("\r\n", "\n").startswith(begins)


def test_captions_of_what_is_published_are_not_written_over(manager):
    manual = published(manager)
    hand_in(manual, manager, SRT.encode(), "字幕.srt")

    assert said(manual) == [(one.starts, one.ends, one.text) for one in CUES]
