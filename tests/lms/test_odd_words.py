"""Whatever is typed into a search, the list answers: too long a pattern or a sign no database holds is no fault."""

import pytest
from django.urls import reverse

ODD = {"very long": "x" * 70_000, "a zero byte": "a\x00b", "controls alone": "\x07\x1b", "wide and long": "あ" * 40_000}


@pytest.mark.parametrize("words", ODD.values(), ids=ODD)
@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("manager", "courses:certificates"),
        ("manager", "courses:skills"),
        ("manager", "courses:catalogue"),
        ("manager", "firms:people"),
        ("manager", "mentors:manuals"),
        ("officer", "firms:organisations"),
    ],
)
def test_a_search_for_odd_words_answers(who, page, words, request):
    client = request.getfixturevalue(who).client()

    assert client.get(reverse(page), {"q": words}).status_code == 200


def test_words_are_cut_where_the_databases_would_refuse(manager):
    shown = manager.client().get(reverse("courses:certificates"), {"q": "修" * 101}).context["words"]

    assert shown == "修" * 100
