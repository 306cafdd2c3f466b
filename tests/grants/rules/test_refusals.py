"""Each of the 21 causes is kept out, strikes, or is not known yet."""

from datetime import date

import pytest

from grants.rules import CAUSES, Condition, FactError, check

DAY = date(2026, 6, 10)
LATE = date(2026, 12, 31)
PLAN = {
    "plan_filed": date(2026, 5, 1),
    "plan_from": date(2026, 5, 2),
    "plan_to": date(2029, 5, 1),
    "conversion": DAY,
    "rules_in_force_from": date(2025, 12, 1),
    "raise_passes": True,
    "sixth_payday": date(2026, 12, 25),
    "claim_filed": date(2027, 1, 10),
}
MOVED = {"planned_on": DAY, "new_on": date(2026, 6, 12), "filed_on": date(2026, 6, 9)}
# For each cause: facts that keep it out, and what of them makes it strike.
TOLD = {
    "plan_in_window": ({"training_start": DAY, "plan_filed": date(2026, 5, 11)}, {"plan_filed": date(2026, 5, 12)}),
    "changes_notified": ({"changes": [MOVED]}, {"changes": [MOVED | {"filed_on": DAY}]}),
    "nothing_before_start": ({"first_day": DAY, "event_days": [DAY]}, {"event_days": [date(2026, 6, 9)]}),
    "attendance_reached": ({"planned_minutes": 100, "attended_minutes": 80}, {"attended_minutes": 79}),
    "online_completed": (
        {"last_day": DAY, "completed_on": [DAY], "has_certificates": True},
        {"completed_on": [DAY, None]},
    ),
    "paid_before_claim": (
        {"claim_filed": DAY, "payment_days": [DAY], "outstanding_yen": 0},
        {"payment_days": [LATE]},
    ),
    "no_rebate": ({"had_rebate": False}, {"had_rebate": True}),
    "firm_bore_all": ({"payers": ["firm"]}, {"payers": ["firm", "worker"]}),
    "wages_paid": ({"training_days": [DAY], "leave_days": [LATE], "wages_paid": True}, {"leave_days": [DAY]}),
    "claim_in_window": (
        {"event": "training_end", "on": DAY, "claim_filed": date(2026, 8, 10)},
        {"claim_filed": date(2026, 8, 11)},
    ),
    "nobody_dismissed": (
        {"dismissals": 0, "insured_on_claim_date": 50, "qualified_leavers": 3},
        {"qualified_leavers": 4},
    ),
    "trainees_agree": (
        {"planned_workers": ["a", "b"], "claimed_workers": ["a"], "insured_workers": ["a"]},
        {"insured_workers": ["b"]},
    ),
    "content_supported": (
        {"plan_filed": LATE, "excluded_content": [], "tied_to_tasks": True},
        {"tied_to_tasks": False},
    ),
    "provider_ready": (
        {"claim_filed": DAY, "page_is_public": True, "signs_consent": True, "price_explained": True},
        {"price_explained": False},
    ),
    "records_original": (
        {"records_agree": True, "signed_by_hand": True, "kept_as_written": True},
        {"signed_by_hand": False},
    ),
    "plans_made_known": (
        {"promoter_appointed": True, "plan_drafted": True, "made_known": True},
        {"made_known": False},
    ),
    "firm_in_good_standing": (
        {"insurance_paid": True, "not_prosecuted": True, "statements_true": True, "cooperates": True},
        {"insurance_paid": False},
    ),
    "subscription_intact": (
        {"eligible_courses": 6, "all_courses": 10, "users": 3, "listed_users": 3, "not_cancelled": True},
        {"eligible_courses": 5},
    ),
    "exam_in_time": ({"training_end": DAY, "exam_on": date(2026, 12, 10)}, {"exam_on": date(2026, 12, 11)}),
    "careerup_sound": (PLAN, {"raise_passes": False}),
    "trial_sound": (
        {
            "was_referred": True,
            "hired": DAY,
            "plan_filed": date(2026, 6, 23),
            "trial_end": date(2026, 9, 9),
            "claim_filed": date(2026, 10, 1),
        },
        {"plan_filed": date(2026, 6, 24)},
    ),
}


