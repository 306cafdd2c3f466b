"""マイスター: who is certified, who asks for one, what was taught and paid, what is kept on film, and what supports that."""

from mentors.models.certifying.applications import Application, CareerStretch, Proof, Recommendation
from mentors.models.certifying.board import Ballot, BoardMember, Vote
from mentors.models.certifying.certifications import Certification, RenewalReminder, Suspension, TeachingTag
from mentors.models.certifying.trainings import TrainingCourse, TrainingProof
from mentors.models.manuals.approving import Approval, ApprovalWord, Approver
from mentors.models.manuals.films import Film, FilmPart
from mentors.models.manuals.manuals import (
    Caption,
    Drawing,
    ManualShare,
    ManualVersion,
    SkillManual,
    Step,
    StepMark,
)
from mentors.models.manuals.people import Appearance, PictureConsent, PictureConsentEnd
from mentors.models.manuals.watching import ManualAnswer, ManualQuestion, ReviewReminder, Viewing
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
from mentors.models.subsidies.subsidies import Subsidy, SubsidyPaper, SubsidyProof

__all__ = [
    "Appearance",
    "Application",
    "Approval",
    "ApprovalWord",
    "Approver",
    "Ballot",
    "BankAccount",
    "BoardMember",
    "Booking",
    "Caption",
    "CareerStretch",
    "Certification",
    "ConnectionCheck",
    "Drawing",
    "Film",
    "FilmPart",
    "Learner",
    "LogAttendance",
    "LogFacts",
    "LogRuling",
    "LogTask",
    "ManualAnswer",
    "ManualQuestion",
    "ManualShare",
    "ManualVersion",
    "MentoringRequest",
    "PhotoPerson",
    "PictureConsent",
    "PictureConsentEnd",
    "Proof",
    "PublicMoney",
    "Recommendation",
    "RecordingConsent",
    "Remark",
    "RenewalReminder",
    "ReviewReminder",
    "Session",
    "SessionLog",
    "SessionMessage",
    "SessionMove",
    "SessionPhoto",
    "SkillManual",
    "Statement",
    "StatementCarry",
    "StatementFacts",
    "StatementLine",
    "Step",
    "StepMark",
    "Subsidy",
    "SubsidyPaper",
    "SubsidyProof",
    "Suspension",
    "TeachingTag",
    "TrainingCourse",
    "TrainingProof",
    "Viewing",
    "VisitFeed",
    "Vote",
]
