"""Cases for the list; and the trainings that have no case yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import Enrolment, Lesson
from courses.models.catalogue.courses import Field
from courses.states import RunState
from firms.acting import Acting
from firms.models import Organisation
from firms.models.mandates import Scope
from firms.models.organisations import Kind
from grants.models import Deadline, GrantCase
from grants.models.cases import CaseQuerySet
from grants.policies import may_list_cases
from grants.queries.drawable import least_hours
from grants.rules import Window
from grants.states import CaseState, DeadlineState
from grants.subjects import Training, trainings_open
from grants.time.learning import ONLINE
from grants.time.windows import plan_window_of

STEPS = [_("計画の準備"), _("計画の確定"), _("計画届の提出"), _("訓練"), _("支給申請"), _("決定"), _("入金")]
STEP_OF: Mapping[str, int] = {
    CaseState.PREPARING: 1,
    CaseState.PLANNED: 3,
    CaseState.FILED: 4,
    CaseState.CLAIM_READY: 5,
    CaseState.CLAIMED: 6,
    CaseState.AMENDING: 6,
    CaseState.WITHDRAWN: 5,
    CaseState.APPROVED: 7,
    CaseState.REFUSED: 7,
    CaseState.CLOSED: 8,
    CaseState.REPAYING: 7,
    CaseState.REPAID: 8,
    CaseState.DROPPED: 1,
}


def case_list(acting: Acting) -> CaseQuerySet:
    """With the firm, the training's days and the next open deadline of each."""
    lessons = Lesson.objects.filter(run=OuterRef("run"))
    due = Deadline.objects.filter(case=OuterRef("pk"), state=DeadlineState.OPEN)
    return (
        GrantCase.objects.visible_to(acting)
        .select_related("establishment__organisation", "run__course", "conversion__person", "subscription")
        .annotate(
            first_at=Subquery(lessons.order_by("starts_at").values("starts_at")[:1]),
            last_at=Subquery(lessons.order_by("-ends_at").values("ends_at")[:1]),
            due_on=Subquery(due.order_by("last_on").values("last_on")[:1]),
        )
        .order_by(F("due_on").asc(nulls_last=True), "-opened_at", "-pk")
    )


def step_number(case: GrantCase, *, today: date, ends_on: date | None) -> int:
    """Which of STEPS is being done; a filed plan stands at the training until its last day is over."""
    if case.state == CaseState.FILED and ends_on and today > ends_on:
        return 5
    return STEP_OF[case.state]


def firms_of(acting: Acting) -> list[Organisation]:
    """Those the person may act for in training grants; nobody's for those who have no cases at all."""
    if not may_list_cases(acting):
        return []
    if acting.kind == Kind.OFFICE:
        return list(Organisation.objects.filter(pk__in=acting.clients_for(Scope.TRAINING_GRANTS)))
    return [acting.organisation] if acting.organisation else []


@dataclass(frozen=True)
class Candidate:
    """People of one establishment who will attend one run, without a case for it yet; `entries` are the menus one may
    be opened for, `plan_window` of the one that leaves the most time."""

    run_id: int
    title: str
    establishment_id: int
    establishment: str
    firm: str
    firm_id: int
    people: int
    starts_on: date
    plan_window: Window
    entries: tuple[Training, ...]

    def is_in_time(self, today: date) -> bool:
        return today <= self.plan_window.last


GROUP = (
    "run",
    "run__course__title",
    "employment__establishment",
    "employment__establishment__name",
    "employment__establishment__organisation__name",
    "employment__establishment__organisation",
    "run__course__method",
    "run__learn_from",
    "run__course__field",
)


def candidates(firms: Sequence[Organisation], *, today: date) -> list[Candidate]:
    """Runs ahead with accepted enrolments, no case, and time left to file; the most urgent first."""
    if not firms:
        return []
    open_case = GrantCase.objects.filter(
        run=OuterRef("run"), establishment=OuterRef("employment__establishment")
    ).exclude(state=CaseState.DROPPED)
    groups = (
        Enrolment.objects.accepted()
        .filter(employment__establishment__organisation__in=[firm.pk for firm in firms])
        .exclude(run__state=RunState.CANCELLED)
        .filter(~Exists(open_case), draws_something(today))
        .order_by()
        .values(*GROUP)
        .annotate(people=Count("person", distinct=True), first_at=Min("run__lessons__starts_at"))
        .filter(Q(first_at__date__gt=today) | Q(run__learn_from__gt=today))
    )
    entries = trainings_open(today)
    found = [one for group in groups if (one := candidate(group, entries)) and one.is_in_time(today)]
    return sorted(found, key=lambda one: (one.plan_window.last, one.run_id, one.establishment_id))


def draws_something(today: date) -> Q:
    """Nobody is sent after a case of no yen: too short, of a subject no open menu takes, or online and free."""
    fields = {field for one in trainings_open(today) for field in one.fields or Field.values}
    fits = Q(run__course__field__in=fields, run__course__hours__gte=least_hours(today))
    costs_nothing = Q(run__fee_yen=0, run__course__textbook_yen=0, run__course__method__in=ONLINE)
    return fits & ~costs_nothing


def candidate(group: dict[str, Any], entries: Sequence[Training]) -> Candidate | None:
    """None for an online run that has lessons alone: its first day is the one of access."""
    run, title, place, name, firm, firm_id, method, learn_from, field = (group[part] for part in GROUP)
    first_at = group["first_at"]
    starts_on = learn_from if method in ONLINE else first_at and timezone.localdate(first_at)
    if starts_on is None:
        return None
    fitting = tuple(one for one in entries if field in (one.fields or (field,)))
    window = max((plan_window_of(one.scheme, starts_on) for one in fitting), key=lambda one: one.last)
    return Candidate(run, title, place, name, firm, firm_id, group["people"], starts_on, window, fitting)
