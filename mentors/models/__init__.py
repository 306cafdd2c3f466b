"""マイスター: who is certified, who asks for one, what was taught, and what was paid for it."""

from mentors.models.certifying.applications import Application, CareerStretch, Proof, Recommendation
from mentors.models.certifying.board import Ballot, BoardMember, Vote
from mentors.models.certifying.certifications import Certification, RenewalReminder, Suspension
from mentors.models.certifying.trainings import TrainingCourse, TrainingProof
from mentors.models.requesting.moves import SessionMove, VisitFeed
from mentors.models.requesting.plans import Booking, PublicMoney, Session
from mentors.models.requesting.requests import Learner, MentoringRequest
from mentors.models.sessions.frozen import LogFacts, StatementFacts
from mentors.models.sessions.logs import LogAttendance, SessionLog
from mentors.models.sessions.messages import SessionMessage
from mentors.models.sessions.paying import BankAccount, Statement, StatementCarry, StatementLine
from mentors.models.sessions.photos import PhotoPerson, SessionPhoto
from mentors.models.sessions.remote import ConnectionCheck, RecordingConsent, Remark
from mentors.models.sessions.rulings import LogRuling
from mentors.models.sessions.tasks import LogTask

__all__ = [
    "Application",
    "Ballot",
    "BankAccount",
    "BoardMember",
    "Booking",
    "CareerStretch",
    "Certification",
    "ConnectionCheck",
    "Learner",
    "LogAttendance",
    "LogFacts",
    "LogRuling",
    "LogTask",
    "MentoringRequest",
    "PhotoPerson",
    "Proof",
    "PublicMoney",
    "Recommendation",
    "RecordingConsent",
    "Remark",
    "RenewalReminder",
    "Session",
    "SessionLog",
    "SessionMessage",
    "SessionMove",
    "SessionPhoto",
    "Statement",
    "StatementCarry",
    "StatementFacts",
    "StatementLine",
    "Suspension",
    "TrainingCourse",
    "TrainingProof",
    "VisitFeed",
    "Vote",
]
