"""First steps, glossary, terms beside official words, and guides that are as new as their lines."""

import re
import tomllib

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse

from lms.help.reading import groups, guide_of, guides, words
from lms.help.writing import FOLDER, texts
from tests.house import HOME, TEMPLATES, text
from tests.lms.test_tenancy import signed_in

CASTS = {
    "manager": "manager",
    "trainee": "employee",
    "coordinator": "coordinator",
    "instructor": "instructor",
    "advisor": "office",
    "officer": "ward",
}


@pytest.mark.parametrize(("who", "key"), CASTS.items())
def test_each_role_has_first_steps_that_open(who, key, request):
    cast = request.getfixturevalue(who)
    client = cast.client()
    page = client.get(reverse("first_steps"))

    assert page.context["guide"].key == key
    for step in guides()[key].steps:
        assert f'href="{reverse(step.page)}"' in page.content.decode()
        assert client.get(reverse(step.page)).status_code == 200, step.page


def test_whoever_acts_for_nobody_has_first_steps_too(db):
    client = signed_in()

    assert client.get(reverse("first_steps")).context["guide"].key == "oneself"
    assert [client.get(reverse(step.page)).status_code for step in guides()["oneself"].steps] == [200] * 4


def test_every_role_has_its_own_guide(manager):
    assert guide_of(manager.acting()).key == "manager"
    assert set(CASTS.values()) | {"agency", "oneself"} == set(guides())


def test_the_glossary_is_everybodys_and_can_be_searched(db):
    address = reverse("glossary")

    assert "訓練を始める前に" in Client().get(address).content.decode()
    found = Client().get(address, {"q": "ケイカクトドケ"}).content.decode()
    assert "訓練を始める前に" in found
    assert "抵触日" not in found.split("<main")[1]
    assert "そのことばはありません" in Client().get(address, {"q": "zzz"}).content.decode()


def test_the_glossary_stands_at_the_foot_of_every_page(db):
    assert f'href="{reverse("glossary")}"' in Client().get(reverse("courses:catalogue")).content.decode()


def test_words_stand_once_and_are_explained_in_short_sentences():
    rows = tomllib.loads(text(HOME / "lms" / "help" / "words.toml"))["word"]

    assert len({row["word"] for row in rows}) == len(rows)
    assert sum(map(len, groups().values())) == len(words())
    assert [row["word"] for row in rows if not re.fullmatch(r"[ぁ-んー]+", row["kana"])] == []
    sentences = [(row["word"], part) for row in rows for part in row["means"].split("。") if part]
    assert [word for word, part in sentences if len(part) > 60] == []


def rendered(source):
    return Template(source).render(Context())


def test_a_term_is_a_button_whose_explanation_is_read_with_it():
    html = rendered('{% term "計画届" %}')
    (target,) = re.findall(r'popovertarget="([^"]+)"', html)

    assert f'<span id="{target}" popover role="note"' in html
    assert f'aria-describedby="{target}"' in html
    assert words()["計画届"].means in html


def test_two_terms_of_a_page_have_two_names():
    html = rendered('{% term "計画届" %}{% term "計画届" shown="計画の届け" %}')

    assert len(set(re.findall(r'id="([^"]+)"', html))) == 2
    assert "<dfn>計画の届け</dfn>" in html


def test_a_word_nobody_explained_is_a_fault():
    with pytest.raises(KeyError):
        rendered('{% term "知らない言葉" %}')


def test_the_label_of_a_row_is_explained_where_the_glossary_knows_it():
    assert words()["抵触日"].means in rendered('{% row "事業所の抵触日" "2027年" %}')
    assert "popover" not in rendered('{% row "氏名" "矢口" %}')


def test_terms_of_the_templates_are_in_the_glossary():
    used = {word for path in TEMPLATES for word in re.findall(r'\{% term "([^"]+)"', text(path))}

    assert used <= set(words())


def test_guides_are_as_new_as_their_lines():
    assert {path.name: text(path) for path in FOLDER.glob("*.md")} == texts()


def test_every_picture_of_a_guide_is_there():
    named = {found for told in texts().values() for found in re.findall(r"\]\(\.\./(pictures/[^)]+)\)", told)}

    assert named
    assert [name for name in sorted(named) if not (HOME / "docs" / name).exists()] == []
