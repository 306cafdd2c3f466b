"""The part of a page where a firm's manager chooses people of one establishment; used by enrolling and by naming."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import QueryDict

from courses.actions.seats.enrolment_rows import open_by_person
from courses.models import Enrolment, Lesson, Run
from courses.queries import days_not_employed, lessons_of, needed_days
from courses.queries.seats.people import days_on_leave
from courses.states import EnrolmentState
from firms.acting import Acting
from firms.models import Employment, Establishment
from firms.web.http import row_number
from firms.words.saying import said as _


@dataclass(frozen=True)
class Choosable:
    """One person of the establishment, why they cannot be chosen, if so, and what to mind where they can."""

    employment: Employment
    obstacle: str
    caution: str
    is_chosen: bool


@dataclass(frozen=True)
class Choice:
    """What the address or the form says: the establishment looked at, and the people chosen in it."""

    establishments: list[Establishment]
    establishment: Establishment | None
    employments: list[Employment]


def choice_of(acting: Acting, asked: QueryDict) -> Choice:
    """What is not a person of this establishment is not found, whatever the address says."""
    own = list(Establishment.objects.filter(organisation=acting.organisation_id).order_by("pk"))
    here = next((one for one in own if str(one.pk) == asked.get("establishment")), own[0] if own else None)
    wanted = [row_number(pk) for pk in asked.getlist("employments")]
    if not wanted or here is None:
        return Choice(own, here, [])
    found = here.employments.filter(pk__in=wanted)
    return Choice(own, here, list(found.select_related("person", "establishment__organisation", "pattern")))


def people_context(run: Run, choice: Choice, acting: Acting) -> dict[str, object]:
    lessons = lessons_of(run)
    return {
        "run": run,
        "course": run.course,
        "lessons": lessons,
        "establishment": choice.establishment,
        "establishments": choice.establishments,
        "candidates": candidates(run, choice, lessons, acting),
        "refusal": None,
        "today": acting.today,
    }


def candidates(run: Run, choice: Choice, lessons: list[Lesson], acting: Acting) -> list[Choosable]:
    """Everyone who works there today or will; who cannot come stands below, with the reason."""
    if choice.establishment is None:
        return []
    here = choice.establishment.employments.filter(Q(ended_on=None) | Q(ended_on__gte=acting.today))
    here = here.select_related("person").prefetch_related("person__leaves")
    held = open_by_person(run)
    found = [
        Choosable(
            employment=one,
            obstacle=obstacle(one, run, lessons, held.get(one.person_id)),
            caution=caution(one, run, lessons),
            is_chosen=one in choice.employments,
        )
        for one in here.order_by("person__family_kana", "person__given_kana", "pk")
    ]
    return sorted(found, key=lambda candidate: bool(candidate.obstacle))


def obstacle(employment: Employment, run: Run, lessons: list[Lesson], held: Enrolment | None) -> str:
    if held and held.state != EnrolmentState.REQUESTED:
        return str(held.get_state_display())
    if days := days_not_employed(employment, needed_days(run, lessons)):
        return _("%(day)sに在籍していません") % {"day": listed(days)}
    return ""


def caution(employment: Employment, run: Run, lessons: list[Lesson]) -> str:
    days = days_on_leave(employment, needed_days(run, lessons))
    return _("%(day)sは休業中です") % {"day": listed(days)} if days else ""


def listed(days: list[date]) -> str:
    return "、".join(f"{day.month}月{day.day}日" for day in days)