def test_every_cause_is_tried():
    assert list(TOLD) == list(CAUSES)
    assert [cause.number for cause in CAUSES.values()] == list(range(1, 22))


@pytest.mark.parametrize("code", CAUSES)
def test_cause_is_kept_out(code):
    assert check(code, TOLD[code][0]).state == "met"


@pytest.mark.parametrize("code", CAUSES)
def test_cause_strikes_and_reads_as_written(code):
    facts, spoilt = TOLD[code]

    found = check(code, facts | spoilt)

    assert (found.state, found.because) == ("unmet", CAUSES[code].reads_when_unmet)


@pytest.mark.parametrize("code", CAUSES)
def test_cause_without_facts_is_unknown(code):
    assert check(code, {}).state == check(code, None).state == "unknown"


@pytest.mark.parametrize("code", [code for code in CAUSES if CAUSES[code].needs])
def test_cause_with_a_needed_fact_missing_is_never_met(code):
    for name in CAUSES[code].needs:
        assert check(code, TOLD[code][0] | {name: None}).state == "unknown"


@pytest.mark.parametrize("code", CAUSES)
def test_declared_answer_is_taken(code):
    assert [check(code, told).state for told in (True, False)] == ["met", "unmet"]


def test_cause_says_what_is_looked_at_and_about_whom():
    assert check("no_rebate", None, subject="a") == Condition(
        code="no_rebate",
        label="教育訓練機関等からの返金・割引等がない",
        state="unknown",
        because="まだ確認されていません（見るもの: 契約書と事業主の申告）。",
        source="リスキリング支給要領R7.4.1 0401ト; 人材育成Q&A Q23-26",
        subject="a",
    )


def test_unknown_cause_is_named():
    with pytest.raises(FactError, match="不支給の要因「weather」はありません"):
        check("weather", True)


@pytest.mark.parametrize(
    ("code", "spoilt"),
    [
        ("changes_notified", {"changes": [MOVED | {"filed_on": None}]}),
        ("changes_notified", {"changes": [MOVED | {"new_on": date(2026, 7, 10), "is_training_start": True}]}),
        ("online_completed", {"has_certificates": False}),
        ("paid_before_claim", {"outstanding_yen": 1}),
        ("firm_bore_all", {"payers": []}),
        ("wages_paid", {"wages_paid": False}),
        ("nobody_dismissed", {"dismissals": 1}),
        ("trainees_agree", {"claimed_workers": ["c"]}),
        ("content_supported", {"excluded_content": ["趣味"]}),
        ("subscription_intact", {"users": 4}),
        ("careerup_sound", {"rules_in_force_from": date(2026, 1, 1)}),
        ("careerup_sound", {"claim_filed": date(2027, 3, 1)}),
        ("trial_sound", {"was_referred": False}),
        ("trial_sound", {"claim_filed": LATE}),
    ],
)
def test_each_further_way_to_be_refused(code, spoilt):
    assert check(code, TOLD[code][0] | spoilt).state == "unmet"


@pytest.mark.parametrize(
    ("code", "untold"),
    [("careerup_sound", "claim_filed"), ("trial_sound", "trial_end"), ("provider_ready", "signs_consent")],
)
def test_later_fact_keeps_the_answer_open(code, untold):
    assert check(code, TOLD[code][0] | {untold: None}).state == "unknown"


def test_later_rules_do_not_reach_back():
    earlier_plan = {"plan_filed": date(2026, 8, 2), "excluded_content": []}
    earlier_claim = {"claim_filed": date(2026, 5, 13), "page_is_public": True, "signs_consent": True}

    assert check("content_supported", earlier_plan).state == "met"
    assert check("provider_ready", earlier_claim).state == "met"
