"""The days a filed plan gives each enrolment: what courses/ asks before it opens anything to a learner."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from courses.hooks import LearningDays
from courses.models import Enrolment
from firms.models import Employment
from firms.words.saying import said as _
from firms.words.tongues import in_japanese
from grants.facts.drift import day_of
from grants.facts.online import PERIOD, TO
from grants.models import Deadline, PlanVersion
from grants.shapes import PlanTraining, days_planned
from grants.states import CaseState, DeadlineState

Place = tuple[int, int]
Told = Mapping[str, str]


@in_japanese
def funded_days(enrolments: Collection[Enrolment]) -> dict[int, LearningDays]:
    """By enrolment id; everybody a firm sends to a run keeps the days of the plan it filed, in three queries at most."""
    sent = {one.pk: one.employment_id for one in enrolments if one.employment_id}
    if not sent:
        return {}
    places = dict(Employment.objects.filter(pk__in=set(sent.values())).values_list("pk", "establishment"))
    plans = filed_plans({one.run_id for one in enrolments}, set(places.values()))
    told = told_of(plans.values()) if plans else {}
    found = {place: days_of(plan, told.get(plan.case_id, {})) for place, plan in plans.items()}
    here = {one.pk: (one.run_id, places[one.employment_id]) for one in enrolments if one.employment_id}
    return {pk: found[place] for pk, place in here.items() if place in found}


def filed_plans(runs: Collection[int], places: Collection[int]) -> dict[Place, PlanVersion]:
    """The plan in force of each run and establishment; a case given up binds nobody."""
    plans = (
        PlanVersion.objects.filter(case__run__in=runs, case__establishment__in=places, filing__isnull=False)
        .exclude(case__state=CaseState.DROPPED)
        .select_related("filing", "case__run")
        .order_by("number")
    )
    return {(plan.case.run.pk, plan.case.establishment_id): plan for plan in plans}


def told_of(plans: Iterable[PlanVersion]) -> dict[int, dict[str, str]]:
    """The changes the office was told of, by case: the last of each subject holds."""
    met = Deadline.objects.filter(
        case__in=[plan.case_id for plan in plans], code=Deadline.Code.CHANGE_NOTICE, state=DeadlineState.MET
    )
    found: dict[int, dict[str, str]] = {}
    for case, subject, event in met.order_by("pk").values_list("case", "subject", "event"):
        found.setdefault(case, {})[subject] = event
    return found


def days_of(plan: PlanVersion, told: Told) -> LearningDays:
    first, last = agreed_days(plan.lifted["training"], told)
    because = _(
        "助成金の計画届（%(day)s届出）の訓練期間です。初日より前の学習が1つでもあると助成が受けられなくなり、"
        "最終日より後の学習は数えられません。"
    ) % {"day": f"{plan.filing.filed_on.year}年{plan.filing.filed_on.month}月{plan.filing.filed_on.day}日"}
    return LearningDays(first, last, because)


def agreed_days(training: PlanTraining, told: Told) -> tuple[date, date]:
    """As planned, where the office was not told otherwise."""
    starts_on, ends_on = days_planned(training)
    if training["units"] is not None:
        return days_told(told[PERIOD]) if PERIOD in told else (starts_on, ends_on)
    events = {f"lesson-{lesson['id']}": lesson["on"] for lesson in training["lessons"]}
    events |= {subject: event for subject, event in told.items() if subject.startswith("lesson-")}
    days = [day_of(event) for event in events.values() if event != "removed"]
    return min(days, default=starts_on), max(days, default=ends_on)


def days_told(period: str) -> tuple[date, date]:
    first, last = period.split(TO)
    return date.fromisoformat(first), date.fromisoformat(last)
