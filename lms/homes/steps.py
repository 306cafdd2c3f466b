"""What waits for someone: one line each, the most urgent first; shared by the homes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from courses.models import Lesson
from courses.queries import mark_counts
from courses.states import RunState
from firms.acting import Acting
from firms.models import Mandate
from firms.models.organisations import Kind
from firms.queries.prepared import PreparedFor
from firms.states import MandateState
from firms.words.saying import said as _
from grants.cases.situation import Due, dues_of
from grants.cases.turns import Turn, Work, turns_of
from grants.facts import mandates_of
from grants.models import Deadline
from grants.queries import Candidate, candidates, deadlines_for, firms_of

# As many lines as one reads at a glance; the lists behind them have the rest.
SHOWN = 8


@dataclass(frozen=True)
class HomeStep:
    """One thing to do: `day` is its last day where there is one."""

    title: str
    about: str
    url: str
    icon: str
    turns: tuple[Turn, ...]
    day: date | None = None


def most_urgent(steps: Iterable[HomeStep]) -> dict[str, object]:
    """Context of lms/home/steps.html: what has a day first, the nearest on top."""
    found = sorted(steps, key=lambda step: (step.day is None, step.day or date.max))
    return {"steps_waiting": found[:SHOWN], "steps_left": found[SHOWN:], "steps_count": len(found)}


def deadline_steps(acting: Acting) -> list[HomeStep]:
    """Open deadlines whose window has begun."""
    rows = deadlines_begun(acting, acting.today)
    return [deadline_step(one, acting=acting) for one in dues_of(rows, on=acting.today)]


@PreparedFor
def deadlines_begun(acting: Acting, on: date) -> QuerySet[Deadline]:
    return deadlines_for(acting).filter(first_on__lte=on)[: SHOWN * 2]


def deadline_step(due: Due, *, acting: Acting) -> HomeStep:
    case = due.row.case
    return HomeStep(
        title=f"{due.row.get_code_display()}：{case.title}",
        about=named(str(case.establishment.organisation), due.words, acting=acting),
        url=reverse("grants:case", args=[case.pk]),
        icon="calendar",
        turns=due.turns,
        day=due.row.last_on,
    )


def named(firm: str, words: str, *, acting: Acting) -> str:
    """An office reads of many firms, a firm only of itself."""
    return words if acting.kind == Kind.FIRM else f"{firm}　{words}"


def candidate_steps(acting: Acting) -> list[HomeStep]:
    """Trainings ahead with people and without a case, while the plan can still be filed."""
    found = candidates(firms_of(acting), today=acting.today)
    mandates = mandates_of({one.firm_id for one in found}, on=acting.today)
    return [candidate_step(one, mandates.get(one.firm_id), acting=acting) for one in found]


def candidate_step(one: Candidate, mandate: Mandate | None, *, acting: Acting) -> HomeStep:
    return HomeStep(
        title=_("助成金案件をつくる：%(course)s") % {"course": one.title},
        about=named(one.firm, _("%(people)s名が受講。案件はまだありません") % {"people": one.people}, acting=acting),
        url=reverse("grants:cases"),
        icon="plus",
        turns=turns_of([Work.APPLICATION], mandate=mandate),
        day=one.plan_window.last,
    )


def mandate_steps(acting: Acting) -> list[HomeStep]:
    """Requests the other side made."""
    return [
        HomeStep(
            title=_("委任の申し出に答える：%(who)s") % {"who": row.asked_for},
            about=_("%(capacity)sとして、%(scopes)s")
            % {"capacity": row.get_capacity_display(), "scopes": "・".join(row.scope_labels)},
            url=reverse("firms:mandate", args=[row.pk]),
            icon="key",
            turns=(Turn(row.answers_with.kind),),
        )
        for row in mandates_asked(acting)
    ]


@PreparedFor
def mandates_asked(acting: Acting) -> QuerySet[Mandate]:
    asked = Mandate.objects.visible_to(acting).filter(state=MandateState.REQUESTED)
    rows = asked.exclude(asked_for=acting.organisation_id).select_related("office", "firm", "asked_for")
    return rows[:SHOWN]


def unmarked(lessons: QuerySet[Lesson]) -> QuerySet[Lesson]:
    """Lessons that are over and whose roster has people without a mark, the oldest first."""
    over = lessons.filter(Q(ends_at__lte=timezone.now())).exclude(run__state=RunState.CANCELLED)
    return mark_counts(over).filter(unmarked__gt=0).select_related("run__course", "instructor").order_by("starts_at")


def roster_steps(lessons: QuerySet[Lesson]) -> list[HomeStep]:
    return [
        HomeStep(
            title=_("出席簿を記録する：%(course)s 第%(n)s回") % {"course": row.run.course.title, "n": row.number},
            about=_("%(n)s名が未記録です。") % {"n": row.unmarked},  # type: ignore[attr-defined]
            url=reverse("courses:roster", args=[row.pk]),
            icon="edit",
            turns=turns_of([Work.TEACHING]),
            day=row.on,
        )
        for row in unmarked(lessons)[: SHOWN * 2]
    ]


def coming(lessons: QuerySet[Lesson], *, now: datetime) -> QuerySet[Lesson]:
    ahead = lessons.filter(ends_at__gte=now, run__state=RunState.OPEN)
    return ahead.select_related("run__course__college", "instructor").order_by("starts_at", "pk")
