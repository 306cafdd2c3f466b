"""The causes of refusal as a dry run, and requirements set aside with a reason, a name and a last day."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from firms.errors import Refused
from firms.models import Notification
from grants.actions.claims import file_claim, freeze_claim
from grants.actions.exemptions import ending, exempt, void_exemption
from grants.actions.statements import answer
from grants.claims.assessment import assess_claim, name_of, open_requirements
from grants.claims.causes import CAUSE_OF, causes_of, requirements_of
from grants.models import Exemption
from grants.rules import CAUSES
from grants.tasks import remind_exemptions
from tests.factories import at
from tests.grants.conftest import CLAIM_DAY, fresh

UNTIL = CLAIM_DAY + timedelta(days=3)
WHY = "労働局の担当に確かめた"


@pytest.fixture
def unpaid(paid, manager):
    """The firm has not paid its labour insurance."""
    answer(paid, "premiums_paid", value="no", by=manager.acting(CLAIM_DAY))
    return fresh(paid)


def set_aside(case, advisor, *, code="premiums_paid", until=UNTIL, on=CLAIM_DAY):
    return exempt(case, code=code, reason=WHY, expires_on=until, by=advisor.acting(on))


def freeze(case, advisor, on=CLAIM_DAY):
    opens = open_requirements(assess_claim(fresh(case), on).outcome)
    return freeze_claim(fresh(case), by=advisor.acting(on), despite=[name_of(one) for one in opens])


# --- the dry run ---


def test_every_cause_stands_in_the_dry_run(unpaid):
    found, others = causes_of(requirements_of(unpaid, on=CLAIM_DAY), is_conversion=False)

    states = {one.cause.code: one.state for one in found}
    assert list(states) == list(CAUSES)
    assert states["firm_in_good_standing"] == "unmet"
    assert states["plan_in_window"] == "met"
    assert {one.code for one in others} == {"yearly_limit", "times_this_year"}


def test_checks_belong_to_causes_there_are():
    assert set(CAUSE_OF.values()) <= set(CAUSES)


def test_whoever_judged_is_named_with_the_day(unpaid, manager):
    (one,) = (found for found in requirements_of(unpaid, on=CLAIM_DAY) if found.code == "premiums_paid")

    assert one.said.answered_by == manager.person
    assert one.state == "unmet"


def test_a_case_that_is_only_begun_has_its_dry_run(case, manager):
    found = requirements_of(case, on=date(2026, 11, 24))
    page = manager.client().get(reverse("grants:causes", args=[case.pk]))

    assert {one.state for one in found} == {"unknown"}
    assert page.status_code == 200
    assert "労働保険料の滞納" in page.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("causes", 34), ("case", 37), ("claim", 33)])
def test_pages_take_the_same_queries(name, queries, rows, unpaid, advisor, django_assert_num_queries):
    for code in [one.code for one in requirements_of(unpaid, on=CLAIM_DAY)][:rows]:
        given = {"given_on": CLAIM_DAY, "expires_on": UNTIL, "given_by": advisor.person}
        Exemption.objects.create(case=unpaid, code=code, label=code, reason=WHY, **given)
    address = reverse(f"grants:{name}", args=[unpaid.pk])

    with time_machine.travel(at(CLAIM_DAY, "10:00")):
        client = advisor.client()
        client.get(address)
        with django_assert_num_queries(queries):
            page = client.get(address).content.decode()

    assert page.count(WHY) >= rows


# --- an exemption ---


def test_what_is_set_aside_stops_nothing_and_stays_unmet(unpaid, advisor):
    with pytest.raises(Refused, match="支給申請額は0円"):
        freeze(unpaid, advisor)

    set_aside(unpaid, advisor)
    claim = freeze(unpaid, advisor)

    (one,) = (found for found in claim.outcome["conditions"] if found["code"] == "premiums_paid")
    assert claim.total_yen > 0
    assert one["state"] == "unmet"
    assert WHY in one["because"]
    assert advisor.person.full_name in one["because"]


@pytest.mark.parametrize(("days", "is_dead"), [(3, False), (4, True)], ids=["last day", "day after"])
def test_an_exemption_dies_at_its_last_day(unpaid, advisor, days, is_dead):
    set_aside(unpaid, advisor)

    found = assess_claim(fresh(unpaid), CLAIM_DAY + timedelta(days=days)).outcome

    assert (found["payable_amount"] == 0) == is_dead


def test_a_claim_frozen_under_it_is_not_filed_after_its_end(unpaid, advisor):
    set_aside(unpaid, advisor)
    freeze(unpaid, advisor)
    after = UNTIL + timedelta(days=1)

    with pytest.raises(Refused, match="例外の期限が切れた"):
        file_claim(fresh(unpaid), filed_on=after, receipt_number="", by=advisor.acting(after))

    assert file_claim(fresh(unpaid), filed_on=UNTIL, receipt_number="", by=advisor.acting(UNTIL))


def test_it_is_taken_back_at_once(unpaid, advisor):
    given = set_aside(unpaid, advisor)
    void_exemption(given, by=advisor.acting(CLAIM_DAY))
    void_exemption(given, by=advisor.acting(CLAIM_DAY))

    assert assess_claim(fresh(unpaid), CLAIM_DAY).outcome["payable_amount"] == 0
    assert Exemption.objects.count() == 2


def test_the_same_sent_twice_is_one_and_another_is_refused(unpaid, advisor):
    assert set_aside(unpaid, advisor) == set_aside(unpaid, advisor)

    with pytest.raises(Refused, match="すでに例外があります"):
        set_aside(unpaid, advisor, until=UNTIL + timedelta(days=1))


@pytest.mark.parametrize(
    ("code", "until", "said"),
    [("officers_listed", UNTIL, "中から選んで"), ("premiums_paid", CLAIM_DAY - timedelta(days=1), "今日か")],
    ids=["met already", "past day"],
)
def test_what_cannot_be_set_aside(unpaid, advisor, code, until, said):
    with pytest.raises(Refused, match=said):
        set_aside(unpaid, advisor, code=code, until=until)


def test_nothing_is_set_aside_once_the_claim_is_filed(claimed, advisor):
    with pytest.raises(Refused, match="支給申請を出した後"):
        set_aside(claimed, advisor)


def test_it_is_shown_on_case_claim_and_desk(unpaid, advisor, manager):
    set_aside(unpaid, advisor, until=date(2027, 12, 31))

    with time_machine.travel(at(CLAIM_DAY, "10:00")):
        client = advisor.client()
        for name in ("case", "claim", "causes"):
            assert WHY in client.get(reverse(f"grants:{name}", args=[unpaid.pk])).content.decode(), name
        assert "要件の例外 1件" in client.get(reverse("grants:desk")).content.decode()


def test_the_page_sets_aside_and_takes_back(unpaid, advisor, stranger):
    address = reverse("grants:causes", args=[unpaid.pk])

    with time_machine.travel(at(CLAIM_DAY, "10:00")):
        client = advisor.client()
        client.post(address, {"code": "premiums_paid", "reason": WHY, "expires_on": "2027-12-31"})
        void = reverse("grants:exemption_void", args=[Exemption.objects.get().pk])
        assert stranger.client().post(void).status_code == 404
        client.post(void)

    assert not Exemption.objects.in_force(CLAIM_DAY).exists()


# --- the reminder ---


def test_before_it_ends_everybody_is_told_once(unpaid, advisor, monkeypatch):
    set_aside(unpaid, advisor)
    monkeypatch.setattr("grants.tasks.today", lambda: CLAIM_DAY)

    remind_exemptions()
    remind_exemptions()

    subjects = Notification.objects.filter(subject__contains="要件の例外が")
    assert {one.person for one in subjects} >= {advisor.person}
    assert subjects.filter(person=advisor.person).count() == 1


@pytest.mark.parametrize(("ahead", "told"), [(7, True), (8, False)])
def test_the_week_before_is_when_it_is_told(unpaid, advisor, ahead, told):
    set_aside(unpaid, advisor, until=CLAIM_DAY + timedelta(days=ahead))

    assert ending(CLAIM_DAY).exists() == told


# --- what the database holds ---


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({"reason": ""}, "exemption_says_why"),
        ({"expires_on": CLAIM_DAY - timedelta(days=1)}, "exemption_days_in_order"),
    ],
)
def test_the_database_refuses(unpaid, advisor, change, broken):
    plain = {"code": "a", "label": "a", "reason": "a", "given_on": CLAIM_DAY, "expires_on": UNTIL}
    with pytest.raises(IntegrityError, match=broken), transaction.atomic():
        Exemption.objects.create(case=unpaid, given_by=advisor.person, **plain | change)


def test_an_exemption_is_never_rewritten(unpaid, advisor):
    set_aside(unpaid, advisor)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE grants_exemption SET reason = %s", ["x"])
