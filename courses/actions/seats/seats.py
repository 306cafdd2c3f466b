"""Seats: given under the run's lock, in the way the run says; whoever finds none stands in the queue."""

from django.utils import timezone

from courses.actions.telling import firm_of, tell_trainee
from courses.models import Enrolment, LotteryDraw, Run
from courses.models.catalogue.runs import Selection
from courses.queries import days_not_employed, last_day, leavers, needed_days, next_rank
from courses.states import CourseState, EnrolmentState, RunState
from firms.acting import Acting
from firms.actions.registered import refuse_deregistered
from firms.errors import Refused
from firms.journal import move
from firms.models import Employment
from firms.words.days import day_words
from firms.words.saying import said as _


def locked_run(run: Run) -> Run:
    """Whoever gives or frees a seat, or changes the timetable, holds this row."""
    return Run.objects.select_for_update(of=("self",)).select_related("course__college").get(pk=run.pk)


def seats_taken(run: Run) -> int:
    """Held by people, offered and not answered yet, or reserved by firms without a name."""
    counted = Run.objects.with_seats().order_by().only("pk").get(pk=run.pk)
    return counted.held + counted.reserved  # type: ignore[attr-defined]


def guard_bookable(run: Run, *, by: Acting) -> None:
    for side in filter(None, (run.course.college, by.organisation)):
        refuse_deregistered(side, on=by.today)
    if run.state != RunState.OPEN or run.course.state != CourseState.LISTED:
        raise Refused(_("この開講は募集していません。ほかの開講をお選びください。"))
    if run.apply_from and by.today < run.apply_from:
        opens = f"{run.apply_from.year}年{run.apply_from.month}月{run.apply_from.day}日"
        raise Refused(_("申込みは%(day)sから受け付けます。その日以後に申し込んでください。") % {"day": opens})
    if by.today > run.apply_until:
        raise Refused(_("申込締切日を過ぎています。ほかの開講をお選びください。"))


def guard_employed(employment: Employment, run: Run, *, field: str | None = None) -> None:
    """A firm sends people on days on which they are its own."""
    if days := days_not_employed(employment, needed_days(run, run.lessons.all())):
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


def guard_staying(enrolment: Enrolment, run: Run) -> None:
    """Who was sent may have new terms meanwhile; who leaves the firm before the run is over may not take a seat."""
    left = leavers([enrolment], until=last_day(run, run.lessons.all())).get(enrolment.pk)
    if left:
        raise Refused(
            _("%(name)sさんは%(day)sより後は雇用されていません。見送って、ほかの人を申し込んでください。")
            % {"name": enrolment.person.full_name, "day": f"{left.year}年{left.month}月{left.day}日"}
        )


def give_seat(enrolment: Enrolment, run: Run, *, verb: str, by: Acting) -> None:
    """A seat where one is free, else the end of the queue; where it is drawn or chosen for, neither yet."""
    state = place_for(run)
    rank = next_rank(run) if state == EnrolmentState.WAITLISTED else 0
    move(enrolment, state, by=by, verb=verb, concerns=firm_of(enrolment), queue_rank=rank)
    tell_place(enrolment, run)


def place_for(run: Run) -> EnrolmentState:
    """What an application becomes today."""
    if run.selection == Selection.CHOICE or (run.selection == Selection.LOTTERY and not is_drawn(run)):
        return EnrolmentState.APPLIED
    return EnrolmentState.ACCEPTED if seats_taken(run) < run.seats else EnrolmentState.WAITLISTED


def is_drawn(run: Run) -> bool:
    return LotteryDraw.objects.filter(run=run).exists()


def tell_place(enrolment: Enrolment, run: Run) -> None:
    """The trainee hears where they stand."""
    if enrolment.state == EnrolmentState.ACCEPTED:
        tell_trainee(enrolment, subject=_("受講が決まりました: %(run)s") % {"run": run}, body=invitation(run))
    elif enrolment.state == EnrolmentState.WAITLISTED:
        tell_trainee(
            enrolment,
            subject=_("キャンセル待ちになりました: %(run)s") % {"run": run},
            body=_("満席のため、順番を待っています。席が空くと順にお知らせし、受けるかどうかをお尋ねします。"),
        )
    else:
        tell_trainee(
            enrolment,
            subject=_("申込みを受け付けました: %(run)s") % {"run": run},
            body=_("受講者は%(way)sで決まります。結果は申込締切日（%(day)s）のあとにお知らせします。")
            % {"way": run.get_selection_display(), "day": day_words(run.apply_until)},
        )


def invitation(run: Run) -> str:
    """Where and when, one line for each lesson; the link of an online run is for those with a seat alone."""
    lines = [_("会場: %(venue)s") % {"venue": run.venue}]
    if run.link:
        lines.append(_("オンラインの入室先: %(link)s") % {"link": run.link})
    if run.learn_from and run.learn_until:
        lines.append(
            _("学習できる期間: %(first)s–%(last)s")
            % {"first": day_words(run.learn_from), "last": day_words(run.learn_until)}
        )
    lines += [
        f"{day_words(lesson.on)} {timezone.localtime(lesson.starts_at):%H:%M}–{timezone.localtime(lesson.ends_at):%H:%M} {lesson}"
        for lesson in run.lessons.order_by("starts_at")
    ]
    return "\n".join(lines)
