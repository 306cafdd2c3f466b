"""The rules of mentors: pure, dated, sourced; Django code imports from here and nowhere deeper."""

from firms.rules.reading import FactError
from mentors.rules.certifying import (
    QUALIFICATIONS,
    Career,
    Certification,
    RenewalDates,
    Stretch,
    certification,
    renewal_dates,
)
from mentors.rules.kana import half_width
from mentors.rules.paying import Withholding, withholding
from mentors.rules.tables import current_law, current_programmes
from mentors.rules.told import Told, told_figures, unverified
from mentors.rules.transfer import ACCOUNT_KINDS, Account, Payer, Payment, TransferFile, transfer_file
from mentors.rules.visits import HOSTS, PlanDue, SessionLength, VisitLimit, plan_due, session_length, visit_limit
from mentors.rules.ward import (
    BoardOutcome,
    CancelNotice,
    Fee,
    HostWord,
    Materials,
    Trainings,
    board_outcome,
    cancel_notice,
    fee,
    host_word,
    is_late_to_cancel,
    link_term,
    materials,
    plan_lead,
    required_trainings,
    term,
)

__all__ = [
    "ACCOUNT_KINDS", "HOSTS", "QUALIFICATIONS", "Account", "BoardOutcome", "CancelNotice", "Career", "Certification",
    "FactError", "Fee", "HostWord", "Materials", "Payer", "Payment", "PlanDue", "RenewalDates", "SessionLength",
    "Stretch", "Told", "Trainings", "TransferFile", "VisitLimit", "Withholding", "board_outcome", "cancel_notice",
    "certification", "current_law", "current_programmes", "fee", "half_width", "host_word", "is_late_to_cancel",
    "link_term", "materials", "plan_due", "plan_lead", "renewal_dates", "required_trainings", "session_length",
    "term", "told_figures", "transfer_file", "unverified", "visit_limit", "withholding",
]  # fmt: skip
