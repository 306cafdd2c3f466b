"""A firm sends its people to a run, and takes them back as long as the run's rule lets it."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from courses.actions.seats.enrolment_rows import fresh_row, open_by_person, start
from courses.actions.seats.seats import give_seat, guard_bookable, guard_employed, locked_run
from courses.actions.seats.waiting import fill_free_seats
from courses.actions.telling import firm_of, run_path, tell_college, tell_managers, tell_trainee
from courses.models import Course, Enrolment, Run
from courses.models.catalogue.runs import Selection
from courses.queries import last_cancel_day
from courses.states import EnrolmentState
from courses.terms import Terms
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import move
from firms.models import Employment
from firms.words.saying import said as _


@transaction.atomic
def enrol(
    run: Run, employments: Collection[Employment], *, by: Acting, motive: str = "", seen: str = ""
) -> list[Enrolment]:
    """All of them or nobody. Who holds an open enrolment through the same employment keeps it: a second click is none.

    `seen` is the fingerprint of the terms on the page of whoever clicked; empty where no page was shown.
    """
    run = locked_run(run)
    guard_bookable(run, by=by)
    held = open_by_person(run)
    guard_choice(run, employments, held)
    if any(one.person_id not in held for one in employments):
        guard_terms(run, seen)
    guard_motive(run, motive)
    enrolments = [held.get(one.person_id) or start(run, one, by=by, motive=motive) for one in employments]
    fresh = [enrolment for enrolment in enrolments if enrolment.state == EnrolmentState.REQUESTED]
    for enrolment in fresh:
        give_seat(enrolment, run, verb="enrolment.apply", by=by)
    if fresh:
        announce(run, fresh, by=by)
    return enrolments


def check_choice(run: Run, employments: Collection[Employment], *, by: Acting) -> None:
    """What `enrol` would refuse, said before the confirming click; writes nothing."""
    guard_bookable(run, by=by)
    guard_choice(run, employments, open_by_person(run))


def guard_terms(run: Run, seen: str) -> None:
    """Nobody applies under terms they have not read."""
    if seen and seen != Terms.offered_by(run).fingerprint:
        raise Refused(
            _(
                "この画面を開いたあとに、受講料か講座の条件が変わりました。下の内容をもう一度確かめてから申し込んでください。"
            ),
            field="terms",
        )


def guard_motive(run: Run, motive: str) -> None:
    if run.selection == Selection.CHOICE and not motive.strip():
        raise Refused(_("選考のため、受講の動機（何を身につけ、仕事にどう使うか）を書いてください。"), field="motive")


def guard_choice(run: Run, employments: Collection[Employment], held: dict[int, Enrolment]) -> None:
    if not employments:
        raise Refused(_("受講する人を1人以上選んでください。"), field="employments")
    for employment in employments:
        guard_employed(employment, run, field="employments")
        enrolment = held.get(employment.person_id)
        if enrolment and enrolment.employment_id != employment.pk:
            raise Refused(
                _("%(name)sさんはすでにこの開講に申し込んでいます。選択から外してください。")
                % {"name": employment.person.full_name},
                field="employments",
            )


def announce(run: Run, enrolments: list[Enrolment], *, by: Acting) -> None:
    """The college learns how many came, and from which firm."""
    firm = firm_of(enrolments[0])
    counts = [
        _("%(state)s %(n)s人") % {"state": EnrolmentState(state).label, "n": n}
        for state in (EnrolmentState.ACCEPTED, EnrolmentState.WAITLISTED, EnrolmentState.APPLIED)
        if (n := sum(enrolment.state == state for enrolment in enrolments))
    ]
    body = _("%(firm)s: %(counts)s") % {"firm": firm or "", "counts": "、".join(counts)}
    tell_college(
        run.course, subject=_("申込みがありました: %(run)s") % {"run": run}, body=body, by=by, path=run_path(run)
    )


@transaction.atomic
def cancel_enrolment(enrolment: Enrolment, *, by: Acting) -> None:
    """A seat can be given back until the day the run names, what is no seat yet at any time."""
    run = locked_run(enrolment.run)
    enrolment = fresh_row(enrolment)
    if enrolment.state == EnrolmentState.ACCEPTED:
        guard_cancel_day(run, on=by.today)
    firm = firm_of(enrolment)
    move(enrolment, EnrolmentState.CANCELLED, by=by, verb="enrolment.cancel", concerns=firm)
    subject = _("受講が取り消されました: %(run)s") % {"run": run}
    if enrolment.person_id != by.person.pk:
        tell_trainee(
            enrolment, subject=subject, body=_("申込みは取り消されました。事情は会社の管理者にお尋ねください。")
        )
    elif firm:
        body = _("%(name)sさんが申込みを取り消しました。") % {"name": enrolment.person.full_name}
        tell_managers(firm, run, subject=subject, body=body, by=by)
    fill_free_seats(run, on=by.today)


@transaction.atomic
def take_back_seat(enrolment: Enrolment, *, reason: str, by: Acting) -> None:
    """The college lets somebody go whose firm asked after the last day to cancel; what was attended is not unmade."""
    run = locked_run(enrolment.run)
    enrolment = fresh_row(enrolment)
    if not reason.strip():
        raise Refused(_("取り消す理由を書いてください。本人と企業にこの文が届きます。"), field="reason")
    if enrolment.marks.exists() or enrolment.events.exists():
        raise Refused(_("出席や学習の記録がある人は取り消せません。記録はそのまま残し、修了の判定で決めてください。"))
    firm = firm_of(enrolment)
    told = {"reason": reason}
    move(enrolment, EnrolmentState.CANCELLED, by=by, verb="enrolment.take_back", concerns=firm, told=told)
    subject = _("連携校が受講を取り消しました: %(run)s") % {"run": run}
    tell_trainee(enrolment, subject=subject, body=reason)
    if firm:
        about = _("%(name)sさん: ") % {"name": enrolment.person.full_name}
        tell_managers(firm, run, subject=subject, body=about + reason, by=by)
    fill_free_seats(run, on=by.today)


def guard_cancel_day(run: Run, *, on: date) -> None:
    """After the last day the college decides, so the sentence says whom to ask."""
    last = last_cancel_day(run, list(run.lessons.all()))
    if last and on > last:
        raise Refused(
            _("取消しの期限（%(last)s）を過ぎています。連携校（%(contact)s）に連絡してください。")
            % {"last": f"{last.year}年{last.month}月{last.day}日", "contact": contact_of(run.course)}
        )


def contact_of(course: Course) -> str:
    """Whom to ring up: the course's own desk, else the college."""
    known = [course.contact_name, course.contact_phone or course.college.phone, course.contact_email]
    return " ".join([course.college.name, *filter(None, known)])
