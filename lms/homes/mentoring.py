"""What waits around 実技指導, for the homes of the host, the ward, and the マイスター who acts for nobody."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from firms.acting import Acting
from firms.queries.prepared import Prepared
from firms.words.saying import said as _
from grants.cases.turns import Work, turns_of
from lms.homes.steps import SHOWN, HomeStep
from mentors.models import Application, Session, SessionLog
from mentors.models.requesting.moves import Side
from mentors.queries.certifying import ballots_of
from mentors.queries.requesting import moves_to_answer, sessions_unlogged, waiting_for
from mentors.queries.sessions import flagged_logs
from mentors.states import ApplicationState, MoveState, SessionState


def host_steps(acting: Acting) -> list[HomeStep]:
    """Logs to confirm and moves to answer, in one query."""
    return [host_step(one) for one in sessions_to_answer(acting.organisation_id)]


@Prepared
def sessions_to_answer(host: int) -> QuerySet[Session]:
    asked = Q(moves__state=MoveState.ASKED, moves__side=Side.MENTOR)
    rows = Session.objects.filter(Q(state=SessionState.LOGGED) | asked, request__host=host)
    return rows.select_related("request__host", "mentor").distinct().order_by("starts_at", "pk")[:SHOWN]


def host_step(one: Session) -> HomeStep:
    is_logged = one.state == SessionState.LOGGED
    title = _("実技指導の記録を確かめる：%(who)sさん") if is_logged else _("日時の変更に返事をする：%(who)sさん")
    return HomeStep(
        title=title % {"who": one.mentor.full_name},
        about=one.topic,
        url=reverse("mentors:session", args=[one.pk]),
        icon="check" if is_logged else "calendar",
        turns=turns_of([Work.STATEMENT]),
        day=None if is_logged else one.on,
    )


def ward_steps(acting: Acting) -> list[HomeStep]:
    """Applications nobody has looked at, and logs of days without certification."""
    handed_in = Application.objects.filter(ward=acting.organisation_id, state=ApplicationState.SUBMITTED)
    rows = list(handed_in.select_related("person").order_by("submitted_at")[:SHOWN])
    assert acting.organisation_id
    flagged = list(flagged_logs(acting.organisation_id).filter(ruling=None)[:SHOWN])
    return [*map(application_step, rows), *map(flagged_step, flagged)]


def application_step(one: Application) -> HomeStep:
    return HomeStep(
        title=_("マイスターの申請を確かめる：%(who)sさん") % {"who": one.person.full_name},
        about=one.title,
        url=reverse("mentors:application", args=[one.pk]),
        icon="user",
        turns=turns_of([Work.LISTING]),
    )


def flagged_step(one: SessionLog) -> HomeStep:
    return HomeStep(
        title=_("認定のない日の記録を判断する：%(who)sさん") % {"who": one.session.mentor.full_name},
        about=str(one.get_standing_display()),
        url=reverse("mentors:log_rule", args=[one.pk]),
        icon="flag",
        turns=turns_of([Work.LISTING]),
    )


def own(acting: Acting) -> dict[str, object]:
    """What a マイスター has to write down or to answer; the next visit; what a member of the board has to judge."""
    to_log, ahead = sessions_unlogged(acting.person.pk, now=timezone.now())
    return {
        "to_log": to_log,
        "next_visit": ahead[0] if ahead else None,
        "moves": moves_to_answer(acting.person.pk),
        "asked": waiting_for(acting.person.pk),
        "ballots": ballots_of(acting.person.email or "", on=acting.today).waiting,
    }
