"""Each scheme on a page: figures with sources and history, what is unsure or past its day, and the cases that rest on them."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from grants.cases import moved
from grants.cases.moved import resting_on
from grants.models import GrantCase
from grants.queries.schemes import figure_rows, schemes_listed, value_words
from grants.rules import current_schemes
from tests.factories import at

TODAY = date(2026, 11, 20)


def row(scheme, name, on=TODAY):
    return next(one for one in figure_rows(current_schemes().by_name[scheme], on=on) if one.name == name)


def page(who, name, *args, **query):
    return who.client().get(reverse(f"grants:{name}", args=args), query).content.decode()


def test_figure_shows_its_value_of_the_day_and_how_it_changed():
    now, before = row("reskilling", "wage.sme"), row("reskilling", "wage.sme", date(2025, 3, 31))

    assert (now.now.value, before.now.value) == ("1,000円", "960円")
    assert [(one.value, one.is_now) for one in now.history] == [("1,000円", True), ("960円", False)]
    assert [(one.is_now, one.is_ahead) for one in before.history] == [(False, True), (True, False)]


@pytest.mark.parametrize(
    ("on", "past"), [(date(2027, 3, 31), False), (date(2027, 4, 1), True)], ids=["last day", "day after"]
)
def test_figure_is_past_the_day_after_it_was_good_until(on, past):
    found = row("reskilling", "wage.sme", on)

    assert (found.now.is_past, found.is_open) == (past, past)


def test_weak_source_is_to_be_looked_at_again():
    found = row("reskilling", "online_limit.first.sme")

    assert (str(found.now.confidence), found.now.is_past, found.is_open) == ("解説などで確認", False, True)
    assert not row("reskilling", "expense_rate.sme").is_open


def test_figure_that_has_not_begun_has_no_value_and_nothing_to_look_at():
    found = row("reskilling", "wage.sme", date(2020, 1, 1))

    assert (found.now, found.is_open) == (None, False)


@pytest.mark.parametrize(
    ("scheme", "name", "said"),
    [
        ("reskilling", "expense_rate.sme", "75%"),
        ("reskilling", "closes", "2027年3月31日"),
        ("hrd_common", "retention.original.years", "5年"),
        ("hrd_common", "concrete_tasks", "適用する"),
        ("hrd_common", "minimum_hours", "10時間"),
    ],
)
def test_value_is_said_with_its_unit(scheme, name, said):
    assert value_words(row(scheme, name).now.figure) == said


def test_every_figure_of_every_scheme_is_said_in_words():
    figures = current_schemes().all_figures()

    assert [one.name for one in figures if not value_words(one)] == []
    assert [value_words(one) for one in figures if "Fraction" in value_words(one)] == []


def test_page_says_source_history_and_what_is_unsure(trainee):
    shown = page(trainee, "scheme", "reskilling")

    assert "リスキリング支給要領R7.4.1 0403; 様式第5号" in shown
    assert "960円" in shown
    assert 'id="open"' in shown
    assert "動く案件" not in shown


def test_page_warns_of_every_figure_once_their_day_is_past(manager):
    with time_machine.travel(at(date(2031, 4, 1), "10:00")):
        shown = page(manager, "scheme", "reskilling")

    assert "確認の期限（2027年3月31日（水））を過ぎました" in shown


def test_list_counts_what_is_unsure_and_past(manager):
    counts = {scheme.name: (unsure, past) for scheme, unsure, past in schemes_listed(on=TODAY)}
    later = {scheme.name: (unsure, past) for scheme, unsure, past in schemes_listed(on=date(2040, 1, 1))}

    assert set(counts) == set(current_schemes().by_name)
    assert counts["reskilling"][0] > 0
    assert sum(past for _unsure, past in later.values()) > sum(past for _unsure, past in counts.values())
    assert all(current_schemes().by_name[name].title in page(manager, "schemes") for name in counts)


def names_of(found):
    return [one.case.pk for one in found.found]


def test_case_rests_on_the_figures_it_was_reckoned_from_and_on_no_other(filed, manager):
    seen = GrantCase.objects.visible_to(manager.acting())

    assert names_of(resting_on(seen, "reskilling", on=TODAY, name="wage.sme")) == [filed.pk]
    assert names_of(resting_on(seen, "hrd_common", on=TODAY, name="minimum_hours")) == [filed.pk]
    assert names_of(resting_on(seen, "reskilling", on=TODAY, name="wage.large")) == []
    assert names_of(resting_on(seen, "hrd_support", on=TODAY)) == []


def test_claimed_case_is_moved_by_nothing_any_more(claimed, manager):
    assert names_of(resting_on(GrantCase.objects.visible_to(manager.acting()), "reskilling", on=TODAY)) == []


def test_case_that_cannot_be_reckoned_is_counted(case, manager):
    case.run.lessons.all().delete()
    found = resting_on(GrantCase.objects.visible_to(manager.acting()), "reskilling", on=TODAY)

    assert (names_of(found), found.unreckoned) == ([], 1)
    assert "分からない案件が 1件" in page(manager, "scheme_cases", "reskilling")


def test_what_is_beyond_the_most_is_counted(filed, manager, monkeypatch):
    monkeypatch.setattr(moved, "MOST", 0)
    found = resting_on(GrantCase.objects.visible_to(manager.acting()), "reskilling", on=TODAY)

    assert (names_of(found), found.unreckoned, found.left_out) == ([], 0, 1)


def test_page_of_a_figure_names_its_cases_to_those_who_see_them(filed, manager, stranger, officer):
    address = reverse("grants:scheme_cases", args=["reskilling"])

    assert filed.number in page(manager, "scheme_cases", "reskilling", figure="wage.sme")
    assert filed.number not in page(stranger, "scheme_cases", "reskilling", figure="wage.sme")
    assert officer.client().get(address).status_code == 403
    assert manager.client().get(address, {"figure": "nothing"}).status_code == 404


@pytest.mark.parametrize("name", ["scheme", "scheme_cases"])
def test_unknown_scheme_is_not_there(name, manager):
    assert manager.client().get(reverse(f"grants:{name}", args=["nothing"])).status_code == 404


def test_case_leads_to_its_scheme(filed, manager):
    assert f'href="{reverse("grants:scheme", args=["reskilling"])}"' in page(manager, "case", filed.pk)
