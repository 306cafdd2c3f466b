"""The causes for which claims are refused, each with what a case shows of it today: a dry run, at any time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from grants.claims.assessment import assess_claim
from grants.claims.careerup import assess_conversion, stated_of
from grants.claims.checks import declared_checks
from grants.facts import filed_plan
from grants.facts.ground import newest_answers
from grants.facts.plan import answers
from grants.models import Answer, Exemption, GrantCase
from grants.rules import CAUSES, Cause
from grants.shapes import Condition
from grants.subjects.questions import BY_CODE

WORST = ("unmet", "unknown", "met")
OTHER = "other"
# Which cause a check of the rules or of the records belongs to, where it is no cause itself and no answer that names one.
CAUSE_OF = {
    **{"attendance": "attendance_reached", "completed": "online_completed", "certificate": "online_completed"},
    **{"worker_paid_nothing": "firm_bore_all", "firm_paid_all": "firm_bore_all", "paid_in_time": "paid_before_claim"},
    **{"roster_whole": "records_original", "log_kept": "records_original", "log_received": "records_original"},
    **{"plan_taken": "plan_in_window", "outside_trial": "wages_paid"},
    **{"insured": "trainees_agree", "employed_throughout": "trainees_agree"},
    **dict.fromkeys(("working_hours", "on_leave", "learned_in_hours"), "wages_paid"),
    **{"long_enough": "content_supported", "outside_course": "content_supported"},
}


@dataclass(frozen=True)
class Shown:
    """One check of a case; `said` is the answer it rests on, with who judged it, when, and the evidence."""

    code: str
    label: str
    state: str
    because: str
    source: str
    evidence: str = ""
    subject: str = ""
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


def requirements_of(case: GrantCase, *, on: date) -> list[Shown]:
    """Before a plan is filed what the firm has stated, afterwards all a claim of that day would be held against.

    FactError where the records contradict themselves."""
    said, set_aside = newest_answers(case), {one.code: one for one in case.exemptions.in_force(on)}
    if case.is_conversion:
        found = assess_conversion(case, on=on)
        live = found.conditions if found else list(stated_of(case))
        rows = [Shown(one.code, one.label, one.state, one.because, one.source, subject=one.subject) for one in live]
    else:
        rows = [Shown(**one) for one in conditions_of(case, on=on)]
    return [replace(one, said=said.get(one.code), exemption=set_aside.get(one.code)) for one in rows]


def conditions_of(case: GrantCase, *, on: date) -> list[Condition]:
    newest = newest_answers(case)
    if filed_plan(case) is not None:
        return assess_claim(case, on).outcome["conditions"]
    sources = case.entry.edition_on(on).sources
    return declared_checks(answers(newest), asked=case.entry.questions, sources=sources)


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
