"""The units a run is taught with: taken as they stand when it opens, renewed only before anybody learned."""

from django.db import transaction

from courses.actions.seats.seats import locked_run
from courses.actions.telling import tell_everyone
from courses.models import LearningEvent, Run, Unit
from courses.queries.elearning.units import offered_units
from courses.states import DECIDED, RunState
from firms.acting import Acting
from firms.errors import Refused
from firms.journal import one_act, record
from firms.words.saying import said as _


def offered_now(run: Run) -> list[int]:
    return list(offered_units(run.course).values_list("pk", flat=True))


@transaction.atomic
@one_act()
def renew_units(run: Run, *, by: Acting) -> None:
    """Whoever is in the run is told, their firms with them. Renewing twice is renewing once."""
    run = locked_run(run)
    offered = offered_now(run)
    if run.kept_units is None or set(run.kept_units) == set(offered):
        return
    guard(run)
    before, after = titles(run.kept_units), titles(offered)
    run.kept_units = offered
    run.save(update_fields=["kept_units"])
    body = _("学習する教材が変わりました。\n変更前: %(before)s\n変更後: %(after)s") % {
        "before": "、".join(before) or _("なし"),
        "after": "、".join(after) or _("なし"),
    }
    firms = tell_everyone(run, subject=_("教材の変更: %(run)s") % {"run": run}, body=body, by=by)
    for concerned in [run.course.college, *firms]:
        record(run, "run.renew_units", by=by, concerns=concerned, before=before, after=after)


def guard(run: Run) -> None:
    if run.state == RunState.CANCELLED:
        raise Refused(_("中止した開講の教材は替えられません。"))
    is_learned = LearningEvent.objects.filter(enrolment__run=run).exists()
    if is_learned or run.enrolments.filter(state__in=DECIDED).exists():
        raise Refused(
            _(
                "この開講では学習が始まっているため、募集を始めたときの教材のままです。新しい教材は、これから募集を始める開講で使われます。"
            )
        )


def titles(pks: list[int]) -> list[str]:
    found = Unit.objects.in_bulk(pks)
    return [f"「{found[pk].title}」" for pk in pks if pk in found]
