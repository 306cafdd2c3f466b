"""The causes for which claims are refused, each with what a case shows of it today: a dry run, at any time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from firms.words.tongues import in_japanese
from grants.claims.asked import answered
from grants.claims.assessment import assess_claim
from grants.claims.careerup import assess_conversion, stated_of
from grants.claims.checks import declared_checks
from grants.claims.subscriptions import assess_subscribed
from grants.facts import filed_plan
from grants.facts.ground import newest_answers
from grants.facts.plan import answers
from grants.models import Answer, Exemption, GrantCase
from grants.rules import CAUSES, Cause, Condition
from grants.subjects.questions import BY_CODE
from grants.subjects.subscriptions import QUESTIONS

WORST = ("unmet", "unknown", "met")
OTHER = "other"
# Which cause a check of the rules or of the records belongs to, where it is no cause itself and no answer that names one.
CAUSE_OF = {
    **{"attendance": "attendance_reached", "completed": "online_completed", "certificate": "online_completed"},
    **{"worker_paid_nothing": "firm_bore_all", "firm_paid_all": "firm_bore_all", "paid_in_time": "paid_before_claim"},
    **{"roster_whole": "records_original", "log_kept": "records_original", "log_received": "records_original"},
    **{"plan_taken": "plan_in_window", "outside_trial": "trainees_agree"},
    **{"insured": "trainees_agree", "employed_throughout": "trainees_agree"},
    **dict.fromkeys(("working_hours", "on_leave", "learned_in_hours"), "wages_paid"),
    **{"long_enough": "content_supported", "outside_course": "content_supported"},
    # Of a subscription alone.
    **{"minimum_hours": "attendance_reached", "as_filed": "changes_notified", "paid": "paid_before_claim"},
    **{"accounts": "subscription_intact", "not_cancelled": "subscription_intact", "job_related": "content_supported"},
    **{"paid_time": "wages_paid", "all_borne": "firm_bore_all", "plan_known": "plans_made_known"},
    **{"only_this_grant": "firm_in_good_standing"},
}


@dataclass(frozen=True)
class Shown:
    """One check of a case; `who` is the worker it is about, `said` the answer it rests on, with who judged it and when."""

    code: str
    label: str
    state: str
    because: str
    source: str
    evidence: str = ""
    subject: str = ""
    who: str = ""
    said: Answer | None = None
    exemption: Exemption | None = None


@dataclass(frozen=True)
class CauseShown:
    """`state` is the worst of its checks; empty where this case has none."""

    cause: Cause
    checks: list[Shown]

    @property
    def state(self) -> str:
        return next((state for state in WORST if any(one.state == state for one in self.checks)), "")


@in_japanese
def requirements_of(case: GrantCase, *, on: date) -> list[Shown]:
    """Before a plan is filed what the firm has stated, afterwards all a claim of that day would be held against.

    FactError where the records contradict themselves."""
    said, set_aside = newest_answers(case), {one.code: one for one in case.exemptions.in_force(on)}
    if case.is_training:
        rows = of_training(case, on=on)
    else:
        judged = of_another(case, on=on)
        rows = [Shown(one.code, one.label, one.state, one.because, one.source, subject=one.subject) for one in judged]
    return [replace(one, said=said.get(one.code), exemption=set_aside.get(one.code)) for one in rows]


def of_another(case: GrantCase, *, on: date) -> list[Condition]:
    if case.is_conversion:
        period = assess_conversion(case, on=on)
        return period.conditions if period else stated_of(case)
    subscribed = assess_subscribed(case, on=on)
    return subscribed.conditions if subscribed else answered(case, QUESTIONS)


def of_training(case: GrantCase, *, on: date) -> list[Shown]:
    if filed_plan(case) is None:
        sources = case.entry.edition_on(on).sources
        stated = declared_checks(answers(newest_answers(case)), asked=case.entry.questions, sources=sources)
        return [Shown(**one) for one in stated]
    found = assess_claim(case, on)
    names = {one["key"]: one["name"] for one in found.facts["workers"]}
    return [Shown(**one, who=names.get(one["subject"], "")) for one in found.outcome["conditions"]]


def causes_of(checks: Sequence[Shown], *, is_conversion: bool) -> tuple[list[CauseShown], list[Shown]]:
    """All of them in their order, those without a check of this case too; and what belongs to none."""
    by_cause: dict[str, list[Shown]] = {}
    for one in checks:
        by_cause.setdefault("careerup_sound" if is_conversion else cause_of(one.code), []).append(one)
    found = [CauseShown(cause, by_cause.get(code, [])) for code, cause in CAUSES.items()]
    return found, by_cause.get(OTHER, [])


def cause_of(code: str) -> str:
    if code in CAUSES:
        return code
    if code in BY_CODE:
        return BY_CODE[code].cause
    return CAUSE_OF.get(code, OTHER)
