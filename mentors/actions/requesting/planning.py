"""A plan: sessions within the limits proposed by the host, answered by the マイスター, each of them cancelled by either."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from firms.acting import Acting
from firms.actions.registered import refuse_deregistered
from firms.errors import Refused
from firms.journal import move, record
from firms.models import Organisation
from firms.post.notify import notify
from firms.queries import leaders_of
from firms.rules.calendar import fiscal_year
from firms.words.days import day_words
from firms.words.saying import said as _
from mentors.actions.requesting.asking import locked
from mentors.models import Booking, Certification, MentoringRequest, PublicMoney, Session
from mentors.models.certifying.certifications import Standing
from mentors.models.requesting.plans import MoneySource
from mentors.queries.requesting import visits_in_year
from mentors.rules import FactError, is_late_to_cancel, plan_lead, session_length, visit_limit
from mentors.states import MoveState, RequestState, SessionState

MOST_SESSIONS = 20


@dataclass(frozen=True)
class Visit:
    """One session as it is wanted."""

    day: date
    starts_at: time
    ends_at: time
    break_minutes: int
    topic: str

    def at(self, clock: time) -> datetime:
        return timezone.make_aware(datetime.combine(self.day, clock))


@transaction.atomic
def propose_plan(
    request: MentoringRequest, certification: Certification, visits: Sequence[Visit], *, by: Acting
) -> list[Session]:
    """Within every limit and lead; the time is taken at once, so that nobody else plans with the same hour."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=request.host_id)
    request = locked(request)
    refuse_other_occupation(request, certification)
    refuse_own_firm(request, certification, on=by.today)
    refuse_no_learners(request)
    refuse_lengths(visits)
    refuse_deregistered(request.host, on=max(visit.day for visit in visits))
    refuse_out_of_term(certification, visits)
    refuse_over_limit(request, [visit.day for visit in visits])
    refuse_late(request, visits, on=by.today)
    move(
        request,
        RequestState.PLANNED,
        by=by,
        verb="request.plan",
        concerns=request.host,
        certification=certification,
        host_agreed_at=timezone.now(),
        because="",
    )
    sessions = [
        book(request, certification, visit) for visit in sorted(visits, key=lambda one: (one.day, one.starts_at))
    ]
    tell_mentor(request, certification)
    return sessions


def refuse_other_occupation(request: MentoringRequest, certification: Certification) -> None:
    if certification.occupation != request.occupation:
        raise Refused(_("このマイスターの職種は、依頼の職種と違います。候補から選び直してください。"))


def refuse_own_firm(request: MentoringRequest, certification: Certification, *, on: date) -> None:
    """The host countersigns what the マイスター has written: that must be another."""
    if certification.person.memberships.on(on).filter(organisation=request.host_id).exists():
        raise Refused(
            _("このマイスターは派遣先に所属しているため、記録を互いに確かめられません。ほかの方にしてください。")
        )


def refuse_no_learners(request: MentoringRequest) -> None:
    if not request.learners.exists():
        raise Refused(_("先に、受講者を名簿に加えてください。"))


def refuse_lengths(visits: Sequence[Visit]) -> None:
    if not visits:
        raise Refused(_("実技指導の日時を、1回以上入力してください。"))
    if len(visits) > MOST_SESSIONS:
        raise Refused(_("一度に計画できるのは%(n)s回までです。") % {"n": MOST_SESSIONS})
    for visit in visits:
        start, end = (clock.hour * 60 + clock.minute for clock in (visit.starts_at, visit.ends_at))
        try:
            found = session_length(start, end, break_minutes=visit.break_minutes, on=visit.day)
        except FactError:
            raise Refused(
                _("%(day)sの開始・終了・休憩の時刻が合いません。確かめてください。") % {"day": day_words(visit.day)}
            ) from None
        if not found.within:
            raise Refused(f"{day_words(visit.day)}：{found.because}")


def refuse_out_of_term(certification: Certification, visits: Sequence[Visit]) -> None:
    for visit in visits:
        standing = certification.standing_on(visit.day)
        if standing != Standing.VALID:
            raise Refused(
                _(
                    "%(day)sには、このマイスターの認定が有効ではありません（%(standing)s）。別の日か、別の方にしてください。"
                )
                % {"day": day_words(visit.day), "standing": standing.label}
            )


def refuse_over_limit(request: MentoringRequest, days: Sequence[date]) -> None:
    """By the fiscal year the sessions of the request fall in; what stands planned elsewhere counts as done."""
    for year, planned in Counter(fiscal_year(day) for day in days).items():
        first = next(day for day in days if fiscal_year(day) == year)
        done = visits_in_year(request.host_id, of=first, but=request)
        limit = visit_limit(request.host_kind, done=done, planned=planned, on=first)
        told = {"because": limit.because, "left": limit.left}
        if not limit.allowed:
            raise Refused(_("%(because)s 回数を減らしてください（あと%(left)s回）。") % told)


def refuse_late(request: MentoringRequest, visits: Sequence[Visit], *, on: date) -> None:
    due = plan_lead(request.prefecture, min(visit.day for visit in visits))
    if on > due.due:
        raise Refused(
            _("%(because)s 今日からでは間に合わないため、最初の日を遅らせてください。") % {"because": due.because}
        )


def book(request: MentoringRequest, certification: Certification, visit: Visit) -> Session:
    highest = request.sessions.aggregate(highest=Max("number"))["highest"] or 0
    session = Session.objects.create(
        request=request,
        mentor=certification.person,
        number=highest + 1,
        starts_at=visit.at(visit.starts_at),
        ends_at=visit.at(visit.ends_at),
        break_minutes=visit.break_minutes,
        topic=visit.topic,
    )
    take_time(session)
    PublicMoney.objects.create(session=session, source=MoneySource.MENTORS)
    return session


