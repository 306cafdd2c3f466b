"""マイスター: who is certified, who asks for one, what was taught, and what was paid for it."""

from mentors.models.certifying.applications import Application, CareerStretch, Proof, Recommendation
from mentors.models.certifying.board import Ballot, BoardMember, Vote
from mentors.models.certifying.certifications import Certification, RenewalReminder, Suspension

__all__ = [
    "Application",
    "Ballot",
    "BoardMember",
    "CareerStretch",
    "Certification",
    "Proof",
    "Recommendation",
    "RenewalReminder",
    "Suspension",
    "Vote",
]
