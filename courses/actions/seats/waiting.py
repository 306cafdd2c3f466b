"""The waiting list moves up by itself: a freed seat is offered to the first, who answers in time, else to the next."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from courses.actions.seats.enrolment_rows import fresh_row
from courses.actions.seats.seats import guard_staying, invitation, locked_run, seats_taken
from courses.actions.telling import firm_of, run_path, tell_college, tell_managers, tell_trainee
from courses.models import Enrolment, Lesson, Run
from courses.queries import first_day, has_begun, last_day, leavers
from courses.states import EnrolmentState, RunState
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import move, record
from firms.words.saying import said as _

END_OF_DAY = time(23, 59, 59)


def fill_free_seats(run: Run, *, on: date) -> list[Enrolment]:
    """Offers each free seat to the next in the queue, under the run's lock; who leaves the firm is passed over.

    An offer holds its seat, so that one seat is never offered twice.
    """
    lessons = list(run.lessons.all())
    free = run.seats - seats_taken(run)
    if free <= 0 or run.state != RunState.OPEN or has_begun(run, lessons, on=on):
        return []
    waiting = run.enrolments.filter(state=EnrolmentState.WAITLISTED).in_queue_order()
    people = list(waiting.select_related("person", "employment__establishment__organisation"))
    gone = leavers(people, until=last_day(run, lessons))
    able = [one for one in people if one.pk not in gone][:free]
    answer_until = last_moment_to_answer(run, lessons, on=on)
    for enrolment in able:
        if answer_until:
            offer(enrolment, run, answer_until=answer_until)
        else:
            promote(enrolment, run)
    return able


def last_moment_to_answer(run: Run, lessons: list[Lesson], *, on: date) -> datetime | None:
    """The end of the day `confirm_days` from now, at the latest of the day before the run begins.

    None where that would leave less than one whole day to answer: then the seat is given at once, and the letter says so.
    """
    first = first_day(run, lessons)
    day = on + timedelta(days=run.confirm_days)
    if first:
        day = min(day, first - timedelta(days=1))
    return end_of(day) if day > on else None


def end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, END_OF_DAY))


def shorten_offers(run: Run) -> None:
    """The run begins earlier than it did: whoever is asked has until the day before, and hears of it."""
    first = first_day(run, run.lessons.all())
    if first is None:
        return
    eve = end_of(first - timedelta(days=1))
    asked = run.enrolments.filter(state=EnrolmentState.OFFERED, answer_until__gt=eve)
    for enrolment in asked.select_related("person", "employment__establishment__organisation"):
        enrolment.answer_until = eve
        enrolment.save(update_fields=["answer_until"])
        firm = firm_of(enrolment)
        record(enrolment, "offer.shorten", by=None, concerns=firm, answer_until=eve.isoformat())
        subject = _("返事の期限が早まりました: %(run)s") % {"run": run}
        body = _("開講が早まったため、%(name)sさんの席の返事は%(until)sまでになりました。") % {
            "name": enrolment.person.full_name,
            "until": said(eve),
        }
        path = reverse("courses:offer", args=[enrolment.pk])
        tell_trainee(enrolment, subject=subject, body=body, path=path)
        if firm:
            tell_managers(firm, run, subject=subject, body=body, by=None, path=path)


def offer(enrolment: Enrolment, run: Run, *, answer_until: datetime) -> None:
    firm = firm_of(enrolment)
    move(
        enrolment,
        EnrolmentState.OFFERED,
        by=None,
        verb="offer.make",
        concerns=firm,
        told={"answer_until": answer_until.isoformat()},
        answer_until=answer_until,
    )
    subject = _("席が空きました（返事をお願いします）: %(run)s") % {"run": run}
    body = _(
        "%(name)sさんに席が回ってきました。%(until)sまでに、受けるかどうかを答えてください。答えがないと次の人に回ります。"
    ) % {
        "name": enrolment.person.full_name,
        "until": said(answer_until),
    }
    path = reverse("courses:offer", args=[enrolment.pk])
    tell_trainee(enrolment, subject=subject, body=body, path=path)
    if firm:
        tell_managers(firm, run, subject=subject, body=body, by=None, path=path)


def promote(enrolment: Enrolment, run: Run) -> None:
    """Given at once: there is no time left to ask."""
    firm = firm_of(enrolment)
    move(enrolment, EnrolmentState.ACCEPTED, by=None, verb="enrolment.promote", concerns=firm)
    subject = _("キャンセル待ちから受講が決まりました: %(run)s") % {"run": run}
    because = _(
        "開講が近く、返事を待つ時間がないため、受講決定としました。受けられないときは連携校にすぐ連絡してください。"
    )
    tell_trainee(enrolment, subject=subject, body="\n".join([because, invitation(run)]))
    if firm:
        body = _("%(name)sさんの受講が決まりました。") % {"name": enrolment.person.full_name} + because
        tell_managers(firm, run, subject=subject, body=body, by=None)


@transaction.atomic
def accept_offer(enrolment: Enrolment, *, by: Acting) -> Enrolment:
    """Saying yes twice is saying it once."""
    run = locked_run(enrolment.run)
    enrolment = fresh_row(enrolment)
    if enrolment.state == EnrolmentState.ACCEPTED:
        return enrolment
    if is_late(enrolment, on=by.today):
        raise Refused(_("返事の期限を過ぎました。席は次の人に回ります。ほかの開講をお選びください。"))
    if has_begun(run, list(run.lessons.all()), on=by.today):
        raise Refused(_("この開講はもう始まっています。ほかの開講をお選びください。"))
    guard_staying(enrolment, run)
    firm = firm_of(enrolment)
    move(enrolment, EnrolmentState.ACCEPTED, by=by, verb="offer.accept", concerns=firm)
    subject = _("受講が決まりました: %(run)s") % {"run": run}
    tell_trainee(enrolment, subject=subject, body=invitation(run))
    body = _("キャンセル待ちの%(name)sさんの受講が決まりました。") % {"name": enrolment.person.full_name}
    if firm:
        tell_managers(firm, run, subject=subject, body=body, by=by)
    tell_college(run.course, subject=subject, body=body, by=by, path=run_path(run))
    return enrolment


def is_late(enrolment: Enrolment, *, on: date) -> bool:
    until = enrolment.answer_until
    return enrolment.state == EnrolmentState.OFFERED and until is not None and timezone.localtime(until).date() < on


@transaction.atomic
def decline_offer(enrolment: Enrolment, *, by: Acting) -> None:
    """The seat goes to the next at once."""
    run = locked_run(enrolment.run)
    enrolment = fresh_row(enrolment)
    if enrolment.state == EnrolmentState.CANCELLED:
        return
    if enrolment.state != EnrolmentState.OFFERED:
        raise Refused(_("返事はもう決まっています。画面を開き直して、いまの状態を確かめてください。"))
    end_offer(enrolment, run, verb="offer.decline", by=by, body=_("繰上げの席を見送りました。席は次の人に回ります。"))
    fill_free_seats(run, on=by.today)


@transaction.atomic
def lapse_offer(enrolment: Enrolment, *, on: date) -> None:
    """Nobody answered in time: the seat goes to the next."""
    run = locked_run(enrolment.run)
    enrolment = fresh_row(enrolment)
    if not is_late(enrolment, on=on):
        return
    until = said(enrolment.answer_until) if enrolment.answer_until else ""
    body = _("%(until)sまでに返事がなかったため、席は次の人に回りました。") % {"until": until}
    end_offer(enrolment, run, verb="offer.lapse", by=None, body=body)
    fill_free_seats(run, on=on)


def end_offer(enrolment: Enrolment, run: Run, *, verb: str, by: Acting | None, body: str) -> None:
    firm = firm_of(enrolment)
    move(enrolment, EnrolmentState.CANCELLED, by=by, verb=verb, concerns=firm, told={"reason": body})
    subject = _("繰上げの席は見送られました: %(run)s") % {"run": run}
    if by is None or by.person.pk != enrolment.person_id:
        tell_trainee(enrolment, subject=subject, body=body)
    if firm:
        about = _("%(name)sさん: ") % {"name": enrolment.person.full_name}
        tell_managers(firm, run, subject=subject, body=about + body, by=by)


# How each that is still open ends when the run begins without it, and what is said.
ENDS = {
    EnrolmentState.WAITLISTED: EnrolmentState.REJECTED,
    EnrolmentState.APPLIED: EnrolmentState.REJECTED,
    EnrolmentState.OFFERED: EnrolmentState.CANCELLED,
    EnrolmentState.REQUESTED: EnrolmentState.CANCELLED,
}


@transaction.atomic
def close_queue(run: Run, *, on: date) -> int:
    """The run has begun: whoever has no seat by now is told, and is free to look elsewhere."""
    run = locked_run(run)
    if not has_begun(run, list(run.lessons.all()), on=on):
        return 0
    waiting = run.enrolments.filter(state__in=list(ENDS))
    people = list(waiting.select_related("person", "employment__establishment__organisation"))
    subject = _("席が空かないまま開講しました: %(run)s") % {"run": run}
    for enrolment in people:
        firm, end = firm_of(enrolment), ENDS[EnrolmentState(enrolment.state)]
        body = _("%(name)sさんの申込みは終わりました。ほかの開講をお選びください。") % {
            "name": enrolment.person.full_name
        }
        move(enrolment, end, by=None, verb="enrolment.close_queue", concerns=firm)
        tell_trainee(enrolment, subject=subject, body=body)
        if firm:
            tell_managers(firm, run, subject=subject, body=body, by=None)
    return len(people)


def said(moment: datetime) -> str:
    day = timezone.localtime(moment)
    return _("%(month)s月%(day)s日の終わり") % {"month": day.month, "day": day.day}