def take_time(session: Session) -> None:
    """The database lets one session have each quarter of an hour of a person."""
    try:
        with transaction.atomic():
            Booking.objects.bulk_create(
                Booking(mentor_id=session.mentor_id, piece=piece, session=session) for piece in session.pieces()
            )
    except IntegrityError:
        raise Refused(
            _("%(day)sのこの時間には、このマイスターにほかの指導が入っています。別の時間にしてください。")
            % {"day": day_words(session.on)}
        ) from None


def tell_mentor(request: MentoringRequest, certification: Certification) -> None:
    notify(
        certification.person,
        subject=_("実技指導のお願いが届きました: %(host)s") % {"host": request.host},
        body=_("日時と内容を確かめて、承諾するか、辞退するかを返事してください。"),
        path=reverse("mentors:request", args=[request.pk]),
    )


@transaction.atomic
def agree_to_plan(request: MentoringRequest, *, by: Acting) -> None:
    request = locked(request)
    move(
        request,
        RequestState.AGREED,
        by=by,
        verb="request.agree",
        concerns=request.host,
        mentor_agreed_at=timezone.now(),
    )
    body = _("日時のとおりに実技指導を行います。材料と機械の準備をお願いします。")
    tell_host(request, _("マイスターが承諾しました: %(occupation)s"), body, on=by.today)


@transaction.atomic
def decline_plan(request: MentoringRequest, *, because: str, by: Acting) -> None:
    """The hours are free again, and the host may plan with somebody else."""
    request = locked(request)
    cancel_ahead(request, because=because, by=by)
    move(
        request,
        RequestState.ASKED,
        by=by,
        verb="request.decline",
        concerns=request.host,
        told={"reason": because},
        because=because,
        certification=None,
        host_agreed_at=None,
    )
    tell_host(request, _("マイスターが辞退しました: %(occupation)s"), because, on=by.today)


def tell_host(request: MentoringRequest, subject: str, body: str, *, on: date) -> None:
    for leader in leaders_of(request.host_id, on=on):
        notify(
            leader,
            subject=subject % {"occupation": request.occupation_label},
            body=body,
            path=reverse("mentors:request", args=[request.pk]),
            organisation=request.host,
        )


def cancel_ahead(request: MentoringRequest, *, because: str, by: Acting) -> None:
    for session in request.sessions.filter(state=SessionState.PLANNED).select_related("request__host"):
        free(session, because=because, by=by)


def free(session: Session, *, because: str, by: Acting) -> None:
    """What both had agreed on may come to nothing at the last moment; what nobody had agreed on cannot."""
    is_late = session.request.state == RequestState.AGREED and is_late_to_cancel(session.on, by.today)
    move(
        session,
        SessionState.CANCELLED,
        by=by,
        verb="session.cancel",
        concerns=session.request.host,
        told={"reason": because},
        because=because,
        cancelled_on=by.today,
        is_cancelled_late=is_late,
    )
    end_moves(session, by=by)
    session.bookings.all().delete()
    PublicMoney.objects.filter(session=session).delete()


def end_moves(session: Session, *, by: Acting | None) -> None:
    """A session that was held or called off moves no more."""
    for asked in session.moves.open():
        move(
            asked,
            MoveState.WITHDRAWN,
            by=by,
            verb="move.take_back",
            concerns=session.request.host_id,
            answered_at=timezone.now(),
        )


@transaction.atomic
def cancel_session(session: Session, *, because: str, by: Acting) -> None:
    """Either side; the other hears of it."""
    request = locked(session.request)
    session = (
        Session.objects.select_for_update(of=("self",)).select_related("request__host", "mentor").get(pk=session.pk)
    )
    free(session, because=because, by=by)
    record(request, "request.lose_session", by=by, concerns=request.host, reason=because)
    if session.is_cancelled_late:
        tell_ward_late(session, on=by.today)
    if session.mentor_id == by.person.pk:
        tell_host(request, _("実技指導が中止になりました: %(occupation)s"), because, on=by.today)
        return
    notify(
        session.mentor,
        subject=_("実技指導が中止になりました: %(session)s") % {"session": session},
        body=because,
        path=reverse("mentors:request", args=[request.pk]),
    )


def tell_ward_late(session: Session, *, on: date) -> None:
    """At the last moment somebody may be on the way already: the ward settles what that costs."""
    for officer in leaders_of(session.request.ward_id, on=on):
        notify(
            officer,
            subject=_("間際の中止がありました: %(session)s") % {"session": session},
            body=_("%(day)sの実技指導です。理由: %(because)s")
            % {"day": day_words(session.on), "because": session.because},
            path=reverse("mentors:session", args=[session.pk]),
            organisation=session.request.ward,
        )


@transaction.atomic
def cancel_request(request: MentoringRequest, *, because: str, by: Acting) -> None:
    """What was not held yet is cancelled with it; what was held stays."""
    request = locked(request)
    cancel_ahead(request, because=because, by=by)
    told = {"reason": because}
    move(
        request, RequestState.CANCELLED, by=by, verb="request.cancel", concerns=request.host, told=told, because=because
    )
    if request.certification:
        notify(
            request.certification.person,
            subject=_("派遣依頼が取り下げられました: %(host)s") % {"host": request.host},
            body=because,
            path=reverse("mentors:request", args=[request.pk]),
        )
