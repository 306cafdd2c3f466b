"""The home of a firm's manager."""

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from courses.models import Enrolment, Invoice, Lesson
from courses.models.seats.enrolments import EnrolmentQuerySet
from courses.states import SEATED, EnrolmentState, InvoiceState
from firms.acting import Acting
from firms.models import Employment, Organisation
from firms.queries.prepared import Prepared, PreparedFor
from firms.words.saying import said as _
from grants.cases.turns import Work, turns_of
from lms.homes import manuals, mentoring, money
from lms.homes.steps import SHOWN, HomeStep, candidate_steps, coming, deadline_steps, mandate_steps, most_urgent
from lms.homes.trials import host_steps

LESSONS_SHOWN = 5


def gather(acting: Acting) -> dict[str, object]:
    steps = [
        *answer_steps(acting),
        *invoice_steps(acting),
        *deadline_steps(acting),
        *candidate_steps(acting),
        *mandate_steps(acting),
        *host_steps(acting),
        *mentoring.host_steps(acting),
        *manuals.home_steps(acting),
        *manuals.firm_subsidy_steps(acting),
    ]
    return {
        **most_urgent(steps),
        **money.gather(acting),
        **money.chances(acting),
        "lessons": lessons_of(acting.organisation_id, timezone.now()),
        **people_counted(acting),
    }


def sent_by(firm: int) -> EnrolmentQuerySet:
    return Enrolment.objects.filter(employment__establishment__organisation=firm)


def people_counted(acting: Acting) -> dict[str, int]:
    """One query: `employed` that day, and of all whom the firm sent those with a lesson `learning` ahead of them."""
    found = people_of(acting.organisation_id, acting.today, timezone.now())
    return {"employed": sum(one.employed for one in found), "learning": sum(one.learning for one in found)}


@Prepared
def people_of(firm: int, on: date, now: datetime) -> Any:
    employed = Employment.objects.on(on).filter(establishment__organisation=firm).order_by()
    ahead = sent_by(firm).accepted().filter(run__lessons__ends_at__gte=now).order_by()
    return (
        Organisation.objects.filter(pk=firm)
        .order_by()
        .annotate(
            employed=counted(employed, Count("pk")),
            learning=counted(ahead, Count("person", distinct=True)),
        )
        .values_list("employed", "learning", named=True)
    )


def counted(rows: QuerySet[Any], count: Count) -> Coalesce:
    """`rows` in one number, none of them as 0."""
    return Coalesce(Subquery(rows.annotate(all=Value(1)).values("all").annotate(n=count).values("n")), 0)


def answer_steps(acting: Acting) -> list[HomeStep]:
    """What waits for the firm's answer: wishes of its people, and seats that came free for them."""
    rows = waiting_for(acting.organisation_id)
    return [offer_step(row) if row.state == EnrolmentState.OFFERED else request_step(row) for row in rows]


@Prepared
def waiting_for(firm: int) -> QuerySet[Enrolment]:
    asked = sent_by(firm).filter(state__in=[EnrolmentState.REQUESTED, EnrolmentState.OFFERED])
    return asked.select_related("person", "run__course").order_by("run__apply_until", "pk")[:SHOWN]


def invoice_steps(acting: Acting) -> list[HomeStep]:
    """What the firm is asked to pay; the payment itself is the college's to record."""
    return [
        HomeStep(
            title=_("受講料を支払う：%(yen)s円") % {"yen": f"{row.total_yen:,}"},
            about=f"{row.college} {row.run.course.title}",
            url=reverse("courses:invoice", args=[row.pk]),
            icon="yen",
            turns=turns_of([Work.STATEMENT]),
            day=row.due_on,
        )
        for row in invoices_due(acting)
    ]


@PreparedFor
def invoices_due(acting: Acting) -> QuerySet[Invoice]:
    open_ones = Invoice.objects.visible_to(acting).filter(state=InvoiceState.ISSUED)
    return open_ones.select_related("college", "run__course").order_by("due_on", "pk")[:SHOWN]


def request_step(row: Enrolment) -> HomeStep:
    return HomeStep(
        title=_("受講を承認する：%(who)sさん") % {"who": row.person.full_name},
        about=row.run.course.title,
        url=reverse("courses:enrolment_approve", args=[row.pk]),
        icon="user",
        turns=turns_of([Work.STATEMENT]),
        day=row.run.apply_until,
    )


def offer_step(row: Enrolment) -> HomeStep:
    """Without an answer the seat goes to the next."""
    return HomeStep(
        title=_("空いた席を受けるか答える：%(who)sさん") % {"who": row.person.full_name},
        about=row.run.course.title,
        url=reverse("courses:offer", args=[row.pk]),
        icon="user",
        turns=turns_of([Work.STATEMENT]),
        day=timezone.localtime(row.answer_until).date() if row.answer_until else None,
    )


@Prepared
def lessons_of(firm: int, now: datetime) -> QuerySet[Lesson]:
    """Lessons ahead with people of this firm, and how many of them."""
    ours = Q(run__enrolments__state__in=SEATED, run__enrolments__employment__establishment__organisation=firm)
    lessons = Lesson.objects.filter(run__in=sent_by(firm).accepted().values("run"))
    return coming(lessons, now=now).annotate(people=Count("run__enrolments", filter=ours))[:LESSONS_SHOWN]
