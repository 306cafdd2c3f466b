"""The page of the papers says until when each kind is kept, once the labour office has granted."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from firms.words.japanese import jdate_era, wareki_month
from grants.actions.claims import record_decision
from grants.actions.corrections import correct_decision
from grants.cases.keeping import Kept, keeping_of
from tests.factories import at
from tests.grants.conftest import fresh

TODAY = date(2027, 6, 1)


def shown(case, manager):
    with time_machine.travel(at(TODAY, "09:00")):
        page = manager.client().get(reverse("grants:papers", args=[case.pk]))
    return page.context["keeping"], page.content.decode()


@pytest.mark.parametrize(
    ("decided_on", "said"),
    [
        (date(2027, 3, 31), "2032年（令和14年）3月31日まで保存"),
        (date(2027, 4, 1), "2032年（令和14年）4月1日まで保存"),
    ],
    ids=["last day of March", "first day of April"],
)
def test_page_says_until_when_each_kind_is_kept(claimed, manager, advisor, decided_on, said):
    told = {"is_approved": True, "amount_yen": 57_000, "notice_number": "18-1", "reason": ""}
    record_decision(claimed, decided_on=decided_on, by=advisor.acting(TODAY), **told)

    _keeping, page = shown(claimed, manager)

    assert page.count(said) == 3
    assert "雇用関係助成金共通要領R8.4.8 0404" in page


def test_day_follows_the_decision_as_it_is_put_right(approved, manager, advisor):
    told = {"is_approved": True, "amount_yen": 57_000, "notice_number": "18-1", "reason": "", "why": "通知書のとおり"}
    correct_decision(approved, decided_on=date(2027, 5, 11), by=advisor.acting(TODAY), **told)

    keeping, _page = shown(approved, manager)

    assert {one.until for one in keeping.kept} == {date(2032, 5, 11)}


def test_before_the_decision_the_page_says_what_it_waits_for(claimed, manager):
    keeping, page = shown(claimed, manager)

    assert keeping.kept == []
    assert "決定を記録すると、いつまでかがここに表示されます" in page


def test_refusal_counts_no_days(claimed, manager, advisor):
    told = {"is_approved": False, "amount_yen": 0, "notice_number": "19-1", "reason": "期限後"}
    record_decision(claimed, decided_on=date(2027, 5, 10), by=advisor.acting(TODAY), **told)

    keeping, page = shown(claimed, manager)

    assert (keeping.kept, keeping.is_refused) == ([], True)
    assert "不支給の決定には定めがありません" in page


def test_nothing_is_said_before_a_claim_was_filed(filed, manager):
    assert shown(filed, manager)[0] is None


def test_kinds_say_why(approved):
    found = keeping_of("reskilling", fresh(approved).claims.get())

    assert [type(one) for one in found.kept] == [Kept] * 3
    assert found.kept[0].because == "支給決定日 2027年5月10日（月）の翌日から5年間"


@pytest.mark.parametrize(
    ("day", "said", "month"),
    [
        (date(2032, 5, 10), "2032年（令和14年）5月10日", "令和14年5月"),
        (date(2019, 5, 1), "2019年（令和元年）5月1日", "令和元年5月"),
        (None, "", ""),
    ],
)
def test_days_far_ahead_are_written_both_ways(day, said, month):
    assert (jdate_era(day), wareki_month(day)) == (said, month)
