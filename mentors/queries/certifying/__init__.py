"""Applications as the desk and the applicant look at them, and the public register."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from firms.models import Organisation
from firms.models.organisations import Kind
from mentors.models import Application, Ballot, BoardMember
from mentors.models.certifying.applications import ApplicationQuerySet
from mentors.models.certifying.board import Choice
from mentors.models.certifying.certifications import CertificationQuerySet
from mentors.rules import BoardOutcome, board_outcome, certification
from mentors.rules import Certification as Judged
from mentors.states import ApplicationState

UNMET_LABELS = {
    "qualification": "資格・受賞が認定の基準に当たらないか、資格を得た日がまだ来ていません。",
    "practice": "資格を得てからの実務経験が足りません。",
    "instruction": "資格を得てからの実技指導の経験が足りません。",
    "willing": "若い人の指導に意欲があることの確認がありません。",
}


def the_ward(*, on: date) -> Organisation | None:
    """Whom one applies to: the ward that runs the site."""
    return Organisation.objects.registered_on(on).of_kind(Kind.WARD).order_by("pk").first()


def judged(application: Application, *, on: date) -> Judged:
    """The criteria put to the career as it is written, as of a day."""
    return certification(application.career, on)


def unmet_words(found: Judged) -> list[str]:
    return [UNMET_LABELS[name] for name in found.unmet]


@dataclass(frozen=True)
class Board:
    """What the board has said of one application so far."""

    ballots: list[Ballot]
    outcome: BoardOutcome

    @property
    def waits_for(self) -> list[Ballot]:
        return [one for one in self.ballots if not one.aside_because and one.said is None]


def board_of(application: Application, *, on: date) -> Board:
    ballots = list(application.ballots.select_related("member", "vote").order_by("pk"))
    said = [one.said.choice for one in ballots if one.said]
    outcome = board_outcome(approving=said.count(Choice.APPROVE), declining=said.count(Choice.DECLINE), on=on)
    return Board(ballots, outcome)


@dataclass(frozen=True)
class Ballots:
    """What one member of the board was asked."""

    rows: QuerySet[Ballot]

    @property
    def waiting(self) -> list[Ballot]:
        return [one for one in self.rows if one.said is None and one.application.state == ApplicationState.REVIEWING]

    @property
    def said(self) -> list[Ballot]:
        return [one for one in self.rows if one.said is not None]


def ballots_of(email: str, *, on: date) -> Ballots:
    """By the address the ward knows the member by, while they sit on the board."""
    members = BoardMember.objects.on(on).filter(email=email.lower()) if email else BoardMember.objects.none()
    rows = Ballot.objects.filter(member__in=members, aside_because="")
    return Ballots(rows.select_related("application__person", "application__ward", "member", "vote").order_by("-pk"))


def applications_shown(applications: ApplicationQuerySet) -> ApplicationQuerySet:
    """For a list: with whom it is of, in one query."""
    return applications.select_related("person")


def certifications_shown(certifications: CertificationQuerySet) -> CertificationQuerySet:
    return certifications.select_related("person").prefetch_related(Prefetch("suspensions"))
