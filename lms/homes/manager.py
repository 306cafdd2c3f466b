"""The home of a firm's manager."""

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Enrolment, Invoice, Lesson
from courses.models.seats.enrolments import EnrolmentQuerySet
from courses.states import SEATED, EnrolmentState, InvoiceState
from firms.acting import Acting
from firms.models import Employment
from grants.cases.turns import Work, turns_of
from lms.homes import money
from lms.homes.steps import SHOWN, HomeStep, candidate_steps, coming, deadline_steps, mandate_steps, most_urgent
from lms.homes.trials import host_steps

LESSONS_SHOWN = 5


def gather(acting: Acting) -> dict[str, object]:
    sent = Enrolment.objects.filter(employment__establishment__organisation=acting.organisation_id)
    steps = [
        *answer_steps(sent),
        *invoice_steps(acting),
        *deadline_steps(acting),
        *candidate_steps(acting),
        *mandate_steps(acting),
        *host_steps(acting),
    ]
    return {
        **most_urgent(steps),
        **money.gather(acting),
        "lessons": list(lessons_of(acting, sent)[:LESSONS_SHOWN]),
        "employed": Employment.objects.on(acting.today)
        .filter(establishment__organisation=acting.organisation_id)
        .count(),
        "learning": sent.accepted()
        .filter(run__lessons__ends_at__gte=timezone.now())
        .values("person")
        .distinct()
        .count(),
    }


def answer_steps(sent: EnrolmentQuerySet) -> list[HomeStep]:
    """What waits for the firm's answer: wishes of its people, and seats that came free for them."""
    asked = sent.filter(state__in=[EnrolmentState.REQUESTED, EnrolmentState.OFFERED])
    rows = asked.select_related("person", "run__course").order_by("run__apply_until", "pk")
    return [offer_step(row) if row.state == EnrolmentState.OFFERED else request_step(row) for row in rows[:SHOWN]]


def invoice_steps(acting: Acting) -> list[HomeStep]:
    """What the firm is asked to pay; the payment itself is the college's to record."""
    open_ones = (
        Invoice.objects.visible_to(acting).filter(state=InvoiceState.ISSUED).select_related("college", "run__course")
    )
    return [
        HomeStep(
            title=_("受講料を支払う：%(yen)s円") % {"yen": f"{row.total_yen:,}"},
            about=f"{row.college} {row.run.course.title}",
            url=reverse("courses:invoice", args=[row.pk]),
            icon="yen",
            turns=turns_of([Work.STATEMENT]),
            day=row.due_on,
        )
        for row in open_ones.order_by("due_on", "pk")[:SHOWN]
    ]


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


def lessons_of(acting: Acting, sent: EnrolmentQuerySet) -> QuerySet[Lesson]:
    """Lessons ahead with people of this firm, and how many of them."""
    ours = Q(
        run__enrolments__state__in=SEATED,
        run__enrolments__employment__establishment__organisation=acting.organisation_id,
    )
    lessons = Lesson.objects.filter(run__in=sent.accepted().values("run"))
    return coming(lessons).annotate(people=Count("run__enrolments", filter=ours))
