"""What no form of ours sends: signs that look like digits, numbers beyond any row, and the zero byte."""

import pytest
from django.urls import reverse

HUGE = "9" * 5000
ODD_NUMBERS = ["²", "①", HUGE, "-1", "1e3"]


@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_an_odd_organisation_in_the_address_of_an_invitation_is_not_found(number, officer):
    answer = officer.client().get(reverse("firms:invite"), {"organisation": number})

    assert answer.status_code in {403, 404}


@pytest.mark.parametrize("subject", [*(f"firms.mandate:{number}" for number in ODD_NUMBERS), "a\x00b:1", "\x00:\x00"])
def test_an_odd_subject_in_the_address_of_the_journal_shows_a_page(subject, manager):
    assert manager.client().get(reverse("firms:journal"), {"subject": subject}).status_code == 200


@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_an_odd_holiday_to_remove_removes_nothing(number, manager, establishment):
    answer = manager.client().post(reverse("firms:holidays", args=[establishment.pk]), {"remove": number})

    assert answer.status_code in {200, 302}


@pytest.mark.parametrize("words", ["\x00", "²", HUGE])
def test_odd_words_in_a_search_show_a_page(words, manager, officer):
    assert manager.client().get(reverse("firms:people"), {"q": words, "state": words}).status_code == 200
    assert officer.client().get(reverse("firms:organisations"), {"q": words, "kind": words}).status_code == 200
    assert manager.client().get(reverse("firms:people"), {"page": words}).status_code == 200


def test_a_key_beyond_any_row_is_not_found(manager):
    for name in ("employment", "mandate", "evidence", "establishment_edit"):
        assert manager.client().get(reverse(f"firms:{name}", args=[int("9" * 30)])).status_code == 404


def test_an_odd_membership_is_not_switched_to(manager):
    for number in ODD_NUMBERS:
        answer = manager.client().post(reverse("firms:switch"), {"membership": number})
        assert answer.headers["Location"] == reverse("firms:switch")
