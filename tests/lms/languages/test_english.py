"""English as the second language: its catalogue is whole, pages are read in it, and nothing anybody writes is."""

import gettext
import re
from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from firms.errors import Refused
from firms.models import JournalEntry
from firms.words.amounts import minutes_words, yen_words
from firms.words.japanese import jdate, jdate_era, jday, jday_short, jmonth, jmonth_short, wareki, wareki_month
from firms.words.saying import said
from lms.languages.catalogue import ENGLISH, english, sources, texts

HOLE = re.compile(r"%\(\w+\)[sd]|%%|%s|%d|\{\w*\}")
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龯]")
# Papers, the page of sample parts, what is carried away, and one template that only compares units.
APART = {"papers", "style", "style.html", "pack.html", "value.html"}
KANA = re.compile(r"[ぁ-んァ-ヶ]")


def translations():
    """Japanese and English of each text; both forms where it has two."""
    for message in english():
        if message.id:
            asked = message.id if isinstance(message.id, tuple) else (message.id,)
            told = message.string if isinstance(message.string, tuple) else (message.string,)
            yield from zip(asked, told, strict=True)


def test_every_text_of_the_site_is_translated_and_nothing_else():
    held = {asked for asked, told in translations() if told}

    assert held == {part for text in texts() for part in text.forms}


def test_a_translation_fills_the_holes_of_its_text():
    wrong = [asked for asked, told in translations() if sorted(HOLE.findall(asked)) != sorted(HOLE.findall(told))]

    assert wrong == []


def test_the_read_catalogue_is_as_new_as_the_edited_one():
    with ENGLISH.with_suffix(".mo").open("rb") as file:
        read = gettext.GNUTranslations(file)
    alone = [message for message in english() if message.id and isinstance(message.id, str)]

    stale = [
        message.id
        for message in alone
        if message.string
        != (read.pgettext(message.context, message.id) if message.context else read.gettext(message.id))
    ]

    assert len(alone) > 8_000
    assert stale == []


def test_no_page_says_japanese_that_is_not_marked_for_translation():
    unmarked = {path.name: found for path in pages() if (found := unmarked_in(path.read_text(encoding="utf-8")))}

    assert unmarked == {}


def pages():
    """What is Japanese for everybody stands apart."""
    return [path for path in sources() if path.suffix == ".html" and not APART & {*path.parts, path.name}]


def unmarked_in(template):
    marked = re.sub(r"{% blocktranslate\b.*?{% endblocktranslate %}|{#.*?#}", "", template, flags=re.S)
    # The tag of a glossary word says it in the language of the page.
    marked = re.sub(r"{% (?:translate|term) (\"[^\"]*\"|'[^']*')|_\((\"[^\"]*\"|'[^']*')\)", "", marked)
    return [line.strip() for line in marked.splitlines() if JAPANESE.search(line)]


def test_a_sentence_of_code_can_be_said_again():
    """But below the sentences themselves, and where a choice or a label is lazy anyway."""
    eager = re.compile(r"^from django.utils.translation import gettext as _(now)?$", re.M)
    told = [path for path in sources() if path.suffix == ".py" and eager.search(path.read_text(encoding="utf-8"))]

    assert [path for path in told if path.parent.name != "words"] == []


@pytest.mark.parametrize(
    ("say", "english_words"),
    [
        (lambda: jdate(date(2027, 2, 16)), "Tue 16 February 2027"),
        (lambda: wareki(date(2027, 2, 16)), "16 February 2027"),
        (lambda: wareki_month(date(2027, 2, 16)), "February 2027"),
        (lambda: jdate_era(date(2032, 5, 10)), "10 May 2032"),
        (lambda: jday(date(2027, 2, 16)), "16 February 2027"),
        (lambda: jday_short(date(2027, 2, 16)), "16 February"),
        (lambda: jmonth(date(2027, 2, 16)), "February 2027"),
        (lambda: jmonth_short(date(2027, 2, 16)), "February"),
        (lambda: yen_words(22000), "¥22,000"),
        (lambda: minutes_words(576), "9 h 36 min"),
    ],
)
def test_days_money_and_minutes_are_said_in_english(say, english_words):
    with translation.override("en"):
        assert say() == english_words


