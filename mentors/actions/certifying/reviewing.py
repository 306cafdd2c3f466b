"""The desk and the board: given back, put to the members, voted on by link, decided."""

from typing import Any

from django.db import transaction
from django.urls import reverse

from firms.acting import Acting
from firms.actions.links import Receiver, end_links, give_link, send_link
from firms.errors import Refused
from firms.journal import move, record
from firms.links.purposes import Guest
from firms.models import ActionLink
from firms.post.notify import notify
from firms.words.names import plain
from firms.words.saying import said as _
from mentors.actions.certifying.applying import locked, refuse_unmet
from mentors.actions.certifying.issuing import issue_certification
from mentors.models import Application, Ballot, BoardMember, Certification, Vote
from mentors.models.certifying.board import Choice
from mentors.queries.certifying import board_of
from mentors.queries.certifying.trainings import missing_trainings
from mentors.rules import link_term
from mentors.states import ApplicationState

VOTE = "mentors.vote"


@transaction.atomic
def return_application(application: Application, *, because: str, by: Acting) -> None:
    """Back to the applicant, with what is to be mended."""
    application = locked(application)
    move(
        application,
        ApplicationState.RETURNED,
        by=by,
        verb="application.return",
        concerns=application.ward,
        told={"reason": because},
        because=because,
    )
    tell_applicant(application, _("申請が差し戻されました: %(title)s"), because)


def tell_applicant(application: Application, subject: str, body: str) -> None:
    notify(
        application.person,
        subject=subject % {"title": application.title},
        body=body,
        path=reverse("mentors:application", args=[application.pk]),
    )


@transaction.atomic
def put_to_board(application: Application, *, by: Acting) -> list[Ballot]:
    """Every member on duty is asked, but for those whose conflict of interest is known already."""
    application = locked(application)
    refuse_unmet(application, on=by.today)
    members = list(BoardMember.objects.on(by.today).filter(ward=application.ward))
    if not members:
        raise Refused(_("審査会の委員が登録されていません。先に「審査会の委員」で登録してください。"))
    end_links(application, because=_("この申請は審査に入ったため、推薦は受け付けていません。"), by=by)
    move(application, ApplicationState.REVIEWING, by=by, verb="application.review", concerns=application.ward)
    ballots = [
        Ballot.objects.create(application=application, member=one, aside_because=conflict_of(one, application))
        for one in members
    ]
    for ballot in ballots:
        if not ballot.aside_because:
            ask_to_vote(ballot, by=by)
    return ballots


def conflict_of(member: BoardMember, application: Application) -> str:
    """What makes a member a party to it: being the applicant, their employer's, or who recommended them."""
    recommended = {one.email.lower() for one in application.recommendations.all()}
    if member.email.lower() == (application.person.email or "").lower():
        return _("申請者本人のため")
    if member.email.lower() in recommended:
        return _("推薦者のため")
    if application.employer and plain(member.party) == plain(application.employer):
        return _("申請者の勤め先に所属するため")
    return ""


@transaction.atomic
def ask_to_vote(ballot: Ballot, *, by: Acting) -> ActionLink:
    """Sent again, the new link ends the one before."""
    application = locked(ballot.application)
    ballot = Ballot.objects.select_related("application__person", "member", "vote").get(pk=ballot.pk)
    if ballot.aside_because or ballot.said:
        raise Refused(_("この委員には、もう判断を求めていません。"))
    if application.state != ApplicationState.REVIEWING:
        raise Refused(_("審査は終わっています。"))
    to = Receiver(ballot.member.name, ballot.member.party, ballot.member.email)
    return send_link(ballot, purpose=VOTE, to=to, term=link_term(by.today), owner=application.ward, by=by)


@transaction.atomic
def open_ballot(ballot: Ballot, *, by: Acting) -> str:
    """For a member who has signed in: the address of the page of their vote, without another letter."""
    application = locked(ballot.application)
    if application.state != ApplicationState.REVIEWING or ballot.aside_because or ballot.said:
        raise Refused(_("この審査への判断は、もう求められていません。"))
    to = Receiver(ballot.member.name, ballot.member.party, ballot.member.email)
    _link, address = give_link(ballot, purpose=VOTE, to=to, term=link_term(by.today), owner=application.ward, by=by)
    return address


def vote(guest: Guest, given: dict[str, Any]) -> None:
    """What pressing the button behind the link does; a member votes in person or not at all."""
    ballot = Ballot.objects.select_related("application").get(pk=guest.link.subject_id)
    application = locked(ballot.application)
    if application.state != ApplicationState.REVIEWING:
        raise Refused(_("この審査は終わっています。"))
    if not guest.is_the_receiver:
        raise Refused(_("審査の判断は、委員ご本人だけができます。代理の方は操作できません。"), field="position")
    if Vote.objects.filter(ballot=ballot).exists():
        raise Refused(_("この審査への判断は、すでに届いています。"))
    told = {"choice": given["choice"], "reason": given["reason"]}
    Vote.objects.create(ballot=ballot, name=guest.name, link=guest.link, **told)
    said = Choice(given["choice"]).label
    record(application, "application.vote", by=None, concerns=application.ward, who=guest.name, reason=str(said))


@transaction.atomic
def decide(application: Application, *, by: Acting) -> Certification | None:
    """Once enough members have voted: declined with their reasons, or passed by their majority; the number is given
    at once where every training is done.
    """
    application = locked(application)
    board = board_of(application, on=by.today)
    if not board.outcome.complete:
        raise Refused(board.outcome.because)
    for ballot in board.waits_for:
        end_links(ballot, because=_("審査が終わったため、このリンクは使えません。"), by=by)
    if not board.outcome.certified:
        settle(application, ApplicationState.DECLINED, verb="application.decline", because=board.outcome.because, by=by)
        tell_applicant(application, _("審査の結果をお知らせします: %(title)s"), declined_words(board.outcome.because))
        return None
    missing = missing_trainings(application.person, application.ward_id, on=by.today)
    if missing:
        settle(application, ApplicationState.PASSED, verb="application.pass", because=board.outcome.because, by=by)
        body = _("審査会で認められました。%(what)sを修了すると、認定番号と認定証をお渡しします。")
        told = {"what": "、".join(one.label for one in missing)}
        tell_applicant(application, _("審査を通過しました: %(title)s"), body % told)
        return None
    settle(application, ApplicationState.CERTIFIED, verb="application.certify", because=board.outcome.because, by=by)
    return issue_certification(application, on=by.today, by=by)


def settle(application: Application, state: ApplicationState, *, verb: str, because: str, by: Acting) -> None:
    move(application, state, by=by, verb=verb, concerns=application.ward, decided_on=by.today, because=because)


def declined_words(because: str) -> str:
    return _("今回は認定に至りませんでした。%(because)s 理由は区の担当者にお尋ねください。もう一度申請できます。") % {
        "because": because
    }
