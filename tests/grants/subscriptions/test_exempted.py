"""A requirement of a subscription that is set aside: its claim is frozen and filed, and not past the last day."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from firms.errors import Refused
from grants.actions.exemptions import exempt, void_exemption
from grants.actions.subscriptions import file_subscription_claim, freeze_subscription_claim
from grants.claims.causes import causes_of, requirements_of
from grants.claims.subscriptions import assess_subscribed
from tests.factories import at
from tests.grants.subscriptions.cast import CLAIMED_ON, learned, now

UNTIL = CLAIMED_ON + timedelta(days=3)
WHY = "契約の継続は電話で確かめた"


@pytest.fixture
def unproven(in_time, people, manager):
    return learned(in_time, {people[0].pk: 400, people[1].pk: 300}, by=manager, not_cancelled="unknown")


def set_aside(case, advisor):
    return exempt(case, code="not_cancelled", reason=WHY, expires_on=UNTIL, by=advisor.acting(CLAIMED_ON))


def test_what_is_set_aside_stops_nothing_and_stays_unknown(unproven, advisor):
    with pytest.raises(Refused, match="途中で解約しない"):
        freeze_subscription_claim(unproven, by=advisor.acting(CLAIMED_ON))

    set_aside(unproven, advisor)
    claim = freeze_subscription_claim(now(unproven), by=advisor.acting(CLAIMED_ON))

    (one,) = (found for found in claim.outcome["conditions"] if found["code"] == "not_cancelled")
    assert one["state"] == "unknown"
    assert WHY in one["because"]
    assert claim.outcome["payable_amount"] == claim.total_yen > 0


def test_past_its_last_day_it_stops_again(unproven, advisor):
    set_aside(unproven, advisor)
    freeze_subscription_claim(now(unproven), by=advisor.acting(CLAIMED_ON))
    after = UNTIL + timedelta(days=1)

    assert [one.code for one in assess_subscribed(now(unproven), on=after).stopping] == ["not_cancelled"]
    with pytest.raises(Refused, match="例外の期限が切れた"):
        file_subscription_claim(now(unproven), filed_on=after, receipt_number="", by=advisor.acting(after))
    assert file_subscription_claim(now(unproven), filed_on=UNTIL, receipt_number="", by=advisor.acting(UNTIL))


def test_one_taken_back_before_the_claim_was_frozen_is_not_asked_of_it(unproven, people, manager, advisor):
    void_exemption(set_aside(unproven, advisor), by=advisor.acting(CLAIMED_ON))
    learned(unproven, {people[0].pk: 400, people[1].pk: 300}, by=manager)
    freeze_subscription_claim(now(unproven), by=advisor.acting(CLAIMED_ON))

    assert file_subscription_claim(now(unproven), filed_on=CLAIMED_ON, receipt_number="", by=advisor.acting(CLAIMED_ON))


def test_every_check_of_a_subscription_has_its_cause(unproven):
    found, others = causes_of(requirements_of(unproven, on=CLAIMED_ON), is_conversion=False)

    states = {one.cause.code: one.state for one in found if one.checks}
    assert states["subscription_intact"] == "unknown"
    assert states["paid_before_claim"] == "met"
    assert others == []


def test_case_and_dry_run_show_it(unproven, advisor):
    set_aside(unproven, advisor)

    with time_machine.travel(at(CLAIMED_ON, "10:00")):
        for name in ("subscription_case", "causes"):
            assert WHY in advisor.client().get(reverse(f"grants:{name}", args=[unproven.pk])).content.decode(), name


def test_a_subscription_only_begun_has_its_dry_run(case, manager):
    assert manager.client().get(reverse("grants:causes", args=[case.pk])).status_code == 200
