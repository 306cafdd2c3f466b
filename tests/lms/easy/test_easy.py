"""やさしい日本語: a switch that is remembered, readings over every kanji, and nothing of it in a row or a letter."""

import gettext
import re
from io import BytesIO

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation

from courses.models import Enrolment
from firms.models import JournalEntry, Notification, Person
from lms.easy.reading import LANGUAGE, may_read_easily, with_ruby
from lms.easy.writing import CATALOGUE, KANJI, catalogue, lines, mo_of, readings, with_readings
from tests.house import SHELF_PYTHON, TEMPLATES, text
from tests.lms.rows import training

MARKS = re.compile(rf"｜[{KANJI}]+《[ぁ-んー]+》")
# A page's own words: not what a course or a person is called.
RUBY = re.compile(r"<ruby>.*?</ruby>")


@pytest.fixture
def easy(trainee):
    Person.objects.filter(pk=trainee.person.pk).update(reads_easy=True)
    trainee.person.refresh_from_db()
    return trainee


# --- the catalogue ---


def test_the_catalogue_is_as_new_as_its_lines():
    assert CATALOGUE.read_bytes() == mo_of(catalogue())


def test_gettext_itself_reads_the_catalogue():
    read = gettext.GNUTranslations(BytesIO(mo_of(catalogue())))

    assert {said: read.gettext(said) for said in catalogue()} == catalogue()


def test_every_kanji_of_a_plain_sentence_has_its_reading():
    bare = {easy: re.findall(rf"[{KANJI}]", MARKS.sub("", with_readings(easy))) for easy in lines().values()}

    assert {easy: left for easy, left in bare.items() if left} == {}


def test_every_reading_is_used():
    used = "".join(lines().values())

    assert [word for word in readings() if word not in used] == []


def test_every_line_is_said_by_a_page_of_ours():
    """Otherwise nobody ever reads it, for the page has been rewritten since."""
    written = "\n".join(text(path) for path in [*TEMPLATES, *SHELF_PYTHON])

    assert [
        said for said in lines() if f'"{said}"' not in written and f">{said}<" not in written and said not in written
    ] == []


def test_plain_sentences_keep_every_hole():
    holes = re.compile(r"\{\{ \w+ \}\}|%\(\w+\)s")

    assert [said for said, easy in lines().items() if sorted(holes.findall(said)) != sorted(holes.findall(easy))] == []


def test_plain_sentences_are_short():
    parts = [part for easy in lines().values() for part in easy.split("。")]

    assert [part for part in parts if len(part) > 45] == []


# --- the page ---


def test_readings_stand_over_words_and_never_in_attributes_titles_or_choices():
    marked = "｜勉強《べんきょう》"
    page = (
        f'<title>{marked}</title><a title="{marked}">{marked}</a><option>{marked}</option><textarea>{marked}</textarea>'
    )

    assert with_ruby(page) == (
        '<title>勉強</title><a title="勉強"><span><ruby>勉強<rp>（</rp><rt>べんきょう</rt><rp>）</rp></ruby></span></a>'
        "<option>勉強</option><textarea>勉強</textarea>"
    )


def test_what_somebody_typed_is_left_alone():
    assert with_ruby("<p>《題》｜と書く</p>") == "<p>《題》｜と書く</p>"


def test_the_switch_is_remembered_on_the_person(trainee):
    client = trainee.client()

    answer = client.post(reverse("switch_easy"), {"easy": "1", "next": reverse("courses:hours")})
    page = client.get(reverse("home")).content.decode()

    assert answer.headers["Location"] == reverse("courses:hours")
    assert Person.objects.get(pk=trainee.person.pk).reads_easy
    assert f'<html lang="{LANGUAGE}">' in page
    assert "これからの<ruby>授業<rp>（</rp><rt>じゅぎょう</rt>" in page or "<rt>べんきょう</rt>" in page
    assert "｜" not in page
    client.post(reverse("switch_easy"), {"easy": "0"})
    assert '<html lang="ja">' in client.get(reverse("home")).content.decode()
    assert [entry.verb for entry in JournalEntry.objects.order_by("pk")] == [
        "person.read_easily",
        "person.read_plainly",
    ]


def test_the_same_choice_again_is_nothing(trainee):
    for _time in range(2):
        trainee.client().post(reverse("switch_easy"), {"easy": "1"})

    assert JournalEntry.objects.count() == 1


@pytest.mark.parametrize("who", ["manager", "coordinator", "officer"])
def test_pages_of_other_roles_stay_as_they_are(who, request):
    cast = request.getfixturevalue(who)
    Person.objects.filter(pk=cast.person.pk).update(reads_easy=True)

    page = cast.client().get(reverse("home")).content.decode()

    assert '<html lang="ja">' in page
    assert reverse("switch_easy") not in page
    assert cast.client().post(reverse("switch_easy"), {"easy": "0"}).status_code == 403
    assert not may_read_easily(cast.acting())


def test_a_switch_never_leads_elsewhere(trainee):
    answer = trainee.client().post(reverse("switch_easy"), {"easy": "1", "next": "https://evil.example/"})

    assert answer.headers["Location"] == reverse("home")


@pytest.mark.django_db(transaction=True)
def test_no_plain_word_reaches_a_row_or_a_letter(easy, manager, college):
    run = training(college, starts_in=30)

    easy.client().post(reverse("courses:apply", args=[run.pk]), {"motive": "学びたい"})

    assert Enrolment.objects.filter(person=easy.person).exists()
    told = [f"{note.subject}{note.body}" for note in Notification.objects.all()]
    told += [str(entry.details) for entry in JournalEntry.objects.all()] + [letter.body for letter in mail.outbox]
    assert told
    assert [one for one in told if "｜" in one or "《" in one] == []


def test_a_page_kept_for_everybody_is_kept_apart_in_plain_japanese(easy, stranger):
    easy.client().get(reverse("courses:catalogue"))

    assert "｜" not in stranger.client().get(reverse("courses:catalogue")).content.decode()


def test_what_has_no_plain_sentence_stays_japanese(easy):
    with translation.override(LANGUAGE):
        assert translation.gettext("この文はまだ言い換えていません") == "この文はまだ言い換えていません"
        assert translation.gettext("Enter a number.") == "数字で入力してください。"


def test_the_pages_of_an_employee_open_with_readings(easy):
    names = (
        "home",
        "courses:my_enrolments",
        "courses:hours",
        "courses:check_in",
        "courses:learn",
        "firms:notifications",
    )
    pages = {name: easy.client().get(reverse(name)).content.decode() for name in names}

    assert [name for name, page in pages.items() if not RUBY.search(page) or "｜" in page] == []
