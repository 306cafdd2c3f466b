"""The draw: seats by lot, in an order anybody can reckon again from the seed and the list of applicants.

The rank of an applicant is the place of sha256("<seed>:<number of the application>"), written in hexadecimal, among
those of all applicants, the smallest first. Nothing else goes into it: neither the hour of the draw nor who drew.
"""

import hashlib
import secrets
from collections.abc import Iterable

from django.db import transaction

from courses.actions.seats.seats import invitation, locked_run, seats_taken
from courses.actions.telling import firm_of, tell_managers, tell_trainee
from courses.models import Enrolment, LotteryDraw, Run
from courses.models.catalogue.runs import Selection
from courses.queries import has_begun, last_day, leavers
from courses.states import EnrolmentState, RunState
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import move, record
from firms.words.days import day_words
from firms.words.saying import said as _

SEED_BYTES = 8


def lot(seed: str, number: int) -> str:
    return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()


def ranked(seed: str, numbers: Iterable[int]) -> list[int]:
    """The same seed and applicants give the same order, whoever reckons it and when."""
    return sorted(numbers, key=lambda number: lot(seed, number))


@transaction.atomic
def draw_lottery(run: Run, *, by: Acting, seed: str = "") -> LotteryDraw:
    """Drawing twice is drawing once: what was drawn stands. A seed nobody types comes from the machine's own chance."""
    run = locked_run(run)
    if drawn := LotteryDraw.objects.filter(run=run).first():
        return drawn
    guard_draw(run, by=by)
    applied = run.enrolments.filter(state=EnrolmentState.APPLIED).order_by("pk")
    people = {one.pk: one for one in applied.select_related("person", "employment__establishment__organisation")}
    if not people:
        raise Refused(_("抽選する申込みがありません。企業の承認を待つか、申込締切日を延ばしてください。"))
    seed = seed.strip() or secrets.token_hex(SEED_BYTES)
    ranking = ranked(seed, people)
    draw = LotteryDraw.objects.create(
        run=run, seed=seed, applicants=sorted(people), ranking=ranking, drawn_by=by.person
    )
    college = run.course.college_id
    record(run, "run.draw", by=by, concerns=college, seed=seed, applicants=len(people))
    give_out(run, [people[number] for number in ranking], by=by)
    return draw


def guard_draw(run: Run, *, by: Acting) -> None:
    if run.selection != Selection.LOTTERY:
        raise Refused(_("抽選で受講者を決める開講ではありません。"))
    if run.state != RunState.OPEN or has_begun(run, list(run.lessons.all()), on=by.today):
        raise Refused(_("抽選は、募集中で、まだ始まっていない開講で行えます。"))
    if by.today <= run.apply_until:
        raise Refused(_("抽選は申込締切日（%(day)s）の翌日から行えます。") % {"day": day_words(run.apply_until)})


def give_out(run: Run, in_order: list[Enrolment], *, by: Acting) -> None:
    """As many as there are seats are in; the others wait in the order drawn. Who leaves the firm is passed over."""
    gone = leavers(in_order, until=last_day(run, list(run.lessons.all())))
    able = [one for one in in_order if one.pk not in gone]
    winners = {one.pk for one in able[: max(run.seats - seats_taken(run), 0)]}
    for rank, enrolment in enumerate(in_order, start=1):
        has_won = enrolment.pk in winners
        move(
            enrolment,
            EnrolmentState.ACCEPTED if has_won else EnrolmentState.WAITLISTED,
            by=by,
            verb="run.draw",
            concerns=firm_of(enrolment),
            told={"rank": rank},
            queue_rank=rank,
        )
        tell_result(enrolment, run, rank=rank, by=by)


def tell_result(enrolment: Enrolment, run: Run, *, rank: int, by: Acting) -> None:
    """The trainee and the firm hear the same."""
    has_won = enrolment.state == EnrolmentState.ACCEPTED
    subject = (_("抽選で受講が決まりました: %(run)s") if has_won else _("抽選の結果、キャンセル待ちです: %(run)s")) % {
        "run": run
    }
    result = _("%(name)sさんの抽選の順位は%(rank)s番でした。") % {"name": enrolment.person.full_name, "rank": rank}
    after = invitation(run) if has_won else _("席が空くと、順位の順にお知らせします。")
    tell_trainee(enrolment, subject=subject, body="\n".join([result, after]))
    if firm := firm_of(enrolment):
        tell_managers(firm, run, subject=subject, body=result, by=by)
