"""Seats: given under the run's lock, first come first served; a freed seat goes to the first who waits."""

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.actions.telling import firm_of, tell_managers, tell_trainee
from courses.models import Enrolment, Lesson, Run
from courses.queries import days_not_employed
from courses.states import CourseState, EnrolmentState, RunState
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import move
from firms.models import Employment


def locked_run(run: Run) -> Run:
    """Whoever gives or frees a seat, or changes the timetable, holds this row."""
    return Run.objects.select_for_update(of=("self",)).select_related("course__college").get(pk=run.pk)


def seats_taken(run: Run) -> int:
    return run.enrolments.accepted().count()


def guard_bookable(run: Run, *, by: Acting) -> None:
    if run.state != RunState.OPEN or run.course.state != CourseState.LISTED:
        raise Refused(_("この開講は募集していません。ほかの開講をお選びください。"))
    if by.today > run.apply_until:
        raise Refused(_("申込締切日を過ぎています。ほかの開講をお選びください。"))


def guard_employed(employment: Employment, lessons: list[Lesson], *, field: str | None = None) -> None:
    """A firm sends people on days on which they are its own."""
    if days := days_not_employed(employment, lessons):
        raise Refused(
            _(
                "%(name)sさんは%(day)sに「%(establishment)s」で雇用されていません。すべてのコマの日に在籍する人を選んでください。"
            )
            % {
                "name": employment.person.full_name,
                "day": "、".join(f"{day.year}年{day.month}月{day.day}日" for day in days),
                "establishment": employment.establishment.name,
            },
            field=field,
        )


def give_seat(enrolment: Enrolment, run: Run, *, verb: str, by: Acting) -> None:
    """A seat where one is free, else the end of the queue; the trainee is told which."""
    is_free = seats_taken(run) < run.seats
    state = EnrolmentState.ACCEPTED if is_free else EnrolmentState.WAITLISTED
    move(enrolment, state, by=by, verb=verb, concerns=firm_of(enrolment))
    if is_free:
        tell_trainee(enrolment, subject=_("受講が決まりました: %(run)s") % {"run": run}, body=invitation(run))
    else:
        tell_trainee(
            enrolment,
            subject=_("キャンセル待ちになりました: %(run)s") % {"run": run},
            body=_("満席のため、順番を待っています。席が空くと自動で受講が決まり、お知らせします。"),
        )


def invitation(run: Run) -> str:
    """Where and when, one line for each lesson."""
    lines = [
        f"{lesson.on:%Y/%m/%d} {timezone.localtime(lesson.starts_at):%H:%M}–{timezone.localtime(lesson.ends_at):%H:%M} {lesson}"
        for lesson in run.lessons.order_by("starts_at")
    ]
    return "\n".join([_("会場: %(venue)s") % {"venue": run.venue}, *lines])


def fill_free_seats(run: Run, *, by: Acting) -> list[Enrolment]:
    """Moves the queue up, in order of application, until seats or people run out; those who left the firm are passed over."""
    lessons = list(run.lessons.all())
    free = run.seats - seats_taken(run)
    if free <= 0 or run.state != RunState.OPEN or has_begun(lessons, by=by):
        return []
    waiting = run.enrolments.filter(state=EnrolmentState.WAITLISTED).order_by("pk")
    people = waiting.select_related("person", "employment__establishment__organisation")
    able = [one for one in people if one.employment is None or not days_not_employed(one.employment, lessons)]
    for enrolment in able[:free]:
        promote(enrolment, run, by=by)
    return able[:free]


def promote(enrolment: Enrolment, run: Run, *, by: Acting) -> None:
    firm = firm_of(enrolment)
    move(enrolment, EnrolmentState.ACCEPTED, by=None, verb="courses.promoted", concerns=firm)
    subject = _("キャンセル待ちから受講が決まりました: %(run)s") % {"run": run}
    tell_trainee(enrolment, subject=subject, body=invitation(run))
    if firm:
        body = _("%(name)sさんの受講が決まりました。") % {"name": enrolment.person.full_name}
        tell_managers(firm, run, subject=subject, body=body, by=by)


def has_begun(lessons: list[Lesson], *, by: Acting) -> bool:
    return any(lesson.on <= by.today for lesson in lessons)
