"""Each of the 21 causes is kept out, strikes, or is not known yet."""

from datetime import date

import pytest

from grants.rules import CAUSES, Condition, FactError, check, current_schemes
from tests.grants.rules.worked import altered

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
        source="リスキリング支給要領R7.4.1 0401ト; 人材育成支給要領R7.4.1 06021; 人材育成Q&A Q23-26",
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


NEW_RULES = {"plan_filed": date(2026, 8, 3), "excluded_content": []}
NEW_PRICE = {"claim_filed": date(2026, 5, 14), "page_is_public": True, "signs_consent": True}
EARLY = {"event": "training_end", "on": DAY, "method": "e_learning", "all_completed_on": date(2026, 6, 1)}
STOPPED = {"event": "training_end", "on": DAY, "all_stopped_on": date(2026, 6, 1)}
ILL = {"planned_on": DAY, "new_on": date(2026, 6, 12), "reason": "illness"}


@pytest.mark.parametrize(
    ("code", "told", "state"),
    [
        ("attendance_reached", {"planned_minutes": 100, "attended_minutes": 79, "excused_minutes": 1}, "met"),
        ("attendance_reached", {"planned_minutes": 100, "attended_minutes": 78, "excused_minutes": 1}, "unmet"),
        ("attendance_reached", {"planned_minutes": 100, "attended_minutes": 100, "method": "e_learning"}, "met"),
        ("attendance_reached", {"planned_minutes": 100, "attended_minutes": 99, "method": "e_learning"}, "unmet"),
        ("changes_notified", {"changes": [ILL | {"filed_on": date(2026, 6, 19)}]}, "met"),
        ("changes_notified", {"changes": [ILL | {"filed_on": date(2026, 6, 20)}]}, "unmet"),
        ("changes_notified", {"changes": [MOVED | {"new_on": date(2026, 7, 10)}]}, "met"),
        ("claim_in_window", EARLY | {"claim_filed": date(2026, 6, 1)}, "unmet"),
        ("claim_in_window", EARLY | {"claim_filed": date(2026, 6, 2)}, "met"),
        ("claim_in_window", EARLY | {"method": "class", "claim_filed": date(2026, 6, 2)}, "unmet"),
        ("claim_in_window", STOPPED | {"claim_filed": date(2026, 6, 1)}, "unmet"),
        ("claim_in_window", STOPPED | {"claim_filed": date(2026, 6, 2)}, "met"),
        ("subscription_intact", TOLD["subscription_intact"][0] | {"eligible_courses": 501, "all_courses": 1000}, "met"),
        (
            "subscription_intact",
            TOLD["subscription_intact"][0] | {"eligible_courses": 500, "all_courses": 1000},
            "unmet",
        ),
        ("careerup_sound", PLAN | {"rules_in_force_from": date(2025, 12, 10)}, "met"),
        ("careerup_sound", PLAN | {"rules_in_force_from": date(2025, 12, 11)}, "unmet"),
        ("careerup_sound", PLAN | {"rules_in_force_from": date(2025, 12, 11), "origin": "dispatched"}, "met"),
        ("careerup_sound", PLAN | {"claim_filed": date(2026, 12, 25)}, "unmet"),
        ("careerup_sound", PLAN | {"claim_filed": date(2026, 12, 26)}, "met"),
        ("careerup_sound", PLAN | {"claim_filed": date(2027, 2, 25)}, "met"),
        ("careerup_sound", PLAN | {"claim_filed": date(2027, 2, 26)}, "unmet"),
        ("careerup_sound", PLAN | {"sixth_payday": None}, "unknown"),
        ("trial_sound", TOLD["trial_sound"][0] | {"claim_filed": date(2026, 9, 9)}, "unmet"),
        ("trial_sound", TOLD["trial_sound"][0] | {"claim_filed": date(2026, 9, 10)}, "met"),
        ("trial_sound", TOLD["trial_sound"][0] | {"claim_filed": date(2026, 11, 9)}, "met"),
        ("trial_sound", TOLD["trial_sound"][0] | {"claim_filed": date(2026, 11, 10)}, "unmet"),
        ("trial_sound", TOLD["trial_sound"][0] | {"claim_filed": None}, "unknown"),
        ("content_supported", NEW_RULES, "unknown"),
        ("content_supported", NEW_RULES | {"tied_to_tasks": True}, "met"),
        ("provider_ready", NEW_PRICE, "unknown"),
        ("provider_ready", NEW_PRICE | {"price_explained": True}, "met"),
        ("plan_in_window", {"training_start": DAY, "plan_filed": date(2025, 12, 9)}, "unmet"),
        ("plan_in_window", {"training_start": DAY, "plan_filed": date(2025, 12, 10)}, "met"),
        ("online_completed", TOLD["online_completed"][0] | {"completed_on": [date(2026, 6, 11)]}, "unmet"),
        ("paid_before_claim", TOLD["paid_before_claim"][0] | {"payment_days": [date(2026, 6, 11)]}, "unmet"),
        (
            "trainees_agree",
            TOLD["trainees_agree"][0] | {"insured_workers": ["a", "b"], "planned_workers": ["b"]},
            "unmet",
        ),
    ],
)
def test_cause_on_both_sides_of_its_line(code, told, state):
    assert check(code, told).state == state


@pytest.mark.parametrize(
    ("code", "told", "scheme", "figure", "value"),
    [
        ("plan_in_window", {}, "hrd_common", "plan_window.last_months", 2),
        ("changes_notified", {}, "hrd_common", "change_notice.days_before", 2),
        ("attendance_reached", {}, "hrd_common", "attendance.percent", 81),
        ("claim_in_window", {}, "hrd_common", "claim.training_months", 1),
        (
            "nobody_dismissed",
            {"insured_on_claim_date": 100, "qualified_leavers": 6},
            "hrd_common",
            "separation.percent",
            5,
        ),
        ("subscription_intact", {}, "hrd_common", "subscription.excluded_percent", 40),
        ("exam_in_time", {}, "hrd_common", "exam.within_months", 5),
        ("careerup_sound", {}, "careerup", "plan_years.least", 4),
        ("careerup_sound", {"claim_filed": date(2027, 2, 25)}, "careerup", "claim_months", 1),
        ("trial_sound", {}, "trial", "plan_days", 13),
        ("trial_sound", {"claim_filed": date(2026, 11, 9)}, "trial", "claim_months", 1),
    ],
)
def test_cause_asks_the_figures_it_was_given(code, told, scheme, figure, value):
    schemes, facts = current_schemes(), TOLD[code][0] | told
    for n in range(len(schemes.by_name[scheme].figures[figure])):
        schemes = altered(schemes, scheme, figure, n, value)

    assert [check(code, facts).state, check(code, facts, schemes=schemes).state] == ["met", "unmet"]