@pytest.fixture
def reads_english():
    def choose(client):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        return client

    return choose


@pytest.mark.django_db
def test_a_visitor_chooses_at_the_foot_of_a_page_and_the_choice_stays(client):
    page = reverse("courses:catalogue")
    assert 'lang="ja"' in client.get(page).content.decode()

    answer = client.post(reverse("read_in"), {"language": "en"}, headers={"referer": f"http://testserver{page}"})

    assert answer.headers["Location"].endswith(page)
    assert '<html lang="en">' in client.get(page).content.decode()
    client.post(reverse("read_in"), {"language": "ja"})
    assert '<html lang="ja">' in client.get(page).content.decode()


@pytest.mark.django_db
def test_the_setting_of_a_browser_changes_nothing(client):
    answer = client.get(reverse("courses:catalogue"), headers={"accept-language": "en-GB,en;q=0.9"})

    assert '<html lang="ja">' in answer.content.decode()


@pytest.mark.django_db
def test_a_language_nobody_offers_is_japanese(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx"

    assert '<html lang="ja">' in client.get(reverse("courses:catalogue")).content.decode()


@pytest.mark.django_db
def test_what_somebody_writes_is_japanese_and_what_they_read_of_it_english(manager, reads_english):
    client = reads_english(manager.client())
    form = {"name": "第二工場", "insurance_number": "0000-000000-0"}

    answer = client.post(reverse("firms:establishment_new"), form)

    shown = answer.content.decode()
    assert '<html lang="en">' in shown
    assert not KANA.search("".join(re.findall(r'class="error[^"]*">([^<]*)', shown)))
    assert not JournalEntry.objects.filter(verb="establishment.add").exists()


def test_a_refusal_is_said_again_in_the_language_of_the_page():
    text = said("%(day)sの勤務を記録しました。") % {"day": jdate(date(2027, 2, 16))}
    refused = Refused(text)

    assert refused.sentence == "2027年2月16日（火）の勤務を記録しました。"
    with translation.override("en"):
        assert str(refused.sentence) == text.__html__() == "The work on Tue 16 February 2027 was recorded."


@pytest.mark.django_db
def test_a_message_is_kept_in_the_words_of_its_reader(manager, reads_english):
    client = reads_english(manager.client())
    form = {
        "family_name": manager.person.family_name,
        "given_name": manager.person.given_name,
        "family_kana": "タチバナ",
        "given_kana": "ハナコ",
    }

    client.post(reverse("firms:own_name"), form)
    page = client.get(reverse("firms:own_name")).content.decode()

    told = re.findall(r'class="(?:message|banner)[^"]*"[^>]*>(.*?)</', page, re.S)
    assert told
    assert not any(KANA.search(text) for text in told)


@pytest.mark.django_db
def test_a_table_to_take_away_is_japanese_for_everybody(manager, reads_english):
    address = reverse("people:csv")
    japanese = manager.client().get(address)

    english_reader = reads_english(manager.client()).get(address)

    assert english_reader.headers["Content-Type"] == japanese.headers["Content-Type"]
    assert english_reader.getvalue() == japanese.getvalue()


@pytest.mark.django_db
def test_a_guest_comes_back_to_the_page_whose_address_no_browser_tells_on(client):
    page = reverse("firms:newcomer_confirm", args=["x"])
    shown = client.get(page).content.decode()
    here = re.search(r'name="next" value="([^"]*)"', shown)[1]

    assert client.post(reverse("read_in"), {"language": "en", "next": here}).headers["Location"] == page


@pytest.mark.django_db
def test_nobody_is_sent_elsewhere(client):
    answer = client.post(reverse("read_in"), {"language": "en", "next": "https://elsewhere.example/"})

    assert answer.headers["Location"] == "/"
