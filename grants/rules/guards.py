"""One guard for each cause of refusal: facts in, True where the cause is kept out, False where it struck, None unknown."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import Any

from firms.rules.calendar import ONE_DAY, end_of_period
from grants.rules.careerup import SCHEME as CAREERUP
from grants.rules.careerup import careerup_plan
from grants.rules.editions import Schemes
from grants.rules.firm import separation_ratio
from grants.rules.minutes import attendance
from grants.rules.trial import trial_plan
from grants.rules.windows import change_notice as notice_for
from grants.rules.windows import claim_window, plan_window

COMMON = "hrd_common"
Told = Mapping[str, Any]
Guard = Callable[[Told, Schemes], bool | None]


def needs(*names: str) -> Callable[[Guard], Guard]:
    """A guard is asked only once every fact it needs is told; before that nobody knows."""

    def dress(guard: Guard) -> Guard:
        @wraps(guard)
        def asked(told: Told, known: Schemes) -> bool | None:
            return None if any(told.get(name) is None for name in names) else guard(told, known)

        asked.needs = names  # type: ignore[attr-defined]
        return asked

    return dress


def all_true(told: Told, *names: str) -> bool | None:
    """False as soon as one is false; true only where every one is told and true."""
    answers = [told.get(name) for name in names]
    if False in answers:
        return False
    return None if None in answers else True


@needs("training_start", "plan_filed")
def plan_in_window(told: Told, known: Schemes) -> bool | None:
    return plan_window(told["training_start"], schemes=known).contains(told["plan_filed"])


@needs("changes")
def changes_notified(told: Told, known: Schemes) -> bool | None:
    """`changes`: planned_on, new_on, reason, is_training_start and filed_on (None: no notice) of each."""
    return all(notified(change, known) for change in told["changes"])


def notified(change: Told, known: Schemes) -> bool:
    found = notice_for(
        change["planned_on"],
        change["new_on"],
        reason=change.get("reason", "ordinary"),
        is_training_start=change.get("is_training_start", False),
        schemes=known,
    )
    filed = change.get("filed_on")
    return filed is not None and found.due is not None and filed <= found.due


@needs("first_day", "event_days")
def nothing_before_start(told: Told, known: Schemes) -> bool | None:
    return all(on >= told["first_day"] for on in told["event_days"])


@needs("planned_minutes", "attended_minutes")
def attendance_reached(told: Told, known: Schemes) -> bool | None:
    return attendance(
        method=told.get("method", "class"),
        planned_minutes=told["planned_minutes"],
        attended_minutes=told["attended_minutes"],
        excused_minutes=told.get("excused_minutes", 0),
        schemes=known,
    ).passes


@needs("last_day", "completed_on")
def online_completed(told: Told, known: Schemes) -> bool | None:
    """`completed_on`: a day for each trainee, None for one who has not finished; certificates are asked for beside."""
    if not all(on is not None and on <= told["last_day"] for on in told["completed_on"]):
        return False
    return all_true(told, "has_certificates")


@needs("claim_filed", "payment_days", "outstanding_yen")
def paid_before_claim(told: Told, known: Schemes) -> bool | None:
    return told["outstanding_yen"] == 0 and all(on <= told["claim_filed"] for on in told["payment_days"])


@needs("had_rebate")
def no_rebate(told: Told, known: Schemes) -> bool | None:
    return not told["had_rebate"]


@needs("payers")
def firm_bore_all(told: Told, known: Schemes) -> bool | None:
    return bool(told["payers"]) and set(told["payers"]) == {"firm"}


@needs("training_days", "leave_days")
def wages_paid(told: Told, known: Schemes) -> bool | None:
    if set(told["training_days"]) & set(told["leave_days"]):
        return False
    return all_true(told, "wages_paid")


@needs("event", "on", "claim_filed")
def claim_in_window(told: Told, known: Schemes) -> bool | None:
    found = claim_window(
        told["event"],
        told["on"],
        method=told.get("method"),
        all_completed_on=told.get("all_completed_on"),
        all_stopped_on=told.get("all_stopped_on"),
        schemes=known,
    )
    return found.contains(told["claim_filed"])


@needs("dismissals", "insured_on_claim_date", "qualified_leavers")
def nobody_dismissed(told: Told, known: Schemes) -> bool | None:
    ratio = separation_ratio(
        insured_on_claim_date=told["insured_on_claim_date"],
        qualified_leavers=told["qualified_leavers"],
        schemes=known,
    )
    return told["dismissals"] == 0 and ratio.within_limit


@needs("planned_workers", "claimed_workers", "insured_workers")
def trainees_agree(told: Told, known: Schemes) -> bool | None:
    return set(told["claimed_workers"]) <= set(told["planned_workers"]) & set(told["insured_workers"])


@needs("plan_filed", "excluded_content")
def content_supported(told: Told, known: Schemes) -> bool | None:
    """`excluded_content`: what the content checklist found; later plans must also be tied to concrete tasks."""
    if told["excluded_content"]:
        return False
    tied = known.holds(COMMON, "concrete_tasks", told["plan_filed"])
    return all_true(told, "tied_to_tasks") if tied else True


@needs("claim_filed")
def provider_ready(told: Told, known: Schemes) -> bool | None:
    """The price explanation (様式第28号) is asked of later claims only: the second clock."""
    explained = known.holds(COMMON, "price_explanation", told["claim_filed"])
    names = ("page_is_public", "signs_consent", *(("price_explained",) if explained else ()))
    return all_true(told, *names)


def records_original(told: Told, known: Schemes) -> bool | None:
    return all_true(told, "records_agree", "signed_by_hand", "kept_as_written")


def plans_made_known(told: Told, known: Schemes) -> bool | None:
    return all_true(told, "promoter_appointed", "plan_drafted", "made_known")


def firm_in_good_standing(told: Told, known: Schemes) -> bool | None:
    return all_true(told, "insurance_paid", "not_prosecuted", "statements_true", "cooperates")


@needs("eligible_courses", "all_courses", "users", "listed_users")
def subscription_intact(told: Told, known: Schemes) -> bool | None:
    excluded = told["all_courses"] - told["eligible_courses"]
    bound = known.latest(COMMON, "subscription.excluded_percent", date.max).whole
    if excluded * 100 >= bound * told["all_courses"] or told["users"] > told["listed_users"]:
        return False
    return all_true(told, "not_cancelled")


@needs("training_end", "exam_on")
def exam_in_time(told: Told, known: Schemes) -> bool | None:
    within = known.latest(COMMON, "exam.within_months", told["training_end"]).whole
    return bool(told["exam_on"] <= end_of_period(told["training_end"] + ONE_DAY, within))


@needs("plan_filed", "plan_from", "plan_to", "conversion", "rules_in_force_from", "raise_passes")
def careerup_sound(told: Told, known: Schemes) -> bool | None:
    plan = careerup_plan(**{n: told[n] for n in ("plan_filed", "plan_from", "plan_to", "conversion")}, schemes=known)
    period = known.latest(CAREERUP, "period_months", told["conversion"]).whole
    # Six months under different work rules are not asked of somebody dispatched (Q&A R8.4.8 Q①-1 17).
    is_dispatched = told.get("origin") == "dispatched"
    long_enough = is_dispatched or end_of_period(told["rules_in_force_from"], period) < told["conversion"]
    if not (plan.eligible and long_enough and told["raise_passes"]):
        return False
    paid, filed = told.get("sixth_payday"), told.get("claim_filed")
    if paid is None or filed is None:
        return None
    return claim_window("careerup_sixth_payday", paid, schemes=known).contains(filed)


@needs("was_referred", "hired", "plan_filed")
def trial_sound(told: Told, known: Schemes) -> bool | None:
    if not told["was_referred"] or told["plan_filed"] > trial_plan(told["hired"], schemes=known).last:
        return False
    ended, filed = told.get("trial_end"), told.get("claim_filed")
    if ended is None or filed is None:
        return None
    return claim_window("trial_end", ended, schemes=known).contains(filed)
