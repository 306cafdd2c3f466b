"""Requirements only the firm can state: each reaches the amount, and an answer counts only if it is not older than its fact."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from firms.errors import Refused
from firms.models import JournalEntry
from grants.actions.claims import freeze_claim
from grants.actions.statements import answer
from grants.claims.assessment import assess_claim, name_of, open_requirements, withheld
from grants.subjects.questions import DECLARED, LOG_RECEIVED
from tests.factories import at
from tests.grants.conftest import CLAIM_DAY, FILED_ON, fresh, mark


@pytest.mark.parametrize("code", sorted(d.code for d in DECLARED if not d.is_reckoned))
@pytest.mark.parametrize("value", ["no", "unknown"])
def test_declared_requirement_that_is_not_met_leaves_nothing_to_ask_for(code, value, paid, manager, advisor):
    with time_machine.travel(at(CLAIM_DAY, "10:00")):
        answer(paid, code, value=value, by=manager.acting(CLAIM_DAY))

        outcome = assess_claim(fresh(paid), CLAIM_DAY).outcome

    assert (outcome["payable"], outcome["payable_amount"]) == (False, 0)
    assert code in {one["code"] for one in withheld(outcome)} or code == "first_this_year"
    with pytest.raises(Refused, match="支給申請額は0円です"):
        freeze_claim(fresh(paid), by=advisor.acting(CLAIM_DAY), despite=[f"{code}:"])
    assert not paid.claims.exists()


def test_each_declared_requirement_says_in_its_own_words_what_a_no_costs():
    told = [str(declared.when_no) for declared in (*DECLARED, LOG_RECEIVED)]

    assert all(told)
    assert len(set(told)) == len(told)


def test_trial_support_of_a_trainee_takes_the_wage_aid_alone(paid, manager, advisor):
    """33,000 × 75 % and no wage aid: the amounts know what this answer costs, so the rest can be asked for."""
    answer(paid, "not_in_trial", value="no", by=manager.acting(CLAIM_DAY))

    claim = freeze_claim(fresh(paid), by=advisor.acting(CLAIM_DAY), despite=["not_in_trial:", *trial_names(paid)])

    assert (claim.outcome["wage_aid"], claim.total_yen) == (0, 33_000)
    entry = JournalEntry.objects.about(paid).get(verb="claim.despite")
    assert "受講者の中に、トライアル雇用助成金の対象期間中の人がいない" in entry.details["requirements"]


def trial_names(case):
    return [name_of(one) for one in open_requirements(assess_claim(fresh(case), CLAIM_DAY).outcome)]


def test_claim_page_says_why_nothing_can_be_asked_for(paid, manager):
    answer(paid, "wages_paid", value="no", by=manager.acting(CLAIM_DAY))

    with time_machine.travel(at(CLAIM_DAY, "10:00")):
        page = manager.client().get(reverse("grants:claim", args=[paid.pk])).content.decode()

    assert "いまは0円です" in page
    assert "訓練時間中の賃金が支払われていないと、全体が不支給になります。" in page
    assert "この内容で支給申請を確定する" not in page


def test_nobody_says_yes_to_what_was_not_held_yet(case, manager):
    """The run ends on 10 February: signed that evening at the earliest, paid the day after."""
    last = date(2027, 2, 10)
    for code, first in (("reports_signed", last), ("wages_paid", last + timedelta(days=1))):
        with pytest.raises(Refused, match="訓練が終わった後の"):
            answer(case, code, value="yes", by=manager.acting(first - timedelta(days=1)))

        assert answer(case, code, value="yes", by=manager.acting(first)).value == "yes"


def test_a_no_can_be_said_before_the_training(case, manager):
    assert answer(case, "wages_paid", value="no", by=manager.acting(FILED_ON)).value == "no"


@pytest.mark.parametrize(("on", "state"), [(date(2027, 2, 9), "unknown"), (date(2027, 2, 10), "met")])
def test_what_must_last_counts_only_if_said_when_the_training_was_over(on, state, attended, manager):
    with time_machine.travel(at(on, "18:00")):
        answer(attended, "premiums_paid", value="unknown", by=manager.acting(on))
        answer(attended, "premiums_paid", value="yes", by=manager.acting(on))

    outcome = assess_claim(fresh(attended), CLAIM_DAY).outcome

    assert {one["state"] for one in outcome["conditions"] if one["code"] == "premiums_paid"} == {state}


def test_attendance_mended_after_the_signature_asks_for_it_again(paid, run, enrolled, manager):
    """Said on the 15th; a roster that is put right on the 16th is not what was signed."""
    with time_machine.travel(at(CLAIM_DAY + timedelta(days=1), "09:00")):
        old = enrolled[0].marks.get(lesson=run.lessons.first())
        mark(enrolled[0], run.lessons.first(), left="16:00", minutes=300, corrects=old, reason="早退の記入漏れ")

        again = assess_claim(fresh(paid), CLAIM_DAY + timedelta(days=1)).outcome
        unsigned = {one["code"] for one in withheld(again)}
        answer(paid, "reports_signed", value="yes", by=manager.acting(CLAIM_DAY + timedelta(days=1)))
        signed = {one["code"] for one in withheld(assess_claim(fresh(paid), CLAIM_DAY + timedelta(days=1)).outcome)}

    assert unsigned == {"reports_signed", "wages_paid"}
    assert signed == {"wages_paid"}
