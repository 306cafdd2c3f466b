"""選考: the coordinator reads why each wants to take part, and accepts, keeps waiting or rejects, one or many."""

from collections.abc import Collection

from django.db import transaction

from courses.actions.seats.seats import locked_run, seats_taken, tell_place
from courses.actions.telling import firm_of, tell_managers, tell_trainee
from courses.models import Enrolment, Run
from courses.models.catalogue.runs import Selection
from courses.queries import has_begun, next_rank
from courses.states import EnrolmentState, RunState
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import move
from firms.words.saying import said as _

# What can be decided, the verb it is kept under, and how the firm is told.
DECISIONS: dict[EnrolmentState, tuple[str, str]] = {
    EnrolmentState.ACCEPTED: ("enrolment.choose", "選考の結果、受講が決まりました: %(run)s"),
    EnrolmentState.WAITLISTED: ("enrolment.keep_waiting", "選考の結果、補欠（キャンセル待ち）です: %(run)s"),
    EnrolmentState.REJECTED: ("enrolment.pass_over", "選考の結果、今回は見送りです: %(run)s"),
}

UNDECIDED = {EnrolmentState.APPLIED, EnrolmentState.WAITLISTED}


@transaction.atomic
def decide(run: Run, enrolments: Collection[Enrolment], state: EnrolmentState, *, by: Acting) -> list[Enrolment]:
    """All of them or nobody; whoever is decided already in the same way stays so."""
    run = locked_run(run)
    if run.selection != Selection.CHOICE:
        raise Refused(_("選考で受講者を決める開講ではありません。"))
    if run.state != RunState.OPEN or has_begun(run, list(run.lessons.all()), on=by.today):
        raise Refused(_("選考は、募集中で、まだ始まっていない開講で行えます。"))
    if not enrolments:
        raise Refused(_("先に、決める人を選んでください。"), field="enrolments")
    rows = run.enrolments.filter(pk__in=[one.pk for one in enrolments]).exclude(state=state).order_by("pk")
    people = list(rows.select_related("person", "employment__establishment__organisation"))
    guard_undecided(people)
    if state == EnrolmentState.ACCEPTED:
        guard_seats(run, len(people))
    for enrolment in people:
        settle(enrolment, run, state, by=by)
    return people


def guard_undecided(people: list[Enrolment]) -> None:
    """Whom the firm has not approved yet, who is asked already, and who has an answer are not the college's to choose."""
    for enrolment in people:
        if enrolment.state not in UNDECIDED:
            raise Refused(
                _(
                    "%(name)sさんの申込みは「%(state)s」です。選考できるのは、抽選・選考待ちとキャンセル待ちの人だけです。"
                )
                % {"name": enrolment.person.full_name, "state": enrolment.get_state_display()},
                field="enrolments",
            )


def guard_seats(run: Run, wanted: int) -> None:
    free = max(run.seats - seats_taken(run), 0)
    if wanted > free:
        raise Refused(
            _("空いている席は%(free)s席です。選んだ%(wanted)s人のうち、%(free)s人までにしてください。")
            % {"free": free, "wanted": wanted},
            field="enrolments",
        )


def settle(enrolment: Enrolment, run: Run, state: EnrolmentState, *, by: Acting) -> None:
    verb, title = DECISIONS[state]
    firm = firm_of(enrolment)
    rank = next_rank(run) if state == EnrolmentState.WAITLISTED else enrolment.queue_rank
    move(enrolment, state, by=by, verb=verb, concerns=firm, queue_rank=rank)
    subject = _(title) % {"run": run}
    if state == EnrolmentState.REJECTED:
        tell_trainee(enrolment, subject=subject, body=_("お申込みありがとうございました。ほかの開講もご覧ください。"))
    else:
        tell_place(enrolment, run)
    if firm:
        body = _("%(name)sさん（%(state)s）") % {"name": enrolment.person.full_name, "state": state.label}
        tell_managers(firm, run, subject=subject, body=body, by=by)
