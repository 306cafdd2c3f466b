"""マイスター: who is certified, who asks for one, what was taught, and what was paid for it."""

from mentors.models.certifying.applications import Application, CareerStretch, Proof, Recommendation
from mentors.models.certifying.board import Ballot, BoardMember, Vote
from mentors.models.certifying.certifications import Certification, RenewalReminder, Suspension
from mentors.models.requesting.moves import SessionMove, VisitFeed
from mentors.models.requesting.plans import Booking, PublicMoney, Session
from mentors.models.requesting.requests import Learner, MentoringRequest
from mentors.models.sessions.logs import LogAttendance, SessionLog
from mentors.models.sessions.paying import BankAccount, Statement, StatementLine

__all__ = [
    "Application",
    "Ballot",
    "BankAccount",
    "BoardMember",
    "Booking",
    "CareerStretch",
    "Certification",
    "Learner",
    "LogAttendance",
    "MentoringRequest",
    "Proof",
    "PublicMoney",
    "Recommendation",
    "RenewalReminder",
    "Session",
    "SessionLog",
    "SessionMove",
    "Statement",
    "StatementLine",
    "Suspension",
    "VisitFeed",
    "Vote",
]
