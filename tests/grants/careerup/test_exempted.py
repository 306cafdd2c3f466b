"""A requirement of a conversion that is set aside: its claim is frozen and filed, and not past the last day."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from firms.errors import Refused
from grants.actions.careerup import file_period, freeze_period
from grants.actions.exemptions import exempt, void_exemption
from grants.claims.careerup import assess_conversion
from grants.claims.causes import causes_of, requirements_of
from tests.factories import at
from tests.grants.careerup.cast import FIRST_DAY, now, say_yes

UNTIL = FIRST_DAY + timedelta(days=3)
WHY = "就業規則の写しは届出の後に届く"


@pytest.fixture
def unproven(first, manager):
    say_yes(first, by=manager, on=FIRST_DAY, regular_terms="unknown")
    return now(first)


def set_aside(case, advisor, until=UNTIL):
    return exempt(case, code="regular_terms", reason=WHY, expires_on=until, by=advisor.acting(FIRST_DAY))


def test_what_is_set_aside_stops_nothing_and_stays_unknown(unproven, advisor):
    set_aside(unproven, advisor)

    claim = freeze_period(now(unproven), by=advisor.acting(FIRST_DAY))

    (one,) = (found for found in claim.outcome["conditions"] if found["code"] == "regular_terms")
    assert one["state"] == "unknown"
    assert WHY in one["because"]
    assert claim.outcome["payable_amount"] == claim.total_yen > 0


def test_past_its_last_day_it_stops_again(unproven, advisor):
    set_aside(unproven, advisor)
    freeze_period(now(unproven), by=advisor.acting(FIRST_DAY))
    after = UNTIL + timedelta(days=1)

    assert [one.code for one in assess_conversion(now(unproven), on=after).stopping] == ["regular_terms"]
    with pytest.raises(Refused, match="例外の期限が切れた"):
        file_period(now(unproven), filed_on=after, receipt_number="", by=advisor.acting(after))
    assert file_period(now(unproven), filed_on=UNTIL, receipt_number="", by=advisor.acting(UNTIL))


def test_a_requirement_met_since_is_filed_without_its_exemption(unproven, manager, advisor):
    set_aside(unproven, advisor)
    say_yes(unproven, by=manager, on=FIRST_DAY)
    freeze_period(now(unproven), by=advisor.acting(FIRST_DAY))
    after = UNTIL + timedelta(days=1)

    assert file_period(now(unproven), filed_on=after, receipt_number="", by=advisor.acting(after))


def test_one_given_anew_carries_the_frozen_claim(unproven, advisor):
    given = set_aside(unproven, advisor)
    freeze_period(now(unproven), by=advisor.acting(FIRST_DAY))
    void_exemption(given, by=advisor.acting(FIRST_DAY))

    with pytest.raises(Refused, match="取り消され"):
        file_period(now(unproven), filed_on=FIRST_DAY, receipt_number="", by=advisor.acting(FIRST_DAY))

    set_aside(unproven, advisor, until=UNTIL + timedelta(days=1))
    assert file_period(now(unproven), filed_on=FIRST_DAY, receipt_number="", by=advisor.acting(FIRST_DAY))


def test_every_check_of_a_conversion_belongs_to_its_cause(unproven, advisor):
    checks = requirements_of(unproven, on=FIRST_DAY)

    found, others = causes_of(checks, is_conversion=True)

    assert [one.cause.code for one in found if one.checks] == ["careerup_sound"]
    assert others == []


def test_case_and_dry_run_show_it(unproven, advisor):
    set_aside(unproven, advisor)

    with time_machine.travel(at(FIRST_DAY, "10:00")):
        for name in ("careerup_case", "causes"):
            assert WHY in advisor.client().get(reverse(f"grants:{name}", args=[unproven.pk])).content.decode(), name


def test_a_conversion_only_begun_has_its_dry_run(case, manager):
    assert manager.client().get(reverse("grants:causes", args=[case.pk])).status_code == 200
