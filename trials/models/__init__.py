"""What a trial is made of, in rooms: matching, agreement, working, outcome, conversion."""

from trials.models.advising import Deputy, HandOver
from trials.models.agreement import (
    Answer,
    ClosedWith,
    LeftBecause,
    Placement,
    Proposal,
    TrialTerms,
    Viewing,
    ViewingKind,
)
from trials.models.conversion import Offer, RetentionCheck
from trials.models.direct import DirectEnd, DirectTrial
from trials.models.intakes import Intake
from trials.models.matching import (
    Consent,
    ConsentEnd,
    JobSeeker,
    Licence,
    LicenceKind,
    PastJob,
    Posting,
    Round,
    Standing,
)
from trials.models.outcome import EndedBy, Intent, PrivateWords, Termination
from trials.models.records import (
    Accident,
    AccidentStep,
    AccidentWhat,
    AgreementKind,
    Complaint,
    ComplaintAnswer,
    LedgerNote,
    TermKind,
    TrialPaper,
)
from trials.models.sights import Sight, SightKind
from trials.models.working import (
    AbsenceCode,
    AbsenceWords,
    DayEntry,
    DayKind,
    DaySource,
    DayStep,
    DayWord,
    MonthClosing,
    MonthReopening,
    OvertimeAgreement,
    WorkMonth,
)

__all__ = [
    "AbsenceCode",
    "AbsenceWords",
    "Accident",
    "AccidentStep",
    "AccidentWhat",
    "AgreementKind",
    "Answer",
    "ClosedWith",
    "Complaint",
    "ComplaintAnswer",
    "Consent",
    "ConsentEnd",
    "DayEntry",
    "DayKind",
    "DaySource",
    "DayStep",
    "DayWord",
    "Deputy",
    "DirectEnd",
    "DirectTrial",
    "EndedBy",
    "HandOver",
    "Intake",
    "Intent",
    "JobSeeker",
    "LedgerNote",
    "LeftBecause",
    "Licence",
    "LicenceKind",
    "MonthClosing",
    "MonthReopening",
    "Offer",
    "OvertimeAgreement",
    "PastJob",
    "Placement",
    "Posting",
    "PrivateWords",
    "Proposal",
    "RetentionCheck",
    "Round",
    "Sight",
    "SightKind",
    "Standing",
    "TermKind",
    "Termination",
    "TrialPaper",
    "TrialTerms",
    "Viewing",
    "ViewingKind",
    "WorkMonth",
]
from trials.models.visits import Visit, VisitKind, VisitRequest

__all__ = [
    "Answer", "ClosedWith", "Consent", "ConsentEnd", "Deputy", "DirectEnd", "DirectTrial", "EndedBy", "HandOver",
    "Intake", "Intent", "JobSeeker", "LeftBecause", "Licence", "LicenceKind", "Offer", "PastJob", "Placement",
    "Posting", "PrivateWords", "Proposal", "RetentionCheck", "Round", "Sight", "SightKind", "Standing",
    "Termination", "TrialTerms", "Viewing", "ViewingKind", "Visit", "VisitKind", "VisitRequest",
]  # fmt: skip
