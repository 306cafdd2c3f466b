"""The warning that somebody is about to miss the line of a run: once for each worsening, while it can still help."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from courses.actions.telling import firm_of
from courses.models import Enrolment, PaceWarning
from courses.pace import Pace, PaceState
from courses.queries import coordinators_of, managers_of
from courses.queries.attendance.paces import paces
from courses.states import EnrolmentState
from firms.post.notify import notify
from firms.words.amounts import minutes_words
from firms.words.saying import said as _


@transaction.atomic
def warn_of_pace(enrolment: Enrolment, *, on: date) -> PaceWarning | None:
    """Tells trainee, firm and college; None where there is nothing to say or it was said already."""
    enrolment = locked(enrolment.pk)
    if enrolment.state != EnrolmentState.ACCEPTED:
        return None
    pace = paces([enrolment], enrolment.run, on=on)[enrolment.pk]
    said = enrolment.pace_warnings.order_by("-missed_minutes").first()
    if not pace.is_worrying or (said and said.missed_minutes >= pace.missed):
        return None
    warning = PaceWarning.objects.create(enrolment=enrolment, missed_minutes=pace.missed)
    tell(enrolment, pace, on=on)
    return warning


def locked(pk: int) -> Enrolment:
    held = Enrolment.objects.select_for_update(of=("self",))
    related = held.select_related("person", "run__course__college", "employment__establishment__organisation")
    return related.get(pk=pk)


def tell(enrolment: Enrolment, pace: Pace, *, on: date) -> None:
    firm = firm_of(enrolment)
    college = enrolment.run.course.college
    attendance = reverse("courses:attendance", args=[enrolment.run_id])
    told = [(enrolment.person, firm, reverse("courses:hours"))]
    if firm:
        told += [(person, firm, attendance) for person in managers_of(firm.pk, on=on)]
    told += [(person, college, attendance) for person in coordinators_of(college.pk, on=on)]
    for person, organisation, path in told:
        notify(
            person, subject=subject_of(enrolment), body=body_of(enrolment, pace), path=path, organisation=organisation
        )


def subject_of(enrolment: Enrolment) -> str:
    return _("出席率の注意: %(name)sさん %(course)s") % {
        "name": enrolment.person.full_name,
        "course": enrolment.run.course.title,
    }


def body_of(enrolment: Enrolment, pace: Pace) -> str:
    facts = {
        "name": enrolment.person.full_name,
        "percent": pace.needed_percent,
        "line": minutes_words(pace.line),
        "planned": minutes_words(pace.planned),
        "missed": minutes_words(pace.missed),
        "slack": minutes_words(max(pace.slack, 0)),
        "away": minutes_words(pace.away),
        "short": minutes_words(pace.short),
    }
    if pace.standing == PaceState.LOST:
        words = _(
            "%(name)sさんは%(missed)sの欠席で、残りのコマをすべて受けても%(percent)s%%（全%(planned)sのうち%(line)s）に%(short)s届きません。"
            "補講や別の開講への振替を、連携校に相談してください。"
        )
    elif pace.standing == PaceState.AWAY:
        words = _(
            "%(name)sさんには、これからのコマのうち%(away)sに不在の予定があります。出られなければ%(percent)s%%（全%(planned)sのうち%(line)s）に届きません。"
            "出られる日を本人と確かめ、補講や別の開講への振替を連携校に相談してください。"
        )
    else:
        words = _(
            "%(name)sさんが休めるのは、あと%(slack)sです。もう1コマ休むと%(percent)s%%（全%(planned)sのうち%(line)s）に届きません。"
            "勤務の予定を確かめ、残りのコマに出られるようにしてください。"
        )
    return words % facts
